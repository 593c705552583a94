"""A filter over a list that is read page by page in its own order, however many rows it has.

A text that few rows have is read out of the index of the search and sorted. One that many have is met soon on
the way along the list. Where those many stand far away, their ids are gathered first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from app.operations.core.home import home_code
from app.operations.core.paging import Order, Page, read_page
from app.operations.core.search_index import (
    Wanted,
    count_up_to,
    each_fits,
    gathered_apart,
    has_word,
    rarest_first,
    stretches,
    tried_apart,
)
from app.operations.core.visit import Visit
from app.store.search.kinds import SearchKind
from app.store.search.words import typed_words

T = TypeVar("T")
FEW = 8_000
"""Rows that are sorted as they are found."""
NEAR = 16_000
"""Rows of the list that are looked at one by one before the ids are gathered."""


def wanted_of(visit: Visit, kind: SearchKind, text: str, account_id: int | None) -> Wanted:
    """What a filter's text asks for."""
    return Wanted(kind, tuple(typed_words(text)), home_code(visit.content), account_id)


def filtered_ids(
    visit: Visit, wanted: Wanted, table: str, scope: str, order: Order, *, small: bool = False
) -> tuple[list[str], dict[str, Any]]:
    """Queries for the ids of a page, with places for its keys: the next one where one finds too few.

    Args:
        scope: condition on the table for what the visitor may see.
        small: the scope holds a few rows only.
    """
    if not wanted.words:
        return [f"SELECT {table}.id FROM {table} WHERE 0 AND {{where}} {{order}}"], {}
    if small:
        return along(wanted, table, scope, order)
    common, found, values = all_found(visit, wanted)
    if not common:
        few = (
            f"SELECT {table}.id FROM (SELECT DISTINCT object_id FROM ({found})) AS one "
            f"CROSS JOIN {table} ON {table}.id = one.object_id WHERE {scope} AND {{where}} {{order}}"
        )
        return [few], values
    gathered = (
        f"SELECT {table}.id FROM {table} WHERE {scope} AND {table}.id IN (SELECT object_id FROM ({found})) "
        "AND {where} {order}"
    )
    near, more = along(wanted, table, scope, order)
    return [*near, gathered], values | more


def along(wanted: Wanted, table: str, scope: str, order: Order) -> tuple[list[str], dict[str, Any]]:
    """Rows in the order of the list, looked at one by one, until the page is full or NEAR were seen."""
    values: dict[str, Any] = {}
    fits = f"({has_word(wanted.together, 'all', values)} OR ({' AND '.join(each_fits(wanted, values))}))"
    column = order.columns[0]
    return [
        f"WITH near AS MATERIALIZED (SELECT {column} AS place FROM {table} WHERE {scope} AND {{where}} "
        f"{{sorted}} LIMIT {NEAR}) SELECT {table}.id FROM {table} "
        f"CROSS JOIN search_entry AS entry ON entry.kind = {wanted.kind.code} "
        f"AND entry.object_id = {table}.id WHERE {scope} AND {{where}} "
        f"AND {column} >= (SELECT min(place) FROM near) AND {column} <= (SELECT max(place) FROM near) "
        f"AND {fits} {{order}}"
    ], values


def all_found(visit: Visit, wanted: Wanted) -> tuple[bool, str, dict[str, Any]]:
    """A query for every object that fits, one maybe more than once, and whether that may be many."""
    many = count_up_to(visit, wanted, wanted.together, FEW) == FEW
    found, values = stretches(wanted, wanted.together, "found")
    if len(wanted.words) > 1:
        common, words = rarest_first(visit, wanted)
        apart, more = (gathered_apart if common else tried_apart)(wanted, words)
        found = f"{found} UNION ALL SELECT object_id, account_id FROM ({apart})"
        return many or common, found, values | more
    return many, found, values


def read_filtered(
    visit: Visit,
    queries: list[str],
    sql: str,
    order: Order,
    make: Callable[[tuple[Any, ...]], T],
    **values: Any,
) -> Page[T]:
    """Read a page by the first of `queries` that fills it; `sql` holds `{ids}` in the place of the query."""
    for number, query in enumerate(queries, 1):
        page = read_page(visit, sql.replace("{ids}", query), order, make, **values)
        if page.more or number == len(queries):
            break
    return page


def count_filtered(visit: Visit, wanted: Wanted, scope: str = "", **values: Any) -> int:
    """How many objects fit.

    Args:
        scope: what else is asked of an object `one`: a join and a condition.
    """
    if not wanted.words:
        return 0
    _common, found, more = all_found(visit, wanted)
    row = visit.row(
        f"SELECT count(DISTINCT one.object_id) FROM ({found}) AS one {'CROSS ' + scope if scope else ''}",
        **values,
        **more,
    )
    return int(row[0]) if row else 0
