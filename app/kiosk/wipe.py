"""The terminal between two visitors: nothing of the last one on it, nothing typed ahead for the next one."""

from __future__ import annotations

import os
import termios
import time
from typing import Any, Final

WIPE: Final = (
    b"\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?2048l"
    b"\x1b[<u"  # keys as every program expects them
    b"\x1b[?1049l\x1b[!p\x1b[?7h\x1b[r\x1b[0m"  # the usual screen, in its usual state
    b"\x1b[H\x1b[2J\x1b[3J"  # empty, with what was scrolled out of it
    b"\x1b]2;\x07"  # no title
    b"\x1b]52;cps;!\x07"  # nothing in the clipboard and in what is selected
)
"""Modes of the mouse, focus, paste and size off; then all that a terminal remembers."""
HIDE_CURSOR: Final = b"\x1b[?25l"
SHOW_CURSOR: Final = b"\x1b[?25h"
SECONDS: Final = 1.0
"""How long a terminal that does not read may keep us."""


class Terminal:
    """The terminal of a kiosk. Between visitors it neither echoes nor turns keys into signals."""

    def __init__(self, descriptor: int = 0) -> None:
        self.descriptor = descriptor
        self.before = self._attributes()
        self._quiet()

    def _attributes(self) -> list[Any] | None:
        try:
            return termios.tcgetattr(self.descriptor)
        except termios.error:
            return None

    def _quiet(self) -> None:
        if self.before is not None:
            quiet = list(self.before)
            quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
            termios.tcsetattr(self.descriptor, termios.TCSANOW, quiet)

    def wipe(self) -> None:
        """Forget everything that was shown, copied and typed."""
        self.write(WIPE + HIDE_CURSOR)
        if self.before is not None:
            self._quiet()
            termios.tcflush(self.descriptor, termios.TCIFLUSH)

    def give_back(self) -> None:
        """Leave the terminal to whoever started the kiosk, empty."""
        self.write(WIPE + SHOW_CURSOR)
        if self.before is not None:
            termios.tcsetattr(self.descriptor, termios.TCSAFLUSH, self.before)

    def write(self, data: bytes) -> None:
        """Write, or give up on a terminal that is gone or does not read."""
        until = time.monotonic() + SECONDS
        while data and time.monotonic() < until:
            try:
                data = data[os.write(1, data) :]
            except BlockingIOError:
                time.sleep(0.01)
            except OSError:
                return
