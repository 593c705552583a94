"""Figures about the work behind the screens, as Prometheus reads them from a file (text format 0.0.4).

Instants are unix seconds, so that a file which nobody writes any more shows: `time() - …` grows.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from app.operations.core.audit_heads import last_head
from app.operations.core.visit import Visit
from app.store import Store


class Figure(NamedTuple):
    """One figure; None: there is nothing to tell yet."""

    name: str
    says: str
    value: int | None


MESSAGES: Final = (
    "SELECT coalesce(sum(CASE WHEN status = 'failed' THEN 1 ELSE 0 END), 0),"
    " coalesce(sum(CASE WHEN status <> 'failed' THEN 1 ELSE 0 END), 0),"
    " min(CASE WHEN status <> 'failed' THEN created_at END)"
    " FROM message WHERE status IN ('queued', 'claimed', 'failed')"
)


def figures(visit: Visit, now: int) -> Iterator[Figure]:
    """What monitoring of the worker looks at.

    Args:
        now: unix seconds of the turn that is told about.
    """
    store = visit.store
    failed, waiting, oldest = store.row(MESSAGES) or (0, 0, None)
    yield Figure("worker_turn_timestamp_seconds", "When the worker last did all that was due.", now)
    yield Figure("outbox_waiting", "Messages that are not delivered yet.", waiting)
    yield Figure("outbox_failed", "Messages that were given up.", failed)
    yield Figure("outbox_oldest_timestamp_seconds", "When the oldest waiting message was written.", oldest)
    yield from _usage(store)
    yield from _audit(visit)
    yield Figure("alerts_open", "Alerts that nobody has settled.", _one(store, ALERTS))
    yield Figure("database_bytes", "Size of the database.", store.bytes())


ALERTS: Final = "SELECT count(*) FROM alert WHERE done_at IS NULL"
IMPORTED: Final = "SELECT max(finished_at) FROM import_run WHERE status = 'done'"
SUSPENDED: Final = "SELECT count(*) FROM suspense WHERE status = 'waiting'"


def _usage(store: Store) -> Iterator[Figure]:
    yield Figure("import_timestamp_seconds", "When usage was last imported.", _one(store, IMPORTED))
    yield Figure("suspense_waiting", "Records that cannot be rated yet.", _one(store, SUSPENDED))
    closed = store.row("SELECT max(month), max(closed_at) FROM closing") or (None, None)
    yield Figure("closing_month", "The newest month that was closed, as 202610.", closed[0])
    invoiced = _one(store, "SELECT max(month) FROM invoice")
    yield Figure("invoice_month", "The newest month whose invoices were issued, as 202610.", invoiced)
    yield Figure("closing_timestamp_seconds", "When a month was last closed.", closed[1])


def _audit(visit: Visit) -> Iterator[Figure]:
    head = last_head(visit.audit_heads) if visit.audit_heads else None
    beyond = "SELECT count(*) FROM audit WHERE seq > :seq"
    yield Figure(
        "audit_rows", "Rows of the audit chain.", _one(visit.store, "SELECT max(seq) FROM audit") or 0
    )
    yield Figure(
        "audit_head_timestamp_seconds", "When the chain's head last went outside.", head.at if head else None
    )
    rows = visit.store.row(beyond, seq=head.seq if head else 0)
    yield Figure("audit_beyond_head", "Rows whose head is not outside yet.", rows[0] if rows else 0)


def _one(store: Store, sql: str) -> int | None:
    row = store.row(sql)
    return row[0] if row else None


def text_of(found: Iterator[Figure]) -> str:
    """The figures as Prometheus reads them; what there is nothing to tell of is left out."""
    lines = []
    for name, says, value in found:
        if value is not None:
            lines += [f"# HELP loket_{name} {says}", f"# TYPE loket_{name} gauge", f"loket_{name} {value}"]
    return "\n".join(lines) + "\n"


def write_figures(path: Path, text: str) -> None:
    """Put a new file in the place of the old one; monitoring, another user, may read it.

    Raises:
        OSError: it cannot be written.
    """
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            os.fchmod(handle, 0o644)
            stream.write(text)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
