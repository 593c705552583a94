"""What lies where on a screen, as far as a help balloon has to know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from textual.errors import NoWidget
from textual.geometry import Region
from textual.map_geometry import MapGeometry
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets._toast import Toast

from app.screens.foot import Foot
from app.screens.practice_mark import CLASS as PRACTICE
from app.screens.top import AreaTabs
from app.tours.placement import SMALL
from app.widgets.form_field import FormField
from app.widgets.paged_list import PagedList

Layout = Mapping[Widget, MapGeometry]
Inside = Callable[[], Region | None]
"""Where in a widget something is, in the widget's own cells; None means all of it."""

LABEL_ROWS = 2
HEAD_ROWS = 3
"""Of a list: its heading and the first rows, which are looked at most."""


def visible(layout: Layout, widget: Widget | None) -> Region | None:
    """The part of a widget that shows on the screen, or None."""
    if widget is None:
        return None
    where = layout.get(widget)
    if where is None:
        return None
    shown = where.region.intersection(where.clip)
    return shown if shown.area else None


def target_region(layout: Layout, widget: Widget | None, inside: Inside | None) -> Region | None:
    """The part of the target that shows: the control with its label, or what `inside` names in it."""
    if widget is None:
        return None
    part = None if inside is None else inside()
    if part is None:
        return _with_label(layout, widget)
    whole = visible(layout, widget)
    if whole is None:
        return None
    shown = part.translate(layout[widget].region.offset).intersection(whole)
    return shown if shown.area else whole


def _with_label(layout: Layout, widget: Widget) -> Region | None:
    """A field of a form with its label and hint; another control with the label that touches it."""
    for each in widget.ancestors_with_self:
        if isinstance(each, FormField):
            return visible(layout, each)
    shown = visible(layout, widget)
    shown = shown and rows_in_use(widget, shown)
    label = _label_before(widget)
    where = None if label is None else visible(layout, label)
    if shown is None or where is None or where.height > LABEL_ROWS:
        return shown
    above = where.bottom == shown.y and where.x < shown.right and where.right > shown.x
    beside = where.y == shown.y and where.right <= shown.x
    return shown.union(where) if above or beside else shown


def _label_before(widget: Widget) -> Static | None:
    """The label that was composed just before a control."""
    siblings = widget.parent.children if isinstance(widget.parent, Widget) else ()
    at = siblings.index(widget) if widget in siblings else 0
    before = siblings[at - 1] if at else None
    return before if isinstance(before, Static) and widget.can_focus else None


def cursor_line(layout: Layout, widget: Widget | None) -> Region | None:
    """The row of a list where the cursor is: stays in sight when the list fills the screen."""
    whole = visible(layout, widget)
    if whole is None or not isinstance(widget, PagedList):
        return None
    inner = widget.content_region
    line = Region(inner.x, inner.y + 1 + widget.cursor - widget.scroll_offset.y, inner.width, 1)
    shown = line.intersection(whole)
    return shown if shown.area else None


def control_in(widget: Widget) -> Widget:
    """The control that the arrow points at: of a field of a form, what takes the cursor."""
    if isinstance(widget, FormField):
        return next((each for each in widget.walk_children(Widget) if each.can_focus), widget)
    return widget


def popups(layout: Layout) -> tuple[Region, ...]:
    """What lies over the layout for a while: open lists, notes at the corner."""
    found = []
    for widget, where in layout.items():
        # A widget's place in the order begins with 1 when it was declared `overlay: screen`.
        if isinstance(widget, Toast) or where.order[0][0] == 1:
            shown = where.region.intersection(where.clip)
            if shown.area and widget.visible:
                found.append(shown)
    return tuple(found)


def controls(layout: Layout, target: Widget | None, also: Iterable[Widget]) -> tuple[Region, ...]:
    """Everything else that can take the cursor or is clicked, and what stays lit beside the target."""
    around = set() if target is None else {target, *target.ancestors}
    kept = set(also)
    found = []
    for widget, where in layout.items():
        used = widget.can_focus or widget in kept or isinstance(widget, AreaTabs | Foot)
        if not used or widget in around or widget.disabled or isinstance(widget, Screen):
            continue
        shown = where.region.intersection(where.clip)
        if shown.area:
            found += _parts(widget, shown)
    return tuple(found)


def _parts(widget: Widget, shown: Region) -> list[Region]:
    """The cells of a control that say something: of a list, its first rows and then the others."""
    if not isinstance(widget, PagedList | OptionList):
        return [shown]
    head, rest = rows_in_use(widget, shown).split_horizontal(HEAD_ROWS)
    return [each for each in (head, rest) if each.area]


def rows_in_use(table: Widget, shown: Region) -> Region:
    """Of a list, what shows of it without the empty room under its last row; all of any other control."""
    if isinstance(table, PagedList):
        lines = 1 + max(len(table.rows), 1)
    elif isinstance(table, OptionList):
        lines = max(table.virtual_size.height, 1)
    else:
        return shown
    bottom = table.content_region.y + lines - int(table.scroll_offset.y)
    end = min(bottom, shown.bottom) if bottom + 1 < shown.bottom else shown.bottom
    return Region(shown.x, shown.y, shown.width, max(end - shown.y, 1))


def cursor_place(layout: Layout, target: Widget | None, focused: Widget | None) -> Region | None:
    """Where the keys go while they do not go to the target: a field, a button, the row of a list."""
    if focused is None or (target is not None and target in focused.ancestors_with_self):
        return None
    shown = cursor_line(layout, focused) or visible(layout, focused)
    return shown if shown is not None and shown.height <= SMALL else None


def marks(layout: Layout) -> tuple[Region, ...]:
    """Where it is said that all of this is practice."""
    found = (visible(layout, widget) for widget in layout if widget.has_class(PRACTICE))
    return tuple(each for each in found if each is not None)


def written(layout: Layout) -> Iterator[Region]:
    """Where something is written: all that has nothing inside it, balloons apart."""
    for widget, where in layout.items():
        if not widget.is_container and widget.display and not isinstance(widget, Screen):
            shown = where.region.intersection(where.clip)
            if shown.area:
                yield shown


def marks_below(screen: Screen[Any]) -> tuple[Region, ...]:
    """The same on the screens that shine through a dialog."""
    if not screen.is_modal or screen not in screen.app.screen_stack:
        return ()
    stack = screen.app.screen_stack
    below = stack[: stack.index(screen)]
    return tuple(mark.region for each in below for mark in each.query(f".{PRACTICE}") if mark.region.area)


def layout_of(screen: Screen[Any]) -> dict[Widget, MapGeometry]:
    """The same by nothing but Textual's public interface; slower."""
    found: dict[Widget, MapGeometry] = {}
    for widget in screen.walk_children(Widget):
        if widget.is_attached and widget.is_mounted and widget.display:
            with suppress(NoWidget):  # not in the layout
                found[widget] = screen.find_widget(widget)
    return found
