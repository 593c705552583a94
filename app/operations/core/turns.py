"""What becomes due by itself: limits that start on the 1st, usage that should have come.

Each is safe to run as often as one likes; what was done once is not done again.
"""

from __future__ import annotations

from datetime import datetime

from app.clock import add_months, month_bounds, month_of, zone_named
from app.operations.core import audit
from app.operations.core.outbox import raise_alert
from app.operations.core.visit import Visit


def apply_limits(visit: Visit) -> int:
    """Cost limits that wait for the 1st become the active ones (RL-34); how many lines changed.

    Rating knows them already, from the command that was stored when they were set.
    """
    due = "pending_limit_cents IS NOT NULL AND pending_limit_from <= :now"
    if visit.row(f"SELECT 1 FROM line WHERE {due} LIMIT 1", now=visit.now) is None:
        return 0
    with visit.transaction() as tx:
        rows = tx.rows(
            "UPDATE line SET limit_cents = pending_limit_cents, pending_limit_cents = NULL,"
            f" pending_limit_from = NULL, version = version + 1 WHERE {due} RETURNING id",
            now=visit.now,
        )
        for (line_id,) in rows:
            visit.touch("line", line_id)
        audit.append(visit, "worker.apply_limits", "done")
    return len(rows)


def miss_usage(visit: Visit) -> int:
    """Alerts on last month's usage that has not come in time (BI-11); how many are new.

    A source that has delivered before and was silent since that month began is named; without any record
    of the month, while lines were active, there is one alert for all. Months before the first usage ever are
    no loss: whoever starts with the portal brings lines that were used elsewhere until then.
    """
    today = datetime.fromtimestamp(visit.now, zone_named(visit.zone))
    if today.day <= visit.content.operator.policies.usage_due_day:
        return 0
    month = add_months(month_of(visit.now, visit.zone), -1)
    start, end = month_bounds(month, visit.zone)
    keys = {
        f"usage-missing:{month}:{name}": f"month:{month} source:{name}"
        for (name,) in visit.rows(
            "SELECT source.name FROM source"
            " WHERE EXISTS (SELECT 1 FROM import_run WHERE source_id = source.id)"
            " AND NOT EXISTS (SELECT 1 FROM import_run WHERE source_id = source.id AND status = 'done'"
            " AND finished_at >= :start)",
            start=start,
        )
    }
    lines = visit.row(
        "SELECT 1 FROM line WHERE activated_at < :end AND coalesce(ends_at, :end) > :start LIMIT 1",
        start=start,
        end=end,
    )
    first = visit.rows("SELECT min(month) FROM counter WHERE records > 0")[0][0]
    used = visit.row("SELECT 1 FROM counter WHERE month = :month AND records > 0 LIMIT 1", month=month)
    if lines and not used and (first is None or first < month):
        keys[f"usage-missing:{month}"] = f"month:{month}"
    new = [key for key in keys if not visit.row("SELECT 1 FROM alert WHERE key = :key", key=key)]
    if not new:
        return 0
    with visit.transaction() as tx:
        return sum(raise_alert(tx, key, "usage_missing", keys[key], visit.now) for key in new)
