"""Walk a tour as a person would: through the real screens, on a fresh practice copy, by its own keys.

At each step the picture is looked at, and that the step is not done before its keys are pressed. What the
tour promises must have happened afterwards: an audit row of its outcome, and a run that is finished.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, NoReturn, Protocol, cast

from textual.app import App
from textual.pilot import Pilot
from textual.widget import Widget

from app.clock import Clock
from app.content import Content
from app.content.operator import Operator
from app.content.tours import Step, Tour
from app.i18n import language, set_language
from app.screens.desk import Desk
from app.settings import Settings
from app.tours import targets
from app.tours.course import waits_for_a_word
from app.tours.guide import Guide
from app.tours.host import Host
from app.tours.practice_answers import Answers
from app.tours.practice_copies import practice_copy
from app.tours.practice_desk import PracticeDesk
from app.tours.walk_check import mistakes
from app.tours.walk_keys import CannotPress, secrets_in, step_keys, way_keys
from app.vault import Vault

PATIENCE: Final = 8.0
"""Seconds to wait for what should come."""
MOST_WAYS: Final = 6
"""Keys on the way to a step, from wherever the walk stands."""


class Walked(Protocol):
    """The portal, as a walk sees it."""

    desk: Desk
    guide: Guide | None

    def helper(self) -> Host:
        """Who shows tours."""

    async def show_shell(self) -> None:
        """Open the areas for who signed in."""


MakePortal = Callable[[Settings, Operator, Clock], App[Any]]
See = Callable[[App[Any], Step], Awaitable[None]]
"""Called when a step stands on the screen, before its keys are pressed."""


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


class Stumbled(Exception):
    """A tour cannot be walked: at which step, why, and what the screen showed."""

    def __init__(self, tour: str, how: How, step: str, problem: str, screen: str) -> None:
        super().__init__(f"{tour}@{step} ({how}): {problem}")
        self.step, self.problem, self.screen = step, problem, screen


@asynccontextmanager
async def at_work(
    make: MakePortal, settings: Settings, content: Content, clock: Clock, login: str, how: How
) -> AsyncIterator[tuple[App[Any], Pilot[Any]]]:
    """The portal on a fresh practice copy, headless, signed in as somebody; nobody: at the first screen."""
    spoken = language()
    own, changed = practice_copy(settings, content, clock, login, how.language, how.theme)
    portal = make(own, changed.operator, clock)
    walked = cast(Walked, portal)
    desk = PracticeDesk(own, changed, clock, lambda title, text: None)
    for name in ("on_signed_out", "ask_password", "on_done"):
        setattr(desk, name, getattr(walked.desk, name))
    walked.desk.close()
    walked.desk = desk
    portal.theme = how.theme
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


class Walk:
    """One walk through one tour."""

    def __init__(
        self, app: App[Any], pilot: Pilot[Any], tour: Tour, how: How, see: See | None = None
    ) -> None:
        self.app, self.pilot, self.tour, self.how, self.see = app, pilot, tour, how, see
        self.desk = cast(Walked, app).desk
        self.at = ""

    @property
    def guide(self) -> Guide | None:
        """The tour that runs."""
        return cast(Walked, self.app).guide

    async def run(self) -> None:
        """From the first step to the proof. Raises Stumbled."""
        before = await self._newest_row()
        await self.start()
        guide = self.guide
        for step in guide.steps if guide is not None else ():
            await self.reach(step)
            if self.how.show_me and not step.commit and not step.secret:
                await self._shown(step)
            else:
                await self.do(step)
        await self._until(lambda: self.guide is None, "the tour does not end after its last step")
        await self._prove(before)

    async def start(self) -> None:
        """Begin the tour."""
        content = self.desk.content
        assert content is not None
        # As it was given: it may be a draft that stands in no file.
        content.tours.tours = {**content.tours.tours, self.tour.id: self.tour}
        if not await cast(Walked, self.app).helper().start(self.tour.id):
            self._stumble("the tour does not begin")

    async def reach(self, step: Step) -> None:
        """Wait until the step stands, ready for its keys; go where the guide points first."""
        self.at = step.id
        for _time in range(MOST_WAYS):
            ready = await self._until(lambda: self._stands(step) or self._points(step), self._not_there(step))
            if ready == "stands":
                break
            guide = self.guide
            keys = way_keys(self.app, guide.steps[: guide.index + 1]) if guide is not None else []
            await self.press(*keys)
        else:
            self._stumble("the guide does not lead there")
        await self.pilot.pause()
        wrong = mistakes(self.app, cast(Walked, self.app).helper().spotlight, step)
        if wrong:
            self._stumble("; ".join(wrong))
        if self.see is not None:
            await self.see(self.app, step)

    async def do(self, step: Step) -> None:
        """Press the keys of a step that stands, and wait until the guide has gone on."""
        guide = self._running()
        if not step.done.read:
            if guide.satisfied(step):
                self._stumble("it is done before anybody did anything")
            if not guide.acceptable(step):
                await self.press("f1")
                if self._running().step is not step:
                    self._stumble("F1 passes over it")
            await self._press_its_keys(step)
        # What is typed or chosen lasts until the person says so.
        if step.done.read or (waits_for_a_word(step) and self._is_at(step)):
            await self.press("f1" if step.done.read or not guide.takes_enter else "enter")
        await self._until(lambda: not self._is_at(step), "its keys do not end it")

    async def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            await self.pilot.press(key)

    async def _press_its_keys(self, step: Step) -> None:
        target = self._target(step)
        try:
            secrets = await self.desk.run(lambda: self._secrets(step))
            keys = step_keys(self.app, self.tour, step, target, secrets)
        except CannotPress as error:
            self._stumble(str(error))
        await self.press(*keys)

    async def _shown(self, step: Step) -> None:
        """Have the step shown instead."""
        await self.press("f2")
        await self._until(lambda: not self._is_at(step), "show me does not do it")

    async def _prove(self, before: int) -> None:
        """What the tour promises has happened, and the run was written down as finished."""
        store, tour = self.desk.store, self.tour
        assert store is not None
        if tour.outcome and _is_audited(tour.outcome):
            find = "SELECT 1 FROM audit WHERE seq > :before AND operation = :name AND outcome = 'done'"
            if not await self.desk.run(lambda: store.row(find, before=before, name=tour.outcome)):
                self._stumble(f"{tour.outcome} did not happen")
        find_run = "SELECT 1 FROM tour_run WHERE tour = :tour AND state = 'finished'"
        if not await self.desk.run(lambda: store.row(find_run, tour=tour.id)):
            self._stumble("no finished run was written down")

    # What stands

    def _running(self) -> Guide:
        if self.guide is None:
            self._stumble("the tour has ended too early")
        return self.guide

    def _is_at(self, step: Step) -> bool:
        return self.guide is not None and self.guide.step is step

    def _stands(self, step: Step) -> str:
        return "stands" if self._is_at(step) and self.guide is not None and self.guide.ready else ""

    def _points(self, step: Step) -> str:
        """Whether the guide shows the way to the step."""
        if not self._is_at(step) or self.guide is None:
            return ""
        presenter = self.guide.presenter
        return "points" if presenter.stands and not presenter.step else ""

    def _not_there(self, step: Step) -> Callable[[], str]:
        def why() -> str:
            guide = self.guide
            if guide is None:
                return "the tour ended before it"
            if guide.step is not step:
                index = guide.steps.index(step)
                return (
                    "it is passed over"
                    if guide.index > index
                    else f"the tour is still at {guide.steps[guide.index].id}"
                )
            target = targets.find(self.app.screen, step.target)
            if target is None:
                return f"there is no {step.target} here"
            if not targets.can_be_used(target):
                return f"{step.target} cannot be used"
            if step.row and targets.row_place(target, step.row) is None:
                return f"there is no row {step.row!r} in {step.target}"
            return f"{step.target} is not ready: out of sight, or without the focus"

        return why

    def _target(self, step: Step) -> Widget:
        target = targets.find(self.app.screen, step.target)
        if target is None:
            self._stumble(f"there is no {step.target} here")
        return target

    def _secrets(self, step: Step) -> dict[str, str]:
        """What the step types of the practice's passwords and codes. In the desk's thread."""
        store, content = self.desk.store, self.desk.content
        assert store is not None
        assert content is not None
        answers = Answers(store, content, Vault(self.desk.settings.keys), self.desk.clock.now())
        return {name: answers.answer(name) for name in secrets_in(step)}

    async def _newest_row(self) -> int:
        store = self.desk.store
        assert store is not None
        row = await self.desk.run(lambda: store.row("SELECT coalesce(max(seq), 0) FROM audit"))
        return int(row[0]) if row else 0

    # Waiting and failing

    async def _until(self, true: Callable[[], Any], why: str | Callable[[], str]) -> Any:
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while loop.time() < end:
            await self.pilot.pause()
            if answer := true():
                return answer
            await asyncio.sleep(0.01)
        return self._stumble(why if isinstance(why, str) else why())

    def _stumble(self, problem: str) -> NoReturn:
        raise Stumbled(self.tour.id, self.how, self.at, problem, picture(self.app))


def picture(app: App[Any]) -> str:
    """What is on the screen, line by line."""
    width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(part.text for part in line)[:width].rstrip() for line in lines[:height])


def _is_audited(operation: str) -> bool:
    """Whether a success leaves a row: reads leave none."""
    from app.operations.core import registry

    try:
        return registry.get(operation).changes
    except (KeyError, ImportError):
        return True
