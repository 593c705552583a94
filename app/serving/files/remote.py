"""The server's half: puts questions to the child that serves one channel, and takes open files from it."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.serving.request import Request
from app.serving.zygote_client import NoZygote

if TYPE_CHECKING:
    from app.serving.caller import Caller
    from app.serving.zygote_client import Child

PACKET: Final = 262_144
PATIENCE: Final = 180.0
"""Seconds for one answer: the longest file takes a while to make."""


class Trouble(Exception):
    """There is no answer, or it is a problem: `kind` as in `shelf`, the text is for the person."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of an entry; size None: nobody has made the file yet."""

    folder: bool
    modified: int
    size: int | None


class Remote:
    """One channel's child; it is started with the first question."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self._child: Child | None = None
        self._turn = asyncio.Lock()
        self._closed = False

    async def told(self, path: str, *, exact: bool) -> Told:
        """Attributes of a path; `exact`: with its size, for which a file may have to be made."""
        answer, _files = await self._ask("stat" if exact else "lstat", path=path)
        return Told(answer["folder"], answer["modified"], answer["size"])

    async def entries(self, path: str) -> AsyncIterator[tuple[str, Told]]:
        """A folder's entries, asked for as they are read."""
        answer, _files = await self._ask("list", path=path)
        while True:
            for name, folder, modified, size in answer["entries"]:
                yield name, Told(bool(folder), modified, size)
            if not answer["listing"]:
                return
            answer, _files = await self._ask("more", listing=answer["listing"])

    async def open(self, path: str) -> tuple[int, Told]:
        """An open descriptor of a file, which is the caller's to close, and its attributes."""
        answer, files = await self._ask("open", path=path)
        if not files:
            raise Trouble("unavailable", "Files cannot be served now. Try again later.")
        return files[0], Told(False, answer["modified"], answer["size"])

    async def _ask(self, do: str, **more: Any) -> tuple[dict[str, Any], list[int]]:
        """One question at a time: the child does one thing after another anyway.

        Raises:
            Trouble: for whatever reason there is no good answer.
        """
        async with self._turn:
            if self._closed:
                raise Trouble("unavailable", "The connection has ended.")
            try:
                if self._child is None:
                    self._child = await self._start()
                    if self._closed:
                        # The channel ended while its child was made.
                        self.close()
                        raise ConnectionResetError("the channel has ended")
                self._child.control.send(json.dumps({"do": do, **more}).encode())
                answer, files = await asyncio.wait_for(self._answer(self._child), PATIENCE)
            except (OSError, NoZygote, TimeoutError, ValueError) as error:
                self.close()
                raise Trouble("unavailable", "Files cannot be served now. Try again later.") from error
        if "error" in answer:
            raise Trouble(answer["error"], answer["text"])
        return answer, files

    async def _start(self) -> Child:
        request = Request("files", "ssh", self.caller.address, self.caller.identity)
        nothing = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
        try:
            child = await self.caller.server.zygote.child(request, [nothing] * 3)
            self.caller.server.journal.write("process", self.caller, kind="files", pid=child.started.result())
            return child
        finally:
            os.close(nothing)

    @staticmethod
    async def _answer(child: Child) -> tuple[dict[str, Any], list[int]]:
        loop, control = asyncio.get_running_loop(), child.control
        readable = loop.create_future()
        loop.add_reader(control, _settle, readable)
        try:
            await readable
        finally:
            loop.remove_reader(control)
        packet, files, _flags, _address = socket.recv_fds(control, PACKET, 1)
        if not packet:
            raise ConnectionResetError("the child has ended")
        return dict(json.loads(packet)), list(files)

    def close(self) -> None:
        """End the child, whatever it is doing."""
        self._closed = True
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            with suppress(OSError):
                child.close()


def _settle(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
