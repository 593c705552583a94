"""The control that a step is about: found anew each time, for screens build their parts again and late."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final
from weakref import WeakKeyDictionary, ref

from textual.css.query import InvalidQueryFormat
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList

from app.screens.dashboard.gauges import Gauges
from app.screens.my_products.tab_line import TabLine
from app.screens.top import AreaTabs
from app.widgets.choice import Choice
from app.widgets.form_field import FormField
from app.widgets.paged_list import PagedList

FIRST = "first"
WITH = "with:"
"""Before words: the row is the first that has one of them in a cell, as "with:blocked|zero"."""
_ID: Final = re.compile(r"#[\w-]+")
_found: WeakKeyDictionary[Screen[Any], dict[str, ref[Widget]]] = WeakKeyDictionary()
LOOKED_THROUGH = 128
"""Rows in which such a word is looked for: a long list is filtered by the person."""


def find(screen: Screen[Any], selector: str) -> Widget | None:
    """The first control that fits and is shown; None while there is none.

    The guide asks ten times a second for the same one: what was found by its id is found again at once.
    """
    known = _found.setdefault(screen, {}) if _ID.fullmatch(selector) else None
    before = None if known is None or selector not in known else known[selector]()
    if before is not None and before.is_attached and before.screen is screen and is_shown(before):
        return before
    widget = _first(screen, selector)
    if known is not None and widget is not None:
        known[selector] = ref(widget)
    return widget


def _first(screen: Screen[Any], selector: str) -> Widget | None:
    try:
        found = screen.query(selector)
    except InvalidQueryFormat:
        return None
    return next((widget for widget in found if is_shown(widget)), None)


def find_anywhere(stack: Sequence[Screen[Any]], selector: str) -> Widget | None:
    """As `find`, on the screen in front, or else on those behind it."""
    for screen in reversed(stack):
        widget = find(screen, selector)
        if widget is not None:
            return widget
    return None


def is_shown(widget: Widget) -> bool:
    """Whether a widget takes part in the layout; it may be scrolled out of sight, or wait for its data."""
    if not widget.is_attached:
        return False
    nodes = [node for node in widget.ancestors_with_self if isinstance(node, Widget)]
    return all(node.display and node.visible for node in nodes)


def can_be_used(widget: Widget) -> bool:
    """Whether a person can work with it now."""
    return not widget.is_disabled and not widget.loading


def taker(widget: Widget) -> Widget | None:
    """The widget that takes the keys for a control: itself, the input of a field, or the first inside."""
    if isinstance(widget, FormField):
        widget = widget.input
    if widget.focusable:
        return widget
    return next((each for each in widget.query("*").results(Widget) if each.focusable), None)


def has_focus(widget: Widget) -> bool:
    """Whether the keys go to a control or to something in it."""
    if not widget.is_attached:
        return False
    focused = widget.screen.focused
    return focused is not None and widget in focused.ancestors_with_self


def takes_one_value(widget: Widget | None) -> bool:
    """Whether Enter in it means that the value is given: a text field, or a choice of one line."""
    return isinstance(widget, Input | Choice)


def in_sight(widget: Widget) -> bool:
    """Whether any of it can be seen."""
    return bool(_seen(widget).area)


def _seen(widget: Widget) -> Region:
    """The cells of a widget that are not scrolled away."""
    region = widget.region
    for node in widget.ancestors:
        if isinstance(node, Widget):
            region = region.intersection(node.region)
    return region


def _should_scroll(widget: Widget) -> bool:
    """Whether it is out of sight, or partly so where there is room for all of it."""
    seen = _seen(widget)
    if not seen.area:
        return True
    room = min(node.region.height for node in widget.ancestors if isinstance(node, Widget))
    return seen.height < widget.region.height <= room


def bring(widget: Widget) -> None:
    """Put the cursor into a control; scroll all of it into sight, a field with what is written beside it."""
    keys = taker(widget)
    if keys is not None and not has_focus(widget) and can_be_used(widget):
        keys.focus()
    field = next((each for each in widget.ancestors_with_self if isinstance(each, FormField)), widget)
    if _should_scroll(field):
        field.scroll_visible(animate=False)


def cursor_row(widget: Widget) -> str:
    """The key of the row on which the cursor is, or of the tab that is open; empty if there is none."""
    if isinstance(widget, PagedList):
        return "" if widget.key is None else str(widget.key)
    if isinstance(widget, OptionList):
        index = widget.highlighted
        return "" if index is None else str(widget.get_option_at_index(index).id or index)
    if isinstance(widget, TabLine | AreaTabs):
        return widget.current
    if isinstance(widget, Gauges):
        names = gauge_names(widget)
        return names[widget.cursor] if widget.cursor < len(names) else ""
    return ""


def row_place(widget: Widget, row: str) -> int | None:
    """Which row it is, counted from 0; None while it is not there."""
    if isinstance(widget, PagedList):
        return _list_place(widget, row)
    keys: list[str] = []
    if isinstance(widget, OptionList):
        keys = [str(option.id or index) for index, option in enumerate(widget.options)]
    elif isinstance(widget, TabLine):
        keys = [tab.name for tab in widget.tabs]
    elif isinstance(widget, AreaTabs):
        keys = [name for name, _title in widget.areas]
    elif isinstance(widget, Gauges):
        keys = gauge_names(widget)
    if row == FIRST:
        return 0 if keys else None
    return keys.index(row) if row in keys else None


def gauge_names(box: Gauges) -> list[str]:
    """What kind of thing each line of a box opens ("alert"); the number of the line where it is an area."""
    return [
        gauge.opens[1][0] if gauge.opens[1] is not None else str(index)
        for index, gauge in enumerate(box.gauges)
    ]


def _list_place(table: PagedList, row: str) -> int | None:
    if row == FIRST:
        return 0 if len(table.rows) else None
    if row.startswith(WITH):
        return _first_with(table, set(row.removeprefix(WITH).split("|")))
    for index in range(len(table.rows)):
        key = table.rows.key(index)
        if key is None:
            return None  # the rest is not read yet
        if str(key) == row:
            return index
    return None


def _first_with(table: PagedList, words: set[str]) -> int | None:
    for index in range(min(len(table.rows), LOOKED_THROUGH)):
        cells = table.rows.row(index)
        if cells is None:
            return None  # not read yet
        if words.intersection(map(str, cells)):
            return index
    return None


def row_region(widget: Widget, row: str) -> Region | None:
    """The cells of a row, from the upper left corner of the widget; None where it cannot be seen."""
    place = row_place(widget, row)
    if place is None:
        return None
    inner = widget.content_region.translate(-widget.region.offset)
    if isinstance(widget, PagedList):
        y = 1 + place - widget.scroll_offset.y
        return Region(inner.x, inner.y + y, inner.width, 1) if 1 <= y < inner.height else None
    if isinstance(widget, TabLine | AreaTabs):
        left, width = list(widget.spans().values())[place]
        return Region(inner.x + left, inner.y, width, 1)
    if isinstance(widget, Gauges | OptionList):
        y = place - widget.scroll_offset.y
        return Region(inner.x, inner.y + y, inner.width, 1) if 0 <= y < inner.height else None
    return None
