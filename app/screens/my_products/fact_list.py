"""A short list whose rows are all here: settings, choices, facts. Enter, or a second click, opens a row."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from app.widgets.line_table import LineTable
from app.widgets.rows import Key, MemorySource, Row


class FactList(LineTable):
    """A list that is given its rows at once; it neither filters nor exports."""

    _moved = False
    """Whether the last click only moved the cursor: the second of a double click then opens."""

    def set_rows(self, rows: Sequence[Row], keys: Sequence[Key] | None = None) -> None:
        """Show these rows; what is shown already is not painted again, and the cursor stays on its row."""
        new = MemorySource(rows, keys)
        old = self.source
        if isinstance(old, MemorySource) and old.rows == new.rows and old.keys == new.keys:
            return
        if isinstance(old, MemorySource) and old.keys and self.key in new.keys:
            self.source = new
            self.reload()
        else:
            self.show(new)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what a short list does not do."""
        if action in ("filter", "export", "mark", "reload"):
            return False
        return super().check_action(action, parameters)

    async def _on_click(self, event: events.Click) -> None:
        """A click goes to a row, a click on that row opens it: once, however often it was clicked."""
        if event.x >= self.size.width - 1:
            return  # the scroll mark, as in every list
        event.prevent_default()
        index = self.scroll_offset.y + event.y - 1
        if event.y < 1 or index >= len(self.rows):
            return
        event.stop()
        if event.chain > 1:
            if self._moved:
                self.action_activate()
            self._moved = False
        elif index == self.cursor and self.has_focus:
            self._moved = False
            self.action_activate()
        else:
            self._moved = True
            self.move_to(index)
