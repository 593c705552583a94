"""Where a help balloon stands: pure functions on regions of the screen.

Never over its target, nor over what has popped up (an open list, a note at the corner), nor over what is
held: the field with the cursor, the mark of the practice. Over a part of another control only when that keeps
the balloon near its target. On a small screen it becomes a bar as wide as the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from textual.geometry import Region

WIDTHS: Final = (38, 30, 24)
"""Tried after the natural width; the whole width of the screen comes last."""
SIDES: Final = ("below", "above", "right", "left")
SMALL: Final = 3
"""Rows of a control that is hidden altogether when a balloon touches it: a field, a button."""
KEPT_ROWS: Final = 3
"""Of a target that leaves no room anywhere (a list over the whole screen), its first rows stay free."""
LEAST_ROWS: Final = 3
COST_OF_A_SIDE: Final = 4.0
COST_OF_HIDING: Final = 12.0
"""For a small control, or all of a large one: as much as standing eight rows away."""
COST_OF_DISTANCE: Final = {"below": 1.5, "above": 1.5, "right": 0.75, "left": 0.75}
"""For each row or cell between target and balloon: an arrow over half the screen is hard to follow."""
_STAY: Final = -16.0
"""More than any order of sides is worth: the balloon does not hop while somebody types."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the balloon stands; side: of the target, "" when there is no target to point at."""

    box: Region
    side: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is where. Regions are cells of the screen.

    target: the part of the target that shows, or None; height: rows that the balloon needs at a width;
    popups: never covered; others: controls, covered only to stay near the target; prefer: the side that
    the step asks for; present: where it stands now, the side of which is kept as long as it is good; kept:
    what stays free of a target that leaves no room, as the row of a list where the cursor is; held: never
    covered either, unless nothing would be left for the balloon.
    """

    screen: Region
    target: Region | None
    height: Callable[[int], int]
    natural: int
    popups: tuple[Region, ...] = ()
    others: tuple[Region, ...] = ()
    prefer: str = ""
    present: Place | None = None
    kept: Region | None = None
    held: tuple[Region, ...] = ()

    @property
    def taken(self) -> tuple[Region, ...]:
        """What the balloon may not touch, beside its target."""
        return (*self.popups, *self.held)


def place(ask: Ask) -> Place | None:
    """The best place, or None when pop-ups leave none."""
    found = _place(ask)
    return _place(replace(ask, held=())) if found is None and ask.held else found


def _place(ask: Ask) -> Place | None:
    """First beside the target, then in a corner of one that fills the screen, then with less text."""
    if ask.target is None:
        return _without_target(ask)
    kept = core(ask)
    found = _best(ask, ask.target, squeezed=False)
    if found is None and kept != ask.target:
        found = _in_a_corner(ask, kept)
    return found or _best(ask, kept, squeezed=True)


def core(ask: Ask) -> Region:
    """What must stay free of the target: all of it, or a few rows of one that fills most of the screen."""
    target, screen = ask.target, ask.screen
    assert target is not None
    if target.height <= max(KEPT_ROWS, screen.height // 3):
        return target
    if ask.kept is None:
        return Region(target.x, target.y, target.width, KEPT_ROWS)
    with_neighbours = Region(ask.kept.x, ask.kept.y - 1, ask.kept.width, ask.kept.height + 2)
    return with_neighbours.intersection(target)


def _in_a_corner(ask: Ask, kept: Region) -> Place | None:
    """Over a part of a large target, away from what is kept; where it stands already, if that is free."""
    assert ask.target is not None
    room = ask.target.intersection(ask.screen)
    for width in _widths(ask)[:-1]:
        height = ask.height(width)
        x, y = room.right - width - 1, room.bottom - height
        clear = min([y, *(popup.y - height for popup in ask.popups if popup.y >= room.y + height)])
        corners = [(x, y), (x, clear), (x, room.y), (room.x, y), (room.x, clear), (room.x, room.y)]
        if ask.present is not None:
            corners.insert(0, (ask.present.box.x, ask.present.box.bottom - height))
        for corner in corners:
            box = Region(*corner, width, height)
            if room.contains_region(box) and not _touches(box, (kept, *ask.taken)):
                return Place(box, "below" if box.y >= kept.bottom else "above")
    return None


def _best(ask: Ask, target: Region, squeezed: bool) -> Place | None:
    """The cheapest place: near the target, on a good side, and hiding as little as possible."""
    best: tuple[float, Place] | None = None
    for cost, found in sorted(_candidates(ask, target, squeezed), key=lambda each: each[0]):
        if best is not None and cost >= best[0]:
            break
        if not _touches(found.box, (target, *ask.taken)):
            cost += hurt(found.box, ask.others) * COST_OF_HIDING
            if best is None or cost < best[0]:
                best = (cost, found)
    return best and best[1]


def _touches(box: Region, others: Iterable[Region]) -> bool:
    return any(box.overlaps(each) for each in others)


def hurt(box: Region, others: Iterable[Region]) -> float:
    """How much `box` hides of the other controls: 1 for each small one, its share of a large one."""
    total = 0.0
    for other in others:
        common = box.intersection(other)
        if common.area:
            total += 1.0 if other.height <= SMALL else common.area / other.area
    return total


def _candidates(ask: Ask, target: Region, squeezed: bool) -> Iterator[tuple[float, Place]]:
    """Places worth a try, and what each costs before it is known what it hides."""
    sides = [ask.prefer, *SIDES] if ask.prefer in SIDES else list(SIDES)
    for rank, side in enumerate(dict.fromkeys(sides)):
        stays = ask.present is not None and side == ask.present.side
        start = rank * COST_OF_A_SIDE + (_STAY if stays else 0.0)
        for order, width in enumerate(_widths(ask)):
            height = ask.height(width)
            if squeezed:
                height = min(height, _room(ask, target, side))
                if height < LEAST_ROWS:
                    continue
            # The whole width only when it has to be: a line of 76 cells reads badly.
            cost = start + (order * 1.5 if width in WIDTHS or not order else 8.0)
            for box, away in _beside(ask, target, side, width, height):
                yield cost + away, Place(box, side)


def _widths(ask: Ask) -> list[int]:
    """Widths to try, the best first."""
    most = ask.screen.width
    wanted = (min(ask.natural, most), *(width for width in WIDTHS if width < ask.natural), most)
    return [width for width in dict.fromkeys(wanted) if width <= most]


def _room(ask: Ask, target: Region, side: str) -> int:
    """Rows that are free on a side, up to what may not be touched."""
    if side == "below":
        tops = [each.y for each in ask.taken if each.y >= target.bottom]
        return min([*tops, ask.screen.bottom]) - target.bottom
    if side == "above":
        bottoms = [each.bottom for each in ask.taken if each.bottom <= target.y]
        return target.y - max([*bottoms, ask.screen.y])
    return ask.screen.height


def _beside(ask: Ask, target: Region, side: str, width: int, height: int) -> Iterator[tuple[Region, float]]:
    """Boxes on a side, with what each costs: near the target and aligned with it is best.

    Worked out for above and below; right and left are the same with both axes exchanged.
    """
    turn = _turned if side in ("right", "left") else _as_it_is
    screen, goal, size = turn(ask.screen), turn(target), turn(Region(0, 0, width, height)).size
    near = [turn(each) for each in (*ask.others, *ask.taken)]
    after = side in ("below", "right")
    room = (screen.bottom - goal.bottom if after else goal.y - screen.y) - size.height
    edges = {each.bottom - goal.bottom if after else goal.y - each.y for each in near}
    starts = _line_up(goal.x, goal.right, size.width, screen.x, screen.right)
    for gap in sorted({0, room, *edges}):
        if 0 <= gap <= room:
            top = goal.bottom + gap if after else goal.y - gap - size.height
            for rank, start in enumerate(starts):
                box = Region(start, top, *size)
                if box.x < goal.right and box.right > goal.x:  # faces it
                    yield turn(box), gap * COST_OF_DISTANCE[side] + rank * 0.4


def _as_it_is(region: Region) -> Region:
    return region


def _turned(region: Region) -> Region:
    """With both axes exchanged."""
    return Region(region.y, region.x, region.height, region.width)


def _line_up(start: int, end: int, length: int, least: int, most: int) -> list[int]:
    """Where `length` cells may begin beside start..end: aligned, in the middle, at the screen's ends.

    None when they are more than the screen has.
    """
    if length > most - least:
        return []
    middle = (start + end - length) // 2
    wanted = (start, middle, end - length, most - length, least)
    return list(dict.fromkeys(max(least, min(each, most - length)) for each in wanted))


def _without_target(ask: Ask) -> Place | None:
    """Low in the middle while there is nothing to point at."""
    width = _widths(ask)[0]
    height = min(ask.height(width), ask.screen.height)
    left = ask.screen.x + (ask.screen.width - width) // 2
    lowest = ask.screen.bottom - height - 1
    for top in (lowest, *range(max(lowest, 0), ask.screen.y - 1, -1)):
        box = Region(left, max(top, ask.screen.y), width, height)
        if not _touches(box, ask.taken):
            return Place(box)
    return None
