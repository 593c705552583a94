"""The paint of a tour: Textual's own, with a balloon in the layout and all but its target faded.

It lives only while a tour runs: the class of a screen's compositor is changed to this one and put back.
Nothing lies over the target, so keys, clicks and the cursor work as always. The names that it takes from
inside Textual are listed in `CALLS`, `KEPT` and `FIELDS`; `problems()` checks them before the first balloon.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol, cast

from textual._compositor import Compositor
from textual.geometry import NULL_SPACING, Region, Size
from textual.map_geometry import MapGeometry
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from app.tours.scene import Layout
from app.tours.scrim import Scrim

OVER_ALL: Final = ((9, 0, 0),)
"""Painted last: over layers, open lists and notes."""
CALLS: Final = {
    "_arrange_root": ["self", "root", "size", "visible_only"],
    "_render_chops": ["self", "crop", "is_rendered_line"],
    "render_update": ["self", "full", "screen_stack", "simplify"],
}
KEPT: Final = (
    "_full_map", "_visible_map", "_visible_widgets", "_layers", "_layers_visible", "_cuts",
    "_dirty_regions", "size",
)  # fmt: skip

FIELDS: Final = ("region", "order", "clip", "virtual_size", "container_size", "virtual_region", "dock_gutter")


class Light(Protocol):
    """What the compositor asks of the spotlight."""

    lit: tuple[Region, ...]

    @property
    def own(self) -> tuple[Widget, ...]:
        """The balloon of the screen that is painted, and its stem."""

    def settle(self, layout: Layout, screen: Region) -> Mapping[Widget, Region]:
        """Look where the target is, set `lit`; where what belongs to the balloon is to be painted."""

    def moved(self, layout: Layout) -> bool:
        """Whether the target is elsewhere than when it was settled last."""

    def scrim(self) -> Scrim | None:
        """The filter for what is not lit."""

    def failed(self, error: Exception) -> None:
        """Go on without this compositor."""


class SpotlightCompositor(Compositor):
    """`light` is set when the class is."""

    light: Light

    def _arrange_root(
        self, root: Widget, size: Size, visible_only: bool = True
    ) -> tuple[dict[Widget, MapGeometry], set[Widget]]:
        layout, widgets = super()._arrange_root(root, size, visible_only)
        try:
            self._settle(layout, size, (layout,))
        except Exception as error:  # a tour never takes the portal with it
            self.light.failed(error)
        return layout, widgets

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
    ) -> Any:
        """A row of a list moves without a layout: the light follows it in the same frame."""
        try:
            layout = self._full_map if self._visible_map is None else self._visible_map
            if self.light.moved(layout):
                self.follow()
        except Exception as error:
            self.light.failed(error)
        if not full and getattr(self.root, "_repaint_required", False):
            return None  # all of it is painted next: once is enough
        return super().render_update(full, screen_stack, simplify)

    def follow(self) -> None:
        """Put balloon and light where they belong now, without a layout."""
        layouts = [layout for layout in (self._full_map, self._visible_map) if layout is not None]
        self._settle(layouts[-1], self.size, layouts)
        self._visible_widgets = self._layers = self._layers_visible = self._cuts = None

    def _settle(self, layout: dict[Widget, MapGeometry], size: Size, layouts: Sequence[Any]) -> None:
        before = self.light.lit
        places = self.light.settle(layout, size.region)
        for each in layouts:
            for widget in self.light.own:
                each.pop(widget, None)
            for widget, box in places.items():
                each[widget] = MapGeometry(box, OVER_ALL, size.region, box.size, box.size, box, NULL_SPACING)
        if self.light.lit != before:
            self._dirty_regions.update({*before, *self.light.lit})

    @property
    def cuts(self) -> list[list[int]]:
        """Lines are cut at the edges of the light too, so that each piece is wholly in or out of it."""
        fresh, cuts = self._cuts is None, super().cuts
        if fresh:
            for x, y, width, height in self.light.lit:
                for row in range(max(0, y), min(len(cuts), y + height)):
                    line = {*cuts[row], max(x, 0), min(x + width, self.size.width)}
                    cuts[row] = sorted(line)
        return cuts

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        chops = super()._render_chops(crop, is_rendered_line)
        scrim = self.light.scrim()
        if scrim is not None:
            for y, line in enumerate(chops):
                if is_rendered_line(y):
                    self._fade(cast("dict[int, Strip | None]", line), y, scrim)
        return chops

    def _fade(self, line: dict[int, Strip | None], y: int, scrim: Scrim) -> None:
        spans = [(x, x + width) for x, top, width, height in self.light.lit if top <= y < top + height]
        for x, strip in line.items():
            if strip is not None and not any(start <= x < end for start, end in spans):
                line[x] = strip.apply_filter(scrim, scrim.base)  # kept by the strip itself


def problems(screen: Screen[Any]) -> list[str]:
    """What the installed Textual does not have as this compositor needs it; empty when all is well."""
    found = [name for name, expected in CALLS.items() if _parameters(name) != expected]
    if not isinstance(inspect.getattr_static(Compositor, "cuts", None), property):
        found.append("cuts")
    if getattr(MapGeometry, "_fields", ()) != FIELDS:
        found.append("MapGeometry")
    compositor = getattr(screen, "_compositor", None)
    if type(compositor) is not Compositor:
        return [*found, "_compositor"]
    found += [name for name in KEPT if not hasattr(compositor, name)]
    try:
        trial: Any = Compositor()
        trial.__class__ = SpotlightCompositor
    except TypeError:
        found.append("__class__")
    return found


def _parameters(name: str) -> list[str]:
    method = getattr(Compositor, name, None)
    return [] if method is None else list(inspect.signature(method).parameters)


def install(screen: Screen[Any], light: Light) -> None:
    """Paint this screen with a light from now on."""
    compositor: Any = screen._compositor
    compositor.__class__ = SpotlightCompositor
    compositor.light = light
    compositor._cuts = None


def remove(screen: Screen[Any]) -> None:
    """Paint it as before; who calls asks for a repaint."""
    if isinstance(screen._compositor, SpotlightCompositor):
        compositor: Any = screen._compositor
        own = compositor.light.own
        compositor.__class__ = Compositor
        del compositor.light
        for layout in (compositor._full_map, compositor._visible_map):
            for widget in own if layout is not None else ():
                layout.pop(widget, None)
        compositor._visible_widgets = compositor._layers = compositor._layers_visible = None
        compositor._cuts = None


def follow(screen: Screen[Any]) -> None:
    """Put balloon and light where they belong now; who calls asks for a repaint of what is lit."""
    compositor = screen._compositor
    if isinstance(compositor, SpotlightCompositor):
        compositor.follow()


def installed(screen: Screen[Any]) -> bool:
    """Whether this screen is painted with a light."""
    return isinstance(screen._compositor, SpotlightCompositor)
