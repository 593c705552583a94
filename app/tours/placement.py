"""Where a help balloon stands: pure functions on regions of the screen.

Never over its target, nor over what has popped up (an open list, a note at the corner); over another
control only when nothing else is free. On a small screen it becomes a bar as wide as the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
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
_TRIED: Final = 150
_STAY: Final = -1000.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the balloon stands; side: of the target, "" when there is no target to point at."""

    box: Region
    side: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is where. Regions are cells of the screen.

    target: the part of the target that shows, or None; height: rows that the balloon needs at a width;
    popups: never covered; others: controls, covered only when nothing else is free; prefer: the side that
    the step asks for; present: where it stands now, the side of which is kept as long as it is good; kept:
    what stays free of a target that leaves no room, as the row of a list where the cursor is.
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


def place(ask: Ask) -> Place | None:
    """The best place, or None when pop-ups leave none.

    First whole beside the target, then in a corner of a target that fills the screen, then with less text.
    """
    if ask.target is None:
        return _without_target(ask)
    kept = core(ask)
    found = _best(ask, ask.target, list(_candidates(ask, ask.target, False)))
    if found is None and kept != ask.target:
        found = _in_a_corner(ask, kept)
    return found or _best(ask, kept, list(_candidates(ask, kept, True)))


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
            if room.contains_region(box) and not any(box.overlaps(each) for each in (kept, *ask.popups)):
                return Place(box, "below" if box.y >= kept.bottom else "above")
    return None


def _best(ask: Ask, target: Region, candidates: list[tuple[float, Place]]) -> Place | None:
    """The first by preference that touches no control, or else the one that hides least."""
    candidates.sort(key=lambda each: each[0])
    best: tuple[float, Place] | None = None
    tried = 0
    for cost, found in candidates:
        box = found.box
        if box.overlaps(target) or any(box.overlaps(popup) for popup in ask.popups):
            continue
        hidden = hurt(box, ask.others)
        if not hidden:
            return found
        tried += 1
        if tried <= _TRIED and (best is None or hidden * 10 + cost < best[0]):
            best = (hidden * 10 + cost, found)
    return best and best[1]


def hurt(box: Region, others: Iterable[Region]) -> float:
    """How much `box` hides of the other controls: 1 for each small one, its share of a large one."""
    total = 0.0
    for other in others:
        common = box.intersection(other)
        if common.area:
            total += 1.0 if other.height <= SMALL else common.area / other.area
    return total


def _candidates(ask: Ask, target: Region, squeezed: bool) -> Iterator[tuple[float, Place]]:
    sides = [ask.prefer, *SIDES] if ask.prefer in SIDES else list(SIDES)
    for rank, side in enumerate(dict.fromkeys(sides)):
        start = rank * 4.0 + (_STAY if ask.present and side == ask.present.side else 0.0)
        for order, width in enumerate(_widths(ask)):
            height = ask.height(width)
            if squeezed:
                height = min(height, _room(ask, target, side))
                if height < LEAST_ROWS:
                    continue
            # The whole width only when it has to be: a line of 76 cells reads badly.
            cost = start + (order * 1.5 if width in WIDTHS or not order else 8.0)
            for x, y, away in _corners(ask, target, side, width, height):
                box = Region(x, y, width, height)
                if ask.screen.contains_region(box) and _faces(box, target, side):
                    yield cost + away, Place(box, side)


def _faces(box: Region, target: Region, side: str) -> bool:
    """Whether something of the target lies straight across the side that points at it."""
    if side in ("below", "above"):
        return box.x < target.right and box.right > target.x
    return box.y < target.bottom and box.bottom > target.y


def _widths(ask: Ask) -> list[int]:
    """Widths to try, the best first."""
    most = ask.screen.width
    wanted = (min(ask.natural, most), *(width for width in WIDTHS if width < ask.natural), most)
    return [width for width in dict.fromkeys(wanted) if width <= most]


def _room(ask: Ask, target: Region, side: str) -> int:
    """Rows that are free on a side, up to the next pop-up."""
    if side == "below":
        tops = [popup.y for popup in ask.popups if popup.y >= target.bottom]
        return min([*tops, ask.screen.bottom]) - target.bottom
    if side == "above":
        bottoms = [popup.bottom for popup in ask.popups if popup.bottom <= target.y]
        return target.y - max([*bottoms, ask.screen.y])
    return ask.screen.height


def _corners(
    ask: Ask, target: Region, side: str, width: int, height: int
) -> Iterator[tuple[int, int, float]]:
    """Upper left corners on a side, with what each costs: near the target and aligned with it is best."""
    screen, near = ask.screen, (*ask.others, *ask.popups)
    if side in ("below", "above"):
        lefts = _line_up(target.x, target.right, width, screen.x, screen.right)
        if side == "below":
            edges = {other.bottom for other in near if other.bottom > target.bottom}
            tops = [target.bottom, *edges, screen.bottom - height]
            ways = [(top, top - target.bottom) for top in tops if top >= target.bottom]
        else:
            edges = {other.y for other in near if other.y < target.y}
            tops = [bottom - height for bottom in (target.y, *edges)] + [screen.y]
            ways = [(top, target.y - height - top) for top in tops if top + height <= target.y]
        for top, far in dict.fromkeys(ways):
            for rank, left in enumerate(lefts):
                yield left, top, far * 0.6 + rank * 0.4
        return
    tops = _line_up(target.y, target.bottom, height, screen.y, screen.bottom)
    if side == "right":
        edges = {other.right for other in near if other.right > target.right}
        lefts = [target.right, *edges, screen.right - width]
        ways = [(left, left - target.right) for left in lefts if left >= target.right]
    else:
        edges = {other.x for other in near if other.x < target.x}
        lefts = [right - width for right in (target.x, *edges)] + [screen.x]
        ways = [(left, target.x - width - left) for left in lefts if left + width <= target.x]
    for left, far in dict.fromkeys(ways):
        for rank, top in enumerate(tops):
            yield left, top, far * 0.2 + rank * 0.4


def _line_up(start: int, end: int, length: int, least: int, most: int) -> list[int]:
    """Where `length` cells may begin beside start..end: aligned, in the middle, at the screen's ends."""
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
        if not any(box.overlaps(popup) for popup in ask.popups):
            return Place(box)
    return None
