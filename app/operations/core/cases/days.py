"""Days that people write: from when something takes effect."""

from __future__ import annotations

from datetime import date, datetime

from app.clock import add_months, month_of, zone_named
from app.i18n import _
from app.operations.core.errors import Invalid
from app.operations.core.visit import Visit
from app.unit_input import parse_date, typed_day

LATEST_DAYS = 366


def start_of(visit: Visit, text: str, field: str = "from_day") -> int | None:
    """The first second of a day in the operator's time zone; None for an empty text.

    It is read as the reader's language writes days, and as year-month-day in every language.

    Raises:
        Invalid: it is no day, it is over, or it is more than a year away.
    """
    if not text.strip():
        return None
    try:
        day = parse_date(text)
    except ValueError as error:
        raise Invalid(_("Write the day like {example}.").format(example=example_day(visit)), field) from error
    zone = zone_named(visit.zone)
    today = datetime.fromtimestamp(visit.now, zone).date()
    if not 0 <= (day - today).days <= LATEST_DAYS:
        raise Invalid(_("Choose a day from today on, within a year."), field)
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def example_day(visit: Visit) -> str:
    """The first of next month, as the reader's language writes days by figures."""
    year, month = divmod(add_months(month_of(visit.now, visit.zone), 1), 100)
    return typed_day(date(year, month, 1))
