"""The list of the portal: draws lines over pages found by key, at the same cost for any number of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.strip import Strip

from app.i18n import _
from app.text import safe
from app.widgets.columns import Column, Fitted, cell_text, fit, runs
from app.widgets.list_keys import ListKeys
from app.widgets.rows import Source
from app.widgets.tones import tone_style

LEAD = 2  # the sign of the cursor and of a marked row, so that neither needs colour


class LineTable(ListKeys, can_focus=True):
    """A list with a cursor.

    Args:
        columns: what each row shows.
        source: where rows come from; may be set later with `show()`.
        empty: what to do when there is nothing, in a sentence.
    """

    ALLOW_SELECT = False

    def __init__(
        self, columns: Sequence[Column], source: Source | None = None, empty: str = "", **options: Any
    ) -> None:
        self._drawn: dict[int, Strip] = {}
        self._frame: tuple[int, Size, int] | None = None
        self._fitted: list[Fitted] = []
        self._styles_for: dict[str, Style] = {}
        self._header: Strip | None = None
        super().__init__(columns, source, empty, **options)

    def fit_columns(self) -> None:
        self._header = None
        self._drawn.clear()
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
        self._drawn.clear()
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
            found = plain if not name else plain + tone_style(self.app, name)
            self._styles_for[name] = found
        return found

    def refresh(self, *regions: Region, **options: Any) -> Self:
        """Repaint, as Textual's own; only the lines concerned are drawn anew."""
        if regions:
            for region in regions:
                for y in region.line_range:
                    self._drawn.pop(y, None)
        else:
            self._drawn.clear()
        return super().refresh(*regions, **options)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines; Textual asks for all of them, also when the cursor moved by one."""
        if self.parent is None:  # taken away, and painted once more before the screen is laid out without it
            return [Strip.blank(crop.width)] * crop.height
        size, top = self.size, self.scroll_offset.y
        if self._frame != (top, size, len(self.rows)):
            self._frame = (top, size, len(self.rows))
            self._drawn.clear()
        drawn = self._drawn
        for y in crop.line_range:
            if y not in drawn:
                drawn[y] = self._filtered(self._draw(y, top, size.width))
        strips = [drawn[y] for y in crop.line_range]
        left, right = crop.column_span
        return strips if left <= 0 and right >= size.width else [strip.crop(left, right) for strip in strips]

    def _filtered(self, strip: Strip) -> Strip:
        """Apply what Textual does for NO_COLOR."""
        for each in self.app._filters:
            if each.enabled and not isinstance(each, ANSIToTruecolor):
                strip = strip.apply_filter(each, self.background_colors[1])
        return strip

    def render_line(self, y: int) -> Strip:
        return self._draw(y, self.scroll_offset.y, self.size.width)

    def _draw(self, y: int, top: int, width: int) -> Strip:
        if y == 0:
            return self._header_line(width)
        index = top + y - 1
        row = self.rows.row(index)
        if row is None or self.problem:
            return self._message_line(y, width)
        here = index == self.cursor
        marked = bool(self.marked) and self.rows.key(index) in self.marked
        lead = ("›" if here else " ") + ("•" if marked else " ")
        pieces = runs(row, self._fitted, lead, width - 1)
        pieces.append((self._thumb(y, top), ""))
        if here:
            style = self._style("cursor" if self.has_focus else "cursor-blurred")
            return Strip([Segment("".join(text for text, _tone in pieces), style)], width)
        last, tone = pieces[-2]
        if not tone:  # one run less: fewer bytes
            pieces[-2:] = [(last + pieces[-1][0], "")]
        return Strip([Segment(text, self._style(tone)) for text, tone in pieces], width)

    def _thumb(self, y: int, top: int) -> str:
        """Return the sign at the right end of line `y` that shows which part of the list is in sight."""
        total, lines = len(self.rows), self._lines
        if total <= lines:
            return " "
        size = max(lines * lines // total, 1)
        start = 1 + top * (lines - size) // (total - lines)
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
