"""How a SQLite file is opened: settings that survive a power cut and refuse the wrong disks."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.store.errors import Busy, StoreError

BUSY_MS = 10_000
NETWORK_DISKS = ("nfs", "cifs", "smb", "fuse", "9p", "overlay")


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode; transactions are begun and ended by `app.store.store`.

    Raises:
        StoreError: the folder is missing, not writable or on a disk that SQLite cannot lock.
    """
    mode = "ro" if read_only else "rwc"
    try:
        connection = sqlite3.connect(
            f"file:{path.as_posix()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA foreign_keys=ON")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        else:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    return connection


def store_error(error: sqlite3.Error, path: Path) -> StoreError:
    """The store's own error for one of the driver's."""
    held = isinstance(error, sqlite3.OperationalError) and any(
        word in str(error) for word in ("locked", "busy")
    )
    return Busy(cure(error, path)) if held else StoreError(cure(error, path))


def cure(error: sqlite3.Error, path: Path) -> str:
    """What a database error means for the person who has to mend it."""
    text = str(error)
    if "unable to open" in text:
        return f"{path}: the database cannot be opened. Check that the folder exists and is yours to write."
    if "readonly" in text:
        return f"{path}: the database is read-only. Give yourself the right to write the file and its folder."
    if "full" in text:
        return f"{path}: the disk is full. Free some space; nothing of this change was kept, nothing is lost."
    if "locked" in text or "busy" in text:
        return f"{path}: another program holds the database. Try again when it is done."
    if "malformed" in text or "not a database" in text:
        return f"{path}: this file is damaged or no Loket database. Restore the last backup."
    return f"{path}: {text}"


def disk_kind(path: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The kind of file system that holds `path`, as the kernel names it; empty where unknown."""
    if not mounts.exists():
        return ""
    where, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, point, fs, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        inside = point == "/" or str(path) == point or str(path).startswith(point + "/")
        if inside and len(point) >= len(where):
            where, kind = point, fs
    return kind


def refuse_network_disk(path: Path, kind: str | None = None) -> None:
    """SQLite's locks do not hold on network disks, and several hosts would damage the file.

    Raises:
        StoreError: `path` lies on such a disk.
    """
    found = disk_kind(path.resolve()) if kind is None else kind
    if found.startswith(NETWORK_DISKS):
        raise StoreError(
            f"{path}: SQLite is not safe on a disk of the kind {found}. "
            "Set LOKET_HOME to a folder on a local disk, or use PostgreSQL."
        )
