"""How balloons come onto a screen: by the spotlight's own compositor, or plain where that is not possible."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakSet

from textual.screen import Screen

from app.tours import compositor
from app.tours.fallback import float_at
from app.tours.scene import layout_of
from app.tours.scrim import Scrim, scrim_for

if TYPE_CHECKING:
    from app.tours.spotlight import Spotlight

Mode = Literal["spotlight", "fallback"]
_log = logging.getLogger("loket.tours")


class Paint:
    """Asks for repaints, of no more than what changed."""

    def __init__(self, spotlight: Spotlight) -> None:
        self.spotlight = spotlight
        self.mode: Mode | None = None
        """Decided at the first balloon."""
        self._scrim: Scrim | None = None
        self._floating: WeakSet[Screen[Any]] = WeakSet()

    def light_up(self, screen: Screen[Any]) -> None:
        """Begin to show the balloon of this screen."""
        self._choose(screen)
        if self.mode == "fallback":
            self._float_with(screen)
            return
        compositor.install(screen, self.spotlight)
        if self.spotlight.balloon.is_mounted:
            screen.refresh()
        # Otherwise Textual paints the screen once more by itself, when the balloon has been mounted.

    def follow(self, screen: Screen[Any]) -> None:
        """Target or text have changed: paint what that touches."""
        if self.mode == "fallback":
            self._float()
        elif compositor.installed(screen):
            compositor.follow(screen)
            screen.refresh(*self.spotlight.lit)

    def put_out(self, screen: Screen[Any]) -> None:
        """Show the screen as it is without a balloon."""
        if self.mode == "fallback" and self.spotlight.balloon.is_attached:
            float_at(self.spotlight.balloon, None)
        compositor.remove(screen)
        if screen.is_attached:
            screen.refresh()

    def scrim(self) -> Scrim:
        """The filter for what is not lit, in the theme of the moment."""
        app = self.spotlight.app
        if self._scrim is None or self._scrim.theme != app.theme:
            self._scrim = scrim_for(app)
        return self._scrim

    def failed(self, error: Exception) -> None:
        """The compositor does not work after all: the plain balloon from now on, and say why."""
        self.mode = "fallback"
        self._say(error)
        screen = self.spotlight.screen
        if screen is not None:
            compositor.remove(screen)
            self.spotlight.app.call_later(self._float_with, screen)

    def _choose(self, screen: Screen[Any]) -> None:
        """Decide once how balloons are painted, and say so."""
        if self.mode is None:
            found = compositor.problems(screen)
            self.mode = "fallback" if found else "spotlight"
            if found:
                self._say(RuntimeError(f"This Textual differs in {', '.join(found)}"))
            else:
                _log.info("Help balloons: spotlight")

    def _say(self, error: Exception) -> None:
        """Write to the log why balloons are plain."""
        _log.warning("Help balloons are plain: %s", error)
        note = getattr(self.spotlight.app, "note_error", None)
        if note is not None:
            note(error)

    def _float_with(self, screen: Screen[Any]) -> None:
        """Move the plain balloon now and after every layout."""
        if screen not in self._floating:
            self._floating.add(screen)
            screen.screen_layout_refresh_signal.subscribe(self.spotlight.app, lambda _screen: self._float())
        screen.call_after_refresh(self._float)

    def _float(self) -> None:
        """Move the plain balloon."""
        spot = self.spotlight
        if self.mode == "fallback" and spot.screen is not None and spot.in_front:
            layout = layout_of(spot.screen)
            layout.pop(spot.balloon, None)  # it is no pop-up in its own way
            spot.settle(layout, spot.screen.region)
            float_at(spot.balloon, spot.box)
