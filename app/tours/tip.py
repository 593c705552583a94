"""What a field is for, in a balloon beside it: the text of a step of a tour, without the tour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget

from app.content.tours import Step, Tour
from app.i18n import _, language
from app.tours import targets
from app.tours.place import front, inside, place_of_screen
from app.tours.spotlight import Spotlight
from app.tours.wording import guide_keys, runs_of
from app.widgets.balloon_page import BalloonText
from app.widgets.choice import Choice
from app.widgets.text_input import TextInput

LOOK_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Told:
    """The step of a tour that is about a field."""

    tour: Tour
    step: Step


def step_about(screen: Screen[Any], tours: Mapping[str, Tour]) -> Told | None:
    """The step that is about the field with the cursor; None where no tour says anything of it."""
    field = screen.focused
    if not isinstance(field, TextInput | Choice):
        return None
    place = place_of_screen(screen)
    for told in _steps(tours.values()):
        if inside(place, told.step.screen):
            target = targets.find(screen, told.step.target)
            if target is not None and targets.taker(target) is field:
                return told
    return None


def _steps(tours: Iterable[Tour]) -> Iterable[Told]:
    return (Told(tour, step) for tour in tours for step in tour.steps)


class Tip:
    """One balloon at one field; it goes when the cursor leaves the field."""

    def __init__(self, app: App[Any], spotlight: Spotlight, screen: Screen[Any], told: Told) -> None:
        self.app, self.spotlight, self.screen, self.told = app, spotlight, screen, told
        self.field: Widget | None = screen.focused
        self.over = False
        text = BalloonText(
            told.tour.title.in_language(language()),
            runs_of(app, told.step.text.in_language(language())),
            hints=(_("{key} lists what can be done here.").format(key="F1"),),
            keys=guide_keys(app, ("tour.leave",)),
        )
        spotlight.show(screen, self._target, None, text, told.step.side)
        self._timer = app.set_interval(LOOK_SECONDS, self.look)

    def _target(self) -> Widget | None:
        return targets.find(self.screen, self.told.step.target)

    def look(self) -> None:
        """Whether the cursor is still in the field."""
        if front(self.app) is not self.screen or self.screen.focused is not self.field:
            self.hide()

    def hide(self) -> None:
        """Leave the screen as it was."""
        if not self.over:
            self.over = True
            self._timer.stop()
            self.spotlight.hide()
