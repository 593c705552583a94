"""The keys and the mouse of a list; vim's motions beside the arrows."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from app.i18n import mark
from app.widgets.paged_list import PagedList

WHEEL_LINES = 3
ONLY_LOOK = frozenset({"activate", "filter", "export", "mark", "reload"})
"""What a list lacks whose rows are only looked at."""


class ListKeys(PagedList):
    """Moves the cursor, opens, marks; filter and export are asked of the owner by a message."""

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
    lacks: frozenset[str] = frozenset()
    """Actions that this list does not offer: their keys are not shown either."""
    _moved = False
    """Whether the last click only moved the cursor: the second of a double click then opens."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in self.lacks

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
        """A click goes to a row, a click on that row opens it: once, however often it was clicked."""
        index = self.scroll_offset.y + event.y - 1
        if event.x >= self.size.width - 1 and event.y >= 1:  # the scroll mark: go to that part of the list
            event.stop()
            self.move_to((event.y - 1) * len(self.rows) // self._lines)
            return
        if event.y < 1 or index >= len(self.rows):
            return
        event.stop()
        if event.chain > 1:
            opens, self._moved = self._moved, False
        else:
            opens = index == self.cursor and self.has_focus
            self._moved = not opens
            self.move_to(index)
        if opens:
            self.action_activate()
