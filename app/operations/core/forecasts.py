"""When a bundle, a pool, a roaming bundle or the cost limit will be reached."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from app.clock import month_bounds
from app.i18n import _
from app.operations.core.allowances import pools
from app.operations.core.line_records import LineDetail
from app.operations.core.months import days_of
from app.operations.core.scope import beyond_own
from app.operations.core.usage_rows import QUARTER
from app.operations.core.visit import Visit
from app.rating.codes import Kind, Reason, Status
from app.rating.forecast import forecast

MICRO_PER_CENT = 10_000


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """When something will be reached at the pace of the month so far.

    target: "bundle", "pool", "roaming" or "limit"; name: in the reader's language; used and goal: bytes, or
    micro-euro for "limit"; reached: it is already; expected, earliest, latest: instants, None: not before
    the month ends.
    """

    target: str
    name: str
    used: int
    goal: int
    reached: bool
    expected: int | None
    earliest: int | None
    latest: int | None


def line_forecasts(visit: Visit, line: LineDetail) -> list[ForecastRow]:
    """What one line is heading for this month: its bundle, its pool, running roaming bundles, its limit."""
    month = line.counters.month
    where, values = "line.id = :line", {"line": line.id}
    days = daily_sums(visit, where, month, **values)
    found = []
    if line.allowance_bytes:
        found.append(_row(visit, month, "bundle", _("Data bundle"), days["data"], line.allowance_bytes))
    if line.group_id is not None and line.allowance_bytes and beyond_own(visit, "VIEW_USAGE"):
        found += pool_forecasts(visit, line.group_id, month, line.data_bundle)
    for bundle in line.counters.bundles:
        if bundle.started:
            name = _("Roaming bundle {name}, number {number}").format(name=bundle.name, number=bundle.started)
            goal = bundle.started * bundle.size_bytes
            found.append(_row(visit, month, "roaming", name, days[f"class_{bundle.code}"], goal))
    if line.bundles:
        goal = line.limit_cents * MICRO_PER_CENT
        found.append(_row(visit, month, "limit", _("Cost limit outside the EU"), days["standard"], goal))
    return found


def pool_forecasts(visit: Visit, group_id: int, month: int, data_bundle: str = "") -> list[ForecastRow]:
    """When the pools of a group run out."""
    found = []
    for pool in pools(visit, "line.group_id = :group", month, group=group_id):
        if pool.allowance_bytes == 0 or data_bundle not in ("", pool.data_bundle):
            continue
        days = daily_sums(
            visit,
            "line.group_id = :group AND line.data_bundle = :bundle",
            month,
            group=group_id,
            bundle=pool.data_bundle,
        )
        name = _("Pool {group}, {bundle}").format(group=pool.group, bundle=pool.name)
        found.append(_row(visit, month, "pool", name, days["data"], pool.allowance_bytes))
    return found


def _row(visit: Visit, month: int, target: str, name: str, daily: list[int], goal: int) -> ForecastRow:
    seen = forecast(daily, goal, visit.now, month_bounds(month, visit.zone)[1])
    return ForecastRow(
        target, name, sum(daily), goal, seen.reached, seen.expected, seen.earliest, seen.latest
    )


def daily_sums(visit: Visit, where: str, month: int, **values: Any) -> dict[str, list[int]]:
    """Amounts of each day of the month up to today: data on the allowance, standard charges, bundle bytes."""
    start, end = month_bounds(month, visit.zone)
    rows = visit.rows(
        "SELECT usage_record.start / :quarter AS quarter, "
        "sum(CASE WHEN rated_record.reason = :allowance THEN rated_record.included ELSE 0 END), "
        "sum(CASE WHEN rated_record.reason IN (:standard, :roaming) "
        "THEN rated_record.charge_micro - rated_record.bundle_micro ELSE 0 END), "
        + ", ".join(
            f"sum(CASE WHEN rated_record.bundle_class = {index} THEN rated_record.bundle_volume ELSE 0 END)"
            for index in range(4)
        )
        + " FROM line JOIN usage_record ON usage_record.line_id = line.id "
        "JOIN rated_record ON rated_record.usage_id = usage_record.id "
        f"WHERE {where} AND usage_record.start >= :start AND usage_record.start < :end "
        "AND usage_record.kind = :data AND rated_record.status = :rated GROUP BY quarter",
        quarter=QUARTER,
        allowance=int(Reason.ALLOWANCE),
        standard=int(Reason.STANDARD),
        roaming=int(Reason.ROAMING_BUNDLE),
        data=int(Kind.DATA),
        rated=int(Status.RATED),
        start=start,
        end=end,
        **values,
    )
    starts = [day for day in days_of(month, visit.zone) if day <= visit.now]
    names = ("data", "standard", "class_a", "class_b", "class_rest", "class_world")
    sums = {name: [0] * len(starts) for name in names}
    for quarter, *amounts in rows:
        day = bisect_right(starts, quarter * QUARTER) - 1
        for name, amount in zip(names, amounts, strict=True):
            sums[name][day] += amount
    return sums
