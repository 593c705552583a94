"""What nobody needs any more is taken away by the worker, once a day: see data/reference/retention.toml.

Only what is certain: what has ended, was delivered or was left. Usage, invoices and the log are not touched.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Final

from app.clock import zone_named
from app.operations.core import audit
from app.operations.core.visit import Visit

OPERATION: Final = "worker.tidy_up"
AT_ONCE: Final = 2000
"""Rows of one transaction: others wait no longer than it takes."""
DUE: Final = {
    "sessions": ("session", "coalesce(ended_at, started_at + :longest) < :before"),
    "codes": ("access_code", "max(expires_at, coalesce(ended_at, 0)) < :before"),
    "messages": ("message", "status = 'sent' AND sent_at < :before AND body <> ''"),
    "drafts": ("draft", "saved_at < :before"),
    "tries": ("throttle", "max(since, locked_until) < :before"),
}
"""Of each kind its table, and which rows have ended before an instant."""


def today_of(visit: Visit) -> datetime:
    """The beginning of the day, in the operator's time zone."""
    now = datetime.fromtimestamp(visit.now, zone_named(visit.zone))
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def tidy_up(visit: Visit) -> int:
    """Take away what ended so many days before today; how many rows. Done twice a day it finds nothing."""
    return sum(_sweep(visit, each.kind, each.days) for each in visit.content.housekeeping)


def _sweep(visit: Visit, kind: str, days: int) -> int:
    before = int((today_of(visit) - timedelta(days=days)).timestamp())
    count = 0
    while True:
        with visit.transaction() as tx:
            table, due = DUE[kind]
            values = {"before": before} | (
                {"longest": visit.content.access.sessions.longest_seconds} if ":longest" in due else {}
            )
            rows = tx.rows(f"SELECT rowid FROM {table} WHERE {due} LIMIT {AT_ONCE}", **values)
            for (row,) in rows:
                _take_away(visit, kind, table, row)
            if rows:
                audit.append(visit, OPERATION, "done", json.dumps({"kind": kind, "count": len(rows)}))
        count += len(rows)
        if len(rows) < AT_ONCE:
            return count


def _take_away(visit: Visit, kind: str, table: str, row: int) -> None:
    tx = visit.change
    if kind == "messages":
        tx.execute("UPDATE message SET body = '', secret = '' WHERE rowid = :row", row=row)
        return
    if kind == "sessions":
        tx.execute(
            "DELETE FROM presence WHERE session_id = (SELECT id FROM session WHERE rowid = :row)", row=row
        )
    tx.execute(f"DELETE FROM {table} WHERE rowid = :row", row=row)
