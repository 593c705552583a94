"""The way back to a tour from wherever the person is: which tab or key leads there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from textual.app import App
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from app.content.tours import Step
from app.i18n import _
from app.screens.my_products.tab_line import TabLine
from app.screens.shell import AREAS, Shell
from app.screens.top import AreaTabs
from app.tours.place import inside, place_of_screen
from app.tours.targets import find, is_shown, row_region
from app.tours.wording import pressed_key, spoken
from app.widgets.painted import Run

PASSING: Final = frozenset(
    {
        "password_prompt", "leave_question", "draft_question", "compare", "finder", "key_reference",
        "task_list", "idle_warning", "practice_wait", "too_small", "jump_overlay",
        "form:cases.find_person", "",
    }
)  # fmt: skip
"""Screens that come over others for a moment: the tour waits without a word."""


@dataclass(frozen=True)
class Way:
    """What to point at, and what to say."""

    target: Widget
    region: Callable[[], Region | None] | None
    text: tuple[Run, ...]
    key: str = ""
    """The key that leads on, as Textual names it; empty where the person must decide."""
    keeps_escape: bool = True
    """Whether Esc leaves the tour here; it closes a dialog that is in the way."""


def way_to(app: App[Any], screen: Screen[Any], steps: Sequence[Step]) -> Way | None:
    """The way from the screen in front to the last of `steps` that can be reached; None: wait for the person.

    Args:
        steps: those up to the present one.
    """
    place = place_of_screen(screen)
    if place in PASSING:
        return None
    if isinstance(screen, ModalScreen):
        return _out_of(screen)
    wanted = next((step.screen for step in reversed(steps) if step.screen.partition("/")[0] in AREAS), "")
    if not isinstance(screen, Shell) or not wanted or inside(place, wanted):
        return None
    area = wanted.partition("/")[0]
    if screen.current == area:
        tab = _tab(app, screen, place, wanted)
        if tab is not None:
            return tab
    return _area(app, screen, area)


def _out_of(screen: Screen[Any]) -> Way | None:
    """A dialog that the tour does not know stands before it."""
    target = find(screen, "#cancel, .dialog-title, .dialog")
    if target is None:
        return None
    text = _("This task goes on behind this window. Close it with {key} first.")
    return Way(target, None, _with_key(text, spoken("escape")), keeps_escape=False)


def _tab(app: App[Any], screen: Shell, place: str, wanted: str) -> Way | None:
    """The tab of the area that leads on, where it is one."""
    here, there = place.split("/"), wanted.split("/")
    at = next((i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), len(here))
    if at >= len(there):
        return None
    for line in screen.query(TabLine):
        tab = next((tab for tab in line.tabs if tab.name == there[at]), None)
        if tab is not None and is_shown(line):
            key = tab.key or pressed_key(app, "products.next")
            text = _("This task goes on under {tab}: press {key}.").replace("{tab}", tab.title)
            return Way(line, partial(row_region, line, tab.name), _with_key(text, spoken(key)), key)
    return None


def _area(app: App[Any], screen: Shell, area: str) -> Way:
    tabs = screen.query_one(AreaTabs)
    title = _(AREAS[area][0])
    text = _("This task goes on in {area}: press {key}.").replace("{area}", title)
    key = pressed_key(app, f"area.{area}")
    return Way(tabs, partial(row_region, tabs, area), _with_key(text, spoken(key)), key)


def _with_key(text: str, key: str) -> tuple[Run, ...]:
    before, _mark, after = text.partition("{key}")
    return ((before, ""), (key, "key"), (after, ""))
