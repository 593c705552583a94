"""The list of the portal: draws lines over pages found by key, at the same cost for any number of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip

from app.i18n import _, mark
from app.text import safe
from app.widgets.columns import Column, Fitted, cell_text, fit, runs
from app.widgets.paged_list import PagedList
from app.widgets.rows import Source

LEAD = 2  # the sign of the cursor and of a marked row, so that neither needs colour
WHEEL_LINES = 3
TONES = ("muted", "accent", "success", "warning", "error")


class LineTable(PagedList, can_focus=True):
    """A list with a cursor.

    Args:
        columns: what each row shows.
        source: where rows come from; may be set later with `show()`.
        empty: what to do when there is nothing, in a sentence.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", mark("Down"), show=False, id="list.down"),
        Binding("up,k", "move(-1)", mark("Up"), show=False, id="list.up"),
        Binding("pagedown", "leaf(1)", mark("Page down"), show=False, id="list.page_down"),
        Binding("pageup", "leaf(-1)", mark("Page up"), show=False, id="list.page_up"),
        Binding("ctrl+d", "half(1)", mark("Half a page down"), show=False, id="list.half_down"),
        Binding("ctrl+u", "half(-1)", mark("Half a page up"), show=False, id="list.half_up"),
        Binding("home,g", "edge(0)", mark("First"), show=False, id="list.first"),
        Binding("end,G", "edge(1)", mark("Last"), show=False, id="list.last"),
        Binding("enter", "activate", mark("Open"), id="list.open"),
        Binding("space", "mark", mark("Mark"), show=False, id="list.mark"),
        Binding("slash", "filter", mark("Filter"), id="list.filter"),
        Binding("e", "export", mark("Export"), id="list.export"),
        Binding("r", "reload", mark("Read again"), show=False, id="list.reload"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-table--header",
        "line-table--cursor",
        "line-table--cursor-blurred",
        *(f"line-table--{tone}" for tone in TONES),
    }

    def __init__(
        self, columns: Sequence[Column], source: Source | None = None, empty: str = "", **options: Any
    ) -> None:
        super().__init__(columns, source, empty, **options)
        self._fitted: list[Fitted] = []
        self._styles_for: dict[str, Style] = {}
        self._header: Strip | None = None

    def fit_columns(self) -> None:
        self._header = None
        self._fitted = fit(self.columns, max(self.size.width - LEAD - 2, 0))

    def _on_mount(self, event: events.Mount) -> None:
        super()._on_mount(event)
        self._start()

    def _on_resize(self, event: events.Resize) -> None:
        self.fit_columns()
        self._resize()
        if not self.scroll_offset.y <= self.cursor < self.scroll_offset.y + self._lines:
            self._scroll_for(self.cursor - self._lines + 1)
        self._load_visible()
        self.refresh()

    def notify_style_update(self) -> None:
        self._styles_for.clear()
        self._header = None
        super().notify_style_update()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._load_visible()

    def _style(self, name: str) -> Style:
        """Return the style of a tone, the header or the cursor; "" is plain."""
        found = self._styles_for.get(name)
        if found is None:
            plain = self.rich_style
            found = plain if not name else plain + self.get_component_rich_style(f"line-table--{name}")
            self._styles_for[name] = found
        return found

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines straight away: without border and padding Textual's style cache only costs time."""
        left, right = crop.column_span
        filters = [
            each for each in self.app._filters if each.enabled and not isinstance(each, ANSIToTruecolor)
        ]
        strips = [self.render_line(y) for y in crop.line_range]
        if filters:
            background = self.background_colors[1]
            for each in filters:
                strips = [strip.apply_filter(each, background) for strip in strips]
        if left > 0 or right < self.size.width:
            strips = [strip.crop(left, right) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return self._header_line(width)
        index = self.scroll_offset.y + y - 1
        row = self.rows.row(index)
        if row is None or self.problem:
            return self._message_line(y, width)
        here = index == self.cursor
        marked = bool(self.marked) and self.rows.key(index) in self.marked
        lead = ("›" if here else " ") + ("•" if marked else " ")
        pieces = runs(row, self._fitted, lead, width - 1)
        pieces.append((self._thumb(y), ""))
        if here:
            style = self._style("cursor" if self.has_focus else "cursor-blurred")
            return Strip([Segment("".join(text for text, _tone in pieces), style)], width)
        last, tone = pieces[-2]
        if not tone:  # one run less: fewer bytes
            pieces[-2:] = [(last + pieces[-1][0], "")]
        return Strip([Segment(text, self._style(tone)) for text, tone in pieces], width)

    def _thumb(self, y: int) -> str:
        """Return the sign at the right end of line `y` that shows which part of the list is in sight."""
        total, lines = len(self.rows), self._lines
        if total <= lines:
            return " "
        size = max(lines * lines // total, 1)
        start = 1 + self.scroll_offset.y * (lines - size) // (total - lines)
        return "┃" if start <= y < start + size else " "

    def _header_line(self, width: int) -> Strip:
        if self._header is None or self._header.cell_length != width:
            titles = [column.title for column in self.columns]
            plain = [Fitted(Column("", p.width, align=p.column.align), p.cell, p.width) for p in self._fitted]
            text = runs(titles, plain, " " * LEAD, width)[0][0]
            self._header = Strip([Segment(text, self._style("header"))], width)
        return self._header

    def _message_line(self, y: int, width: int) -> Strip:
        text = ""
        if y == 2 or (y == 1 and self._lines == 1):
            if self.problem:
                text = self.problem
            elif self.rows.total == 0:
                text = self._empty_text()
            elif not len(self.rows):
                text = _("Reading…")
        line = " " * LEAD + cell_text(text, max(width - LEAD, 0), "left")
        return Strip([Segment(line, self._style("error" if self.problem and text else "muted"))], width)

    def _empty_text(self) -> str:
        if self.rows.text:
            return _("Nothing matches “{text}”. Press / to change the filter.").format(
                text=safe(self.rows.text, cells=20)
            )
        return self.empty or _("There is nothing here yet.")

    # Keys and mouse

    def action_move(self, step: int) -> None:
        self.move_to(self.cursor + step)

    def action_leaf(self, pages: int) -> None:
        """Move by whole pages: the lines on the screen change at once, the cursor keeps its line."""
        step = pages * max(self._lines - 1, 1)
        old = self.cursor
        self.cursor = max(0, min(old + step, len(self.rows) - 1))
        if self.cursor == old:
            return
        self._scroll_for(self.scroll_offset.y + step)
        top = self.scroll_offset.y
        if not top <= self.cursor < top + self._lines:
            self._scroll_for(self.cursor if self.cursor < top else self.cursor - self._lines + 1)
        self.refresh()
        self._load_visible()
        self._tell()

    def action_half(self, halves: int) -> None:
        self.move_to(self.cursor + halves * max(self._lines // 2, 1))

    def action_edge(self, end: int) -> None:
        self.move_to(len(self.rows) - 1 if end else 0)

    def action_activate(self) -> None:
        key, row = self.key, self.row
        if key is not None and row is not None:
            self.post_message(self.RowActivated(self, key, row))

    def action_mark(self) -> None:
        key = self.key
        if key is None:
            return
        self.marked ^= {key}
        self.refresh_line(self.cursor + 1)
        self.post_message(self.MarksChanged(self, frozenset(self.marked)))
        self.move_to(self.cursor + 1)

    def action_filter(self) -> None:
        self.post_message(self.FilterRequested(self))

    def action_export(self) -> None:
        self.post_message(self.ExportRequested(self))

    def action_reload(self) -> None:
        self.reload()

    def _on_focus(self, event: events.Focus) -> None:
        super()._on_focus(event)
        self.refresh_line(self.cursor + 1)

    def _on_blur(self, event: events.Blur) -> None:
        super()._on_blur(event)
        self.refresh_line(self.cursor + 1)

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, WHEEL_LINES)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -WHEEL_LINES)

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        event.prevent_default()
        self._scroll_for(self.scroll_offset.y + lines)

    async def _on_click(self, event: events.Click) -> None:
        index = self.scroll_offset.y + event.y - 1
        if event.x >= self.size.width - 1 and event.y >= 1:  # the scroll mark: go to that part of the list
            event.stop()
            self.move_to((event.y - 1) * len(self.rows) // self._lines)
            return
        if event.y < 1 or index >= len(self.rows):
            return
        event.stop()
        self.move_to(index)
        if event.chain == 2:
            self.action_activate()
