"""Shows how: presses the real keys of a tour's steps at reading speed, up to what books something."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from string import Template
from time import monotonic
from typing import Any, Final

from textual.app import App
from textual.events import Key
from textual.keys import _character_to_key
from textual.widget import Widget
from textual.widgets import Input, OptionList

from app.content.tours import Step
from app.i18n import _, language
from app.screens.dashboard.gauges import Gauges
from app.tours import course, targets
from app.tours.guide import Guide
from app.tours.place import front
from app.tours.way import way_to
from app.tours.wording import named_key, pressed_key
from app.widgets.choice import Choice
from app.widgets.paged_list import PagedList

PATIENCE: Final = 8.0
"""Seconds that a screen may take to come; after that the person is told to go on alone."""
COMMAND: Final = "command:"


class ShowMe:
    """One showing. `stop` ends it at any time; what was pressed by then stays.

    Args:
        pace: 1 is reading speed; 0 presses as fast as the screens follow.
        samples: further values for `$name`, beside those of the tour.
    """

    def __init__(
        self, app: App[Any], guide: Guide, pace: float = 1.0, samples: dict[str, str] | None = None
    ) -> None:
        self.app, self.guide, self.pace = app, guide, pace
        self.samples = {**guide.tour.sample, **(samples or {})}
        self.stopped = False
        self.on_shown: Callable[[Step], object] = lambda step: None
        self._own: set[Key] = set()
        """Pressed here, and not yet heard by the application: keys before them may take their time."""

    def is_own(self, event: Key) -> bool:
        """Whether a key that is heard was pressed here, not by the person."""
        own = event in self._own
        self._own.discard(event)
        return own

    def stop(self, note: str) -> None:
        """End it, and say why."""
        if not self.stopped:
            self.stopped = True
            self.guide.watched = False
            self.guide.note = note
            self.guide.look()

    async def run(self) -> None:
        """Press the keys of one step after another. To be awaited in a worker."""
        self.guide.watched = True
        self.guide.note = ""
        self.guide.look()
        try:
            await self._run()
        finally:
            self.stopped = True
            self.guide.watched = False

    async def _run(self) -> None:
        while not self.stopped and (step := self.guide.step) is not None:
            if not await self._come_to(step):
                continue
            if step.commit or step.secret:
                self._hand_over(step)
                return
            await self._read(step)
            if self.stopped or self.guide.step is not step:
                continue
            self.on_shown(step)
            await self._do(step)
            if not await self._until(partial(self._is_past, step)):
                self.stop(_("This did not work out. Go on by yourself."))

    def _hand_over(self, step: Step) -> None:
        """What counts, and what is secret, is the person's."""
        if step.secret:
            self.stop(_("Only you know what goes here: type it yourself."))
        else:
            key = named_key(self.app, (step.do.keys[-1:] or ("enter",))[0].removeprefix(COMMAND))
            self.stop(_("From here it is real. Press {key} yourself if you want it.").format(key=key))

    async def _come_to(self, step: Step) -> bool:
        """Wait until the control of a step can take keys; go there where a tab or an area leads there."""
        until, tried = monotonic() + PATIENCE, ""
        while not self.stopped and self.guide.step is step:
            if self.guide.ready:
                return True
            screen = front(self.app)
            way = None
            if screen is not None and self.guide.presenter.shows_way:
                way = way_to(self.app, screen, self.guide.steps[: self.guide.index + 1])
            if way is not None and way.key and way.key != tried:
                tried = way.key
                await asyncio.sleep(2 * self.pace)
                if self.stopped:
                    return False
                await self._press(way.key)
            if monotonic() > until:
                self.stop(_("This did not work out. Go on by yourself."))
            await asyncio.sleep(0.02)
        return False

    async def _read(self, step: Step) -> None:
        """Leave time to read: four words a second."""
        words = len(step.text.in_language(language()).split())
        until = monotonic() + (1 + words / 4) * self.pace
        await self._until(lambda: monotonic() >= until)

    async def _do(self, step: Step) -> None:
        """What the step says: to its row, then what is typed or chosen, then its keys."""
        screen = front(self.app)
        target = None if screen is None else targets.find(screen, step.target)
        if target is None:
            return
        if step.row:
            await self._to_row(target, step.row)
        if step.do.type:
            await self._type(Template(step.do.type).safe_substitute(self.samples))
        if step.do.choose:
            await self._choose(target, step.do.choose)
        for key in step.do.keys:
            await self._press(pressed_key(self.app, key.removeprefix(COMMAND)) if COMMAND in key else key)
        if course.waits_for_a_word(step) or step.done.read:
            await asyncio.sleep(0.8 * self.pace)
            await self._until(lambda: self.stopped or self.guide.acceptable(step) or step.done.read)
            if not self.stopped and self.guide.step is step:
                self.guide.next()

    def _is_past(self, step: Step) -> bool:
        return self.guide.step is not step

    async def _to_row(self, target: Widget, row: str) -> None:
        """By the arrow keys, one row at a time."""
        for _turn in range(500):
            place, here = targets.row_place(target, row), _cursor(target)
            if self.stopped or place is None or here is None or place == here:
                return
            await self._press("down" if place > here else "up")
            if not await self._until(partial(_is_off, target, here)):
                return

    async def _type(self, text: str) -> None:
        """In place of what stands in the field."""
        screen = front(self.app)
        field = screen.focused if screen is not None else None
        if not isinstance(field, Input) or field.value:
            await self._press("end", "ctrl+u")
            # Such a key goes round by the application: a letter that overtakes it would be cleared too.
            await self._until(lambda: not isinstance(field, Input) or not field.value)
        for character in text:
            if self.stopped:
                return
            await self._send(Key(_character_to_key(character), character), 0.12)

    async def _choose(self, target: Widget, value: str) -> None:
        """Turn a choice until it has the value."""
        choice = target if isinstance(target, Choice) else target.query_one(Choice)
        for _turn in choice.options:
            if self.stopped or choice.value == value:
                return
            before = choice.value
            await self._press("right")
            await self._until(partial(_has_other, choice, before))

    async def _press(self, *keys: str) -> None:
        for key in keys:
            if not self.stopped:
                await self._send(Key(key, None), 0.5)

    async def _send(self, event: Key, seconds: float) -> None:
        """Press one key as the person would; it is gone through when the next is pressed."""
        self._own.add(event)
        self.app.post_message(event)
        await asyncio.sleep(max(seconds * self.pace, 0.02))
        await self._until(lambda: event not in self._own)
        gone = asyncio.Event()
        self.app.call_after_refresh(gone.set)
        await gone.wait()

    async def _until(self, true: Callable[[], bool]) -> bool:
        """Wait until something is true; False if it is not, for too long."""
        until = monotonic() + PATIENCE
        while not true():
            if self.stopped or self.guide.over:
                return True
            if monotonic() > until:
                return False
            await asyncio.sleep(0.02)
        return True


def _is_off(target: Widget, row: int) -> bool:
    """Whether the cursor has left a row."""
    return _cursor(target) != row


def _has_other(choice: Choice, value: str) -> bool:
    """Whether a choice shows another value."""
    return choice.value != value


def _cursor(target: Widget) -> int | None:
    """The row on which the cursor is, counted from 0."""
    if isinstance(target, PagedList | Gauges):
        return target.cursor
    return target.highlighted if isinstance(target, OptionList) else None
