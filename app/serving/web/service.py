"""One session in a browser: its process, and what goes between the two."""

from __future__ import annotations

import asyncio
import json
import os
from asyncio.subprocess import Process
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, cast

from textual_serve.app_service import AppService

from app.serving.request import Request
from app.serving.zygote_client import Child, Zygote

PATIENCE: Final = 2.0
"""Seconds in which a process has to end that was told to."""


@dataclass(slots=True)
class Pipes:
    """A process as textual-serve sees one: three streams. What it writes to the third one is for nobody."""

    stdin: asyncio.StreamWriter
    stdout: asyncio.StreamReader
    stderr: asyncio.StreamReader
    reading: asyncio.BaseTransport


class Session(AppService):
    """textual-serve's packets, with a process forked from the loaded portal.

    Args:
        request: what the process runs, for whom, from where.
        cookie: the browser's; only it gets the files of this session.
    """

    def __init__(self, zygote: Zygote, request: Request, cookie: str, **hooks: Any) -> None:
        super().__init__("", **hooks)
        self.zygote = zygote
        self.request = request
        self.cookie = cookie
        self.child: Child | None = None
        self._pipes: Pipes | None = None

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Have the process forked.

        Raises:
            NoZygote: there is nobody to do it now.
        """
        own_in, their_out = os.pipe2(os.O_CLOEXEC)
        their_in, own_out = os.pipe2(os.O_CLOEXEC)
        nowhere = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
        try:
            self.child = await self.zygote.child(self.request, (their_in, their_out, nowhere))
        except BaseException:
            os.close(own_in)
            os.close(own_out)
            raise
        finally:
            for descriptor in (their_in, their_out, nowhere):
                os.close(descriptor)
        self._pipes = await streams(own_in, own_out)
        self._stdin = self._pipes.stdin
        self._process = cast(Process, self._pipes)
        return self._process

    async def on_meta(self, data: bytes) -> None:
        """What the process asks of the browser: an end, a file; never another page."""
        if json.loads(data).get("type") != "open_url":
            await super().on_meta(data)

    async def stop(self) -> None:
        """End the process: ask it, and if that does not help kill it."""
        task, self._task = self._task, None
        if task is None:
            return
        await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.send_meta({"type": "quit"}), PATIENCE)
        ended, _waiting = await asyncio.wait({task}, timeout=PATIENCE)
        if not ended and self.child is not None:
            self.child.kill()
            await asyncio.wait({task}, timeout=PATIENCE)
        task.cancel()
        self._close()

    def _close(self) -> None:
        if self._pipes is not None:
            self._pipes.stdin.close()
            self._pipes.reading.close()
        if self.child is not None:
            self.child.kill()
            self.child.close()


async def streams(own_in: int, own_out: int) -> Pipes:
    """The server's ends of the pipes as streams."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    reading, _protocol = await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(own_in, "rb", 0)
    )
    writing, flow = await loop.connect_write_pipe(
        asyncio.streams.FlowControlMixin, os.fdopen(own_out, "wb", 0)
    )
    nothing = asyncio.StreamReader()
    nothing.feed_eof()
    return Pipes(asyncio.StreamWriter(writing, flow, None, loop), reader, nothing, reading)
