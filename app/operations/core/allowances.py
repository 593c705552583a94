"""How much data in NL and the EU a line may use in a month, and what pools its lines share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.clock import month_bounds, zone_named
from app.i18n import language
from app.operations.core.visit import Visit
from app.rating.closing import prorated


@dataclass(frozen=True, slots=True)
class PoolRow:
    """Lines of one group with the same data bundle in one month. Volumes are bytes.

    expected_bytes: use at the end of the month if it goes on as so far.

    An unlimited pool has allowance 0 and never costs more; a 0 GB pool has nothing to share.
    """

    group_id: int
    group: str
    data_bundle: str
    name: str
    lines: int
    used_bytes: int
    allowance_bytes: int
    expected_bytes: int
    unlimited: bool


def active_days(activated_at: int | None, ends_at: int | None, month: int, zone: str) -> tuple[int, int]:
    """On how many local days of a month a line is active, a started day counting, and how many it has."""
    start, end = month_bounds(month, zone)
    first = start if activated_at is None else max(start, activated_at)
    last = end if ends_at is None else min(end, ends_at)
    days = local_day(end - 1, zone).day
    if first >= last:
        return 0, days
    if (first, last) == (start, end):
        return days, days
    return local_day(last - 1, zone).day - local_day(first, zone).day + 1, days


def local_day(instant: int, zone: str) -> datetime:
    """An instant in the operator's time zone; days there are 23 or 25 hours long at times."""
    return datetime.fromtimestamp(instant, zone_named(zone))


def allowance(visit: Visit, bundle: str, activated_at: int | None, ends_at: int | None, month: int) -> int:
    """Bytes a line may use in a month, in proportion to the days on which it is active."""
    found = visit.content.catalogue.data_bundles.get(bundle)
    if found is None:
        return 0
    return prorated(found.volume, *active_days(activated_at, ends_at, month, visit.zone))


def bundle_name(visit: Visit, code: str) -> str:
    """The name of a data bundle in the reader's language; its code if the catalogue no longer has it."""
    found = visit.content.catalogue.data_bundles.get(code)
    return found.name.in_language(language()) if found else code


def is_unlimited(visit: Visit, code: str) -> bool:
    """Whether a data bundle has no bound."""
    found = visit.content.catalogue.data_bundles.get(code)
    return found is not None and found.unlimited


def is_zero(visit: Visit, code: str) -> bool:
    """Whether a data bundle is the one of 0 GB, with data blocked until an admin lifts it."""
    found = visit.content.catalogue.data_bundles.get(code)
    return found is not None and found.is_zero


def pools(visit: Visit, where: str, month: int, **values: object) -> list[PoolRow]:
    """The pools of the lines that fit a condition on `line`; one read, however many lines."""
    start, end = month_bounds(month, visit.zone)
    rows = visit.rows(
        "SELECT pool.group_id, line_group.name, pool.data_bundle, pool.lines, pool.used, pool.late, "
        "pool.early FROM (SELECT line.group_id, line.data_bundle, count(*) AS lines, coalesce(sum((SELECT "
        "counter.data_home_eu FROM counter WHERE counter.line_id = line.id AND counter.month = :pool_month"
        ")), 0) AS used, "
        "CASE WHEN line.activated_at > :pool_start THEN line.activated_at END AS late, "
        "CASE WHEN line.ends_at < :pool_end THEN line.ends_at END AS early "
        f"FROM line WHERE {where} AND line.group_id IS NOT NULL AND line.status <> 'ordered' "
        "AND coalesce(line.ends_at, :pool_end) > :pool_start "
        "AND coalesce(line.activated_at, :pool_start) < :pool_end "
        "GROUP BY line.group_id, line.data_bundle, late, early) AS pool "
        "JOIN line_group ON line_group.id = pool.group_id",
        pool_start=start,
        pool_end=end,
        pool_month=month,
        **values,
    )
    passed = min(max(visit.now - start, 1), end - start)
    found: dict[tuple[int, str], PoolRow] = {}
    for group_id, group, bundle, lines, used, late, early in rows:
        before = found.get((group_id, bundle))
        used += before.used_bytes if before else 0
        found[group_id, bundle] = PoolRow(
            group_id=group_id,
            group=group,
            data_bundle=bundle,
            name=bundle_name(visit, bundle),
            lines=lines + (before.lines if before else 0),
            used_bytes=used,
            allowance_bytes=lines * allowance(visit, bundle, late, early, month)
            + (before.allowance_bytes if before else 0),
            expected_bytes=used * (end - start) // passed,
            unlimited=is_unlimited(visit, bundle),
        )
    order = list(visit.content.catalogue.data_bundles)
    return sorted(
        found.values(),
        key=lambda pool: (
            pool.group,
            pool.group_id,
            order.index(pool.data_bundle) if pool.data_bundle in order else len(order),
        ),
    )
