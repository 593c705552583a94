"""Watches a kiosk: starts a fresh process for each visitor, and again when one breaks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import Final

from app.i18n import _
from app.kiosk.codes import LEAVE, NEXT, RESTART
from app.kiosk.wipe import Terminal

PASSED_ON: Final = ("TERM", "COLORTERM", "LANG", "LC_ALL", "LC_MESSAGES", "TZ", "HOME", "PATH")
"""Variables that a visitor's process gets, beside LOKET_*."""
IGNORED: Final = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)
LONG_ENOUGH: Final = 5.0
"""Seconds after which a process that breaks was not broken from the start."""
PAUSES: Final = (0.0, 1.0, 2.0, 5.0, 10.0)
"""Seconds before the next try when one after another breaks at once."""
PATIENCE: Final = 2.0
"""Seconds that a process gets to end by itself when the kiosk is stopped."""


class Stopped(Exception):
    """The kiosk itself was told to stop, by this signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Keeper:
    """One kiosk on one terminal.

    Args:
        command: starts a visitor's process on this process's terminal.
    """

    def __init__(self, command: list[str], terminal: Terminal) -> None:
        self.command = command
        self.terminal = terminal
        self.broken = 0
        """How many processes in a row broke at once."""

    def keep(self) -> int:
        """Visitor after visitor, until a supervisor leaves or a signal comes; the exit code."""
        for number in IGNORED:
            signal.signal(number, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        try:
            while (code := self.visitor()) not in (LEAVE, RESTART):
                self.after(code)
        except Stopped as stopped:
            code = 128 + stopped.number
        self.terminal.give_back()
        return NEXT if code == LEAVE else code

    def visitor(self) -> int:
        """Serve one visitor; the exit code of the process."""
        self.terminal.wipe()
        began = time.monotonic()
        child = subprocess.Popen(self.command, env=environment(), close_fds=True)
        try:
            code = child.wait()
        except Stopped:
            end(child)
            raise
        sound = code in (NEXT, LEAVE, RESTART) or time.monotonic() - began > LONG_ENOUGH
        self.broken = 0 if sound else self.broken + 1
        return code

    def after(self, code: int) -> None:
        """Wait a little where nothing but trying again helps, and say so to whoever stands there."""
        self.terminal.wipe()
        pause = PAUSES[min(self.broken, len(PAUSES) - 1)]
        if pause:
            text = _("This terminal is out of order. Please ask our people; it tries again by itself.")
            self.terminal.write(f"\r\n  {text}\r\n".encode())
            time.sleep(pause)


def environment() -> dict[str, str]:
    """What a visitor's process knows of the machine."""
    return {
        name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith("LOKET_")
    }


def end(child: subprocess.Popen[bytes]) -> None:
    """End a visitor's process: first it may write down that the visit is over."""
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def start_anew() -> int:
    """Take the place of this process with the program as it is on the disk now; does not return."""
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606


def _stop(number: int, _frame: FrameType | None) -> None:
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(number)
