"""A month of an account added up: pools, overage shared over lines, usage and bundles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from app.clock import month_bounds
from app.operations.core.allowances import allowance, is_unlimited
from app.operations.core.earlier_bundles import BUNDLE_THEN
from app.operations.core.visit import Visit
from app.rating.closing import MICRO_PER_CENT, Member, close_pool

LINES_SQL = f"""
SELECT line.account_id, line.id, line.group_id, {BUNDLE_THEN}, line.plan, line.activated_at, line.ends_at,
  coalesce(counter.data_home_eu, 0), coalesce(counter.voice_micro, 0), coalesce(counter.sms_micro, 0),
  coalesce(counter.standard_micro, 0), coalesce(counter.out_of_bundle_micro, 0),
  coalesce(counter.bundle_micro, 0)
FROM line LEFT JOIN counter ON counter.line_id = line.id AND counter.month = :month
WHERE line.status <> 'ordered' AND (:account IS NULL OR line.account_id = :account)
  AND (counter.line_id IS NOT NULL
    OR coalesce(line.activated_at, 0) < :end AND coalesce(line.ends_at, :end) > :start)
ORDER BY line.account_id, line.id
"""


class Spent(NamedTuple):
    """What a line used beyond its fees, in micro-euro.

    abroad: data outside the EU at the standard rate; home: data at home and in the EU of a lifted 0 GB line;
    bundles: roaming bundles that started.
    """

    calls: int
    texts: int
    abroad: int
    home: int
    bundles: int


@dataclass(frozen=True, slots=True)
class LineMonth:
    """One line's month. Volumes are bytes."""

    line_id: int
    group_id: int | None
    data_bundle: str
    plan: str
    used: int
    allowance: int
    unlimited: bool
    spent: Spent

    @property
    def pool(self) -> str:
        """Lines of one group with one bundle share; a line without a group is alone."""
        owner = f"line {self.line_id}" if self.group_id is None else f"group {self.group_id}"
        return f"{owner}, bundle {self.data_bundle}"


@dataclass(frozen=True, slots=True)
class Share:
    """What one line pays of its pool's overage."""

    line_id: int
    pool: str
    used: int
    allowance: int
    excess: int
    share_cents: int


@dataclass(frozen=True, slots=True)
class AccountMonth:
    """One account's month: sums in micro-euro, and the overage line by line."""

    account_id: int
    lines: tuple[LineMonth, ...]
    pools: int
    pools_over: int
    shares: tuple[Share, ...]

    @property
    def overage_micro(self) -> int:
        """All pools' overage."""
        return sum(share.share_cents for share in self.shares) * MICRO_PER_CENT

    @property
    def usage_micro(self) -> int:
        """Voice, SMS, standard-rate data and out-of-bundle data of 0 GB lines."""
        return sum(sum(line.spent) - line.spent.bundles for line in self.lines)

    @property
    def bundles_micro(self) -> int:
        """Roaming bundles started."""
        return sum(line.spent.bundles for line in self.lines)


def account_months(visit: Visit, month: int, account_id: int | None = None) -> Iterator[AccountMonth]:
    """The accounts with lines in a month, by id; one read, however many."""
    start, end = month_bounds(month, visit.zone)
    rows = visit.rows(LINES_SQL, month=month, account=account_id, start=start, end=end, bundle_end=end)
    for account, members in groupby(rows, key=lambda row: row[0]):
        lines = tuple(line_month(visit, month, row) for row in members)
        yield strike(visit, month, int(account), lines)


def line_month(visit: Visit, month: int, row: tuple[object, ...]) -> LineMonth:
    """One row of the read."""
    _account, line, group, bundle, plan, activated, ends, used, *spent = row
    return LineMonth(
        line,  # type: ignore[arg-type]
        group,  # type: ignore[arg-type]
        str(bundle),
        str(plan),
        used,  # type: ignore[arg-type]
        allowance(visit, str(bundle), activated, ends, month),  # type: ignore[arg-type]
        is_unlimited(visit, str(bundle)),
        Spent(*spent),  # type: ignore[arg-type]
    )


def strike(visit: Visit, month: int, account_id: int, lines: tuple[LineMonth, ...]) -> AccountMonth:
    """Close the pools of an account's month; the price is that of the pool's first line's plan."""
    pools: dict[str, list[LineMonth]] = {}
    for line in lines:
        pools.setdefault(line.pool, []).append(line)
    shares, over = [], 0
    for name, members in pools.items():
        if sum(line.used - line.allowance for line in members if not line.unlimited) <= 0:
            continue
        plan = members[0].plan
        tables = visit.content.tariffs.tables(plan, month) if plan in visit.content.tariffs.plans() else None
        if tables is None:
            continue
        over += 1
        closed = close_pool(
            (Member(line.line_id, line.used, line.allowance, line.unlimited) for line in members), tables
        )
        by_id = {line.line_id: line for line in members}
        for line_id, cents in closed.shares.items():
            line = by_id[line_id]
            excess = line.used - line.allowance
            shares.append(Share(line_id, name, line.used, line.allowance, excess, cents))
    return AccountMonth(account_id, lines, len(pools), over, tuple(shares))


def due(visit: Visit, account_id: int, month: int) -> dict[int, int]:
    """Micro-euro by line: usage, bundles and the share of the overage, as it stands now."""
    found: dict[int, int] = {}
    for account in account_months(visit, month, account_id):
        for line in account.lines:
            found[line.line_id] = sum(line.spent)
        for share in account.shares:
            found[share.line_id] += share.share_cents * MICRO_PER_CENT
    return found
