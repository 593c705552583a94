"""Keys pressed one after another, each time until the screen shows what is expected."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from app.operations.core import Visit
from app.portal import Portal
from app.screens.my_products.area import MyProductsArea
from tests.screens.harness import SMALL, opened, shown

PLAN = "zakelijk-mobiel"
PATIENCE = 20.0


class Person:
    """Somebody at the keyboard."""

    def __init__(self, portal: Portal, pilot: Pilot[Any]) -> None:
        self.portal, self.pilot = portal, pilot

    @property
    def screen(self) -> str:
        """What is on the screen; spaces that do not break are spaces."""
        return shown(self.portal).replace("\u00a0", " ")

    @property
    def area(self) -> MyProductsArea:
        """My Products."""
        return self.portal.screen_stack[-1].query_one(MyProductsArea)

    async def press(self, *keys: str, sees: str = "", misses: str = "") -> str:
        """Press keys, then wait until the screen shows `sees` and no longer `misses`; returns the screen."""
        await self.pilot.press(*keys)
        return await self.wait(sees, misses)

    async def wait(self, sees: str = "", misses: str = "") -> str:
        """Wait until the screen shows one text and not the other."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        while loop.time() < until:
            await self.pilot.pause()
            now = self.screen
            if sees in now and not (misses and misses in now):
                return now
            await asyncio.sleep(0.02)
        raise AssertionError(f"waited for {sees!r} without {misses!r}; the screen shows:\n{self.screen}")

    async def open_line(self, text: str) -> str:
        """From any area to the page of the line that a filter finds."""
        await self.press("3", sees="State")
        await self.press("slash", *text, sees=f"“{text}”")
        await self.press("enter")
        return await self.press("enter", sees="Overview")


@asynccontextmanager
async def at_the_keyboard(
    visit: Visit, home: Path, size: tuple[int, int] = SMALL, language: str = "en"
) -> AsyncIterator[Person]:
    """The portal of a visit, with its keyboard."""
    async with opened(visit, home, size, language) as (portal, pilot):
        yield Person(portal, pilot)
