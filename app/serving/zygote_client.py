"""The server's end of the control socket: asks the zygote for children and hears how they end."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final

from app.serving.request import Request

logger = logging.getLogger("loket.serving")

KEPT: Final = ("LOKET_", "XDG_", "TZ", "HOME", "PATH", "LANG", "LC_")
PACKET: Final = 65_536
KILL_SECONDS: Final = 2.0
"""How long a child may take to end once it was told to, or its terminal has hung up."""


class NoZygote(Exception):
    """The process that makes sessions is not there; it is being started anew."""


class Child:
    """One session's process."""

    def __init__(self, zygote: Zygote, number: int, control: socket.socket) -> None:
        self.zygote = zygote
        self.number = number
        self.control = control
        """SOCK_SEQPACKET, not blocking; what is said there is between the two ends."""
        loop = asyncio.get_running_loop()
        self.started: asyncio.Future[int] = loop.create_future()
        """Its process id."""
        self.ended: asyncio.Future[int] = loop.create_future()
        """Its exit code, or minus the signal that ended it."""

    def say(self, say: str, **more: Any) -> None:
        """Tell the child something; one that is gone or does not listen does not hold anybody up."""
        with suppress(OSError):
            self.control.send(json.dumps({"say": say, **more}).encode())

    def heard(self) -> dict[str, Any] | None:
        """What the child said, or None: nothing, or it is gone."""
        try:
            data = self.control.recv(PACKET)
        except OSError:
            return None
        return dict(json.loads(data)) if data else None

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send it a signal, unless it has ended."""
        if not self.ended.done():
            with suppress(NoZygote):
                self.zygote.order({"do": "kill", "number": self.number, "signal": int(number)})

    def close(self) -> None:
        """Forget the control socket."""
        self.control.close()


class Zygote:
    """Keeps one zygote running; asks it for children."""

    def __init__(self, on_end: Callable[[], object] = lambda: None) -> None:
        """`on_end` is called when the zygote has gone and nobody had asked for that."""
        self.on_end = on_end
        self.process: subprocess.Popen[bytes] | None = None
        self.ready = asyncio.Event()
        self.gone = asyncio.Event()
        """Set when one has ended before anybody asked for that."""
        self.closing = False
        self.children: dict[int, Child] = {}
        self._control: socket.socket | None = None
        self._count = 0

    def start(self) -> None:
        """Start the process; `ready` is set when it has loaded everything."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        kept = {name: value for name, value in os.environ.items() if name.startswith(KEPT)}
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-m", "app.serving.zygote", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=kept,
                stdin=subprocess.DEVNULL,
                umask=0o077,
            )
        ours.setblocking(False)
        self._control = ours
        asyncio.get_running_loop().add_reader(ours, self._readable)

    async def loaded(self) -> None:
        """Wait until children can be made.

        Raises:
            NoZygote: it ended instead; it has told why on the error output.
        """
        either = [asyncio.create_task(each.wait()) for each in (self.ready, self.gone)]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        for task in either:
            task.cancel()
        if not self.ready.is_set():
            raise NoZygote

    async def child(self, request: Request, streams: Sequence[int]) -> Child:
        """Have a child made.

        Args:
            streams: descriptors of one terminal, or of three pipes; the caller closes them.

        Raises:
            NoZygote: it went away meanwhile.
        """
        await self.ready.wait()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        theirs.setblocking(False)
        self._count += 1
        child = Child(self, self._count, ours)
        self.children[child.number] = child
        order = {"do": "start", "number": child.number, "request": request.encoded().decode()}
        with theirs:
            try:
                self.order(order, [theirs.fileno(), *streams])
                await child.started
            except BaseException:
                self.children.pop(child.number, None)
                child.kill()
                child.close()
                raise
        return child

    def order(self, order: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
        """Send one packet.

        Raises:
            NoZygote: nobody is there to take it.
        """
        if self._control is None:
            raise NoZygote
        try:
            socket.send_fds(self._control, [json.dumps(order).encode()], list(descriptors))
        except OSError as error:
            raise NoZygote from error

    def _readable(self) -> None:
        assert self._control is not None
        try:
            data = self._control.recv(PACKET)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._hear(json.loads(data))
        else:
            self._gone()

    def _hear(self, told: dict[str, Any]) -> None:
        if told["said"] == "ready":
            self.ready.set()
            return
        child = self.children.get(told["number"])
        if child is None:
            return
        if told["said"] == "started":
            if not child.started.done():
                child.started.set_result(told["pid"])
            return
        if "problem" in told:
            logger.error("a session could not be started: %s", told["problem"])
        self._over(self.children.pop(child.number), told["status"])

    @staticmethod
    def _over(child: Child, status: int) -> None:
        if not child.started.done():
            child.started.set_exception(NoZygote())
        if not child.ended.done():
            child.ended.set_result(status)

    def _gone(self) -> None:
        """The zygote has ended, and the kernel has ended its children with it."""
        self._disconnect()
        self.gone.set()
        for child in list(self.children.values()):
            self._over(child, -signal.SIGKILL)
        self.children.clear()
        if not self.closing:
            logger.error("the process that makes sessions has ended; all sessions ended with it")
            self.on_end()

    def _disconnect(self) -> None:
        self.ready.clear()
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()
            self._control = None
        if self.process is not None:
            # It ends by itself once the socket is closed; nobody waits for it here.
            self.process.poll()

    def close(self) -> None:
        """Let the zygote end; children that still run are told so by their terminals."""
        self.closing = True
        self._disconnect()
