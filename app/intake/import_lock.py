"""A sign that an import is alive, which the system takes away with its process, however that ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "imports.lock"


@contextmanager
def importing(folder: Path) -> Iterator[bool]:
    """Hold the sign inside the block; yields whether no other import was alive when it began."""
    handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        alone = _alone(handle)
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield alone
    finally:
        os.close(handle)


def is_importing(folder: Path) -> bool:
    """Whether an import is alive."""
    try:
        handle = os.open(folder / NAME, os.O_RDWR)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        return not _alone(handle)
    finally:
        os.close(handle)


def _alone(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
