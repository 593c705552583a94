"""The way to help at the bottom right of a screen that has no line of keys."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from app.i18n import _
from app.screens.area import HelpWanted


class HelpMark(Static):
    """Can be clicked; the key works in fields too, where a question mark is text."""

    def __init__(self) -> None:
        super().__init__(Content.assemble(("F1", "bold"), " ", _("Need help")), id="help-mark", markup=False)

    def on_click(self) -> None:
        """As the key."""
        self.post_message(HelpWanted())
