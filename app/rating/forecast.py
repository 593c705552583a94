"""When a pool, bundle or limit will be reached, judged by the days of the month so far."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt
from typing import NamedTuple

DAY = 86_400
FINE = 1_000_000
"""Paces are counted in millionths of a byte or micro-euro per day, so that roots keep their digits."""


class Forecast(NamedTuple):
    """Instants at which a target is reached; None: not before the month ends.

    reached: it is reached already; expected: at the average pace; earliest, latest: at that pace plus and
    minus two standard errors of the daily amounts.
    """

    reached: bool
    expected: int | None
    earliest: int | None
    latest: int | None


def forecast(daily: Sequence[int], target: int, now: int, month_end: int) -> Forecast:
    """Judge by `daily`, the amounts of each day of the month so far, today's last.

    Integers throughout. One day alone gives no spread: then the range is a factor two either way.
    """
    used = sum(daily)
    if used >= target:
        return Forecast(True, now, now, now)
    if used == 0:
        return Forecast(False, None, None, None)
    days = len(daily)
    mean = used * FINE // days
    if days > 1:
        squares = sum((amount * FINE - mean) ** 2 for amount in daily)
        spread = 2 * isqrt(squares // ((days - 1) * days))
        slow, fast = mean - spread, mean + spread
    else:
        slow, fast = mean // 2, mean * 2
    rest = target - used
    return Forecast(False, *(_when(rest, pace, now, month_end) for pace in (mean, fast, slow)))


def _when(rest: int, pace: int, now: int, month_end: int) -> int | None:
    """The instant at which `rest` is used up at a pace per day, None after the month's end."""
    if pace <= 0:
        return None
    instant = now + -(-rest * FINE * DAY // pace)
    return instant if instant < month_end else None
