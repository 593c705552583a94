"""Pages of long lists: found by the key of the last row shown, never by counting rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.i18n import _
from app.operations.core.arguments import check_arguments
from app.operations.core.errors import Invalid
from app.operations.core.visit import Visit

T = TypeVar("T")
LARGEST = 1000


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A piece of a list.

    `first_key` and `last_key` are what to give as `before` and `after` for the pages next to this one; both
    are None on an empty page. `more` tells whether there are rows beyond it in the direction it was read.
    """

    rows: tuple[T, ...]
    first_key: str | None
    last_key: str | None
    more: bool


@dataclass(frozen=True, slots=True)
class Order:
    """By which columns a list is sorted: together unique, and an index of that order exists."""

    columns: tuple[str, ...]
    types: tuple[type, ...]
    descending: bool = False

    def key(self, values: tuple[Any, ...]) -> str:
        """The key of a row as text; only the first column may hold commas."""
        return ",".join(str(value) for value in values)

    def values(self, key: str) -> dict[str, Any]:
        """The values of a key, named for binding.

        Raises:
            Invalid: this is not a key of such a list.
        """
        parts = key.rsplit(",", len(self.columns) - 1)
        try:
            found = [kind(part) for kind, part in zip(self.types, parts, strict=True)]
            check_arguments({"page": found})
        except (ValueError, Invalid) as error:
            raise Invalid(_("This page is not known; start at the top of the list.")) from error
        return {f"key_{index}": value for index, value in enumerate(found)}


def clause(
    order: Order, after: str | None, before: str | None, limit: int
) -> tuple[str, str, dict[str, Any], bool]:
    """Condition, ordering with its limit (one row more than asked), values, whether it reads backwards."""
    backwards = before is not None and after is None
    key = before if backwards else after
    values: dict[str, Any] = {"page_rows": min(max(limit, 1), LARGEST) + 1}
    condition = "TRUE"
    if key is not None:
        values |= order.values(key)
        sign = "<" if backwards != order.descending else ">"
        names = ", ".join(f":key_{index}" for index in range(len(order.columns)))
        condition = f"({', '.join(order.columns)}) {sign} ({names})"
    way = " DESC" if backwards != order.descending else ""
    ordering = ", ".join(column + way for column in order.columns)
    return condition, f"ORDER BY {ordering} LIMIT :page_rows", values, backwards


def read_page(
    visit: Visit,
    sql: str,
    order: Order,
    make: Callable[[tuple[Any, ...]], T],
    *,
    after: str | None = None,
    before: str | None = None,
    limit: int = 128,
    **values: Any,
) -> Page[T]:
    """Read one page.

    Args:
        sql: a query whose first columns are those of `order`, with `{where}` and `{order}` in their places;
            `{sorted}` is the order without the page's limit.
        make: a row without its key columns as a record.
        after: key of the last row above the page; before: key of the first row below it.
        limit: rows of the page, at most 1000.
    """
    where, ordering, bound, backwards = clause(order, after, before, limit)
    in_order = ordering.rsplit(" LIMIT", 1)[0]
    rows = visit.rows(sql.format(where=where, order=ordering, sorted=in_order), **bound, **values)
    more = len(rows) == bound["page_rows"]
    if more:
        rows.pop()
    if backwards:
        rows.reverse()
    width = len(order.columns)
    return Page(
        rows=tuple(make(row[width:]) for row in rows),
        first_key=order.key(rows[0][:width]) if rows else None,
        last_key=order.key(rows[-1][:width]) if rows else None,
        more=more,
    )
