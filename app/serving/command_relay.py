"""One command over SSH: a child with three pipes, relayed to a channel."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from asyncssh import EXTENDED_DATA_STDERR

from app.serving.farewell import farewell
from app.serving.journal import since
from app.serving.relay import Reader, Writer
from app.serving.request import Request
from app.serving.zygote_client import KILL_SECONDS, Child, NoZygote

if TYPE_CHECKING:
    from app.serving.session import Session

logger = logging.getLogger("loket.serving")

LONGEST: Final = 600
"""Seconds that one command may take."""


class CommandRelay:
    """The work of a session that does one command."""

    def __init__(self, session: Session, request: Request) -> None:
        self.session = session
        self.server = session.caller.server
        self.request = request
        self.began = time.monotonic()
        self.child: Child | None = None
        self.readers: list[Reader] = []
        self.writer: Writer | None = None
        self.early = bytearray()
        self.no_more = False
        self.sent = 0
        self.reason = ""

    async def run(self) -> tuple[int, str]:
        """Run the command; its exit status and why it ended."""
        pipes = [os.pipe2(os.O_CLOEXEC) for _stream in range(3)]
        (stdin, to), (out, stdout), (err, stderr) = pipes
        try:
            self.child = await self.server.zygote.child(self.request, [stdin, stdout, stderr])
        except (NoZygote, OSError) as error:
            logger.error("no command could be run: %s", error)
            for each in (to, out, err):
                os.close(each)
            self.session.say(farewell("unavailable", self.request.window))
            return 1, "unavailable"
        finally:
            for each in (stdin, stdout, stderr):
                os.close(each)
        try:
            return await self._relay(self.child, to, out, err)
        finally:
            self.child.kill()
            self.child.close()

    async def _relay(self, child: Child, to: int, out: int, err: int) -> tuple[int, str]:
        self.session.started(before=False, seconds=since(self.began), pid=child.started.result())
        loop = asyncio.get_running_loop()
        ends = [loop.create_future(), loop.create_future()]
        self.writer = Writer(to, self.session.hold_keys, self.session.go_on_with_keys)
        self.readers = [
            Reader(out, self._out, lambda: _done(ends[0])),
            Reader(err, self._err, lambda: _done(ends[1])),
        ]
        self._open()
        status = await child.ended
        # What it wrote last may still be in the pipes; nobody else holds them open.
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*ends), KILL_SECONDS)
        for reader in self.readers:
            reader.stop()
            os.close(reader.descriptor)
        self.writer.finish()
        if self.reason:
            return 1, self.reason
        return (status, "left") if status >= 0 else (128 - status, "crashed")

    def _open(self) -> None:
        """Connect what came while the child was made."""
        assert self.writer is not None
        assert self.child is not None
        if self.session.held:
            self.hold()
        self.writer.write(bytes(self.early))
        if self.no_more:
            self.writer.finish()
        if self.reason:
            self.child.kill()

    def _out(self, data: bytes) -> None:
        self.sent += len(data)
        self.session.write(data)

    def _err(self, data: bytes) -> None:
        self.sent += len(data)
        self.session.write(data, EXTENDED_DATA_STDERR)

    # What comes from the client

    def typed(self, data: bytes) -> None:
        """Standard input."""
        if self.writer is not None:
            self.writer.write(data)
        elif len(self.early) < 65_536:
            self.early += data

    def eof(self) -> None:
        """The end of standard input; the answer is waited for."""
        self.no_more = True
        if self.writer is not None:
            self.writer.finish()

    def resized(self, columns: int, rows: int) -> None:
        """A command does not care."""

    def hold(self) -> None:
        """The client does not take what is written: the child waits too."""
        for reader in self.readers:
            reader.hold()

    def go_on(self) -> None:
        """The client takes more."""
        for reader in self.readers:
            reader.go_on()

    def lost(self) -> None:
        """The client has gone, or wants no more of it."""
        self.end("client_gone")

    # What the server decides

    def look(self, now: float) -> None:
        """End what takes too long."""
        if now - self.began > LONGEST:
            self.end("longest")

    def warn(self, what: str, seconds: int) -> None:
        """Nobody reads warnings between the lines of an answer."""

    def end(self, reason: str) -> None:
        """End it; killed if it does not hear."""
        self.reason = self.reason or reason
        if self.child is not None:
            self.go_on()
            self.child.kill(signal.SIGTERM)
            asyncio.get_running_loop().call_later(KILL_SECONDS, self.child.kill)


def _done(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
