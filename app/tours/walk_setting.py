"""Where a walk takes place: the portal without a terminal, on a fresh copy of the practice world."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol, cast

from textual.app import App
from textual.pilot import Pilot

from app.clock import Clock
from app.content import Content
from app.content.operator import Operator
from app.content.tour_list import Tours
from app.content.tours import Tour
from app.i18n import language, set_language
from app.screens.desk import Desk
from app.settings import Settings
from app.tours.guide import Guide
from app.tours.host import Host
from app.tours.practice_copies import practice_copy
from app.tours.practice_desk import PracticeDesk


class Walked(Protocol):
    """The portal, as a walk sees it."""

    desk: Desk
    guide: Guide | None

    def helper(self) -> Host:
        """Who shows tours."""

    async def show_shell(self) -> None:
        """Open the areas for who signed in."""


MakePortal = Callable[[Settings, Operator, Clock], App[Any]]


@dataclass(frozen=True, slots=True)
class How:
    """Circumstances of a walk; `theme`: dark, light, contrast or ansi."""

    size: tuple[int, int] = (80, 24)
    language: str = "en"
    theme: str = "dark"
    show_me: bool = False

    def __str__(self) -> str:
        way = "show me" if self.show_me else "guide"
        return f"{self.size[0]}x{self.size[1]}, {self.language}, {self.theme}, {way}"


class Given(Tours):
    """The tours of a walk, with the one that is walked as it was given: it may be a draft in no file."""

    def __init__(self, known: Tours, tour: Tour) -> None:
        self.folder, self.problems = known.folder, known.problems
        self.tours = {**known.tours, tour.id: tour}

    def changed(self) -> bool:
        """What is written into files meanwhile does not count."""
        return False


@asynccontextmanager
async def at_work(
    make: MakePortal, settings: Settings, content: Content, clock: Clock, login: str, how: How
) -> AsyncIterator[tuple[App[Any], Pilot[Any]]]:
    """The portal on a fresh practice copy, headless, signed in as somebody; nobody: at the first screen."""
    spoken = language()
    portal, desk = practising(make, settings, content, clock, login, how)
    walked, own = cast(Walked, portal), desk.settings
    set_language(how.language)
    try:
        async with portal.run_test(size=how.size) as pilot:
            while not portal.stylesheet.has_source(str(own.stylesheet)):
                await pilot.pause()
            await desk.opened()
            if login:
                await desk.enter(login)
                await walked.show_shell()
            await pilot.pause()
            yield portal, pilot
    finally:
        set_language(spoken)


def practising(
    make: MakePortal, settings: Settings, content: Content, clock: Clock, login: str, how: How
) -> tuple[App[Any], PracticeDesk]:
    """A portal that does not run yet, and its desk on a fresh practice copy."""
    own, changed = practice_copy(settings, content, clock, login, how.language, how.theme)
    portal = make(own, changed.operator, clock)
    walked = cast(Walked, portal)
    desk = PracticeDesk(own, changed, clock, lambda *told: None)
    for name in ("on_signed_out", "ask_password", "on_done"):
        setattr(desk, name, getattr(walked.desk, name))
    walked.desk.close()
    walked.desk = desk
    portal.theme = how.theme
    return portal, desk


def picture(app: App[Any]) -> str:
    """What is on the screen, line by line."""
    width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(part.text for part in line)[:width].rstrip() for line in lines[:height])
