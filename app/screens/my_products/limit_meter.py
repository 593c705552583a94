"""The cost limit as a bar up to twice the limit, with marks where something happens."""

from __future__ import annotations

from typing import Any

from app import units
from app.i18n import _
from app.screens.my_products.line_rows import whole_money
from app.widgets.meter import Meter
from app.widgets.painted import Run

MICRO_PER_CENT = 10_000
MARKS = (80, 100, 200)
"""SMS, first block, second block: percent of the limit."""


class LimitMeter(Meter):
    """Charges against the limit; the bar ends at 200 %."""

    def __init__(self, label: str, label_width: int, numbers_width: int, **options: Any) -> None:
        super().__init__(label, 0, 1, "", label_width, numbers_width, **options)

    def show_limit(self, used_micro: int, limit_cents: int) -> None:
        """Show what was charged of a limit."""
        numbers = _("{used} of {limit}").format(
            used=units.money(used_micro // MICRO_PER_CENT), limit=whole_money(limit_cents)
        )
        self.show(used_micro, limit_cents * MICRO_PER_CENT, numbers)

    def _bar(self, width: int, tone: str) -> list[Run]:
        total = self.total or 1
        filled = min(-(-self.used * width // (total * 2)), width)
        cells = ["━"] * filled + ["─"] * (width - filled)
        for mark in MARKS:
            place = min(mark * width // 200, width - 1)
            cells[place] = "┿" if place < filled else "┼"
        return [("".join(cells[:filled]), tone), ("".join(cells[filled:]), "muted")]
