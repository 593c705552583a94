"""Terms, ends of months and days, in the operator's time zone."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

from app.clock import add_months, month_bounds, month_of, zone_named


def months_later(instant: int, months: int, zone: str) -> int:
    """The same local time of the same day some months on; the last day of a shorter month."""
    local = datetime.fromtimestamp(instant, zone_named(zone))
    year, month = divmod(add_months(local.year * 100 + local.month, months), 100)
    day = min(local.day, monthrange(year, month)[1])
    return int(local.replace(year=year, month=month, day=day).timestamp())


def next_month_start(instant: int, zone: str) -> int:
    """The first instant of the month after the one of `instant`."""
    return month_bounds(month_of(instant, zone), zone)[1]


def days_of(month: int, zone: str) -> list[int]:
    """The first instant of each local day of a month."""
    year, number = divmod(month, 100)
    place = zone_named(zone)
    return [
        int(datetime(year, number, day, tzinfo=place).timestamp())
        for day in range(1, monthrange(year, number)[1] + 1)
    ]
