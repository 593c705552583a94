"""Puts what the guide has to say into balloons: a step at its control, or the way back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget

from app.content.tours import Step
from app.i18n import _, language
from app.tours import targets
from app.tours.coach import hardly_meant
from app.tours.spotlight import Spotlight
from app.tours.way import way_to
from app.tours.wording import guide_keys, runs_of
from app.widgets.balloon_page import BalloonText

if TYPE_CHECKING:
    from app.tours.guide import Guide


class Presenter:
    """Shows one balloon at a time; what stands already is not painted again."""

    def __init__(self, app: App[Any], spotlight: Spotlight) -> None:
        self.app, self.spotlight = app, spotlight
        self.step = ""
        """The step whose balloon stands; empty for none, and for the way to one."""
        self.keeps_escape = False
        """Whether Esc is the balloon's: it is not where it closes a dialog that is in the way."""
        self._at: object = None
        """What the balloon points at, to know whether that is another thing."""

    @property
    def speaks(self) -> bool:
        """Whether a balloon stands on the screen."""
        return self._at is not None

    @property
    def stands(self) -> bool:
        """Whether it is painted, too."""
        return self.speaks and self.spotlight.shown

    @property
    def shows_way(self) -> bool:
        """Whether it leads back to the tour, not to a control of a step."""
        return self.speaks and not self.step

    def hide(self) -> None:
        """Leave the screen as it was."""
        self.step, self._at, self.keeps_escape = "", None, False
        self.spotlight.hide()

    def show_step(self, screen: Screen[Any], guide: Guide, step: Step, target: Widget | None) -> None:
        """The balloon of a step at its control."""
        text = self.text_of(guide, step, target)
        also = [found for each in step.also if (found := targets.find(screen, each)) is not None]
        at = (screen, step.id, tuple(also))
        if at == self._at:
            self.spotlight.update(text)
            return
        self._at, self.step, self.keeps_escape = at, step.id, True

        def resolve() -> Widget | None:
            return targets.find(screen, step.target)

        def row() -> Any:
            found = resolve()
            return None if found is None else targets.row_region(found, step.row)

        self.spotlight.show(screen, resolve, row if step.row else None, text, step.side, also)

    def show_way(self, screen: Screen[Any], guide: Guide) -> None:
        """The way to the step from another place; nothing while something passes over the screen."""
        way = way_to(self.app, screen, guide.steps[: guide.index + 1])
        if way is None:
            if self.speaks:
                self.hide()
            return
        keys = guide_keys(self.app, ("tour.leave",)) if way.keeps_escape else ()
        text = BalloonText(title_of(guide), way.text, place_in(guide), keys=keys)
        at = (screen, way.target, way.text)
        if at != self._at:
            self._at, self.step, self.keeps_escape = at, "", way.keeps_escape
            self.spotlight.show(screen, way.target, way.region, text)

    def text_of(self, guide: Guide, step: Step, target: Widget | None) -> BalloonText:
        """What the balloon of a step says now."""
        actions = ["tour.next", "tour.leave", "tour.show_me"]
        if guide.index:
            actions.insert(1, "tour.back")
        return BalloonText(
            title_of(guide),
            runs_of(self.app, step.text.in_language(language())),
            place_in(guide),
            guide.coach or hardly_meant(step, target),
            tuple(filter(None, (watching() if guide.watched else "", guide.note))),
            guide_keys(self.app, actions),
        )


def watching() -> str:
    """What is said while the keys are pressed for the person."""
    return _("Watch: the keys are pressed for you. Any key stops it.")


def title_of(guide: Guide) -> str:
    """The name of the tour."""
    return guide.tour.title.in_language(language())


def place_in(guide: Guide) -> str:
    """Which step of how many."""
    return f"{guide.index + 1}/{len(guide.steps)}"
