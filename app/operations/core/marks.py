"""The marks that one rated record passed, each with what its message has to say.

A `Mark` is the row of table `crossing`, and what `notices` writes a message from.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.rating.codes import Crossing
from app.rating.crossings import BUNDLE_MARKS, passed
from app.rating.records import Rating, State, Usage
from app.rating.tables import TariffTables

PER_CLASS = 100
"""`bundle_no` is the class index times this plus the number of the bundle, which counts from 1."""
EARLY = (Crossing.NOTICE_80, Crossing.ROAMING_80, Crossing.LIMIT_80, Crossing.BUNDLE_80)
"""Marks at the tariff's early percentage."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark, passed at one instant by one record (or by an answer, or by a change of settings)."""

    kind: Crossing
    """A single bit."""
    month: int
    at: int
    tie: int
    usage_id: int | None = None
    bundle_no: int = 0
    """0 where no bundle is meant."""
    percent: int = 0
    """What was reached: 80, 100, 200 as the tariff says."""
    value: int = 0
    """Of what: a limit in micro-euro, a notice or a bundle's size in bytes."""
    cap: int = 0
    """How many bundles of its class the line may start in the month."""
    blocked: bool = False
    """Whether the cost limit blocks data outside the EU now."""
    hard: bool = False
    """Whether the user may not go beyond the limit."""

    @property
    def bundle_class(self) -> int:
        """Index of the roaming class: A, B, rest of world, World."""
        return self.bundle_no // PER_CLASS

    @property
    def bundle_number(self) -> int:
        """Number of the bundle within its class and month."""
        return self.bundle_no % PER_CLASS


def marks_of(
    rating: Rating, state: State, tariff: TariffTables, usage: Usage, month: int, usage_id: int | None = None
) -> list[Mark]:
    """The marks of one rating; `state` is the line's state right after it."""
    if rating.crossings == 0:
        return []
    found = []
    for each in passed(rating, state, tariff):
        percent, value = _measure(each.mark, rating, state, tariff)
        found.append(
            Mark(
                kind=each.mark,
                month=month,
                at=usage.start,
                tie=usage.tie,
                usage_id=usage_id,
                bundle_no=each.bundle_class * PER_CLASS + each.bundle if each.bundle else 0,
                percent=percent,
                value=value,
                cap=state.cap,
                blocked=bool(state.blocked),
                hard=bool(state.hard),
            )
        )
    return found


def _measure(kind: Crossing, rating: Rating, state: State, tariff: TariffTables) -> tuple[int, int]:
    """Percent and the value it is a percentage of."""
    percent = tariff.notice_percent if kind in EARLY else 100
    if kind in (Crossing.NOTICE_80, Crossing.NOTICE_100):
        return percent, state.usage_notice
    if kind in (Crossing.ROAMING_80, Crossing.ROAMING_100):
        return percent, state.roaming_notice
    if kind & BUNDLE_MARKS:
        return percent, tariff.classes[rating.bundle_class].size
    if kind in (Crossing.LIMIT_200, Crossing.LIFTED_100):
        # What was lifted at 100 % is blocked again at 200 %.
        return tariff.second_percent, state.limit
    return percent, state.limit
