"""Which step of a tour is next: what is done is passed over, who went ahead is followed."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import Any, Final

from textual.app import App
from textual.screen import Screen

from app.content.tours import Step
from app.tours import coach, course, targets
from app.tours.conditions import Conditions
from app.tours.place import front, inside, place_of_screen

SETTLED_SECONDS: Final = 0.25
"""How long another place must stand before the guide goes back: dialogs follow each other."""


class Progress:
    """Where somebody is in a tour, by what is true on the screens.

    Args:
        at: the step to begin with; steps that are done already are passed over.
    """

    def __init__(self, app: App[Any], steps: Sequence[Step], at: int = 0) -> None:
        self.app, self.steps = app, tuple(steps)
        self.conditions = Conditions(app)
        self.over = False
        self.coach = ""
        """Why the step is not done; said after the person tried to go on."""
        self.note = ""
        """What else the balloon says: that show-me leaves this step to the person."""
        self.backs = self.wrongs = 0
        self._confirmed: set[str] = set()
        self._place, self._place_since = "", 0.0
        self._begin(at)

    @property
    def step(self) -> Step | None:
        """The step that is next; None when the tour is over."""
        return None if self.over or self.index >= len(self.steps) else self.steps[self.index]

    def _refuse(self, step: Step) -> None:
        self.wrongs += 1
        self.coach = coach.why_not(self.conditions, step)

    def _begin(self, index: int) -> None:
        """Make another step the present one."""
        self.index = index
        self.coach = self.note = ""
        self.touched = False
        """Whether the person pressed or clicked anything since the step came."""
        self._held = False
        self._since = len(self.conditions.succeeded)
        self._came = monotonic()
        self._arrived = self._had_focus = False

    def _is_here(self, screen: Screen[Any]) -> bool:
        return self.step is not None and inside(place_of_screen(screen), self.step.screen)

    # Which step it is

    def _advance(self, place: str) -> None:
        """Pass over what is done, and follow somebody who went ahead."""
        index, since = self.index, self._since
        while (step := self.step) is not None and not self._held:
            done = self.conditions.succeeded[since:]
            ahead = self.index + 1 if self._may_pass(step, since) else 0
            ahead = ahead or course.ahead(self.steps, self.index, place, done)
            if ahead == self.index:
                break
            self._begin(ahead)
            self._since = since
        if self.index != index:
            self._since = len(self.conditions.succeeded)

    def _may_pass(self, step: Step, since: int) -> bool:
        """Whether a step is over: what is typed or chosen must be left first, or found done on arrival."""
        if step.done.read:
            return step.id in self._confirmed
        if not course.waits_for_a_word(step):
            return self.conditions.holds(step, since)
        if step.id in self._confirmed:
            return self.conditions.acceptable(step, since)
        screen = front(self.app)
        target = None if screen is None or not self._is_here(screen) else targets.find(screen, step.target)
        if target is None:
            return False
        if not self._arrived:
            self._arrived = True
            self.conditions.watch(step)
            return self.conditions.holds(step, since)
        focused = targets.has_focus(target)
        left = self._had_focus and self.touched and not focused
        self._had_focus = focused or (self._had_focus and not left)
        if left and not self.conditions.acceptable(step, since):
            self._refuse(step)
            return False
        return left

    def _rewind(self, place: str) -> None:
        """After a dialog was closed: to the last step of this screen that is not done."""
        busy = getattr(getattr(self.app, "desk", None), "busy", 0)
        if busy or monotonic() - self._place_since < SETTLED_SECONDS:
            return
        undone = course.last_undone(self.steps, self.index, place, self._was_done)
        if undone is not None:
            self.backs += 1
            self._confirmed -= {step.id for step in self.steps[undone:] if not step.done.read}
            self._begin(undone)

    def _was_done(self, step: Step) -> bool:
        return step.id in self._confirmed if step.done.read else self.conditions.holds(step)
