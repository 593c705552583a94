"""Small verdicts that every rule ends in."""

from __future__ import annotations

from app.rating import numbers as n
from app.rating.records import Rating


def clear(out: Rating) -> None:
    """A rating that says: rated, nothing happened, nothing to pay."""
    out.status = n.RATED
    out.reason = n.NONE
    out.zone = n.ZONE_UNKNOWN
    out.rate = -1
    out.prefix = 0
    out.units = 0
    out.gross_micro = 0
    out.charge_micro = 0
    out.included = 0
    out.bundle_class = -1
    out.bundle_first = 0
    out.bundle_count = 0
    out.bundle_before = 0
    out.bundle_volume = 0
    out.bundle_micro = 0
    out.standard_volume = 0
    out.crossings = 0
    out.leaked = 0


def suspend(out: Rating, reason: int) -> None:
    """It cannot be rated yet: it waits, it is never priced at 0."""
    out.status = n.SUSPENDED
    out.reason = reason


def leak(out: Rating, reason: int) -> None:
    """It came in spite of a bar or block: marked, and not charged."""
    out.status = n.BLOCKED
    out.reason = reason
    out.leaked = 1


def share(value: int, percent: int) -> int:
    """The smallest amount that is at least `percent` of `value`; no product leaves 64 bits."""
    return value // 100 * percent + (value % 100 * percent + 99) // 100
