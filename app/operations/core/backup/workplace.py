"""A folder for half-done work: one process at a time; what a killed one left, the next takes away."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from app.i18n import _
from app.operations.core.errors import Unavailable

LOCK: Final = "lock"


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """An empty folder that only this process and user look into; empty again at the end.

    Raises:
        Unavailable: another process works there, or it cannot be made.
    """
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Unavailable(f"{folder}: {error.strerror}.") from error
    try:
        if not _alone(handle, folder / LOCK):
            text = _("Another backup or restore is at work in {folder}. Try again when it is done.")
            raise Unavailable(text.format(folder=folder))
        _empty(folder)
        try:
            yield folder
        finally:
            _empty(folder)
            with suppress(OSError):
                (folder / LOCK).unlink()
                folder.rmdir()
    finally:
        os.close(handle)


def _alone(handle: int, path: Path) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Who ended just now took the file away: then this is no lock that anybody else sees.
        return os.fstat(handle).st_ino == path.stat().st_ino
    except OSError:
        return False


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name == LOCK:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def put_in_place(made: Path, path: Path) -> None:
    """Give a whole file its name, unless there is one of that name; then it is on the disk for good.

    Raises:
        FileExistsError: there is one meanwhile.
        OSError: the disk does not take it.
    """
    handle = os.open(made, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:
        # A disk without links, as of many memory sticks.
        if path.exists():
            raise FileExistsError(17, "File exists", str(path)) from None
        made.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
