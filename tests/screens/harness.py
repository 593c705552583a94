"""The portal on a real database, for tests that press keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from app.clock import Clock
from app.content.operator import read_operator
from app.i18n import set_language
from app.operations.core import Visit
from app.portal import Portal
from app.settings import read_settings
from app.store import Store

ANSWERS = 6
"""As many questions as a worker asks the desk one after another; one that still runs waits for a person."""
SMALL, LARGE = (80, 24), (120, 40)


def make_portal(store: Store, clock: Clock, home: Path) -> Portal:
    """A portal over a test's database, as `loket` starts it."""
    settings = replace(read_settings({"LOKET_HOME": str(home)}), database_url=store.url)
    return Portal(settings, read_operator(settings.content, []), clock)


@asynccontextmanager
async def opened(
    visit: Visit, home: Path, size: tuple[int, int] = SMALL, language: str = "en"
) -> AsyncIterator[tuple[Portal, Pilot[Any]]]:
    """The shell of somebody who has signed in: `visit` is the one that sign-in would give."""
    portal = make_portal(visit.store, visit.clock, home)
    set_language(language)
    await portal.desk.opened()
    assert portal.desk.content is not None
    portal.desk.visit = replace(visit, content=portal.desk.content, language=language)
    portal.stylesheet.read(portal.settings.stylesheet)
    portal.get_default_screen = portal.practice_screen  # type: ignore[method-assign]
    async with portal.run_test(size=size) as pilot:
        await settled(pilot)
        yield portal, pilot
    set_language("en")


async def prepared(pilot: Pilot[Any]) -> None:
    """Wait until what comes after the first screen is loaded: the styles of all others, and the desk."""
    portal = pilot.app
    assert isinstance(portal, Portal)
    while not portal.stylesheet.has_source(str(portal.settings.stylesheet)):
        await pilot.pause()
    await portal.desk.opened()


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until the desk has answered and it is painted; the worker of a dialog waits on."""
    for _ in range(ANSWERS):
        await pilot.pause()
        if not any(worker.is_running for worker in pilot.app.workers):
            break
        # The desk answers in the order of the questions: what was asked before this is answered after it.
        await pilot.app.desk.run(lambda: None)  # type: ignore[attr-defined]
    await pilot.pause()


async def typed(pilot: Pilot[Any], text: str) -> None:
    """Type a text."""
    names = {" ": "space", ".": "full_stop", "-": "minus", "+": "plus", "@": "at"}
    await pilot.press(*(names.get(letter, letter) for letter in text))


def shown(portal: Portal) -> str:
    """What is on the screen, line by line."""
    width, height = portal.size
    lines = portal.screen._compositor.render_strips(portal.size)
    return "\n".join("".join(segment.text for segment in line)[:width].rstrip() for line in lines[:height])
