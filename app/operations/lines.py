"""Mobile lines: the list, one line with all that is set, and groups with what they share."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import month_of
from app.operations.core import Visit, operation
from app.operations.core.allowances import PoolRow, pools
from app.operations.core.line_detail import read_line
from app.operations.core.line_records import LineDetail
from app.operations.core.line_rows import LineRow, count_lines, page_of_lines
from app.operations.core.paging import Page
from app.operations.core.scope import line_in_scope, line_scope


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Lines with one common end date.

    pools: one per data bundle; used_bytes and allowance_bytes sum those that have a bound; ends_at: the
    common end, None before the first activation.
    """

    id: int
    name: str
    lines: int
    term_months: int
    first_activated_at: int | None
    ends_at: int | None
    used_bytes: int
    allowance_bytes: int
    pools: tuple[PoolRow, ...]


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A group subscription that can be worked on by itself."""

    id: int
    name: str
    lines: int


@operation("lines.services", right="VIEW_LINES", changes=False)
def services(visit: Visit) -> list[ServiceRow]:
    """The account's group subscriptions, whichever of them is selected."""
    if visit.account_id is None:
        return []
    scope, values = line_scope(visit.as_service(None, ""), "VIEW_LINES")
    rows = visit.rows(
        "SELECT line_group.id, line_group.name, count(*) FROM line "
        f"JOIN line_group ON line_group.id = line.group_id WHERE {scope} "
        "GROUP BY line_group.id ORDER BY line_group.name, line_group.id",
        **values,
    )
    return [ServiceRow(*row) for row in rows]


@operation("lines.page", right="VIEW_LINES", changes=False)
def page(
    visit: Visit,
    after: str | None = None,
    before: str | None = None,
    limit: int = 128,
    text: str = "",
    group_id: int | None = None,
) -> Page[LineRow]:
    """Lines by number.

    Args:
        after: the page below the row with this key; before: the page above it.
        limit: rows of the page.
        text: beginning or last digits of the number, beginnings of words of the person or department.
        group_id: only lines of this group.
    """
    return page_of_lines(visit, text, group_id, after, before, limit)


@operation("lines.count", right="VIEW_LINES", changes=False)
def count(visit: Visit, text: str = "", group_id: int | None = None, most: int = 0) -> int:
    """How many lines the list has.

    Args:
        text: beginning or last digits of the number, beginnings of words of the person or department.
        group_id: only lines of this group.
        most: with a text: there are so many or more, counted no further; 0: count all.
    """
    return count_lines(visit, text, group_id, max(most, 0))


@operation("lines.get", right="VIEW_LINES", changes=False)
def get(visit: Visit, line_id: int) -> LineDetail:
    """One line with its settings, counters of the current month, SIMs and numbers.

    Args:
        line_id: the line.
    """
    return read_line(visit, line_in_scope(visit, line_id, "VIEW_LINES"))


@operation("lines.groups", right="VIEW_LINES", changes=False)
def groups(visit: Visit) -> list[GroupRow]:
    """Groups of lines, what their pools hold and have used this month, and their common end date."""
    scope, values = line_scope(visit, "VIEW_LINES")
    shared: dict[int, list[PoolRow]] = {}
    for pool in pools(visit, scope, month_of(visit.now, visit.zone), **values):
        shared.setdefault(pool.group_id, []).append(pool)
    rows = visit.rows(
        "SELECT line_group.id, line_group.name, line_group.term_months, line_group.first_activated_at, "
        "line_group.ends_at, count(line.id) FROM line_group JOIN line ON line.group_id = line_group.id "
        f"WHERE {scope} GROUP BY line_group.id ORDER BY line_group.name, line_group.id",
        **values,
    )
    return [
        GroupRow(
            id=group_id,
            name=name,
            lines=lines,
            term_months=term,
            first_activated_at=first,
            ends_at=ends,
            used_bytes=sum(pool.used_bytes for pool in shared.get(group_id, ()) if not pool.unlimited),
            allowance_bytes=sum(pool.allowance_bytes for pool in shared.get(group_id, ())),
            pools=tuple(shared.get(group_id, ())),
        )
        for group_id, name, term, first, ends, lines in rows
    ]
