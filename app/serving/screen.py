"""One session on a terminal: the portal of a child, relayed to a channel."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.serving.escape_filter import EscapeFilter
from app.serving.farewell import farewell
from app.serving.journal import since
from app.serving.keys import from_person
from app.serving.painted import Painted
from app.serving.relay import Reader, Writer
from app.serving.request import Request, clamped
from app.serving.terminal import RESET, resize
from app.serving.zygote_client import KILL_SECONDS, NoZygote

if TYPE_CHECKING:
    from app.serving.session import Session

logger = logging.getLogger("loket.serving")

WARN_SECONDS: Final = 60


class Screen:
    """The work of a session that has a terminal."""

    def __init__(self, session: Session, request: Request) -> None:
        self.session = session
        self.server = session.caller.server
        self.request = request
        self.began = self.typed_at = time.monotonic()
        self.asked_at = 0.0
        """When a key was passed on that nothing has answered yet; 0: none."""
        self.early = bytearray()
        self.painted: Painted | None = None
        self.reader: Reader | None = None
        self.writer: Writer | None = None
        self.filter = EscapeFilter()
        self.sent = 0
        self.reason = ""
        """Why the server ends it; empty: the person left, or it ended by itself."""
        self.gone = False
        """Whether the client has gone."""
        self.warned = False

    async def run(self) -> tuple[int, str]:
        """Open, relay until it is over; the exit status and why it ended."""
        try:
            self.painted = await self.server.pool.take(self.request)
        except (NoZygote, OSError) as error:
            logger.error("no session could be opened: %s", error)
            self.session.write(farewell("unavailable", self.request.window))
            return 1, "unavailable"
        child = self.painted.child
        try:
            self._open(self.painted)
            status = await child.ended
            await self._ended(status)
        finally:
            child.kill()
            self._close()
        return self._outcome(status)

    def _open(self, painted: Painted) -> None:
        """Show what is painted and connect both directions."""
        if self.gone or self.reason:
            painted.child.kill()
            return
        self.session.started(painted.before, since(self.began), painted.child.started.result())
        if painted.output:
            self._out(bytes(painted.output))
            painted.output.clear()
        self.writer = Writer(painted.master, self.session.hold_keys, self.session.go_on_with_keys)
        self.reader = Reader(painted.master, self._out, lambda: None)
        if self.session.held:
            self.reader.hold()
        if self.early:
            self.writer.write(bytes(self.early))
            self.early.clear()

    def _out(self, data: bytes) -> None:
        if self.asked_at:
            self.server.metrics.took("answer_seconds", time.monotonic() - self.asked_at)
            self.asked_at = 0.0
        passed = self.filter.passed(data)
        self.sent += len(passed)
        self.session.write(passed)

    async def _ended(self, status: int) -> None:
        """Make the person's terminal whole and say why it is over."""
        if self.reader is not None and not self.gone:
            self.reader.rest()
        if status < 0 or self.reason:
            # A clean child has done that itself; twice does no harm, but after a kill it must be done.
            self.session.write(RESET)
        _status, reason = self._outcome(status)
        if not self.gone:
            self.session.write(farewell(reason, self.request.window))

    def _outcome(self, status: int) -> tuple[int, str]:
        if self.gone:
            return 1, "client_gone"
        if self.reason:
            return 1, self.reason
        return (0, "left") if status == 0 else (1, "crashed")

    def _close(self) -> None:
        if self.reader is not None:
            self.reader.stop()
        if self.writer is not None:
            self.writer.stop()
        if self.painted is not None:
            self.painted.drop()
            self.painted = None

    # What comes from the client

    def typed(self, data: bytes) -> None:
        """Keys, mouse and answers of the terminal."""
        now = time.monotonic()
        if from_person(data):
            self.typed_at = self.asked_at = now
            self.warned = False
        if self.writer is not None:
            self.writer.write(data)
        elif len(self.early) < 4096:
            self.early += data

    def resized(self, columns: int, rows: int) -> None:
        """The window has another size."""
        if self.painted is not None:
            with suppress(OSError):
                resize(self.painted.master, *clamped(columns, rows))

    def eof(self) -> None:
        """Nothing more will be typed: as if the terminal was closed."""
        self.lost()

    def hold(self) -> None:
        """The client does not take what is written: stop reading, so that the child waits too."""
        if self.reader is not None:
            self.reader.hold()

    def go_on(self) -> None:
        """The client takes more."""
        if self.reader is not None:
            self.reader.go_on()

    def lost(self) -> None:
        """The client has gone: hang up, and kill what does not hear it."""
        if self.gone:
            return
        self.gone = True
        if self.painted is not None:
            child = self.painted.child
            self._close()
            asyncio.get_running_loop().call_later(KILL_SECONDS, child.kill)

    # What the server decides

    def look(self, now: float) -> None:
        """Warn, or end what has gone on for too long."""
        limits = self.server.options.limits
        idle_left = limits.idle - (now - self.typed_at)
        left = limits.longest - (now - self.began)
        if idle_left <= 0:
            self.end("idle")
        elif left <= 0:
            self.end("longest")
        elif min(idle_left, left) <= WARN_SECONDS and not self.warned:
            self.warned = True
            self.warn("longest" if left < idle_left else "idle", WARN_SECONDS)

    def warn(self, what: str, seconds: int) -> None:
        """Show a note on the person's screen, in their language; `what` is one of `farewell.WARNINGS`."""
        if self.painted is not None:
            self.painted.child.say("warn", what=what, seconds=seconds)

    def end(self, reason: str) -> None:
        """End the session; its child is told first, and killed if it does not hear."""
        if self.reason:
            return
        self.reason = reason
        if self.painted is None:
            return
        child = self.painted.child
        # Whoever stopped reading could keep the child in its last write.
        self.go_on()
        child.kill(signal.SIGTERM)
        asyncio.get_running_loop().call_later(KILL_SECONDS, child.kill)
