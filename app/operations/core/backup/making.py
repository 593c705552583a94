"""Making a backup: a copy of the database at one instant, looked at, packed, put in place when whole."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.i18n import _
from app.operations.core.backup import container
from app.operations.core.backup.container import Tell
from app.operations.core.backup.facts import Facts, facts_of
from app.operations.core.backup.workplace import put_in_place, workplace
from app.operations.core.errors import Invalid, Unavailable
from app.operations.core.visit import Visit
from app.store import Store

KEY_BYTES: Final = 32
NAME: Final = re.compile(r"loket-\d{8}-\d{6}\.backup")
WORK: Final = ".backup"
PART: Final = ".backup-part"
MEBIBYTE: Final = 1 << 20
Copy = Callable[[Path], Facts]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its file, what is in it, how much it had to copy, and what is not in it."""

    path: str
    made_at: int
    revision: str
    bytes: int
    database_bytes: int
    tables: int
    rows: int
    audit_rows: int
    sealed: bool
    digest: str
    removed: tuple[str, ...]
    not_in_it: str


def read_key(name: str) -> bytes | None:
    """The key in a file; None without a name.

    Raises:
        Invalid: it cannot be read, others can read it, or it is no key.
    """
    if not name:
        return None
    path = Path(name).expanduser()
    try:
        with path.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            key = stream.read(KEY_BYTES + 1)
    except OSError as error:
        raise Invalid(f"{path}: {error.strerror}.", "key_file") from error
    if stat.S_IMODE(mode) & 0o077:
        text = _("Others may read {file}. Run: chmod 600 {file}")
        raise Invalid(text.format(file=path), "key_file")
    if len(key) != KEY_BYTES:
        text = _("{file} is no key: a key has {count} bytes. Make one: head -c {count} /dev/urandom > {file}")
        raise Invalid(text.format(file=path, count=KEY_BYTES), "key_file")
    return key


def file_for(path: str, now: int) -> Path:
    """The file a backup goes to: the one that was named, or one with date and time in a folder.

    Raises:
        Invalid: there is such a file already, or no such folder.
    """
    named = Path(path).expanduser().absolute()
    if named.is_dir():
        named /= datetime.fromtimestamp(now, UTC).strftime("loket-%Y%m%d-%H%M%S.backup")
    if not named.parent.is_dir():
        raise Invalid(_("There is no folder {folder}.").format(folder=named.parent), "path")
    if named.exists():
        raise Invalid(_("{file} exists. Name another file; none is overwritten.").format(file=named), "path")
    return named


def make(visit: Visit, path: Path, key: bytes | None, tell: Tell) -> Backup:
    """Copy the database of a visit into a backup.

    Raises:
        StoreError: the database cannot be read.
        Unavailable: another backup is being made, or the disk is full.
    """
    store = visit.store
    if not store.exists():
        raise Unavailable(_("{path}: there is no database to copy.").format(path=store.name))
    with workplace(store.folder / WORK) as folder:
        copy = folder / "database"
        facts = _copied(store, copy, visit.now, tell)
        try:
            _pack(copy, facts, path, key, tell)
        except OSError as error:
            text = _("{file} cannot be written ({problem}); nothing of it was kept.")
            raise Unavailable(text.format(file=path, problem=error.strerror)) from error
    return _report(visit, path, facts, sealed=key is not None)


def _copied(store: Store, copy: Path, now: int, tell: Tell) -> Facts:
    """Copy a database into a file of the workplace, and look at the copy."""
    if store.dialect == "postgresql":
        from app.operations.core.backup.postgres_archive import copy_database as copy_server

        facts = copy_server(store.url, copy, now)
    else:
        from app.operations.core.backup.sqlite_file import copy_database, path_of

        copy_database(path_of(store), copy, tell)
        opened = Store(f"sqlite:///{copy}")
        try:
            facts = facts_of(opened.rows, "sqlite", now)
        finally:
            opened.close()
    return replace(facts, bytes=copy.stat().st_size, digest=digest_of(copy))


def _pack(copy: Path, facts: Facts, path: Path, key: bytes | None, tell: Tell) -> None:
    with workplace(path.parent / PART) as folder:
        part = folder / path.name
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out, copy.open("rb") as source:
            container.write(out, facts.as_json(), source, facts.bytes, key, tell)
        put_in_place(part, path)


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def remove_old(path: Path, keep: int) -> tuple[str, ...]:
    """Take away all but the newest so many backups of the folder a backup was put into; their names.

    Only those whose name has a date and time as `file_for` writes it.
    """
    if not keep or not NAME.fullmatch(path.name):
        return ()
    found = sorted(each.name for each in path.parent.iterdir() if NAME.fullmatch(each.name))
    for name in found[:-keep]:
        (path.parent / name).unlink(missing_ok=True)
    return tuple(found[:-keep])


def newest(path: str) -> Path:
    """The backup that was named, or the newest in a folder.

    Raises:
        Invalid: there is none.
    """
    named = Path(path).expanduser().absolute()
    if not named.is_dir():
        return named
    found = sorted(each for each in named.iterdir() if NAME.fullmatch(each.name))
    if not found:
        raise Invalid(_("There is no backup in {folder}.").format(folder=named), "path")
    return found[-1]


def _report(visit: Visit, path: Path, facts: Facts, *, sealed: bool) -> Backup:
    keys = visit.vault.folder if visit.vault else ""
    apart = _(
        "The keys in {folder} are NOT in it: without them nobody opens one-time passwords and unsent codes. "
        "Copy that folder to another place."
    )
    return Backup(
        path=str(path),
        made_at=facts.at,
        revision=facts.revision,
        bytes=path.stat().st_size,
        database_bytes=facts.bytes,
        tables=len(facts.rows),
        rows=sum(facts.rows.values()),
        audit_rows=facts.rows.get("audit", 0),
        sealed=sealed,
        digest=facts.digest,
        removed=(),
        not_in_it=apart.format(folder=keys),
    )
