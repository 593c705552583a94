"""Lines as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.clock import month_of
from app.operations.core.allowances import allowance, is_unlimited, is_zero
from app.operations.core.paging import Order, Page
from app.operations.core.scope import beyond_own, line_scope
from app.operations.core.search_list import (
    Queries,
    count_filtered,
    filtered_ids,
    plain,
    read_filtered,
    wanted_of,
)
from app.operations.core.visit import Visit
from app.store.search.kinds import LINE

BY_NUMBER = Order(("line.number",), (str,))
WHOLE = ("TRUE", "line.account_id = :scope_account")
"""Scopes that the index of the search knows by itself."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line in a list; counters are those of the current month.

    used_bytes, allowance_bytes: data in NL and the EU (allowance 0 if `unlimited`); roaming_micro: charges
    outside the EU that count for the cost limit; state: "ok", "blocked" (by the cost limit, or a roaming
    bundle's cap), "barred" (something is forbidden), "zero" (0 GB, data blocked), "ended" or "ordered".
    """

    id: int
    number: str
    person: str
    department: str
    group: str
    kind: str
    data_bundle: str
    used_bytes: int
    allowance_bytes: int
    unlimited: bool
    roaming_micro: int
    limit_cents: int
    state: str


COLUMNS = (
    "line.number, line.id, line.person, line.department, coalesce(line_group.name, ''), line.kind, "
    "line.data_bundle, line.activated_at, line.ends_at, line.status, line.bars, line.zero_lifted, "
    "line.limit_cents, line.pending_limit_cents, line.pending_limit_from, "
    "coalesce(counter.data_home_eu, 0), coalesce(counter.standard_micro, 0), "
    "coalesce(counter.blocked, 0), coalesce(counter.class_blocked, 0)"
)
JOINS = (
    "LEFT JOIN line_group ON line_group.id = line.group_id "
    "LEFT JOIN counter ON counter.line_id = line.id AND counter.month = :month"
)


def make_row(visit: Visit, month: int, row: tuple[Any, ...]) -> LineRow:
    """A row of COLUMNS as a record."""
    number, line_id, person, department, group, kind, bundle, activated, ends, status, bars, lifted = row[:12]
    limit, pending, pending_from, used, standard, blocked, class_blocked = row[12:]
    return LineRow(
        id=line_id,
        number=number,
        person=person,
        department=department,
        group=group,
        kind=kind,
        data_bundle=bundle,
        used_bytes=used,
        allowance_bytes=allowance(visit, bundle, activated, ends, month),
        unlimited=is_unlimited(visit, bundle),
        roaming_micro=standard,
        limit_cents=active_limit(limit, pending, pending_from, visit.now),
        state=state_of(
            status=status_now(status, ends, visit.now),
            zero=is_zero(visit, bundle) and not lifted,
            blocked=bool(blocked or class_blocked),
            barred=bool(bars),
        ),
    )


def active_limit(limit: int, pending: int | None, pending_from: int | None, now: int) -> int:
    """The cost limit in force: a lower one that was asked for earlier holds from its day on."""
    return pending if pending is not None and pending_from is not None and pending_from <= now else limit


def status_now(status: str, ends_at: int | None, now: int) -> str:
    """The status of a line; one whose last day has passed has ended."""
    return "ended" if ends_at is not None and ends_at <= now else status


def state_of(*, status: str, zero: bool, blocked: bool, barred: bool) -> str:
    """One word for how a line stands; what stops it from working comes first."""
    if status != "active":
        return status
    if blocked:
        return "blocked"
    if zero:
        return "zero"
    return "barred" if barred else "ok"


def list_scope(visit: Visit, group_id: int | None) -> tuple[str, dict[str, Any]]:
    """The condition of the visitor's list of lines."""
    scope, values = line_scope(visit, "VIEW_LINES")
    if group_id is not None:
        scope += " AND line.group_id = :group"
        values["group"] = group_id
    return scope, values


def ids_of_lines(visit: Visit, text: str, scope: str) -> Queries:
    """Queries for the ids of a page of the list, see `filtered_ids`."""
    if not text.strip():
        return plain(f"SELECT line.id FROM line WHERE {scope} AND {{where}} {{order}}")
    wanted = wanted_of(visit, LINE, text, visit.account_id)
    small = not beyond_own(visit, "VIEW_LINES")
    return filtered_ids(visit, wanted, "line", scope, BY_NUMBER, small=small)


def count_lines(visit: Visit, text: str, group_id: int | None, most: int = 0) -> int:
    """How many lines the list has; see count_filtered."""
    scope, values = list_scope(visit, group_id)
    if not text.strip():
        found = visit.row(f"SELECT count(*) FROM line WHERE {scope}", **values)
        return int(found[0]) if found else 0
    wanted = wanted_of(visit, LINE, text, visit.account_id)
    if scope in WHOLE:
        return count_filtered(visit, wanted, most=most)
    join = f"JOIN line WHERE line.id = one.object_id AND {scope}"
    return count_filtered(visit, wanted, join, most, **values)


def page_of_lines(
    visit: Visit, text: str, group_id: int | None, after: str | None, before: str | None, limit: int
) -> Page[LineRow]:
    """Lines by number. The page is found in the index first; only its rows are read whole."""
    month = month_of(visit.now, visit.zone)
    scope, values = list_scope(visit, group_id)
    return read_filtered(
        visit,
        ids_of_lines(visit, text, scope),
        f"SELECT line.number, {COLUMNS} FROM ({{ids}}) AS found "
        f"JOIN line ON line.id = found.id {JOINS} {{order}}",
        BY_NUMBER,
        lambda row: make_row(visit, month, row),
        after=after,
        before=before,
        limit=limit,
        month=month,
        **values,
    )
