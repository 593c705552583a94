"""Run the server until a signal says that it is over, or another one has taken the port over."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from pathlib import Path

from app.clock import Clock
from app.content import Content
from app.serving import handover
from app.serving.metrics import place_of, serve_metrics, write_metrics
from app.serving.notify import notify
from app.serving.options import Options
from app.serving.server import Server
from app.settings import Settings

LAST_SECONDS = 15.0
"""For the server before to end what is left after its sessions had their time."""
logger = logging.getLogger("loket.serving")


class Run:
    """One server from its first to its last connection.

    SIGTERM, SIGINT and SIGHUP stop it: everybody is told, and has `--drain` seconds; a second one means now.
    SIGUSR2 has a new server take over.
    """

    def __init__(self, server: Server, say: Callable[[str], object]) -> None:
        self.server = server
        self.options = server.options
        self.say = say
        self.stop = asyncio.Event()
        self.stop_figures: Callable[[], object] = lambda: None
        self.before = self.options.inherited.before if self.options.inherited is not None else None
        """The server that this one took over from: its descriptor."""
        self.followed = False
        """Whether another one has taken over from this one."""
        self._asked: asyncio.Task[None] | None = None

    async def __call__(self) -> int:
        """Serve; the exit code.

        Raises:
            OSError: the port cannot be had.
        """
        sock = self.server.listen()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self.stop.set)
        self.stop_figures = await start_metrics(self.server)
        await self.server.start(sock)
        loop.add_signal_handler(signal.SIGUSR2, self._renew)
        if self.options.inherited is None or self.options.inherited.tell_ready():
            address, port, *_rest = sock.getsockname()
            self.say(f"ready {address} {port}")
            notify(READY=1, MAINPID=os.getpid())
        else:
            self.before, self.followed = None, True
            self.stop.set()
        await self.stop.wait()
        await self._end()
        return 0

    def _renew(self) -> None:
        if self._asked is None or self._asked.done():
            self._asked = asyncio.create_task(self._hand_over())

    async def _hand_over(self) -> None:
        if await handover.hand_over(self.server.socket):
            self.followed = True
            self.stop_figures()
            self.server.close_door()
            await self.server.drain(self.options.handover)
            self.stop.set()
        else:
            logger.error("a new server could not take over; this one goes on")

    async def _end(self) -> None:
        """Tell everybody, wait, end what is left."""
        if not self.followed:
            notify(STOPPING=1)
        self.server.close_door()
        handover.stop(self.before)
        self.server.warn_all("stopping", self.options.drain)
        self.stop.clear()
        waiting = asyncio.create_task(self._everybody_left())
        again = asyncio.create_task(self.stop.wait())
        await asyncio.wait({waiting, again}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        again.cancel()
        if self.stop.is_set():
            handover.stop(self.before)
        await self.server.end_sessions()
        await handover.ended(self.before, LAST_SECONDS)
        self.stop_figures()

    async def _everybody_left(self) -> None:
        """Wait for who is inside, here and in the server before, as long as they were told."""
        seconds = self.options.drain
        await asyncio.gather(self.server.drain(seconds), handover.ended(self.before, seconds))


async def run(
    options: Options, settings: Settings, content: Content, clock: Clock | None, say: Callable[[str], object]
) -> int:
    """Serve; the exit code.

    Args:
        say: told `ready ADDRESS PORT` once sessions can be opened.

    Raises:
        OSError: the port cannot be had.
        HostKeyError: the host key cannot be used.
    """
    return await Run(Server(options, settings, content, clock), say)()


async def start_metrics(server: Server) -> Callable[[], object]:
    """Tell the figures where the operator wants them, until the answer is called: there is one who tells."""
    if not server.options.metrics:
        return lambda: None
    place = place_of(server.options.metrics)
    if isinstance(place, Path):
        writing = asyncio.create_task(write_metrics(server.metrics, place))
        server.keep(writing)
        return writing.cancel
    return (await serve_metrics(server.metrics, *place)).close
