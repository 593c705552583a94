"""Leads somebody through a tour on the live screen: which step it is, whether it is done, what to say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any, Final

from textual.app import App
from textual.screen import Screen

from app.content.tours import Step, Tour
from app.tours import coach, course, targets
from app.tours.place import front, inside, place_of_screen
from app.tours.presenter import Presenter
from app.tours.progress import Progress
from app.tours.spotlight import Spotlight
from app.widgets.paged_list import PagedList

LOOK_SECONDS: Final = 0.1
"""How often the guide looks whether a step is done: it believes what it sees, not what was pressed."""
SIGN_IN: Final = "sign_in"
LATE_SECONDS: Final = 2.0
"""How long a control may be on its way before the guide says that it is missing."""


class Guide(Progress):
    """One run of a tour. It presses nothing and types nothing; what is on the screen stays as it is.

    Args:
        steps: those that count for this person, in order.
        at: the step to begin with; steps that are done already are passed over.
    """

    def __init__(
        self, app: App[Any], spotlight: Spotlight, tour: Tour, steps: Sequence[Step], at: int = 0
    ) -> None:
        super().__init__(app, steps, at)
        self.tour = tour
        self.presenter = Presenter(app, spotlight)
        self.watched = False
        """Whether the keys are being pressed for the person."""
        self.on_end: Callable[[str], object] = lambda why: None
        """Called with "finished", or why the tour was left."""
        self.on_step: Callable[[Step], object] = lambda step: None
        """Called when the balloon of a step comes."""
        self._timer = app.set_interval(LOOK_SECONDS, self.look)

    # What others may ask

    @property
    def ready(self) -> bool:
        """Whether the balloon of this step stands, and its control can be seen, used and has the focus."""
        step, screen = self.step, front(self.app)
        if step is None or screen is None or self.presenter.step != step.id or not self._is_here(screen):
            return False
        target = targets.find(screen, step.target)
        if target is None or not targets.can_be_used(target) or not targets.in_sight(target):
            return False
        if isinstance(target, PagedList) and not target.settled:
            return False
        if step.row and targets.row_place(target, step.row) is None:
            return False
        return self.presenter.stands and (targets.taker(target) is None or targets.has_focus(target))

    def satisfied(self, step: Step) -> bool:
        """Whether a step is done as it stands; a field that is right as it came does not count."""
        return self.conditions.holds(step, self._since)

    def acceptable(self, step: Step) -> bool:
        """Whether "next" would end it: as `satisfied`, but a value that is right as it came may stay."""
        return self.conditions.acceptable(step, self._since)

    @property
    def takes_enter(self) -> bool:
        """Whether Enter ends the step: in a field it would save the whole form otherwise."""
        step, screen = self.step, front(self.app)
        if step is None or screen is None or not self._is_here(screen) or not course.waits_for_a_word(step):
            return False
        target = targets.find(screen, step.target)
        return target is not None and targets.has_focus(target) and targets.takes_one_value(screen.focused)

    # What the person does

    def heard(self) -> None:
        """The person pressed or clicked something."""
        self.touched = True
        if self.step is not None and not self.step.done.valid:
            self.coach = ""
        self.app.call_after_refresh(self.look)

    def next(self) -> None:
        """The person thinks that the step is done; if it is not, say why."""
        step, screen = self.step, front(self.app)
        if step is not None and screen is not None and self._is_here(screen):
            lasting = self._held and (step.done.action or step.done.gone or step.done.shown)
            self._held = False
            if lasting:
                self._begin(self.index + 1)
            elif step.done.read or self.acceptable(step):
                self._confirmed.add(step.id)
            else:
                self._refuse(step)
        self.look()

    def back(self) -> None:
        """To the step before that is on this screen; what was typed stays."""
        screen = front(self.app)
        place = "" if screen is None else place_of_screen(screen)
        before = [at for at in range(self.index) if inside(place, self.steps[at].screen)]
        if before:
            self.backs += 1
            self._confirmed -= {step.id for step in self.steps[before[-1] :]}
            self._begin(before[-1])
            self._held = self._arrived = True
        else:
            self.coach = coach.closed()
        self.look()

    def leave(self, why: str = "left") -> None:
        """Stop here; everything on the screen stays as it is."""
        if not self.over:
            self.over = True
            self._timer.stop()
            self.presenter.hide()
            self.on_end(why)

    def succeeded(self, operation: str) -> None:
        """An operation succeeded."""
        self.conditions.succeeded.append(operation)
        self.app.call_later(self.look)

    # Looking

    def look(self) -> None:
        """See what is true now, and show the step that is next. It may be called at any time.

        A mistake in it ends the tour, not the portal.
        """
        screen = front(self.app)
        if self.over or screen is None or not screen.is_attached:
            return
        try:
            self._look(screen)
        except Exception as error:
            note = getattr(self.app, "note_error", None)
            if note is not None:
                note(error)
            self.leave("broken")

    def _look(self, screen: Screen[Any]) -> None:
        place = place_of_screen(screen)
        if place != self._place:
            self._place, self._place_since, self._held = place, monotonic(), False
        if place == SIGN_IN and not any(inside(place, step.screen) for step in self.steps):
            self.leave("signed_out")
            return
        self._advance(place)
        if self.step is not None and not self._is_here(screen):
            self._rewind(place)
        step = self.step
        if step is None:
            self.leave("finished")
        elif self._is_here(screen):
            if self.presenter.shows_way:
                self.touched = False  # the key that led here was not for the control
            self._show(screen, step)
        else:
            self.presenter.show_way(screen, self)

    def _show(self, screen: Screen[Any], step: Step) -> None:
        """Paint the step; once, bring the person to its control."""
        target = targets.find(screen, step.target)
        if target is not None:
            self.conditions.watch(step)
            if not self.touched:
                targets.bring(target)
            if self.coach == coach.missing():
                self.coach = ""
        elif monotonic() - self._came > LATE_SECONDS:
            self.coach = coach.missing()
        if self.coach and step.done.valid and target is not None:
            self.coach = "" if self.acceptable(step) else coach.why_not(self.conditions, step)
        if self.presenter.step != step.id:
            self.on_step(step)
        self.presenter.show_step(screen, self, step, target)
