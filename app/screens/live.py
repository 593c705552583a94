"""What others change shows by itself. Nobody looks whether there is something: the kernel says so."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from app.operations.core.errors import Unavailable
from app.screens.desk import Desk

PAUSE_SECONDS: Final = 0.5
"""What is shown is read again at most so often, however much is committed."""
SHARE: Final = 4
"""A reading that took long is followed by a pause of so many times as long, up to the longest one."""
LONGEST_SECONDS: Final = 1.2
SPREAD_SECONDS: Final = 0.4
"""Sessions whose person is away do not all read at one instant: those who type would feel it."""
AWAY_SECONDS: Final = 5
ASK_SECONDS: Final = 1.0
"""Where the kernel cannot tell, somebody has to look."""
AGAIN_SECONDS: Final = 3.0
"""How soon a lost database is tried again."""
STOP_SECONDS: Final = 0.2
"""How soon a reading that did not end is told again."""


class Live:
    """Calls `reload` soon after something was committed, here or elsewhere; one call at a time.

    Args:
        desk: whose database; it is open.
        reload: reads again what is shown.
    """

    def __init__(self, desk: Desk, reload: Callable[[], Awaitable[None]]) -> None:
        self._desk = desk
        self._reload = reload
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Hear what is committed from now on."""
        with suppress(Unavailable):  # it is tried again
            self._desk.heard()
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Hear nothing any more. A reading under way may take the end for its own; it is told again."""
        while self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task], timeout=STOP_SECONDS)

    async def _follow(self) -> None:
        missed = False
        while True:
            try:
                fileno = await self._desk.listen()
                while True:
                    if self._desk.heard() or missed:
                        await self._show()
                    missed = False
                    await _told(fileno)
            except Unavailable:
                missed = True
                self._desk.stop_listening()
                await asyncio.sleep(AGAIN_SECONDS + random.random())  # noqa: S311

    async def _show(self) -> None:
        if self._desk.clock.now() - self._desk.person_at >= AWAY_SECONDS:
            await asyncio.sleep(random.random() * SPREAD_SECONDS)  # noqa: S311
        begin = time.monotonic()
        await self._reload()
        took = time.monotonic() - begin
        await asyncio.sleep(min(max(PAUSE_SECONDS, took * SHARE), LONGEST_SECONDS))


async def _told(fileno: int) -> None:
    """Sleep until there is something to hear."""
    if fileno < 0:
        await asyncio.sleep(ASK_SECONDS)
        return
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(fileno, told.set)
    try:
        await told.wait()
    finally:
        loop.remove_reader(fileno)
