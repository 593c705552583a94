"""What stands on the terminal already, so that only what differs is sent.

Textual sends a whole screen for each layout, and one key may bring several: on a slow line each byte is felt.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderResult
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

_Piece = tuple[int, int, Strip]
"""Row, column, and what is to stand there."""


class Shown:
    """The pieces of each row, by the column where they begin; what is not listed is not known."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, tuple[int, str]]] = {}
        self._size: Size | None = None

    def forget(self) -> None:
        """Something else may have been written: the next paint sends everything."""
        self._rows.clear()

    def changes(self, update: LayoutUpdate | ChopsUpdate, console: Console) -> str:
        """What must be written so that the terminal shows what an update says."""
        if isinstance(update, LayoutUpdate):
            if update.region.size != self._size:
                self._size = update.region.size
                self.forget()
            pieces = _whole(update)
        else:
            pieces = _parts(update)
        written: list[str] = []
        cursor = None
        for y, x, strip in pieces:
            text, end = strip.render(console), x + strip.cell_length
            if text and self._is_new(y, x, end, text):
                written.append(text if cursor == (y, x) else f"\x1b[{y + 1};{x + 1}H{text}")
                cursor = (y, end)
        return "".join(written)

    def _is_new(self, y: int, x: int, end: int, text: str) -> bool:
        row = self._rows.setdefault(y, {})
        if row.get(x) == (end, text):
            return False
        for start, (stop, _text) in list(row.items()):
            if start < end and stop > x:
                del row[start]
        row[x] = (end, text)
        return True


class Changes(CompositorUpdate):
    """An update of a screen without what stands there already."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate, shown: Shown) -> None:
        self._update = update
        self._shown = shown

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        return self._update.__rich_console__(console, options)

    def render_segments(self, console: Console) -> str:
        return self._shown.changes(self._update, console)


def _whole(update: LayoutUpdate) -> Iterator[_Piece]:
    for y, row in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in row:
            yield y, x, strip
            x += strip.cell_length


def _parts(update: ChopsUpdate) -> Iterator[_Piece]:
    for y, start, stop in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > stop or end <= start:
                continue
            inside = start <= x < stop and end <= stop
            yield y, x, strip if inside else strip.crop(0, min(end, stop) - x)
