"""On every screen that tours lead to, at any size: no balloon covers its target or what has popped up.

While a tour is walked, a balloon is placed for each control of each screen that comes by, as if a tour were
about it; what is on the screen then is what people see.
"""

from __future__ import annotations

import random
from typing import Any, Final

import pytest
from textual.app import App
from textual.widget import Widget

from app.content.tour_list import read_tours
from app.content.tours import Step
from app.screens.foot import Foot
from app.screens.top import AreaTabs
from app.settings import shipped_content
from app.tours.aim import Aim
from app.tours.place import place_of
from app.tours.placement import LEAST_ROWS, core, place
from app.tours.scene import Layout, layout_of, written
from app.tours.spotlight import ask_for
from app.tours.walk_setting import How
from app.widgets.balloon import Balloon, Drawn, Stem
from app.widgets.balloon_page import BalloonText
from tests.tours.conftest import WalkTour

TOURS = read_tours(shipped_content(), [])
SHORT: Final = BalloonText("Find a line", "Press Enter.", "1/9")
LONG: Final = BalloonText(
    "A title of some length", "Ten words and ten words more, and five at the end. " * 3, "9/9"
)
SOME: Final = 3
"""Tours walked each time, at a size of their own; the others take long."""
SIZES_EACH: Final = 2


def size_of(id: str, turn: int = 0) -> tuple[int, int]:
    """Any size from the smallest to a large one; the same for the same tour."""
    chance = random.Random(f"{id} {turn}")
    return chance.randint(60, 160), chance.randint(20, 50)


def some() -> list[str]:
    """A few tours that lead to many different places."""
    places: set[str] = set()
    chosen: list[str] = []
    for id in sorted(TOURS, key=lambda id: -len({step.screen for step in TOURS[id].steps})):
        new = {step.screen for step in TOURS[id].steps} - places
        if len(new) > 1 and len(chosen) < SOME:
            chosen.append(id)
            places |= new
    return chosen


def looked_at(layout: Layout) -> list[Widget]:
    """What a tour may be about."""
    return [each for each in layout if each.can_focus or isinstance(each, AreaTabs | Foot)]


def check_place(app: App[Any], layout: Layout, widget: Widget, text: BalloonText, side: str) -> None:
    """Place a balloon for one control, and look at what it lies on."""
    where = f"{place_of(app)} {app.size} {widget!r}"
    sight = Aim(app.screen, widget).look(layout, app.screen.region)
    if sight.target is None:
        return
    ask = ask_for(sight, text, side)
    found = place(ask)
    if found is None:
        assert sight.over, where  # only pop-ups leave no room at all
        return
    assert app.screen.region.contains_region(found.box), where
    assert found.box.height >= LEAST_ROWS, where
    assert not found.box.overlaps(core(ask)), where
    assert not any(found.box.overlaps(each) for each in sight.over), where
    assert not any(found.box.overlaps(each) for each in sight.held), where
    balloon = Balloon()
    balloon.drawn = Drawn(text, found.box, found.side, sight.control)
    stem = balloon._stem_region(sight.target)
    words = [each for each in written(layout) if stem is not None and each.overlaps(stem)]
    taken = (*sight.over, *words)
    if stem is not None and taken:
        assert balloon.draw_stem(sight.target, taken) is None, where


async def everywhere(app: App[Any], step: Step) -> None:
    """For each control of the screen on which a step stands."""
    every = layout_of(app.screen)
    layout = {each: where for each, where in every.items() if not isinstance(each, Balloon | Stem)}
    for number, widget in enumerate(looked_at(layout)):
        side = ("", "above", "below", "left", "right")[(number + len(step.id)) % 5]
        check_place(app, layout, widget, LONG if number % 2 else SHORT, side)


@pytest.mark.capability("HB-03")
@pytest.mark.parametrize("id", some())
async def test_no_control_is_covered_by_its_balloon(id: str, walk_tour: WalkTour) -> None:
    await walk_tour(TOURS[id], How(size_of(id)), everywhere)


@pytest.mark.long
@pytest.mark.parametrize(("id", "turn"), [(id, turn) for id in TOURS for turn in range(1, SIZES_EACH + 1)])
async def test_no_control_is_covered_anywhere(id: str, turn: int, walk_tour: WalkTour) -> None:
    await walk_tour(TOURS[id], How(size_of(id, turn)), everywhere)


def test_the_places_are_many() -> None:
    assert len({step.screen for id in some() for step in TOURS[id].steps}) >= 9
    assert {size_of(id)[0] // 50 for id in TOURS} == {1, 2, 3}
