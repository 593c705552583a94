"""Money on an invoice: every sum is exact to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.rating.closing import MICRO_PER_CENT, split

WHOLE_RATE: Final = 10_000
"""Hundredths of a percent in one."""


def rounded(amount: int, unit: int) -> int:
    """An amount in a larger unit, half away from zero: what is charged and what is given back round alike."""
    half = (abs(amount) + unit // 2) // unit
    return half if amount >= 0 else -half


def vat(net_cents: int, rate: int) -> int:
    """VAT on a sum, rounded once (EN 16931, BT-117: per rate, not per line).

    Args:
        rate: hundredths of a percent.
    """
    return rounded(net_cents * rate, WHOLE_RATE)


def in_cents(micros: Sequence[int]) -> list[int]:
    """Micro-euro in cents such that they sum to their rounded sum; none of them is negative."""
    shares = split(rounded(sum(micros), MICRO_PER_CENT), dict(enumerate(micros)))
    return [shares.get(index, 0) for index in range(len(micros))]


def part_of_month(monthly_cents: int, active_days: int, days: int) -> int:
    """A monthly fee for some days of the month, half up."""
    return rounded(monthly_cents * active_days, days)
