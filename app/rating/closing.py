"""Closing a month: pools, and who pays what lies above them. All sums are exact to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.rating.data import increments
from app.rating.tables import TariffTables

MICRO_PER_CENT = 10_000


class Member(NamedTuple):
    """A line in a pool at closing: bytes drawn on the allowance, and the allowance in bytes.

    Usage of a Combi SIM or Multisim is already in that of its parent line. `unlimited` lines neither feed
    nor drain; a lifted 0 GB line drew nothing and has no allowance.
    """

    line: int
    used: int
    allowance: int
    unlimited: bool = False

    @property
    def excess(self) -> int:
        """Bytes above the line's own bundle."""
        return 0 if self.unlimited else max(self.used - self.allowance, 0)


class Closed(NamedTuple):
    """A closed pool: bytes used, allowed and above, the price of what is above, cents by line."""

    used: int
    allowance: int
    overage: int
    cents: int
    shares: dict[int, int]


def prorated(allowance: int, active_days: int, days: int) -> int:
    """The allowance of a line that was active on some days of the month, rounded down to a byte."""
    if not 0 <= active_days <= days:
        raise ValueError(f"{active_days} active days in a month of {days}")
    return allowance * active_days // days


def close_pool(members: Iterable[Member], tariff: TariffTables) -> Closed:
    """Strike the balance once: what the pool is over is priced once and shared by who went over."""
    finite = [member for member in members if not member.unlimited]
    used = sum(member.used for member in finite)
    allowance = sum(member.allowance for member in finite)
    overage = max(used - allowance, 0)
    cents = overage_cents(overage, tariff)
    shares = split(cents, {member.line: member.excess for member in finite})
    return Closed(used, allowance, overage, cents, shares)


def overage_cents(volume: int, tariff: TariffTables) -> int:
    """The out-of-bundle price of a volume, rounded half up to the cent, once."""
    counted = increments(volume, tariff) * tariff.data_increment
    per_cent = tariff.data_unit * MICRO_PER_CENT
    return (2 * counted * tariff.out_of_bundle_price + per_cent) // (2 * per_cent)


def split(total: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Share a total in proportion to weights: largest remainder, ties to the lowest line id.

    Lines without weight have no share. The shares sum exactly to the total.
    """
    entitled = {line: weight for line, weight in weights.items() if weight > 0}
    whole = sum(entitled.values())
    if total == 0 or whole == 0:
        return {}
    shares = {line: total * weight // whole for line, weight in entitled.items()}
    missing = total - sum(shares.values())
    by_remainder = sorted(entitled, key=lambda line: (-(total * entitled[line] % whole), line))
    for line in by_remainder[:missing]:
        shares[line] += 1
    return {line: share for line, share in sorted(shares.items()) if share}


def close_pools(pools: Sequence[Sequence[Member]], tariff: TariffTables) -> list[Closed]:
    """Close all pools of a month, in their order."""
    return [close_pool(members, tariff) for members in pools]
