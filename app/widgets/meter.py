"""How much of something is used: a bar, marks at the warning levels, and always the number beside it."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len

from app import units
from app.i18n import _
from app.text import safe
from app.widgets.columns import cell_text
from app.widgets.painted import Painted, Run

LEVELS = (80, 100)
_FULL, _EMPTY, _MARK = "━", "─", "┼"


class Meter(Painted):
    """One line: label, bar, numbers, percentage, and in words when a level is passed.

    Args:
        label: what is measured.
        used: how much is used, in any whole unit.
        total: how much there is, in the same unit; None when there is no end to it.
        numbers: the two as text, such as "8.3 of 10 GB".
        label_width: cells for the label, so that meters under each other line up.
        numbers_width: cells for the numbers, likewise.
        end_width: cells for the percentage and its word.
    """

    def __init__(
        self,
        label: str,
        used: int,
        total: int | None,
        numbers: str,
        label_width: int = 18,
        numbers_width: int = 20,
        end_width: int = 14,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.label_width, self.numbers_width, self.end_width = label_width, numbers_width, end_width
        self.label, self.used, self.total, self.numbers = label, used, total, numbers

    def show(self, used: int, total: int | None, numbers: str) -> None:
        """Show other figures."""
        if (used, total, numbers) != (self.used, self.total, self.numbers):
            self.used, self.total, self.numbers = used, total, numbers
            self.refresh()

    def lines(self, width: int) -> list[list[Run]]:
        label = cell_text(self.label, self.label_width, "left") + " "
        numbers = " " + cell_text(self.numbers, self.numbers_width, "right")
        tone, word = self._level()
        end = f" {word}"
        bar = max(width - cell_len(label) - cell_len(numbers) - max(cell_len(end), self.end_width), 4)
        return [[(label, ""), *self._bar(bar, tone), (numbers, ""), (safe(end), tone)]]

    def _level(self) -> tuple[str, str]:
        if self.total is None:
            return "", _("no limit")
        whole = self.total or max(self.used, 1)
        share = units.percent(min(self.used, whole * 9) if self.total else whole, whole)
        if self.used >= self.total:
            return "error", _("{share} full").format(share=share)
        if self.used * 100 >= self.total * LEVELS[0]:
            return "warning", _("{share} high").format(share=share)
        return "success", share

    def _bar(self, width: int, tone: str) -> list[Run]:
        if not self.total:
            return [(_EMPTY * width, "muted")]
        filled = min(self.used * width // self.total, width)
        mark = LEVELS[0] * width // 100
        cells = [_FULL] * filled + [_EMPTY] * (width - filled)
        if filled <= mark < width:
            cells[mark] = _MARK
        return [("".join(cells[:filled]), tone), ("".join(cells[filled:]), "muted")]
