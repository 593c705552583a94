"""Where balloons stand, over screens and controls of all sizes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from textual.geometry import Region

from app.tours.placement import (
    COST_OF_A_SIDE,
    COST_OF_DISTANCE,
    COST_OF_HIDING,
    LEAST_ROWS,
    SIDES,
    Ask,
    Place,
    core,
    hurt,
    place,
)

TEXT_CELLS = 150


def needs(cells: int) -> int:
    """Rows of an ordinary text of twenty-five words at a width."""
    return -(-TEXT_CELLS // max(cells - 4, 1)) + 2


@st.composite
def asks(draw: Any) -> Ask:
    screen = Region(0, 0, draw(st.integers(40, 200)), draw(st.integers(12, 60)))

    def region(most_width: int, most_height: int) -> Region:
        width = draw(st.integers(1, min(most_width, screen.width)))
        height = draw(st.integers(1, min(most_height, screen.height)))
        return Region(
            draw(st.integers(0, screen.width - width)),
            draw(st.integers(0, screen.height - height)),
            width,
            height,
        )

    target = region(screen.width, screen.height)
    popups = tuple(region(50, 8) for _each in range(draw(st.integers(0, 2))))
    others = tuple(region(60, 20) for _each in range(draw(st.integers(0, 8))))
    others = tuple(each for each in others if not each.overlaps(target))
    prefer = draw(st.sampled_from(("", *SIDES)))
    return Ask(screen, target, needs, 46, popups, others, prefer)


@given(asks())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@pytest.mark.capability("HB-03")
def test_neither_target_nor_what_has_popped_up_is_covered(ask: Ask) -> None:
    found = place(ask)
    if found is None:
        return
    assert ask.screen.contains_region(found.box)
    assert not any(found.box.overlaps(popup) for popup in ask.popups)
    assert not found.box.overlaps(core(ask))


@given(asks())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_a_target_is_covered_only_when_no_bar_fits_beside_it(ask: Ask) -> None:
    found, target, screen = place(ask), ask.target, ask.screen
    assert target is not None
    assume(found is not None and not ask.popups)
    assert found is not None
    if found.box.overlaps(target):
        bar = needs(screen.width)
        assert target.y < bar
        assert screen.bottom - target.bottom < bar


@given(asks())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_there_is_a_place_unless_something_popped_up(ask: Ask) -> None:
    assume(not ask.popups)
    found = place(ask)
    assert found is not None
    assert found.box.height >= LEAST_ROWS


@given(asks())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_a_good_side_is_kept_when_the_balloon_grows(ask: Ask) -> None:
    assume(not ask.popups and not ask.others)
    first = place(ask)
    assume(first is not None and ask.target is not None and not first.box.overlaps(ask.target))
    taller = replace(ask, height=lambda cells: needs(cells) + 1, present=first)
    second = place(taller)
    room = place(replace(taller, prefer=first.side if first else "", present=None))
    assert first is not None
    assert second is not None
    assert room is not None
    if room.side == first.side:  # it still fits there
        assert second.side == first.side


def distance(box: Region, target: Region) -> float:
    """What standing away from the target is counted as."""
    rows = max(box.y - target.bottom, target.y - box.bottom, 0)
    cells = max(box.x - target.right, target.x - box.right, 0)
    return rows * COST_OF_DISTANCE["below"] + cells * COST_OF_DISTANCE["right"]


@given(asks())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_where_there_is_free_room_beside_it_hides_little_and_is_near(ask: Ask) -> None:
    found, target = place(ask), ask.target
    assert target is not None
    below = Region(target.x, target.bottom, 46, needs(46))
    above = Region(target.x, target.y - needs(46), 46, needs(46))
    taken = (*ask.popups, *ask.others)
    free = [each for each in (below, above) if ask.screen.contains_region(each)]
    assume(any(not any(each.overlaps(other) for other in taken) for each in free))
    assert found is not None
    cost = hurt(found.box, ask.others) * COST_OF_HIDING + distance(found.box, target)
    assert cost <= (len(SIDES) - 1) * COST_OF_A_SIDE + 0.01


@given(asks(), st.integers(0, 11), st.integers(0, 39))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_what_must_be_seen_is_covered_only_when_nothing_else_is_left(ask: Ask, y: int, x: int) -> None:
    field = Region(x, y, 20, 1).intersection(ask.screen)
    found = place(replace(ask, held=(field,)))
    if found is not None and found.box.overlaps(field):
        assert place(replace(ask, popups=(*ask.popups, field))) is None


def test_it_lies_over_a_part_of_a_box_rather_than_at_the_other_end_of_the_screen() -> None:
    screen, mark = Region(0, 0, 80, 24), Region(0, 0, 80, 1)
    boxes = tuple(Region(1, top, 77, 5) for top in (3, 8, 13, 18))
    for target in (Region(0, 23, 80, 1), Region(0, 1, 80, 1)):
        found = place(Ask(screen, target, needs, 46, others=boxes, held=(mark,)))
        assert found is not None
        assert distance(found.box, target) == 0


def test_a_button_is_not_covered_when_some_rows_on_there_is_room() -> None:
    screen, target = Region(0, 0, 80, 24), Region(0, 2, 80, 1)
    buttons = tuple(Region(left, 5, 10, 1) for left in (2, 20, 40, 60))
    found = place(Ask(screen, target, needs, 46, others=buttons))
    assert found is not None
    assert found.box.y == 6


def test_all_sides_are_alike() -> None:
    """With the other three closed, and something to step over, it stands as far away on each side."""
    screen, target = Region(0, 0, 120, 120), Region(45, 45, 30, 30)
    closed = {
        "below": Region(0, 75, 120, 45),
        "above": Region(0, 0, 120, 45),
        "right": Region(75, 0, 45, 120),
        "left": Region(0, 0, 45, 120),
    }
    in_the_way = {
        "below": Region(45, 80, 30, 3),
        "above": Region(45, 37, 30, 3),
        "right": Region(80, 45, 3, 30),
        "left": Region(37, 45, 3, 30),
    }
    for side in SIDES:
        others = [region for name, region in closed.items() if name != side]
        found = place(Ask(screen, target, lambda cells: 24, 24, (*others, in_the_way[side])))
        assert found is not None
        assert found.side == side
        box = found.box
        gaps = (box.y - target.bottom, target.y - box.bottom, box.x - target.right, target.x - box.right)
        assert max(gaps) == 8


def test_the_side_that_a_step_asks_for_comes_first() -> None:
    ask = Ask(Region(0, 0, 120, 40), Region(50, 20, 20, 1), needs, 30)
    for side in SIDES:
        found = place(replace(ask, prefer=side))
        assert found is not None
        assert found.side == side


def test_the_smallest_screen_gets_a_bar() -> None:
    ask = Ask(Region(0, 0, 40, 12), Region(0, 2, 40, 1), needs, 46)
    found = place(ask)
    assert found == Place(Region(0, 3, 40, 7), "below")


def test_a_list_over_the_whole_screen_keeps_the_row_of_its_cursor_free() -> None:
    screen = Region(0, 0, 80, 24)
    for row in range(1, 24):
        ask = Ask(screen, screen, needs, 46, kept=Region(0, row, 80, 1))
        found = place(ask)
        assert found is not None
        assert not found.box.overlaps(Region(0, row, 80, 1))
        # The cursor moves on: the balloon stands still until the cursor comes to it.
        again = place(replace(ask, present=found, kept=Region(0, min(row + 1, 23), 80, 1)))
        assert again is not None
        if not found.box.overlaps(Region(0, row, 80, 3)):
            assert again.box == found.box


def test_nothing_stands_over_a_screen_full_of_pop_ups() -> None:
    screen = Region(0, 0, 80, 24)
    assert place(Ask(screen, Region(0, 0, 10, 1), needs, 46, popups=(Region(0, 1, 80, 23),))) is None
    assert place(Ask(screen, None, needs, 46, popups=(screen,))) is None


def test_without_a_target_it_stands_low_in_the_middle() -> None:
    found = place(Ask(Region(0, 0, 80, 24), None, needs, 46))
    assert found == Place(Region(17, 17, 46, 6))
