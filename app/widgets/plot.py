"""Bars by day in block characters, with an axis and the numbers beside them; and a sparkline of one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.cells import cell_len

from app.i18n import _
from app.text import safe
from app.widgets.painted import Painted, Run

_EIGHTHS = " ▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[int]) -> str:
    """Return one block character for each value, scaled to the highest; a value above zero always shows."""
    top = max(values, default=0)
    return "".join(_EIGHTHS[_height(value, top, 8)] for value in values)


def _height(value: int, top: int, steps: int) -> int:
    if value <= 0 or top <= 0:
        return 0
    return max(value * steps // top, 1)


class DailyPlot(Painted):
    """Vertical bars.

    Args:
        title: what is plotted.
        values: one whole number for each bar.
        labels: the name of each bar, such as "14 Nov".
        write: writes a value with its unit.
        rows: how many lines the bars take.
    """

    def __init__(
        self,
        title: str,
        values: Sequence[int],
        labels: Sequence[str],
        write: Callable[[int], str] = str,
        rows: int = 5,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.title, self.write, self.rows = title, write, rows
        self.values, self.labels = list(values), list(labels)

    def show(self, values: Sequence[int], labels: Sequence[str]) -> None:
        """Plot other values."""
        self.values, self.labels = list(values), list(labels)
        self.refresh()

    def lines(self, width: int) -> list[list[Run]]:
        if not any(self.values):
            return [[(safe(self.title), "strong")], [(_("Nothing used yet."), "muted")]]
        top = max(self.values)
        best = self.values.index(top)
        words = _("total {total}, most on {day}: {most}").format(
            total=self.write(sum(self.values)), day=self.labels[best], most=self.write(top)
        )
        axis = max(cell_len(self.write(top)), 1)
        room = max(width - axis - 2, 1)
        bar = max(min(room // len(self.values), 4), 1)
        heading: list[Run] = [(safe(self.title), "strong"), ("  " + safe(words), "muted")]
        return [heading, *self._bars(top, axis, bar, room), *self._days(axis, bar, room)]

    def _bars(self, top: int, axis: int, bar: int, room: int) -> list[list[Run]]:
        heights = [_height(value, top, self.rows * 8) for value in self.values]
        found: list[list[Run]] = []
        for line in range(self.rows - 1, -1, -1):
            name = self.write(top) if line == self.rows - 1 else "0" if line == 0 else ""
            blocks = (_EIGHTHS[min(max(height - line * 8, 0), 8)] for height in heights)
            text = "".join(block * max(bar - 1, 1) + " " * (bar > 1) for block in blocks)
            found.append([(name.rjust(axis) + " │", "muted"), (text[:room], "accent")])
        return found

    def _days(self, axis: int, bar: int, room: int) -> list[list[Run]]:
        """The axis, and under it the first label and as many more as have room."""
        line, free = "", 0
        for place, label in enumerate(self.labels):
            at = place * bar
            if at >= free and at + cell_len(label) <= room:
                line = line.ljust(at) + label
                free = at + max(cell_len(label) + 2, bar * 7)
        length = min(len(self.values) * bar, room)
        return [
            [(" " * axis + " └" + "─" * length, "muted")],
            [(" " * (axis + 2) + safe(line), "muted")],
        ]
