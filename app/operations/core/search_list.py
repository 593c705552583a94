"""A filter over a list that is read page by page in its own order, however many rows it has.

A text that few rows have is read out of the index of the search and sorted. One that many have is met soon on
the way along the list. Where those many stand far away, their ids are gathered first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
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
Query = tuple[str, dict[str, Any]]
"""SQL with places for the keys of a page, and what else it binds."""
Queries = Generator[Query, int, None]
"""One after the other, each told how many rows the one before it found."""
EVERY = 1 << 62
"""A limit that is none."""
FEW = 8_000
"""Rows that are sorted as they are found."""
MANY = 60_000
"""Rows whose ids are not gathered before NEAR rows of the list have been looked at one by one."""
NEAR = 3_000
HOPEFUL = 13
"""Rows found among those NEAR from which ten times as many are looked at: they will fill a page of 128."""


def wanted_of(visit: Visit, kind: SearchKind, text: str, account_id: int | None) -> Wanted:
    """What a filter's text asks for."""
    return Wanted(kind, tuple(typed_words(text)), home_code(visit.content), account_id)


def filtered_ids(
    visit: Visit, wanted: Wanted, table: str, scope: str, order: Order, *, small: bool = False
) -> Queries:
    """Queries for the ids of a page: the next where one does not fill it, the last one finds all.

    Args:
        scope: condition on the table for what the visitor may see.
        small: the scope holds a few rows only.
    """
    if not wanted.words:
        yield f"SELECT {table}.id FROM {table} WHERE FALSE AND {{where}} {{order}}", {}
        return
    if small:
        yield along(wanted, table, scope, order, NEAR)
        return
    terms = count_up_to(visit, wanted, wanted.together, MANY)
    common, found, values = all_found(visit, wanted)
    if terms < FEW and not common:
        yield sorted_rows(f"SELECT DISTINCT object_id FROM ({found}) AS one", table, scope), values
        return
    if common or terms == MANY:
        near = yield along(wanted, table, scope, order, NEAR)
        if near >= HOPEFUL:
            yield along(wanted, table, scope, order, 10 * NEAR)
    if common:
        ids = visit.rows(f"SELECT DISTINCT object_id FROM ({found}) AS one LIMIT {FEW}", **values)
        if len(ids) < FEW:
            keys = "SELECT CAST(value AS BIGINT) AS object_id FROM json_each(:ids)"
            yield sorted_rows(keys, table, scope), {"ids": json.dumps([key for (key,) in ids])}
            return
    yield (
        f"SELECT {table}.id FROM {table} WHERE {scope} AND {table}.id IN "
        f"(SELECT object_id FROM ({found}) AS one) "
        "AND {where} {order}",
        values,
    )


def sorted_rows(ids: str, table: str, scope: str) -> str:
    """All rows of some ids, of which the page is taken."""
    return (
        f"SELECT {table}.id FROM ({ids}) AS one CROSS JOIN {table} "
        f"WHERE {table}.id = one.object_id AND {scope} AND {{where}} {{order}}"
    )


def along(wanted: Wanted, table: str, scope: str, order: Order, most: int) -> Query:
    """Rows in the order of the list, looked at one by one, until the page is full or `most` were seen."""
    values: dict[str, Any] = {}
    fits = f"({has_word(wanted.together, 'all', values)} OR ({' AND '.join(each_fits(wanted, values))}))"
    column = order.columns[0]
    return (
        f"WITH near AS MATERIALIZED (SELECT {column} AS place FROM {table} WHERE {scope} AND {{where}} "
        f"{{sorted}} LIMIT {most}) SELECT {table}.id FROM {table} "
        f"CROSS JOIN search_entry AS entry WHERE entry.kind = {wanted.kind.code} "
        f"AND entry.object_id = {table}.id AND {scope} AND {{where}} "
        f"AND {column} >= (SELECT min(place) FROM near) AND {column} <= (SELECT max(place) FROM near) "
        f"AND {fits} {{order}}"
    ), values


def all_found(visit: Visit, wanted: Wanted) -> tuple[bool, str, dict[str, Any]]:
    """Whether each of several words is common; a query for every object that fits, some more than once."""
    found, values = stretches(wanted, wanted.together, "found")
    if len(wanted.words) == 1:
        return False, found, values
    common, words = rarest_first(visit, wanted)
    apart, more = (gathered_apart if common else tried_apart)(wanted, words)
    return common, f"{found} UNION ALL SELECT object_id, account_id FROM ({apart}) AS apart", values | more


def read_filtered(
    visit: Visit,
    queries: Queries,
    sql: str,
    order: Order,
    make: Callable[[tuple[Any, ...]], T],
    **values: Any,
) -> Page[T]:
    """Read a page by the first of `queries` that fills it; `sql` holds `{ids}` in the place of the query."""
    query, more = next(queries)
    while True:
        page = read_page(visit, sql.replace("{ids}", query), order, make, **values, **more)
        if page.more:
            return page
        try:
            query, more = queries.send(len(page.rows))
        except StopIteration:
            return page


def plain(query: str) -> Queries:
    """One query that finds all."""
    yield query, {}


def count_filtered(visit: Visit, wanted: Wanted, scope: str = "", most: int = 0, **values: Any) -> int:
    """How many objects fit.

    Args:
        scope: what else is asked of an object `one`: a join and a condition.
        most: where counting stops, and what is answered where several common words would take long; 0: count
            all of them.
    """
    if not wanted.words:
        return 0
    common, found, more = all_found(visit, wanted)
    if most and common:
        return most
    row = visit.row(
        f"SELECT count(*) FROM (SELECT DISTINCT one.object_id FROM ({found}) AS one"
        f" {'CROSS ' + scope if scope else ''} LIMIT :most) AS found",
        **values,
        **more,
        most=most or EVERY,
    )
    return int(row[0]) if row else 0
