"""Walk a tour as a person would: through the real screens, on a fresh practice copy, by its own keys.

At each step the picture is looked at, and that the step is not done before its keys are pressed. What the
tour promises must have happened afterwards: an audit row of its outcome, and a run that is finished.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final, NoReturn, cast

from textual.app import App
from textual.pilot import Pilot
from textual.widget import Widget

from app.clock import Clock
from app.content import Content
from app.content.tours import Step, Tour
from app.settings import Settings
from app.tours import targets
from app.tours.conditions import value_of
from app.tours.course import waits_for_a_word
from app.tours.guide import Guide
from app.tours.walk_check import mistakes
from app.tours.walk_keys import CannotPress, step_keys
from app.tours.walk_proof import Proof
from app.tours.walk_setting import Given, How, MakePortal, Walked, at_work, picture
from app.tours.way import way_to

PATIENCE: Final = 20.0
"""Seconds to wait for what should come."""
MOST_WAYS: Final = 6
"""Keys on the way to a step, from wherever the walk stands."""


See = Callable[[App[Any], Step], Awaitable[None]]
"""Called when a step stands on the screen, before its keys are pressed."""


class Stumbled(Exception):
    """A tour cannot be walked: at which step, why, and what the screen showed."""

    def __init__(self, tour: str, how: How, step: str, problem: str, screen: str) -> None:
        super().__init__(f"{tour}@{step} ({how}): {problem}")
        self.step, self.problem, self.screen = step, problem, screen


class Walk:
    """One walk through one tour."""

    def __init__(
        self, app: App[Any], pilot: Pilot[Any], tour: Tour, how: How, see: See | None = None
    ) -> None:
        self.app, self.pilot, self.tour, self.how, self.see = app, pilot, tour, how, see
        self.desk = cast(Walked, app).desk
        self.proof = Proof(self.desk, tour)
        self.at = ""

    @property
    def guide(self) -> Guide | None:
        """The tour that runs."""
        return cast(Walked, self.app).guide

    async def run(self) -> None:
        """From the first step to the proof. Raises Stumbled."""
        before = await self.proof.newest_row()
        await self.start()
        steps = self._running().steps
        if self.how.show_me:
            await self._watch(steps, before)
        else:
            for step in steps:
                await self.reach(step)
                await self.do(step)
        await self._until(lambda: self.guide is None, "the tour does not end after its last step")
        missing = await self.proof.missing(before)
        if missing:
            self._stumble(missing)

    async def _watch(self, steps: tuple[Step, ...], before: int) -> None:
        """Have it shown; only what books something, or is secret, is pressed here."""
        for step in steps:
            self.at = step.id
            if not (step.commit or step.secret):
                continue
            await self._have_shown(until=step)
            if step.commit and await self.proof.happened(before):
                self._stumble("show me has booked it")
            await self.reach(step)
            await self.do(step)
        await self._have_shown(until=None)

    async def _have_shown(self, until: Step | None) -> None:
        """Start the showing, and wait until it is at a step, or at the end of the tour."""
        guide, host = self.guide, cast(Walked, self.app).helper()
        if guide is None or (until is not None and guide.step is until):
            return
        host.show(guide, pace=0)
        await self._until(
            lambda: self.guide is None or (until is not None and self._is_at(until)) or not self._plays(),
            "show me does not come here",
            self._shown_so_far,
        )
        if not (self.guide is None if until is None else self._is_at(until)):
            self.at = guide.step.id if guide.step is not None else self.at
            self._stumble(f"show me stops here: {guide.note}")

    def _shown_so_far(self) -> object:
        """What changes as long as a showing goes on, however slow the machine is."""
        focused = self.app.focused
        return self.guide and self.guide.index, value_of(focused) if focused is not None else ""

    def _plays(self) -> bool:
        player = cast(Walked, self.app).helper().player
        return player is not None and not player.stopped

    async def start(self) -> None:
        """Begin the tour."""
        content = self.desk.content
        assert content is not None
        content.__dict__["tours"] = Given(content.tours, self.tour)
        if not await cast(Walked, self.app).helper().start(self.tour.id):
            self._stumble("the tour does not begin")

    async def reach(self, step: Step) -> None:
        """Wait until the step stands, ready for its keys; go where the guide points first."""
        self.at = step.id
        for _time in range(MOST_WAYS):
            ready = await self._until(lambda: self._stands(step) or self._points(step), self._not_there(step))
            if ready == "stands":
                break
            guide = self._running()
            way = way_to(self.app, self.app.screen, guide.steps[: guide.index + 1])
            if way is not None:
                await self.press(way.key or "escape")
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
            secrets = await self.proof.secrets(step)
            keys = step_keys(self.app, self.tour, step, target, secrets)
        except CannotPress as error:
            self._stumble(str(error))
        await self.press(*keys)

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
        return "points" if presenter.stands and presenter.shows_way else ""

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

    # Waiting and failing

    async def _until(
        self,
        true: Callable[[], Any],
        why: str | Callable[[], str],
        so_far: Callable[[], object] = lambda: None,
    ) -> Any:
        """Wait until something is true; as long as `so_far` changes, it is on its way."""
        loop = asyncio.get_running_loop()
        end, before = loop.time() + PATIENCE, so_far()
        while loop.time() < end:
            await self.pilot.pause()
            if answer := true():
                return answer
            if (now := so_far()) != before:
                end, before = loop.time() + PATIENCE, now
            await asyncio.sleep(0.01)
        return self._stumble(why if isinstance(why, str) else why())

    def _stumble(self, problem: str) -> NoReturn:
        raise Stumbled(self.tour.id, self.how, self.at, problem, picture(self.app))


async def walk(
    make: MakePortal,
    settings: Settings,
    content: Content,
    clock: Clock,
    tour: Tour,
    how: How,
    see: See | None = None,
) -> None:
    """Walk one tour once, on a practice copy of its own. Raises Stumbled."""
    login, at = "" if tour.audience == "visitor" else tour.login, ""
    try:
        async with at_work(make, settings, content, clock, login, how) as (app, pilot):
            walking = Walk(app, pilot, tour, how, see)
            try:
                await walking.run()
            finally:
                at = walking.at
    except Stumbled:
        raise
    except Exception as error:
        raise Stumbled(tour.id, how, at, f"the portal stopped: {error!r}", "") from error
