"""Who is told that something was committed: the kernel wakes whoever listens, nobody has to look.

Beside a SQLite file lies an empty one, `<file>-changed`, that is touched after each commit. The log of the
database itself would tell too early: it is written before the commit can be seen.
"""

from __future__ import annotations

import _thread
import errno
import os
import struct
import time
from pathlib import Path
from typing import Final, Protocol

# <sys/inotify.h>; ATTRIB: the file was touched. A file that was taken away is watched no more: IGNORED.
_ATTRIB: Final = 0x4
_IGNORED: Final = 0x8000
_EVENT: Final = struct.Struct("iIII")
_FLAGS: Final = os.O_NONBLOCK | getattr(os, "O_CLOEXEC", 0)


class Listener(Protocol):
    """Hears that something was committed, here or elsewhere."""

    def fileno(self) -> int:
        """What becomes readable then; -1 where the kernel cannot tell, and `heard` has to be asked."""
        ...

    def heard(self) -> bool:
        """Whether something was committed since the last call; never waits.

        Raises:
            StoreError: the database is gone; close this one and listen anew.
        """
        ...

    def close(self) -> None:
        """Listen no more."""
        ...


def notify(database: Path) -> None:
    """Tell everybody who listens to a database file; whoever may not write there tells nobody."""
    path, now = _changed_file(database), time.time_ns()
    try:
        os.utime(path, ns=(now, now))
    except FileNotFoundError:
        _make(path)
    except OSError:
        return


def listen(database: Path) -> Listener:
    """A listener to a database file: the kernel's, where it has one to give."""
    path = _changed_file(database)
    _make(path)
    try:
        return KernelListener(path)
    except OSError:  # another system, or more listeners than fs.inotify.max_user_instances allows
        return AskedListener(path)


class KernelListener:
    """Is woken by inotify.

    Raises:
        OSError: there is no inotify, or no more of it.
    """

    def __init__(self, path: Path) -> None:
        import ctypes

        try:
            library = ctypes.CDLL(None, use_errno=True)
            self._watch_file = library.inotify_add_watch
            self._fd = int(library.inotify_init1(_FLAGS))
        except AttributeError as error:
            raise OSError(errno.ENOSYS, "no inotify") from error
        self._path = os.fsencode(path)
        if self._fd < 0 or self._watch_file(self._fd, self._path, _ATTRIB) < 0:
            number = ctypes.get_errno()
            self.close()
            raise OSError(number, os.strerror(number))

    def fileno(self) -> int:
        return self._fd

    def heard(self) -> bool:
        try:
            events = os.read(self._fd, 4096)
        except BlockingIOError:
            return False
        if any(mask & _IGNORED for _watch, mask, _cookie, _length in _EVENT.iter_unpack(events)):
            _make(Path(os.fsdecode(self._path)))
            self._watch_file(self._fd, self._path, _ATTRIB)
        return True

    def close(self) -> None:
        if self._fd >= 0:
            # It takes the kernel ten milliseconds, for which nobody who leaves has to wait.
            _thread.start_new_thread(os.close, (self._fd,))
            self._fd = -1


class AskedListener:
    """Looks when the file was touched last; a look costs one system call and no disk access."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._touched = self._look()

    def fileno(self) -> int:
        return -1

    def heard(self) -> bool:
        before, self._touched = self._touched, self._look()
        return before != self._touched

    def close(self) -> None:
        """There is nothing to close."""

    def _look(self) -> int:
        try:
            return self._path.stat().st_mtime_ns
        except OSError:
            return 0


def _changed_file(database: Path) -> Path:
    return database.with_name(f"{database.name}-changed")


def _make(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600))
    except OSError:
        return
