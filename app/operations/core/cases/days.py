"""Days that people write: from when something takes effect."""

from __future__ import annotations

from datetime import date, datetime

from app.clock import zone_named
from app.i18n import _
from app.operations.core.errors import Invalid
from app.operations.core.visit import Visit

LATEST_DAYS = 366


def start_of(visit: Visit, text: str, field: str = "from_day") -> int | None:
    """The first second of a day like 2026-12-01 in the operator's time zone; None for an empty text.

    Raises:
        Invalid: it is no day, it is over, or it is more than a year away.
    """
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise Invalid(_("Write the day as year-month-day, like 2026-12-01."), field) from error
    zone = zone_named(visit.zone)
    today = datetime.fromtimestamp(visit.now, zone).date()
    if not 0 <= (day - today).days <= LATEST_DAYS:
        raise Invalid(_("Choose a day from today on, within a year."), field)
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())
