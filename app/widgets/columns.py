"""The columns of a list: how wide they are in a given space, and a row as runs of text in few tones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, set_cell_size

from app.text import ELLIPSIS, safe
from app.widgets.rows import Row

GAP = 2
LEAST = 3
"""Cells below which a column is not narrowed."""

Tone = Literal["", "muted", "accent", "success", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    `width` is in cells; with `flex` above 0 it is the least width, and what is left over is shared out by
    `flex`. The column is left out while the list is narrower than `shown_from` cells. `tone` names the
    colour of a cell: the text must say the same without colour.
    """

    title: str
    width: int
    flex: int = 0
    align: Literal["left", "right"] = "left"
    shown_from: int = 0
    tone: Callable[[Row], Tone] | None = None


@dataclass(frozen=True, slots=True)
class Fitted:
    """A column in its place: which cell of the row it shows, and how wide."""

    column: Column
    cell: int
    width: int


def fit(columns: Sequence[Column], space: int) -> list[Fitted]:
    """Return the columns that are shown in `space` cells, with their widths; never wider than `space`."""
    shown = [(index, column) for index, column in enumerate(columns) if column.shown_from <= space]
    spare = space - sum(column.width for _index, column in shown) - GAP * max(len(shown) - 1, 0)
    shares = sum(column.flex for _index, column in shown)
    fitted = []
    for index, column in shown:
        extra = max(spare, 0) * column.flex // shares if column.flex else 0
        spare -= extra if column.flex else 0
        shares -= column.flex
        fitted.append(Fitted(column, index, column.width + extra))
    return _narrowed(fitted, -spare) if spare < 0 else fitted


def _narrowed(fitted: list[Fitted], excess: int) -> list[Fitted]:
    """Take `excess` cells: from flexible columns first, then from the others; at last columns go."""
    widths = [place.width for place in fitted]
    for flexible in (True, False):
        chosen = [number for number, place in enumerate(fitted) if bool(place.column.flex) is flexible]
        while excess > 0 and any(widths[number] > LEAST for number in chosen):
            widths[max(chosen, key=lambda number: widths[number])] -= 1
            excess -= 1
    while excess > 0 and len(widths) > 1:
        excess -= widths.pop() + GAP
    return [Fitted(place.column, place.cell, width) for place, width in zip(fitted, widths, strict=False)]


def cell_text(value: object, width: int, align: str) -> str:
    """Return a value cleaned, cut with an ellipsis and padded to exactly `width` cells."""
    text = safe(value if isinstance(value, str) else "" if value is None else str(value))
    if text.isascii():
        if len(text) > width:
            return text[: max(width - 1, 0)] + ELLIPSIS[:width]
        return text.rjust(width) if align == "right" else text.ljust(width)
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, max(width - 1, 0)) + ELLIPSIS[:width]
    padding = " " * (width - length)
    return padding + text if align == "right" else text + padding


def runs(row: Row, fitted: Sequence[Fitted], lead: str, space: int) -> list[tuple[str, Tone]]:
    """Return the row as (text, tone) runs of `space` cells; neighbours of one tone share a run."""
    found: list[tuple[str, Tone]] = []
    text, tone, used = lead, "", len(lead)
    for number, place in enumerate(fitted):
        column = place.column
        wanted: Tone = column.tone(row) if column.tone else ""
        if number:
            text, used = text + " " * GAP, used + GAP
        if wanted != tone and text:
            found.append((text, tone))  # type: ignore[arg-type]
            text = ""
        tone = wanted
        text += cell_text(row[place.cell], place.width, column.align)
        used += place.width
    text += " " * (space - used)
    found.append((text, tone))  # type: ignore[arg-type]
    return found
