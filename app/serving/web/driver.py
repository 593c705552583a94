"""The terminal driver of a session in a browser: packets over pipes, no thread, nothing that blocks."""

from __future__ import annotations

import os
import signal
from codecs import getincrementaldecoder
from typing import Any, Final

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver
from textual.geometry import Size
from textual.message import Message

from app.serving.request import clamped
from app.widgets.driver import ESCAPE_DELAY

READY: Final = b"__GANGLION__\n"
"""What textual-serve waits for before the first packet."""
LARGEST: Final = 65_536


class PipeDriver(WebDriver):
    """Textual's packets for the web, read and written by the event loop's own readiness calls."""

    can_suspend = False

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        constants.ESCAPE_DELAY = ESCAPE_DELAY  # type: ignore[misc]
        self._parser = XTermParser(self._debug)
        self._packets = ByteStream()
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._pending = bytearray()
        self._write = self._queue  # type: ignore[assignment]
        self._reading = False

    def start_application_mode(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._loop.add_signal_handler(number, self._app.exit, None, 128 + number)
        os.set_blocking(0, False)
        os.set_blocking(self.fileno, False)
        self._queue(READY)
        self.write("\x1b[?1049h")
        self._enable_mouse_support()
        self.write("\x1b[?25l")
        size = Size(*clamped(*(self._size or (80, 24))))
        self._app.post_message(events.Resize(size, size))
        self._request_terminal_sync_mode_support()
        self._enable_bracketed_paste()
        self._loop.add_reader(0, self._readable)
        self._reading = True

    def send_message(self, message: Message) -> None:
        self._app.post_message(message)

    def _readable(self) -> None:
        try:
            data = os.read(0, LARGEST)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.disable_input()
            self._app.exit(return_code=128 + signal.SIGHUP)
            return
        for kind, payload in self._packets.feed(data):
            if kind == "D":
                for message in self._parser.feed(self._decode(payload)):
                    self.process_message(message)
            else:
                self._on_meta(kind, payload)
        if self._parser._timeout_time is not None:
            self._loop.call_later(constants.ESCAPE_DELAY + 0.001, self._tick)

    def _tick(self) -> None:
        for message in self._parser.tick():
            self.process_message(message)

    def _queue(self, data: bytes) -> None:
        if not self._pending:
            self._loop.call_soon(self._drain)
        self._pending += data

    def _drain(self) -> None:
        try:
            del self._pending[: os.write(self.fileno, self._pending)]
        except BlockingIOError:
            pass
        except OSError:  # nobody reads any more
            self._pending.clear()
        if self._pending:
            self._loop.add_writer(self.fileno, self._drain)
        else:
            self._loop.remove_writer(self.fileno)

    def disable_input(self) -> None:
        if self._reading:
            self._reading = False
            self._loop.remove_reader(0)

    def stop_application_mode(self) -> None:
        self.disable_input()
        self.write_meta({"type": "exit"})

    def close(self) -> None:
        """Write what is left, if somebody reads it."""
        self._loop.remove_writer(self.fileno)
        os.set_blocking(self.fileno, True)
        try:
            while self._pending:
                del self._pending[: os.write(self.fileno, self._pending)]
        except OSError:
            self._pending.clear()

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Do nothing: no text opens a page."""
