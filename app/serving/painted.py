"""Terminals with a portal on them, and a few whose first screen was painted before anybody came."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.serving.request import Request, Window
from app.serving.terminal import open_pair, resize
from app.serving.zygote_client import Child, NoZygote, Zygote
from app.settings import machine_language

logger = logging.getLogger("loket.serving")

MOST_BYTES: Final = 1_000_000
"""A first screen is some 30 kB."""
AGAIN_SECONDS: Final = (0.5, 30.0)
"""How long to wait after a screen could not be painted: at first, and at most."""
REMEMBERED: Final = 32
"""So many of the last visitors decide what the next screens are painted for."""
_SETTING: Final = re.compile(rb"\x1b\[(?:\?\d+(?:[hl]|\$p)|>\d+u|<u)")


@dataclass(eq=False, slots=True)
class Painted:
    """A child on its terminal."""

    child: Child
    master: int
    """The server's end of the terminal, not blocking."""
    window: Window
    output: bytearray = field(default_factory=bytearray)
    """What it has written so far."""
    before: bool = False
    """Whether it was painted before anybody came."""

    def drop(self) -> None:
        """Nobody wants it any more: the terminal hangs up."""
        with suppress(OSError):
            os.close(self.master)
        self.child.close()


async def paint(zygote: Zygote, request: Request) -> Painted:
    """A new child on a new terminal.

    Raises:
        NoZygote: there is nobody to make one now.
        OSError: the machine has no more terminals or descriptors.
    """
    master, slave = open_pair(request.window)
    try:
        child = await zygote.child(request, [slave])
    except BaseException:
        os.close(master)
        raise
    finally:
        os.close(slave)
    return Painted(child, master, request.window)


class Pool:
    """Keeps sign-in screens ready, painted for the terminals that came last."""

    def __init__(self, zygote: Zygote, size: int, first: Window) -> None:
        self.zygote = zygote
        self.size = size
        self.ready: list[Painted] = []
        self.recent = [first]
        """The windows of the last visitors; before the first one, a guess."""
        self._came = False
        self._work: asyncio.Task[None] | None = None
        self._wait = AGAIN_SECONDS[0]
        self._closed = False

    async def take(self, request: Request) -> Painted:
        """A screen for a request: one that is ready, else a new one.

        Raises:
            NoZygote, OSError: as `paint`.
        """
        if request.kind == "portal" and request.identity is None:
            self.recent = [*self.recent[1 - REMEMBERED :], request.window]
            if not self._came:
                self._came, self.recent = True, [request.window]
            found = self._found(request.window)
            if found is not None:
                self.ready.remove(found)
                asyncio.get_running_loop().remove_reader(found.master)
                self._attach(found, request)
                self.fill()
                return found
            self._make_room(request.window)
            self.fill()
        return await paint(self.zygote, request)

    def _found(self, window: Window) -> Painted | None:
        """The best there is: of the same colours and language, if possible of the same size."""
        fits = [each for each in self.ready if _kind(each.window) == _kind(window)]
        size = window.columns, window.rows
        same = [each for each in fits if (each.window.columns, each.window.rows) == size]
        return next(iter(same or fits), None)

    def _make_room(self, missed: Window) -> None:
        """Let go what was painted for terminals that come less often than the one that found nothing."""
        wishes = Counter(map(_kind, self.recent))
        if len(self.ready) < self.size or not self.ready:
            return
        least = min(self.ready, key=lambda each: wishes[_kind(each.window)])
        if wishes[_kind(missed)] > wishes[_kind(least.window)]:
            self.ready.remove(least)
            asyncio.get_running_loop().remove_reader(least.master)
            least.drop()

    @staticmethod
    def _attach(painted: Painted, request: Request) -> None:
        """Give a screen to somebody: their address first, then their size."""
        painted.child.say("attach", address=request.address)
        window = request.window
        if (window.columns, window.rows) != (painted.window.columns, painted.window.rows):
            # What it painted does not fit: only what it set and asked is kept, and it paints anew.
            painted.output = bytearray(b"".join(_SETTING.findall(bytes(painted.output))))
            resize(painted.master, window.columns, window.rows)
        painted.window = window

    def fill(self) -> None:
        """See to it that enough are ready, one after another, behind what people do."""
        if not self._closed and (self._work is None or self._work.done()):
            self._work = asyncio.create_task(self._fill())

    async def _fill(self) -> None:
        while not self._closed and len(self.ready) < self.size:
            try:
                await self._one()
                self._wait = AGAIN_SECONDS[0]
            except (NoZygote, OSError) as error:
                logger.warning("no sign-in screen could be painted ahead: %s", error)
                await asyncio.sleep(self._wait)
                self._wait = min(self._wait * 2, AGAIN_SECONDS[1])

    def wanted(self) -> Window:
        """What the next screen is painted for: the most frequent window that is not there yet."""
        have = Counter(each.window for each in self.ready)
        wishes = Counter(self.recent)
        return max(reversed(wishes), key=lambda window: wishes[window] / (1 + have[window]))

    async def _one(self) -> None:
        window = self.wanted()
        painted = await paint(self.zygote, Request("portal", "ssh", "", window=window, waits=True))
        painted.before = True
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        loop.add_reader(painted.master, self._read, painted)
        loop.add_reader(painted.child.control, self._heard, painted, done)
        try:
            either: set[asyncio.Future[Any]] = {done, painted.child.ended}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            loop.remove_reader(painted.child.control)
            if not done.done() or self._closed:
                loop.remove_reader(painted.master)
                painted.drop()
        if not done.done():
            raise OSError("it ended before it was painted")
        if not self._closed:
            self._read(painted)
            self.ready.append(painted)
            painted.child.ended.add_done_callback(lambda _ended: self._gone(painted))

    @staticmethod
    def _heard(painted: Painted, done: asyncio.Future[None]) -> None:
        told = painted.child.heard()
        if told is None:
            asyncio.get_running_loop().remove_reader(painted.child.control)
        elif told["say"] == "painted" and not done.done():
            done.set_result(None)

    def _read(self, painted: Painted) -> None:
        """Keep what a waiting screen writes."""
        try:
            data = os.read(painted.master, 65_536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        painted.output += data
        if not data or len(painted.output) > MOST_BYTES:
            asyncio.get_running_loop().remove_reader(painted.master)

    def _gone(self, painted: Painted) -> None:
        """A waiting screen ended by itself: paint another."""
        if painted in self.ready:
            self.ready.remove(painted)
            asyncio.get_running_loop().remove_reader(painted.master)
            painted.drop()
            self.fill()

    def close(self) -> None:
        """Let all that wait go."""
        self._closed = True
        if self._work is not None:
            self._work.cancel()
        for painted in self.ready:
            asyncio.get_running_loop().remove_reader(painted.master)
            painted.drop()
        self.ready.clear()


def _kind(window: Window) -> Window:
    """A window without its size: what colours and which language it is painted in."""
    return replace(window, columns=0, rows=0, locale=machine_language({"LANG": window.locale}))
