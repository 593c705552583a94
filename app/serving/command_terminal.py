"""One command over SSH on a terminal (`ssh -t`): prompts show, secrets are typed unseen, Ctrl+C stops it."""

from __future__ import annotations

import logging
import os
from contextlib import suppress

from app.serving.command_relay import CommandRelay
from app.serving.escape_filter import EscapeFilter
from app.serving.farewell import farewell
from app.serving.journal import since
from app.serving.relay import Reader, Writer
from app.serving.request import Request, clamped
from app.serving.terminal import resize
from app.serving.zygote_client import Child, NoZygote

logger = logging.getLogger("loket.serving")


class CommandTerminal(CommandRelay):
    """The work of a session that does one command for a client with a terminal."""

    def __init__(self, session: object, request: Request) -> None:
        super().__init__(session, request)  # type: ignore[arg-type]
        self.filter = EscapeFilter()
        self.master = -1

    async def run(self) -> tuple[int, str]:
        """Run the command; its exit status and why it ended."""
        self.master, slave = os.openpty()
        resize(self.master, self.request.window.columns, self.request.window.rows)
        try:
            self.child = await self.server.zygote.child(self.request, [slave])
        except (NoZygote, OSError) as error:
            logger.error("no command could be run: %s", error)
            self.session.say(farewell("unavailable", self.request.window))
            return 1, "unavailable"
        finally:
            os.close(slave)
            if self.child is None:
                self._hang_up()
        try:
            return await self._on_terminal(self.child)
        finally:
            self.child.kill()
            self.child.close()
            self._hang_up()

    async def _on_terminal(self, child: Child) -> tuple[int, str]:
        self.session.started(before=False, seconds=since(self.began), pid=child.started.result())
        self.writer = Writer(self.master, self.session.hold_keys, self.session.go_on_with_keys)
        self.readers = [Reader(self.master, self._out, lambda: None)]
        self._open()
        status = await child.ended
        for reader in self.readers:
            reader.rest()
        self.writer.stop()
        if self.reason:
            return 1, self.reason
        return (status, "left") if status >= 0 else (128 - status, "crashed")

    def _out(self, data: bytes) -> None:
        super()._out(self.filter.passed(data))

    def eof(self) -> None:
        """The client has no more keys: for what reads a line, that is its end."""
        self.typed(b"\x04")

    def resized(self, columns: int, rows: int) -> None:
        """The window has another size."""
        if self.master >= 0:
            with suppress(OSError):
                resize(self.master, *clamped(columns, rows))

    def _hang_up(self) -> None:
        if self.master >= 0:
            os.close(self.master)
            self.master = -1
