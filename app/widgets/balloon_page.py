"""What stands in a help balloon, broken into lines for a width: text only, no widget and no colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rich.cells import cell_len as width
from textual.content import Content

from app.text import ELLIPSIS, cut, safe
from app.widgets.painted import Run

WIDEST: Final = 46
"""Cells of a balloon that may take what it wants: lines of about forty characters read best."""
NARROWEST: Final = 24
FRAME: Final = 4
"""Cells of a line that border and padding take."""
COACH: Final = "» "
KEY_GAP: Final = "  "


@dataclass(frozen=True, slots=True)
class BalloonKey:
    """A key at the foot, which can be clicked too: "F1", "Next", and what it does."""

    key: str
    title: str
    action: str


@dataclass(frozen=True, slots=True)
class BalloonText:
    """A balloon: any of it may come from files, it is made safe when it is laid out.

    text: plain, or runs of (text, tone) with the tone "key" for names of keys; place: "3/7"; coach: why
    it is not right yet, or that something is still on its way; hints: further lines, less important;
    keys: the most important first.
    """

    title: str
    text: str | tuple[Run, ...]
    place: str = ""
    coach: str = ""
    hints: tuple[str, ...] = ()
    keys: tuple[BalloonKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """Cells of a line that do something when they are clicked."""

    line: int
    start: int
    end: int
    action: str


@dataclass(frozen=True, slots=True)
class Page:
    """Lines between the borders, the keys in the border at the foot, and what can be clicked.

    A spot's line counts from 0 for the first line between the borders, len(lines) for the border at the
    foot; its cells count from the first inside the padding.
    """

    title: str
    place: str
    lines: tuple[tuple[Run, ...], ...]
    foot: tuple[Run, ...]
    spots: tuple[Spot, ...]
    whole: bool = True
    """Nothing was left off for lack of room."""


def natural_width(text: BalloonText) -> int:
    """The width that suits this text: less than `WIDEST` when it needs no more."""
    head = width(text.title) + width(text.place) + 5
    longest = max(
        head,
        width(_plain(text.text)),
        width(COACH + text.coach) if text.coach else 0,
        *(width(hint) for hint in text.hints),
        sum(width(each.key + each.title) + 3 for each in text.keys) + 1,
    )
    return max(NARROWEST, min(WIDEST, longest + FRAME))


def height(text: BalloonText, cells: int) -> int:
    """The height of the whole balloon at this width, borders included."""
    return len(lay_out(text, cells).lines) + 2


@lru_cache(maxsize=64)
def lay_out(text: BalloonText, cells: int, most: int | None = None) -> Page:
    """Break `text` for a balloon of `cells` width; what does not fit in `most` lines is left off.

    Hints go first, then the end of the text; the coach and the keys stay as long as there is room.
    """
    room = max(cells - FRAME, 1)
    rows = key_rows(text.keys, max(room - 2, 1))  # a cell of the border is left for the tip
    above, foot = rows[:-1], rows[-1] if rows else ()
    said = wrapped(text.text, room)
    coach = wrapped(((COACH + text.coach, "coach"),), room) if text.coach else []
    hints = [line for hint in text.hints for line in wrapped(((hint, "quiet"),), room)]
    space = 10_000 if most is None else max(most - 2, 1)
    whole = len(said) + len(coach) + len(hints) + len(above) <= space
    if not whole:
        hints = hints[: max(space - len(said) - len(coach) - len(above), 0)]
        above = above[: max(space - 1, 0)]
        coach = coach[: max(space - 1 - len(above), 0)]
        said = _shortened(said, max(space - len(coach) - len(above), 1), room)
    body = [*said, *coach, *hints]
    place = safe(text.place)
    title = cut(safe(text.title), max(cells - width(place) - (9 if place else 6), 1))
    return Page(
        title,
        place,
        (*body, *(tuple(run for run, _spot in row) for row in above)),
        tuple(run for run, _spot in foot),
        tuple(_spots(above, foot, len(body))),
        whole,
    )


def wrapped(text: str | Sequence[Run], room: int) -> list[tuple[Run, ...]]:
    """Break runs of text at spaces into lines of at most `room` cells."""
    runs = ((text, ""),) if isinstance(text, str) else text
    content = Content.assemble(*((safe(part, lines=True), tone) for part, tone in runs))
    return [_runs(line) for line in content.wrap(room)]


def key_rows(keys: Sequence[BalloonKey], room: int) -> list[tuple[tuple[Run, str], ...]]:
    """Keys in rows of at most `room` cells, each run with the action of its key ("" for gaps)."""
    rows: list[tuple[tuple[Run, str], ...]] = []
    row: tuple[tuple[Run, str], ...] = ()
    used = 0
    for each in keys:
        key = cut(safe(each.key), room)
        title = cut(safe(each.title), max(room - width(key) - 1, 0))
        runs = (((key, "key"), each.action), ((f" {title}", "quiet"), each.action))
        length = width(key) + 1 + width(title)
        if row and used + len(KEY_GAP) + length > room:
            rows.append(row)
            row, used = (), 0
        if row:
            row += (((KEY_GAP, ""), ""),)
            used += len(KEY_GAP)
        row += runs
        used += length
    return [*rows, row] if row else rows


def _plain(text: str | Sequence[Run]) -> str:
    return text if isinstance(text, str) else "".join(part for part, _tone in text)


def _runs(line: Content) -> tuple[Run, ...]:
    """A line of content as runs; its spans do not overlap."""
    runs: list[Run] = []
    done = 0
    for start, end, style in sorted(line.spans, key=lambda span: span.start):
        if start > done:
            runs.append((line.plain[done:start], ""))
        runs.append((line.plain[start:end], str(style)))
        done = end
    if done < len(line.plain):
        runs.append((line.plain[done:], ""))
    return tuple(runs)


def _shortened(lines: list[tuple[Run, ...]], most: int, room: int) -> list[tuple[Run, ...]]:
    """The first lines, the last of which ends in an ellipsis when there were more."""
    if len(lines) <= most:
        return lines
    last = "".join(part for part, _tone in lines[most - 1])
    return [*lines[: most - 1], ((cut(last.rstrip() + ELLIPSIS, room), ""),)]


def _spots(
    above: Iterable[tuple[tuple[Run, str], ...]], foot: tuple[tuple[Run, str], ...], first: int
) -> Iterable[Spot]:
    for line, row in enumerate((*above, foot), first):
        at = 0
        for (part, _tone), action in row:
            if action:
                yield Spot(line, at, at + width(part), action)
            at += width(part)
