"""Mistakes that creep into screens and tours while one is changed and the other is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from textual.screen import Screen

from app.content.texts import Texts
from app.content.tours import Step, Tour
from app.portal import Portal
from app.screens.shell import AREAS
from app.tours import targets
from app.tours.place import inside, place_of_screen
from app.widgets.form_field import FormField

OFTEN: Final = 0.005
"""Seconds between two looks of who spoils a screen."""
SILENT: Final = Texts("", "", "")


class Spoilt(Portal):
    """The portal with one mistake. Set `tour`, `step` and `fault` before it runs."""

    step: Step
    fault: str

    def on_mount(self) -> None:
        super().on_mount()
        if self.fault in ("hidden", "disabled"):
            self.set_interval(OFTEN, self.spoil)

    def spoil(self) -> None:
        """Spoil the control of the step, wherever it stands now."""
        if not self.screen_stack or not inside(place_of_screen(self.screen), self.step.screen):
            return
        widget = targets.find(self.screen, self.step.target)
        if widget is None:
            return
        if self.fault == "hidden":
            widget.display = False
        else:
            widget.disabled = True

    def push_screen(self, screen: Any, *arguments: Any, **options: Any) -> Any:
        """A dialog that was removed: it closes before anybody sees it."""
        pushed = super().push_screen(screen, *arguments, **options)
        known = self.fault == "no dialog" and isinstance(screen, Screen)
        if known and inside(place_of_screen(screen), self.step.done.screen):
            self.set_timer(OFTEN, lambda: screen.dismiss(None))
        return pushed

    def operation_done(self, name: str) -> None:
        """A success that nobody is told of any more."""
        if not (self.fault == "no signal" and name == self.step.done.action):
            super().operation_done(name)


def spoilt(tour: Tour, step: Step, fault: str) -> tuple[Tour, Callable[..., Portal]]:
    """The tour and what makes the portal, with one mistake."""

    def make(*arguments: Any) -> Portal:
        portal = Spoilt(*arguments)
        portal.step, portal.fault = step, fault
        return portal

    if fault == "no text":
        return _with(tour, step, text=SILENT), make
    if fault == "renamed":
        return _with(tour, step, target=f"{step.target}.renamed"), make
    return tour, make


def faults_of(step: Step) -> list[str]:
    """The mistakes that can happen to a step."""
    found = ["renamed", "hidden", "disabled", "no text"]
    done = step.done
    if done.action:
        found.append("no signal")
    if done.screen and done.screen.partition("/")[0] not in AREAS:
        found.append("no dialog")
    if done.valid:
        found.append("tightened")
    return found


def tighten(selector: str) -> Callable[[FormField], str]:
    """In place of the check of form fields: one of them accepts nothing any more."""
    before = FormField.problem_now

    def check(field: FormField) -> str:
        matches = field in field.screen.query(selector) or field.input in field.screen.query(selector)
        return "Nothing is right here." if matches else before(field)

    return check


def _with(tour: Tour, step: Step, **fields: Any) -> Tour:
    steps = tuple(replace(each, **fields) if each.id == step.id else each for each in tour.steps)
    return replace(tour, steps=steps)
