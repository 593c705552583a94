"""What a balloon points at, and what lies around it, looked up in the layout of the moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget

from app.tours.scene import (
    Inside,
    Layout,
    control_in,
    controls,
    cursor_line,
    cursor_place,
    marks,
    marks_below,
    popups,
    target_region,
    visible,
)

Target = Widget | Callable[[], Widget | None] | None


@dataclass(frozen=True, slots=True)
class Sight:
    """Regions of the screen: the target with its label; the control in it; the row of the cursor in it;
    what has popped up; other controls; what stays lit beside the target; where the keys go if not to the
    target; where it says that this is practice. None is what does not show.
    """

    screen: Region
    target: Region | None
    control: Region | None
    kept: Region | None
    over: tuple[Region, ...]
    others: tuple[Region, ...]
    also: tuple[Region, ...]
    cursor: Region | None = None
    marks: tuple[Region, ...] = ()

    @property
    def held(self) -> tuple[Region, ...]:
        """What is neither the target nor over the screen, and must be seen all the same."""
        return self.marks if self.cursor is None else (*self.marks, self.cursor)


class Aim:
    """A control, or a part of it; found anew when it has gone from the layout."""

    def __init__(
        self,
        screen: Screen[Any] | None = None,
        target: Target = None,
        inside: Inside | None = None,
        also: Iterable[Widget] = (),
    ) -> None:
        self.screen = screen
        self.target = target
        self.inside = inside
        self.also = tuple(also)
        self.widget = target if isinstance(target, Widget) else None
        self._below = () if screen is None else marks_below(screen)

    def look(self, layout: Layout, screen: Region) -> Sight:
        """See where everything is."""
        self._resolve(layout)
        region = control = target_region(layout, self.widget, self.inside)
        if self.widget is not None and self.inside is None:
            control = visible(layout, control_in(self.widget))
        also = tuple(found for each in self.also if (found := visible(layout, each)) is not None)
        others = controls(layout, self.widget, self.also)
        return Sight(
            screen, region, control, self._kept(layout), popups(layout), others, also,
            self._cursor(layout), (*marks(layout), *self._below),
        )  # fmt: skip

    def moved(self, layout: Layout, since: Sight) -> bool:
        """Whether the target, or the cursor, is elsewhere than it was; much less work than `look`."""
        if since.kept is not None and self._kept(layout) != since.kept:
            return True
        if self._cursor(layout) != since.cursor:
            return True
        return target_region(layout, self.widget, self.inside) != since.target

    def _cursor(self, layout: Layout) -> Region | None:
        return None if self.screen is None else cursor_place(layout, self.widget, self.screen.focused)

    def _kept(self, layout: Layout) -> Region | None:
        return None if self.inside is not None else cursor_line(layout, self.widget)

    def _resolve(self, layout: Layout) -> None:
        """Ask for the target again when it is not there."""
        if callable(self.target) and (self.widget is None or self.widget not in layout):
            self.widget = self.target()
