"""A scrolling list over pages of rows: what is loaded, when, and where the cursor stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual import work
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from app.i18n import _
from app.widgets.columns import Column
from app.widgets.rows import PAGE, Key, Later, MemorySource, Page, Row, Rows, Source


class PagedList(ScrollView):
    """Rows of a source under a cursor, read page by page as they come into sight."""

    class _TableMessage(Message):
        table: PagedList

        @property
        def control(self) -> PagedList:
            """The list that sent this, for `@on(..., "#id")`."""
            return self.table

    @dataclass
    class RowActivated(_TableMessage):
        """Enter or a double click on a row."""

        table: PagedList
        key: Key
        row: Row

    @dataclass
    class RowHighlighted(_TableMessage):
        """The cursor came to a row."""

        table: PagedList
        key: Key
        row: Row

    @dataclass
    class FilterRequested(_TableMessage):
        """The person wants to filter; answer with `set_filter()`."""

        table: PagedList

    @dataclass
    class ExportRequested(_TableMessage):
        """The person wants the list in a file."""

        table: PagedList

    @dataclass
    class MarksChanged(_TableMessage):
        """Rows were marked or unmarked."""

        table: PagedList
        marked: frozenset[Key]

    @dataclass
    class Counted(_TableMessage):
        """The number of rows is known."""

        table: PagedList
        total: int

    def __init__(
        self, columns: Sequence[Column], source: Source | None = None, empty: str = "", **options: Any
    ) -> None:
        super().__init__(**options)
        self.columns = list(columns)
        self.source: Source = source or MemorySource([])
        self.empty = empty
        self.rows = Rows()
        self.marked: set[Key] = set()
        self.problem = ""
        self.cursor = 0
        self._loading: set[int] = set()

    # What the owner of the list calls

    @property
    def key(self) -> Key | None:
        """The key of the row under the cursor, or None."""
        return self.rows.key(self.cursor)

    @property
    def row(self) -> Row | None:
        """The row under the cursor, or None."""
        return self.rows.row(self.cursor)

    @property
    def settled(self) -> bool:
        """Whether the row under the cursor is read, or there is none: Enter on it does what one sees."""
        return bool(self.problem) or self.row is not None or self.rows.total == 0

    def show(self, source: Source, columns: Sequence[Column] | None = None) -> None:
        """Show another source from its first row."""
        self.source = source
        if columns is not None:
            self.columns = list(columns)
            self.fit_columns()
        self.marked.clear()
        self._start()

    def set_filter(self, text: str) -> None:
        """Show only rows that match `text`, from the first."""
        if text != self.rows.text:
            self.rows.text = text
            self._start()

    def reload(self) -> None:
        """Read again what is shown; the cursor stays on the same row, on the same line of the screen.

        Who looks at the top of the list sees what is new there; the cursor moves down with its row.
        """
        key, old_total, old = self.key, self.rows.total, self.cursor
        self.problem = ""
        try:
            total = self.source.count(self.rows.text)
            place = None if key is None else self.source.position(key, self.rows.text)
        except Exception as error:
            self._failed(error)
            return
        if not isinstance(total, int):
            self.rows.expire(moved=True)
            self._count_later(total)
            self._load_visible()
            return
        new = min(old if place is None else place, max(total - 1, 0))
        self.rows.expire(moved=total != old_total or new != old)
        self.rows.total = total
        self.cursor = new
        self._resize()
        if new != old and (self.scroll_offset.y or new >= self._lines):
            self.scroll_to(y=self.scroll_offset.y + new - old, animate=False, force=True)
        self._load_visible()
        self.refresh()
        self.post_message(self.Counted(self, total))

    def move_to(self, index: int) -> None:
        """Put the cursor on row `index`, within the list."""
        old, self.cursor = self.cursor, max(0, min(index, len(self.rows) - 1))
        if self.cursor == old:
            return
        top = self.scroll_offset.y
        if not top <= self.cursor < top + self._lines:
            self._scroll_for(self.cursor if self.cursor < top else self.cursor - self._lines + 1)
        else:
            self.refresh_line(old + 1)
            self.refresh_line(self.cursor + 1)
        self._load_visible()
        self._tell()

    def move_to_key(self, key: Key) -> bool:
        """Put the cursor on the row with `key`; False when it is not in the list."""
        if self.rows.total is None:
            self._count()
        place = self.source.position(key, self.rows.text)
        if place is not None:
            self.move_to(place)
        return place is not None

    # Loading

    def _start(self) -> None:
        self.rows.clear()
        self._loading = set()
        self.cursor, self.problem = 0, ""
        self.scroll_to(y=0, animate=False, force=True)
        self._load(0)
        self._resize()
        self.refresh()
        self.call_after_refresh(self._count)
        self._tell()

    def _count(self) -> None:
        try:
            total = self.source.count(self.rows.text)
        except Exception as error:
            self._failed(error)
            return
        if isinstance(total, int):
            self._counted(total)
        else:
            self._count_later(total)

    @work(group="count", exclusive=True)
    async def _count_later(self, count: Later[int]) -> None:
        try:
            self._counted(await count())
        except Exception as error:
            self._failed(error)

    def _counted(self, total: int) -> None:
        self.rows.total = total
        self.cursor = min(self.cursor, max(total - 1, 0))
        self._resize()
        if not total:
            self.refresh()
        self.post_message(self.Counted(self, total))

    def _load(self, number: int) -> None:
        """Have page `number` read unless it is here; a source that answers at once shows in this frame."""
        if not self.rows.lacks(number) or number in self._loading:
            return
        try:
            answer = self.source.fetch(self.rows.ask(number))
        except Exception as error:
            self._failed(error)
            return
        if isinstance(answer, Page):
            self.rows.put(number, answer)
        else:
            self._loading.add(number)
            self._load_later(number, answer, self._loading)

    @work(group="pages")
    async def _load_later(self, number: int, load: Later[Page], loading: set[int]) -> None:
        """Take in a page, unless another source or filter is shown by the time it comes."""
        try:
            page = await load()
        except Exception as error:
            if loading is self._loading:
                self._failed(error)
            return
        finally:
            loading.discard(number)
        if loading is self._loading:
            self.rows.put(number, page)
            self._resize()
            self.refresh()
            if self.cursor // PAGE == number:
                self._tell()

    def _load_visible(self) -> None:
        top = self.scroll_offset.y
        bottom = min(top + self._lines, len(self.rows)) - 1
        for number in range(top // PAGE, max(bottom, 0) // PAGE + 1):
            self._load(number)
        ahead, behind = (bottom + PAGE // 2) // PAGE, max(top - PAGE // 2, 0) // PAGE
        for number in {ahead, behind}:
            if number * PAGE < len(self.rows) and self.rows.lacks(number):
                self.call_after_refresh(self._load, number)

    def _failed(self, error: Exception) -> None:
        number = self._record(error)
        self.problem = _("The list could not be read. Press r to try again. Error number: {number}").format(
            number=number
        )
        self.refresh()

    def _record(self, error: Exception) -> str:
        note = getattr(self.app, "note_error", None)
        return str(note(error)) if note else ""

    def _tell(self) -> None:
        key, row = self.key, self.row
        if key is not None and row is not None:
            self.post_message(self.RowHighlighted(self, key, row))

    @property
    def _lines(self) -> int:
        return max(self.size.height - 1, 1)

    def _resize(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.rows) + 1)

    def _scroll_for(self, y: int) -> None:
        """Have row `y` at the top, as far as the list goes."""
        self.scroll_to(y=y, animate=False, force=True)

    def fit_columns(self) -> None:
        """Give the columns their widths in the present space."""
