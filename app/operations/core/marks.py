"""The marks that one rated record passed, each with what its message has to say.

A rating holds them as bits. Here each bit becomes one `Mark`, bundles one per bundle: the row of table
`crossing`, and what `notices` writes a message from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.rating.codes import Crossing
from app.rating.outcome import share
from app.rating.records import Rating, State, Usage
from app.rating.tables import TariffTables

PER_CLASS = 100
"""`bundle_no` is the class index times this plus the number of the bundle, which counts from 1."""


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
    """The marks of one rating, ascending; `state` is the line's state right after it."""
    if rating.crossings == 0:
        return []
    return list(_marks(rating, state, tariff, usage, month, usage_id))


def _marks(
    rating: Rating, state: State, tariff: TariffTables, usage: Usage, month: int, usage_id: int | None
) -> Iterator[Mark]:
    for kind in Crossing:
        if not rating.crossings & kind:
            continue
        percent, value = _measure(kind, rating, state, tariff)
        for bundle_no in _bundles(kind, rating, state, tariff):
            yield Mark(
                kind=kind,
                month=month,
                at=usage.start,
                tie=usage.tie,
                usage_id=usage_id,
                bundle_no=bundle_no,
                percent=percent,
                value=value,
                cap=state.cap,
                blocked=bool(state.blocked),
                hard=bool(state.hard),
            )


def _measure(kind: Crossing, rating: Rating, state: State, tariff: TariffTables) -> tuple[int, int]:
    """Percent and the value it is a percentage of."""
    if kind in (Crossing.NOTICE_80, Crossing.NOTICE_100):
        return _percent(kind, Crossing.NOTICE_80, tariff), state.usage_notice
    if kind in (Crossing.ROAMING_80, Crossing.ROAMING_100):
        return _percent(kind, Crossing.ROAMING_80, tariff), state.roaming_notice
    if kind in (Crossing.BUNDLE_START, Crossing.BUNDLE_80, Crossing.BUNDLE_100, Crossing.BUNDLE_CAP):
        return _percent(kind, Crossing.BUNDLE_80, tariff), tariff.classes[rating.bundle_class].size
    if kind in (Crossing.LIMIT_200, Crossing.LIFTED_100):
        # What was lifted at 100 % is blocked again at 200 %.
        return tariff.second_percent, state.limit
    return _percent(kind, Crossing.LIMIT_80, tariff), state.limit


def _percent(kind: Crossing, lower: Crossing, tariff: TariffTables) -> int:
    return tariff.notice_percent if kind == lower else 100


def _bundles(kind: Crossing, rating: Rating, state: State, tariff: TariffTables) -> list[int]:
    """The numbers of the bundles that passed a mark with this record; [0] for marks of no bundle."""
    base = rating.bundle_class * PER_CLASS
    if kind == Crossing.BUNDLE_START:
        return [base + rating.bundle_first + more for more in range(rating.bundle_count)]
    if kind == Crossing.BUNDLE_CAP:
        return [base + state.bundle_started[rating.bundle_class]]
    if kind not in (Crossing.BUNDLE_80, Crossing.BUNDLE_100):
        return [0]
    size = tariff.classes[rating.bundle_class].size
    mark = size if kind == Crossing.BUNDLE_100 else share(size, tariff.notice_percent)
    before = rating.bundle_before
    passed = (before + size - mark) // size, (before + rating.bundle_volume + size - mark) // size
    return [base + number + 1 for number in range(*passed)]
