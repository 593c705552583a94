"""What is to come, in sentences: when a bundle, a pool or a limit will be reached, with the range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from app import units
from app.i18n import _
from app.screens.panel import Facts
from app.text import safe

if TYPE_CHECKING:
    from app.operations.core.forecasts import ForecastRow

MOST = 4


def forecast_text(rows: Sequence[ForecastRow], zone: str) -> Content | Facts:
    """A line for each thing that is or will be reached this month; one line if nothing will."""
    if not rows:
        return Content("")
    coming = [row for row in rows if row.reached or row.expected is not None or row.earliest is not None]
    lines = [sentence(row, zone) for row in coming[:MOST]]
    if not lines:
        lines = [_("At this pace nothing runs out before the month ends.")]
    heads = [_("Forecast"), *[""] * (len(lines) - 1)]
    return Facts([(head, Content(safe(line))) for head, line in zip(heads, lines, strict=True)], 0)


def sentence(row: ForecastRow, zone: str) -> str:
    """One forecast: reached, or a day with its range."""
    if row.reached:
        return _("{name}: reached").format(name=row.name)
    earliest, latest = _day(row.earliest, zone), _day(row.latest, zone)
    if row.expected is None:
        return _("{name}: not expected this month, at the earliest {day}").format(name=row.name, day=earliest)
    text = _("{name}: about {day} (between {earliest} and {latest})")
    if row.latest is None:
        text = _("{name}: about {day} (from {earliest} on, perhaps not this month)")
    return text.format(name=row.name, day=_day(row.expected, zone), earliest=earliest, latest=latest)


def _day(instant: int | None, zone: str) -> str:
    return units.date(instant, zone, year=False) if instant is not None else ""
