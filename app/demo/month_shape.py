"""How a month's data is spread over its days: more in the first weeks, less at weekends."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache

WEEKEND_PERCENT = 45


def share_of_day(day: date) -> int:
    """The part of the month's volume that falls on a day, in millionths; the parts of a month sum to one."""
    weights = _weights(day.year, day.month)
    return 1_000_000 * weights[day.day - 1] // sum(weights)


@lru_cache(maxsize=64)
def _weights(year: int, month: int) -> tuple[int, ...]:
    length = calendar.monthrange(year, month)[1]
    weights = []
    for day in range(1, length + 1):
        weekend = date(year, month, day).weekday() >= 5
        weights.append((2 * length - day) * (WEEKEND_PERCENT if weekend else 100))
    return tuple(weights)
