"""Run the server until a signal says that it is over; hand the port over to another process before that."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

from app.clock import Clock
from app.content import Content
from app.serving.metrics import place_of, serve_metrics, write_metrics
from app.serving.options import Options
from app.serving.server import Server
from app.settings import Settings


async def run(
    options: Options, settings: Settings, content: Content, clock: Clock | None, say: Callable[[str], object]
) -> int:
    """Serve; the exit code.

    Args:
        say: told `ready ADDRESS PORT` once sessions can be made.

    Raises:
        OSError: the port cannot be had.
        HostKeyError: the host key cannot be used.
    """
    server = Server(options, settings, content, clock)
    sock = server.listen()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    figures = await start_metrics(server)
    await server.start(sock)
    address, port, *_rest = sock.getsockname()
    say(f"ready {address} {port}")
    await stop.wait()
    server.close_door()
    for session in server.open_sessions():
        if session.work is not None:
            session.work.warn("stopping", options.drain)
    # A second signal means: now.
    stop.clear()
    waiting = asyncio.create_task(server.drain(options.drain))
    await asyncio.wait({waiting, asyncio.create_task(stop.wait())}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    await server.end_sessions()
    if figures is not None:
        figures.close()
    return 0


async def start_metrics(server: Server) -> asyncio.Server | None:
    """Tell the figures where the operator wants them."""
    if not server.options.metrics:
        return None
    place = place_of(server.options.metrics)
    if isinstance(place, Path):
        server.keep(asyncio.create_task(write_metrics(server.metrics, place)))
        return None
    return await serve_metrics(server.metrics, *place)
