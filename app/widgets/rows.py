"""The rows behind a list, in pages that are found by key: what is kept does not grow with the list."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

PAGE: Final = 128
KEPT_PAGES: Final = 16

Key = Hashable
Row = Sequence[object]
Result = TypeVar("Result")
Later = Callable[[], Awaitable[Result]]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in the order of the list, and the key of each."""

    rows: Sequence[Row]
    keys: Sequence[Key]


@dataclass(frozen=True, slots=True)
class Ask:
    """A request for up to `limit` rows that match `text`.

    After the row with key `after`, or before the row with key `before`, or from the start; with `backwards`
    and no `before` from the end. `skip` rows are passed over first (only after a far jump). Rows come back
    in the order of the list, also when they were read backwards.
    """

    limit: int
    after: Key | None = None
    before: Key | None = None
    backwards: bool = False
    skip: int = 0
    text: str = ""


class Source(Protocol):
    """Where rows come from. A fast local source answers at once; a slow one returns the work to be done.

    Work is a function, not a coroutine: a list that goes away before its turn comes leaves nothing begun.
    """

    def fetch(self, ask: Ask) -> Page | Later[Page]:
        """Return the rows asked for."""
        ...

    def count(self, text: str) -> int | Later[int]:
        """Return how many rows match `text`; asked after the first page is shown."""
        ...

    def position(self, key: Key, text: str) -> int | None:
        """Return how many matching rows come before `key`, or None when it is gone or not known."""
        ...


class MemorySource:
    """Rows that are already here, for lists of at most a few thousand; filters on any cell."""

    def __init__(self, rows: Sequence[Row], keys: Sequence[Key] | None = None) -> None:
        self.rows, self.keys = list(rows), list(range(len(rows)) if keys is None else keys)

    def fetch(self, ask: Ask) -> Page:
        rows, keys = self._matching(ask.text)
        if ask.backwards or ask.before is not None:
            stop = (len(keys) if ask.before is None else keys.index(ask.before)) - ask.skip
            start = max(stop - ask.limit, 0)
        else:
            start = (0 if ask.after is None else keys.index(ask.after) + 1) + ask.skip
            stop = start + ask.limit
        return Page(rows[start:stop], keys[start:stop])

    def count(self, text: str) -> int:
        return len(self._matching(text)[1])

    def position(self, key: Key, text: str) -> int | None:
        keys = self._matching(text)[1]
        return keys.index(key) if key in keys else None

    def _matching(self, text: str) -> tuple[list[Row], list[Key]]:
        if not text:
            return self.rows, self.keys
        wanted = text.casefold()
        found = [
            (row, key)
            for row, key in zip(self.rows, self.keys, strict=True)
            if any(wanted in str(cell).casefold() for cell in row)
        ]
        return [row for row, _key in found], [key for _row, key in found]


class Rows:
    """Pages of a source by number, the last used kept; knows how to ask for a page it lacks."""

    def __init__(self) -> None:
        self.text = ""
        self.total: int | None = None
        self._pages: OrderedDict[int, Page] = OrderedDict()
        self._stale: set[int] = set()
        self._first: dict[int, Key] = {}
        self._last: dict[int, Key] = {}

    def __len__(self) -> int:
        """Return the rows in the list, or those seen so far while the count is not known."""
        if self.total is not None:
            return self.total
        return max((number * PAGE + len(page.rows) for number, page in self._pages.items()), default=0)

    def lacks(self, number: int) -> bool:
        """Return whether page `number` must be asked for."""
        return number not in self._pages or number in self._stale

    def row(self, index: int) -> Row | None:
        """Return the row at `index`, or None when its page is not here."""
        number, offset = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None or offset >= len(page.rows):
            return None
        self._pages.move_to_end(number)
        return page.rows[offset]

    def key(self, index: int) -> Key | None:
        """Return the key of the row at `index`, or None when its page is not here."""
        number, offset = divmod(index, PAGE)
        page = self._pages.get(number)
        return page.keys[offset] if page is not None and offset < len(page.keys) else None

    def ask(self, number: int) -> Ask:
        """Return the cheapest request for page `number`, from the nearest key that is known."""
        if number == 0:
            return Ask(PAGE, text=self.text)
        if number - 1 in self._last:
            return Ask(PAGE, after=self._last[number - 1], text=self.text)
        if number + 1 in self._first:
            return Ask(PAGE, before=self._first[number + 1], backwards=True, text=self.text)
        if self.total is not None and number == (self.total - 1) // PAGE:
            return Ask(self.total - number * PAGE, backwards=True, text=self.text)
        below = max((known for known in self._last if known < number), default=-1)
        return Ask(PAGE, after=self._last.get(below), skip=(number - below - 1) * PAGE, text=self.text)

    def put(self, number: int, page: Page) -> None:
        """Keep `page` as page `number`, and forget the page that was not used for longest."""
        self._pages[number] = page
        self._pages.move_to_end(number)
        self._stale.discard(number)
        if page.keys:
            self._first[number] = page.keys[0]
        if len(page.keys) == PAGE:
            self._last[number] = page.keys[-1]
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)

    def expire(self, moved: bool) -> None:
        """Ask for every page anew; when rows `moved`, the known page bounds are forgotten too."""
        self._stale = set(self._pages)
        if moved:
            self._first.clear()
            self._last.clear()

    def clear(self) -> None:
        """Forget all rows and their number."""
        self._pages.clear()
        self._stale.clear()
        self._first.clear()
        self._last.clear()
        self.total = None
