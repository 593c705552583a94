"""A terminal driver that lives in the event loop: no threads, so no polling and no waiting to quit.

Textual's own driver polls ten times a second, which makes Esc take 110 ms; here a lone Esc is known after
`ESCAPE_DELAY`. A frame is written at once, without blocking the loop.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import time
import tty
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import Any, Final, cast

from textual import constants, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

ESCAPE_DELAY: Final = 0.025
_KITTY_FLAGS: Final = 1 | 8 | 16  # tell Esc apart, report all keys, with their text
_START: Final = "\x1b[?1049h\x1b[?25l\x1b[?1004h"
_STOP: Final = "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
_BY_FORCE: Final = (
    "\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[0m" + _STOP
)
"""All that a normal end writes, at once."""
_LAST_WRITE_SECONDS: Final = 0.5
_MOST_WAITING: Final = 64 * 1024
"""Bytes that wait for a terminal which takes none; what comes then is not kept: it is painted anew later."""


for _digit in "0123456789":
    # Textual reads Esc and a digit as a sign of a Mac's Option key; on every other terminal it is Alt.
    cast("dict[str, object]", ANSI_SEQUENCES_KEYS).pop(f"\x1b{_digit}", None)


class LoopDriver(LinuxDriver):
    """Reads keys and writes frames by the event loop's own readiness calls."""

    can_suspend = False

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        signal.signal(signal.SIGCONT, signal.SIG_DFL)
        if "ESCDELAY" not in os.environ:
            constants.ESCAPE_DELAY = ESCAPE_DELAY  # type: ignore[misc]
        self._parser = XTermParser(self._debug)
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._pending = bytearray()
        self._scheduled = self._reading = False
        self._first = True
        self._whole = 0
        """Bytes at the front that must be written while the terminal is behind: to the end of a frame."""
        self._skipped = self._restored = False
        self._give_up_at = 0.0
        assert sys.__stdout__ is not None
        self._owned, self._out = self._open_output(sys.__stdout__.fileno())

    @staticmethod
    def _open_output(fileno: int) -> tuple[bool, int]:
        """Open the terminal once more, non-blocking: the flag must not leak to the shell's descriptor."""
        try:
            flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
            return True, os.open(os.ttyname(fileno), flags)
        except OSError:
            return False, fileno

    def start_application_mode(self) -> None:
        self._loop.add_signal_handler(signal.SIGWINCH, self._resized)
        self._resized()
        self.write(_START)
        self._enable_mouse_support()
        try:
            self.attrs_before = termios.tcgetattr(self.fileno)
            attributes = termios.tcgetattr(self.fileno)
            attributes[tty.LFLAG] = self._patch_lflag(attributes[tty.LFLAG])
            attributes[tty.IFLAG] = self._patch_iflag(attributes[tty.IFLAG])
            attributes[tty.CC][termios.VMIN] = 1
            termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)
        except termios.error:
            self.attrs_before = None
        if not constants.DISABLE_KITTY_KEY:
            self.write(f"\x1b[>{_KITTY_FLAGS}u")
        self._loop.add_reader(self.fileno, self._readable)
        self._reading = True
        self._request_terminal_sync_mode_support()
        self._query_in_band_window_resize()
        self._enable_bracketed_paste()
        self._disable_line_wrap()

    def send_message(self, message: Message) -> None:
        self._app.post_message(message)

    def _resized(self) -> None:
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self.send_message(events.Resize(size, size))

    def _readable(self) -> None:
        try:
            data = os.read(self.fileno, 4096)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._hung_up()
            return
        text = self._decode(data)
        if self._first:
            # What was typed while the terminal was still the shell's: there Enter was made a line feed.
            self._first, text = False, text.replace("\n", "\r")
        for message in self._parser.feed(text):
            self.process_message(message)
        if self._parser._timeout_time is not None:
            self._loop.call_later(constants.ESCAPE_DELAY + 0.001, self._tick)

    def _tick(self) -> None:
        for message in self._parser.tick():
            self.process_message(message)

    def _hung_up(self) -> None:
        self._stop_reading()
        self._app.exit(return_code=128 + signal.SIGHUP)

    def write(self, data: str) -> None:
        self._pending += data.encode("utf-8", "replace")
        if not self._scheduled:
            self._scheduled = True
            self._loop.call_soon(self._drain)
        elif self._whole and len(self._pending) > _MOST_WAITING:
            del self._pending[self._whole :]
            self._skipped = True
            cast("Any", self._app).shown.forget()

    def _drain(self) -> None:
        try:
            written = os.write(self._out, self._pending)
        except BlockingIOError:
            written = 0
        except OSError:  # the terminal is gone
            written = len(self._pending)
        # Frames are whole when this is called: each is written within one turn of the loop.
        self._whole = (self._whole or len(self._pending)) - written
        del self._pending[:written]
        if self._whole <= 0:
            self._whole = len(self._pending)
        if self._pending:
            self._loop.add_writer(self._out, self._drain)
            return
        self._scheduled = False
        self._loop.remove_writer(self._out)
        if self._skipped:
            self._skipped = False
            self._app.call_later(self._app.refresh, layout=True)

    def _drain_now(self) -> None:
        """Write what is left before the loop ends; a terminal that does not take it for long loses it."""
        self._give_up_at = self._give_up_at or time.monotonic() + _LAST_WRITE_SECONDS
        while self._pending and (left := self._give_up_at - time.monotonic()) > 0:
            if select.select([], [self._out], [], left)[1]:
                self._drain()

    def restore_by_force(self) -> None:
        """Make the terminal whole from another thread, when the loop cannot do it any more."""
        if self._restored:
            return
        with suppress(OSError):
            os.set_blocking(self._out, False)
            os.write(self._out, _BY_FORCE.encode())
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)

    def _stop_reading(self) -> None:
        if self._reading:
            self._reading = False
            self._loop.remove_reader(self.fileno)

    def disable_input(self) -> None:
        self._stop_reading()
        self._loop.remove_signal_handler(signal.SIGWINCH)
        self._disable_mouse_support()
        try:
            termios.tcflush(self.fileno, termios.TCIFLUSH)
        except termios.error:
            return

    def stop_application_mode(self) -> None:
        self._disable_bracketed_paste()
        self._enable_line_wrap()
        self._disable_in_band_window_resize()
        self.disable_input()
        if self.attrs_before is not None:
            try:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            except termios.error:
                self.attrs_before = None
        self.write(_STOP)
        self._drain_now()
        self._restored = True

    def close(self) -> None:
        self._drain_now()
        self._loop.remove_writer(self._out)
        if self._owned:
            os.close(self._out)
            self._owned = False


def can_drive() -> bool:
    """Return whether this process sits on a terminal that the driver can use."""
    return os.name == "posix" and sys.__stdin__ is not None and sys.__stdin__.isatty()
