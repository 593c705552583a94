"""The head of the audit chain, written outside the database: a tail that was cut off shows.

A line of the file says when, how many rows there were, the hash of the last one, and an HMAC over all of it
and over the line before. Its key lies with the vault's keys, so who can write the database and the file
still cannot make a line. Point LOKET_AUDIT_HEADS at another disk or host, best one that only appends.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.store import Store, StoreError
from app.vault import Vault, VaultError

KEY_NAME: Final = "audit-heads"
LAST_BYTES: Final = 4096
"""More than one line has: the end of the file is read, however long the file is."""


@dataclass(frozen=True, slots=True)
class Head:
    """One line: the row `seq` had this hash at `at` (unix seconds)."""

    at: int
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class HeadFile:
    """What the file holds: the heads up to the first line that is not ours, and the number of that line.

    `missing`: heads were written once, but the file is gone or empty.
    """

    heads: tuple[Head, ...] = ()
    bad_line: int | None = None
    missing: bool = False


def keep_head(store: Store, now: int, path: Path, vault: Vault) -> Head | None:
    """Append the chain's head, unless the file has it already; what was written.

    Args:
        now: unix seconds.

    Raises:
        StoreError: the file cannot be written, the key not be read, or the database not.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            return _append(handle, store, now, vault)
        finally:
            os.close(handle)
    except OSError as error:
        raise StoreError(f"{path}: the audit head cannot be written ({error.strerror}).") from error
    except VaultError as error:
        raise StoreError(str(error)) from error


def _append(handle: int, store: Store, now: int, vault: Vault) -> Head | None:
    # Read behind the lock: of two processes that end at once, the later one writes the later head.
    row = store.row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    before = _last_line(handle)
    if row is None or (before is not None and (before.get("seq"), before.get("hash")) == row):
        return None
    head = Head(now, int(row[0]), str(row[1]))
    seal = _seal(vault.named_key(KEY_NAME), head, str(before["hmac"]) if before else "")
    line = {"at": head.at, "seq": head.seq, "hash": head.hash, "hmac": seal}
    os.write(handle, (json.dumps(line) + "\n").encode())
    os.fsync(handle)
    return head


def read_heads(path: Path, vault: Vault) -> HeadFile:
    """The heads that were written, each proven with the key.

    Raises:
        OSError: the file cannot be read.
        VaultError: the key cannot be read.
    """
    if not vault.has_key(KEY_NAME):
        # Without a key no line can be ours.
        return HeadFile(bad_line=1 if path.exists() and path.stat().st_size else None)
    key = vault.named_key(KEY_NAME)
    heads: list[Head] = []
    before = ""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        lines = []
    for number, text in enumerate(lines, start=1):
        line = _parsed(text)
        head = Head(line["at"], line["seq"], line["hash"]) if line else None
        if head is None or not hmac.compare_digest(_seal(key, head, before), str(line["hmac"])):
            return HeadFile(tuple(heads), bad_line=number)
        heads.append(head)
        before = line["hmac"]
    return HeadFile(tuple(heads), missing=not heads)


def last_head(path: Path) -> Head | None:
    """The newest head in the file, not proven; None if there is none."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        line = _last_line(handle) or {}
    finally:
        os.close(handle)
    return Head(line["at"], line["seq"], line["hash"]) if "seq" in line else None


def _seal(key: bytes, head: Head, before: str) -> str:
    told = f"{head.at}\x1f{head.seq}\x1f{head.hash}\x1f{before}"
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()


def _last_line(handle: int) -> dict[str, Any] | None:
    """The line that the next one is bound to; None in an empty file."""
    size = os.fstat(handle).st_size
    end = os.pread(handle, LAST_BYTES, max(0, size - LAST_BYTES))
    if not end:
        return None
    # A line that is not ours stays in the file for `audit verify` to name; what follows is not proven either.
    return _parsed(end.decode("utf-8", "replace").splitlines()[-1]) or {"hmac": ""}


def _parsed(text: str) -> dict[str, Any]:
    """The line's fields; empty if it is none of ours."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(found, dict) or not found.keys() >= {"at", "seq", "hash", "hmac"}:
        return {}
    whole = isinstance(found["at"], int) and isinstance(found["seq"], int)
    return found if whole and isinstance(found["hash"], str) and isinstance(found["hmac"], str) else {}
