"""Lists of operations, read by key, as rows for a list on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from operator import attrgetter
from typing import Any

from app.widgets.paged_list import PagedList
from app.widgets.rows import PAGE, Ask, Key, Later, Page, Row

MOST = 1000
"""Rows that one read gives at most."""
SOON = 10_000
"""Rows of a filter that are counted while somebody types."""
STILL_SECONDS = 0.5
"""Without another letter for so long all of them are counted, however long it takes."""
Do = Callable[..., Awaitable[Any]]


class OperationSource:
    """Rows of a paged operation.

    Args:
        do: performs an operation by name, as `Desk.do`.
        page_name: the operation that answers with a page of records.
        row: a record as cells.
        end_key: a key behind every record, from which the end of the list is read.
        count_name: the operation that counts; without one the list is counted by reading it.
        text_name: the argument that a filter's text goes to; "" where the list has no filter.
        key: the key of a record; no two of the list have the same.
        arguments: what else both operations are given.
    """

    def __init__(
        self,
        do: Do,
        page_name: str,
        row: Callable[[Any], Row],
        *,
        end_key: str,
        count_name: str = "",
        text_name: str = "",
        key: Callable[[Any], Key] = attrgetter("id"),
        **arguments: Any,
    ) -> None:
        self.do = do
        self.page_name = page_name
        self.count_name = count_name
        self.make_row = row
        self.end_key = end_key
        self.text_name = text_name
        self.key = key
        self.arguments = arguments
        self._ends: dict[Key, str] = {}
        self._ready: dict[Ask, Page] = {}
        self._totals: dict[str, int] = {}

    def fetch(self, ask: Ask) -> Page | Later[Page]:
        """Return the rows asked for; at once if they have just been read."""
        return self._ready[ask] if ask in self._ready else partial(self._fetch, ask)

    def count(self, text: str) -> int | Later[int]:
        """Return how many rows match `text`."""
        return self._totals.pop(text) if text in self._totals else partial(self._count_typed, text)

    def position(self, key: Key, text: str) -> int | None:
        """Return where `key` is in the pages that have just been read, or None."""
        for ask, page in self._ready.items():
            if key in page.keys and ask.after is None and not ask.backwards:
                return ask.skip + list(page.keys).index(key)
        return None

    async def open(self, table: PagedList, text: str = "") -> None:
        """Show the rows that match `text` from the first, in one step: never an empty list in between."""
        ask = Ask(PAGE, text=text)
        page, total = await self._fetch(ask), await self._count(text)
        self._ready, self._totals = {ask: page}, {text: total}
        if table.source is self:
            table.set_filter(text)
        else:
            table.rows.text = text
            table.show(self)
        self._ready = {}

    async def refresh(self, table: PagedList) -> None:
        """Read again what `table` shows; it is painted only if something is different.

        The cursor stays on its row, wherever that row is now on the page. What is filtered meanwhile is read
        by whoever filters.
        """
        rows, text = table.rows, table.rows.text
        total = await self._count_again(text, rows.total)
        numbers = {table.cursor // PAGE, table.scroll_offset.y // PAGE}
        pages = {number: await self._fetch(rows.ask(number)) for number in numbers}
        if table.source is not self or rows.text != text:
            return
        if total == rows.total and all(self._shown(table, number, page) for number, page in pages.items()):
            return
        self._ready = {}
        for number, page in pages.items():
            self._ready[rows.ask(number)] = page
            self._ready[Ask(PAGE, skip=number * PAGE, text=rows.text)] = page
        self._totals = {text: total}
        table.reload()
        self._ready = {}

    def _shown(self, table: PagedList, number: int, page: Page) -> bool:
        first = number * PAGE
        return all(
            table.rows.key(first + index) == key and table.rows.row(first + index) == row
            for index, (key, row) in enumerate(zip(page.keys, page.rows, strict=True))
        )

    async def _count_typed(self, text: str) -> int:
        """How many rows match. Of many it is known after a while only, and never if somebody types on."""
        found = await self._count_soon(text)
        if found is not None:
            return found
        await asyncio.sleep(STILL_SECONDS)
        return await self._count(text)

    async def _count_again(self, text: str, before: int | None) -> int:
        """How many rows match now; of many that match a text it is the number that was counted before."""
        if before is None or before < SOON:
            return await self._count(text)
        found = await self._count_soon(text)
        return before if found is None else found

    async def _count_soon(self, text: str) -> int | None:
        """How many rows match, if those are few enough to be counted at once."""
        if not (self.count_name and self.text_name and text):
            return await self._count(text)
        found = int(await self._do(self.count_name, 0, **{self.text_name: text}, most=SOON))
        return found if found < SOON else None

    async def _count(self, text: str) -> int:
        filtered = {self.text_name: text} if self.text_name else {}
        if self.count_name:
            return int(await self._do(self.count_name, 0, **filtered))
        total, after = 0, None
        while True:
            found = await self._read(after=after, limit=MOST, **filtered)
            total, after = total + len(found.rows), found.last_key
            if not found.more:
                return total

    async def _fetch(self, ask: Ask) -> Page:
        filtered = {self.text_name: ask.text} if self.text_name else {}
        after = None if ask.after is None else self._ends[ask.after]
        before = None if ask.before is None else self._ends[ask.before]
        if ask.backwards and before is None:
            before = self.end_key
        skip = ask.skip
        while skip > 0:
            piece = min(skip, MOST)
            passed = await self._read(after=after, limit=piece, **filtered)
            skip, after = skip - piece, passed.last_key
            if not passed.more:
                return Page([], [])
        found = await self._read(after=after, before=before, limit=ask.limit, **filtered)
        keys = [self.key(record) for record in found.rows]
        if keys:
            self._ends[keys[0]], self._ends[keys[-1]] = found.first_key, found.last_key
        return Page([self.make_row(record) for record in found.rows], keys)

    async def _read(self, **given: Any) -> Any:
        from app.operations.core.paging import Page as Read

        return await self._do(self.page_name, Read((), None, None, more=False), **given)

    async def _do(self, name: str, nothing: Any, **given: Any) -> Any:
        """What the operation answers; nothing any more where the right to it has just ended."""
        from app.operations.core.errors import Refused

        try:
            return await self.do(name, **given, **self.arguments)
        except Refused:
            return nothing
