"""Shows one balloon at one control of one screen, with everything else faded.

    spotlight = Spotlight(app)
    spotlight.show(screen, target, None, BalloonText("Search", "Type a number.", "1/3", keys=...))
    spotlight.update(replace(text, coach="That is no number yet."))   # same target, same side
    spotlight.hide()

`target` may be a widget, or a call that finds it: it is asked again whenever the widget it gave has gone
from the layout (made anew, late, loading). Clicks on keys come as `Balloon.Pressed` to the screen and the
application. A dialog that opens over the screen puts the light aside until it closes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from textual.app import App, ScreenStackError
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget

from app.i18n import _
from app.tours import compositor
from app.tours.aim import Aim, Sight, Target
from app.tours.paint import Mode, Paint
from app.tours.placement import Ask, Place, place
from app.tours.scene import Inside, Layout, written
from app.tours.scrim import Scrim
from app.widgets.balloon import Balloon, Drawn
from app.widgets.balloon_page import BalloonText, height, natural_width


class Spotlight:
    """One for an application; nothing of it exists on a screen while no balloon is shown there."""

    def __init__(self, app: App[Any]) -> None:
        self.app = app
        self.screen: Screen[Any] | None = None
        """The screen on which the balloon is, or will be again when what lies over it has closed."""
        self.text: BalloonText | None = None
        self.lit: tuple[Region, ...] = ()
        self.place: Place | None = None
        self.paint = Paint(self)
        self._aim = Aim()
        self._side = ""
        self._seen: tuple[Sight, BalloonText] | None = None
        """What the present place was chosen for."""
        self._places: dict[Widget, Region] = {}
        self._balloons: dict[Screen[Any], Balloon] = {}
        self._listening = False

    # What the guide does

    def show(
        self,
        screen: Screen[Any],
        target: Target,
        region_of: Inside | None,
        text: BalloonText,
        side: str = "",
        also: Iterable[Widget] = (),
    ) -> None:
        """Show a balloon at `target`, or at the part of it that `region_of` gives in the widget's cells."""
        if self.screen is not None and self.screen is not screen:
            self.hide()
        stood = self.screen is screen and self.shown
        self.screen, self.text, self._side = screen, text, side
        self._aim, self.place, self._seen = Aim(screen, target, region_of, also), None, None
        self._listen()
        balloon = self._balloons.get(screen)
        if balloon is None or not balloon.is_attached:
            self._balloons[screen] = balloon = Balloon()
            screen.mount(balloon, balloon.stem)
        if stood:
            self.paint.follow(screen)
        elif self.in_front:
            self.paint.light_up(screen)

    def update(self, text: BalloonText) -> None:
        """Other words at the same place: a coach's line, a step that is ticked."""
        if self.screen is not None and text != self.text:
            self.text = text
            if self.in_front:
                self.paint.follow(self.screen)

    def hide(self) -> None:
        """Leave the screen as it was before."""
        if self.screen is not None:
            self.paint.put_out(self.screen)
        self.screen, self.text, self.place, self.lit = None, None, None, ()
        self._aim, self._seen = Aim(), None

    # What is shown

    @property
    def mode(self) -> Mode | None:
        """How balloons are painted; None before the first."""
        return self.paint.mode

    @property
    def shown(self) -> bool:
        """Whether the balloon can be seen now."""
        return self.in_front and self.place is not None

    @property
    def box(self) -> Region | None:
        """The cells of the balloon."""
        return None if self.place is None else self.place.box

    @property
    def balloon(self) -> Balloon:
        """The balloon of the present screen. Raises KeyError without one."""
        assert self.screen is not None
        return self._balloons[self.screen]

    @property
    def target(self) -> Widget | None:
        """The widget that is pointed at, once it is there."""
        return self._aim.widget

    @property
    def target_region(self) -> Region | None:
        """The part of the target that showed when the balloon was placed."""
        return None if self._seen is None else self._seen[0].target

    @property
    def kept_region(self) -> Region | None:
        """Of a target that leaves no room for a balloon, the rows that stay free; None: no row is special."""
        return None if self._seen is None else self._seen[0].kept

    def covers(self, region: Region) -> bool:
        """Whether the balloon hides any cell of this region."""
        return self.shown and self.box is not None and self.box.overlaps(region)

    # What the compositor asks

    @property
    def own(self) -> tuple[Widget, ...]:
        """The balloon of the present screen, and its stem."""
        return (self.balloon, self.balloon.stem)

    def settle(self, layout: Layout, screen: Region) -> dict[Widget, Region]:
        """Find the target, choose the balloon's place, and draw it; where balloon and stem are painted."""
        if self.text is None or not all(each.is_mounted for each in self.own):
            self.lit, self._places = (), {}
            return {}
        sight = self._aim.look(layout, screen)
        text = self.text if sight.target is not None else replace(self.text, coach=_("One moment, please."))
        if (sight, text) != self._seen:
            self._seen = (sight, text)
            self.place = place(ask_for(sight, text, self._side, self.place))
            self._places = self._draw(text, sight, layout)
            lit = (sight.target, *sight.also, *sight.over, *self._places.values())
            self.lit = tuple(each for each in lit if each is not None)
        return self._places

    def _draw(self, text: BalloonText, sight: Sight, layout: Layout) -> dict[Widget, Region]:
        """Draw the balloon at its place, with a stem when the target is some way off."""
        balloon = self.balloon
        if self.place is None:
            balloon.draw(None)
            return {}
        balloon.draw(Drawn(text, self.place.box, self.place.side, sight.control))
        places: dict[Widget, Region] = {balloon: self.place.box}
        if sight.target is not None and self.paint.mode != "fallback":
            stem = balloon.draw_stem(sight.target, (*sight.over, *written(layout)))
            if stem is not None:
                places[balloon.stem] = stem
        return places

    def moved(self, layout: Layout) -> bool:
        """Whether the target is elsewhere than when it was settled last."""
        return self._seen is None or self._aim.moved(layout, self._seen[0])

    def scrim(self) -> Scrim | None:
        """The filter for what is not lit; None while there is no balloon."""
        return self.paint.scrim() if self.lit else None

    def failed(self, error: Exception) -> None:
        """The plain balloon from now on."""
        self.paint.failed(error)

    # Screens come and go

    def _listen(self) -> None:
        if not self._listening:
            self._listening = True
            self.app.screen_change_signal.subscribe(self.app, self._screen_changed, immediate=True)

    def _screen_changed(self, front: Screen[Any]) -> None:
        """Something opened over the screen, or closed, or the screen itself has gone."""
        if self.screen is None:
            pass
        elif self.screen not in self.app.screen_stack:
            self.hide()
        elif front is not self.screen:
            self.paint.put_out(self.screen)
        elif not compositor.installed(self.screen):
            self._seen = None
            self.paint.light_up(self.screen)
        # Only now: putting out needs the balloon of a screen that has gone.
        self._balloons = {each: own for each, own in self._balloons.items() if each.is_attached}

    @property
    def in_front(self) -> bool:
        """Whether the balloon's screen is the one that gets the keys."""
        try:
            return self.screen is not None and self.app.screen is self.screen
        except ScreenStackError:
            return False


def ask_for(sight: Sight, text: BalloonText, side: str = "", present: Place | None = None) -> Ask:
    """What the placement of a balloon with this text depends on."""
    return Ask(
        sight.screen, sight.target, lambda cells: height(text, cells), natural_width(text),
        sight.over, sight.others, side, present, sight.kept, sight.held,
    )  # fmt: skip
