"""What the first screen lists beside the pools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.operations.core.line_rows import active_limit
from app.operations.core.names import BUNDLES, class_name
from app.operations.core.visit import Visit
from app.rating.codes import RoamingClass

MOST = 50
"""Rows of a panel; the list of lines has the rest."""
MICRO_PER_CENT = 10_000


@dataclass(frozen=True, slots=True)
class RunningBundle:
    """A roaming bundle that a line has started this month; percent: how much of the running one is used."""

    line_id: int
    number: str
    person: str
    code: str
    name: str
    started: int
    cap: int
    size_bytes: int
    left_bytes: int
    percent: int
    blocked: bool


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A line that has used 80 % or more of its cost limit outside the EU.

    limit_level: 0 never lifted this month; 1 lifted once, the next block comes at twice the limit; 2 lifted
    until the month ends.
    """

    line_id: int
    number: str
    person: str
    limit_cents: int
    used_micro: int
    percent: int
    blocked: bool
    limit_level: int


@dataclass(frozen=True, slots=True)
class AlertRow:
    """Something that staff must look at."""

    id: int
    at: int
    kind: str
    detail: str


def running_bundles(visit: Visit, where: str, month: int, **values: Any) -> tuple[RunningBundle, ...]:
    """Roaming bundles that have started this month, the fullest first."""
    started = ", ".join(f"counter.bundle_started_{code}" for code in BUNDLES)
    used = ", ".join(f"counter.bundle_used_{code}" for code in BUNDLES)
    rows = visit.rows(
        "SELECT line.id, line.number, line.person, line.bundle_cap, counter.class_blocked, "
        f"{started}, {used} "
        "FROM counter JOIN line ON line.id = counter.line_id "
        f"WHERE {where} AND counter.month = :month AND counter.data_roaming > 0 "
        "AND counter.bundle_micro > 0",
        month=month,
        **values,
    )
    found = []
    for line_id, number, person, cap, class_blocked, *counts in rows:
        for index, (code, bit) in enumerate(BUNDLES.items()):
            bundles, bytes_used = counts[index], counts[index + len(BUNDLES)]
            if not bundles:
                continue
            size = visit.content.catalogue.roaming_bundles[RoamingClass(bit).name or ""].volume
            left = bundles * size - bytes_used
            found.append(
                RunningBundle(
                    line_id=line_id,
                    number=number,
                    person=person,
                    code=code,
                    name=class_name(code),
                    started=bundles,
                    cap=cap,
                    size_bytes=size,
                    left_bytes=left,
                    percent=(size - left) * 100 // size,
                    blocked=bool(class_blocked & bit),
                )
            )
    return tuple(sorted(found, key=lambda bundle: (-bundle.percent, bundle.number))[:MOST])


def limits_near(visit: Visit, where: str, month: int, **values: Any) -> tuple[LimitRow, ...]:
    """Lines at 80 % of their limit or blocked by it, the fullest first."""
    rows = visit.rows(
        "SELECT line.id, line.number, line.person, line.limit_cents, line.pending_limit_cents, "
        "line.pending_limit_from, counter.standard_micro, counter.blocked, counter.limit_level "
        "FROM counter JOIN line ON line.id = counter.line_id "
        f"WHERE {where} AND counter.month = :month AND counter.data_roaming > 0 "
        "AND counter.standard_micro > 0",
        month=month,
        **values,
    )
    found = []
    for line_id, number, person, limit, pending, pending_from, micro, blocked, level in rows:
        cents = active_limit(limit, pending, pending_from, visit.now)
        percent = micro * 100 // (cents * MICRO_PER_CENT)
        if blocked or percent >= 80:
            found.append(LimitRow(line_id, number, person, cents, micro, percent, bool(blocked), level))
    return tuple(sorted(found, key=lambda row: (not row.blocked, -row.percent, row.number))[:MOST])


def count_lines(visit: Visit, where: str, month: int, **values: Any) -> tuple[int, int]:
    """How many lines are active, and on how many of them something is blocked."""
    lines = visit.row(f"SELECT count(*) FROM line WHERE {where} AND line.status = 'active'", **values)
    blocked = visit.row(
        "SELECT count(*) FROM counter JOIN line ON line.id = counter.line_id "
        f"WHERE {where} AND counter.month = :month AND counter.data_roaming > 0 "
        "AND (counter.blocked <> 0 OR counter.class_blocked <> 0)",
        month=month,
        **values,
    )
    return (lines[0] if lines else 0, blocked[0] if blocked else 0)


def open_alerts(visit: Visit) -> tuple[AlertRow, ...]:
    """What waits for staff, the newest first."""
    rows = visit.rows(
        "SELECT id, at, kind, detail FROM alert WHERE done_at IS NULL ORDER BY at DESC, id DESC LIMIT :most",
        most=MOST,
    )
    return tuple(AlertRow(*row) for row in rows)
