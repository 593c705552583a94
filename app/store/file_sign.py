"""A sign that some work is being done on this host; the system takes it away with the process, however that
ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def hold(path: Path) -> Iterator[bool]:
    """Hold the sign inside the block; yields whether nobody else held it when the block began."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        alone = _alone(handle)
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield alone
    finally:
        os.close(handle)


def sees(path: Path) -> bool:
    """Whether somebody holds the sign."""
    try:
        handle = os.open(path, os.O_RDWR)
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
