"""A message to people of the account in full: it belongs to no line that could be opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label

from app import units
from app.i18n import _
from app.operations.messages import MessageRow
from app.text import safe
from app.widgets.dialog import Action, Dialog


class WholeMessage(Dialog):
    """To whom, when, and the text."""

    def __init__(self, row: MessageRow, when: str) -> None:
        super().__init__(row.subject or _("Message"))
        self.row, self.when = row, when

    def body(self) -> Iterable[Widget]:
        yield Label(Content(safe(f"{self.when} · {units.phone(self.row.recipient)}")), classes="quiet")
        yield Label(Content(safe(self.row.body, lines=True)), classes="dialog-text gap")

    def actions(self) -> Sequence[Action]:
        return [Action("cancel", _("Close"))]
