"""What nobody needs any more is taken away by the worker, once a day: see data/reference/retention.toml.

Only what is certain: what has ended, was delivered or was left. Usage, invoices and the log are not touched.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Final

from app.clock import zone_named
from app.operations.core import audit
from app.operations.core.export_folder import forget_before
from app.operations.core.visit import Visit
from app.store import Row

OPERATION: Final = "worker.tidy_up"
AT_ONCE: Final = 2000
"""Rows of one transaction: others wait no longer than it takes."""
DUE: Final = {
    "sessions": ("session", "id", "coalesce(ended_at, started_at + :longest) < :before"),
    "codes": ("access_code", "id", "max(expires_at, coalesce(ended_at, 0)) < :before"),
    "messages": ("message", "id", "status = 'sent' AND sent_at < :before AND body <> ''"),
    "drafts": ("draft", "login_id, form, object", "saved_at < :before"),
    "tries": ("throttle", "key", "max(since, locked_until) < :before"),
}
"""Of each kind its table, the key of that, and which rows have ended before an instant."""


def today_of(visit: Visit) -> datetime:
    """The beginning of the day, in the operator's time zone."""
    now = datetime.fromtimestamp(visit.now, zone_named(visit.zone))
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def tidy_up(visit: Visit) -> int:
    """Take away what ended so many days before today; how many rows. Done twice a day it finds nothing."""
    return sum(_sweep(visit, each.kind, each.days) for each in visit.content.housekeeping)


def _sweep(visit: Visit, kind: str, days: int) -> int:
    before = int((today_of(visit) - timedelta(days=days)).timestamp())
    if kind == "exports":
        return _sweep_exports(visit, before)
    count = 0
    while True:
        with visit.transaction() as tx:
            table, key, due = DUE[kind]
            values = {"before": before} | (
                {"longest": visit.content.access.sessions.longest_seconds} if ":longest" in due else {}
            )
            rows = tx.rows(f"SELECT {key} FROM {table} WHERE {due} LIMIT {AT_ONCE}", **values)
            _take_away(visit, kind, table, key, rows)
            if rows:
                audit.append(visit, OPERATION, "done", json.dumps({"kind": kind, "count": len(rows)}))
        count += len(rows)
        if len(rows) < AT_ONCE:
            return count


def _sweep_exports(visit: Visit, before: int) -> int:
    """Files that people had written: they were fetched, or nobody will."""
    count = forget_before(visit, before)
    if count:
        with visit.transaction():
            audit.append(visit, OPERATION, "done", json.dumps({"kind": "exports", "count": count}))
    return count


def _take_away(visit: Visit, kind: str, table: str, key: str, rows: list[Row]) -> None:
    tx = visit.change
    these = f"WHERE ({key}) = ({', '.join('?' * len(key.split(',')))})"
    if kind == "messages":
        tx.executemany(f"UPDATE message SET body = '', secret = '' {these}", rows)
        return
    if kind == "sessions":
        tx.executemany("DELETE FROM presence WHERE session_id = ?", rows)
    tx.executemany(f"DELETE FROM {table} {these}", rows)
