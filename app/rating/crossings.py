"""Which marks a rated record passed, each by itself: what the messages to the user are made of."""

from __future__ import annotations

from typing import NamedTuple

from app.rating.codes import Crossing
from app.rating.outcome import share
from app.rating.records import Rating, State
from app.rating.tables import TariffTables

BUNDLE_MARKS = Crossing.BUNDLE_START | Crossing.BUNDLE_80 | Crossing.BUNDLE_100 | Crossing.BUNDLE_CAP


class Passed(NamedTuple):
    """One mark that a record passed.

    mark: which; bundle_class: index of the roaming class, -1 none; bundle: number of the bundle in its
    class and month, 0 none; left: how many bundles may still start after it.
    """

    mark: Crossing
    bundle_class: int = -1
    bundle: int = 0
    left: int = 0

    @property
    def percent(self) -> int:
        """The level that was reached, 0 where there is none."""
        found = (self.mark.name or "").rpartition("_")[2]
        return int(found) if found.isdigit() else 0


def passed(rating: Rating, state: State, tariff: TariffTables) -> list[Passed]:
    """All marks of a record in the order in which they were reached; `state` as after the record."""
    marks = [Passed(mark) for mark in Crossing if rating.crossings & mark and not mark & BUNDLE_MARKS]
    if rating.bundle_class < 0 or rating.crossings & BUNDLE_MARKS == 0:
        return marks
    return bundle_marks(rating, state, tariff) + marks


def bundle_marks(rating: Rating, state: State, tariff: TariffTables) -> list[Passed]:
    """Start, 80 and 100 % of each bundle that the record drew on, then the cap."""
    index = rating.bundle_class
    size = tariff.classes[index].size
    before = rating.bundle_before
    after = before + rating.bundle_volume
    found = []
    for number in range(before // size + 1, (after + size - 1) // size + 1):
        base = (number - 1) * size
        left = max(state.cap - number, 0)
        if rating.bundle_first <= number < rating.bundle_first + rating.bundle_count:
            found.append(Passed(Crossing.BUNDLE_START, index, number, left))
        if before < base + share(size, tariff.notice_percent) <= after:
            found.append(Passed(Crossing.BUNDLE_80, index, number, left))
        if before < base + size <= after:
            found.append(Passed(Crossing.BUNDLE_100, index, number, left))
    if rating.crossings & Crossing.BUNDLE_CAP:
        found.append(Passed(Crossing.BUNDLE_CAP, index, state.bundle_started[index], 0))
    return found


def to_tell(marks: list[Passed]) -> list[Passed]:
    """One message per subject: of several levels that one record passed, the highest.

    Bundles are told one by one, but a start needs no message of its own where the record used the bundle
    up at once.
    """
    kept: dict[tuple[str, int], Passed] = {}
    for mark in marks:
        subject = (mark.mark.name or "").partition("_")[0]
        kept[subject, mark.bundle] = mark
    return list(kept.values())
