"""A short list whose rows are all here: settings, choices, facts."""

from __future__ import annotations

from collections.abc import Sequence

from app.widgets.line_table import LineTable
from app.widgets.rows import Key, MemorySource, Row


class FactList(LineTable):
    """A list that is given its rows at once; it neither filters nor exports."""

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
