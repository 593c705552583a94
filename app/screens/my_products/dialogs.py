"""The small questions of this area: choose one of a few, and look at a difference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label

from app.i18n import _
from app.screens.my_products.fact_list import FactList
from app.text import safe
from app.widgets.columns import Column, Tone
from app.widgets.dialog import Action, Dialog
from app.widgets.rows import Row

if TYPE_CHECKING:
    from app.operations.core.errors import Conflict

MOST_ROWS = 10
WIDEST = 36


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. With `why_not` it is shown and cannot be chosen."""

    key: str
    label: str
    note: str = ""
    why_not: str = ""


def option_tone(row: Row) -> Tone:
    """Quiet for what cannot be chosen."""
    return "muted" if row[3] else ""


class Choose(Dialog):
    """Choose one of a few; answers with its key, or None."""

    place = "choose"
    """Which question it is, for who shows the way."""

    def __init__(self, title: str, options: Sequence[Option], current: str = "", text: str = "") -> None:
        super().__init__(title)
        self.options, self.current, self.text = list(options), current, text

    def body(self) -> Iterable[Widget]:
        wide = max(cell_len(option.label) for option in self.options)
        columns = [
            Column("", 1),
            Column("", min(wide, WIDEST), tone=option_tone),
            Column("", 10, flex=1, tone=lambda _row: "muted"),
        ]
        if self.text:
            yield Label(Content(safe(self.text, lines=True)), classes="dialog-text")
        table = FactList(columns, id="choices")
        table.styles.height = min(len(self.options), MOST_ROWS) + 1
        yield table

    def actions(self) -> Sequence[Action]:
        return [Action("choose", _("Choose"), "primary"), Action("cancel", _("Cancel"))]

    def on_mount(self) -> None:
        table = self.query_one(FactList)
        keys = [option.key for option in self.options]
        table.set_rows(
            [
                (
                    "•" if option.key == self.current else " ",
                    option.label,
                    option.why_not or option.note,
                    option.why_not,
                )
                for option in self.options
            ],
            keys,
        )
        table.move_to(keys.index(self.current) if self.current in keys else 0)
        table.focus()

    @on(FactList.RowActivated)
    async def opened(self) -> None:
        """Enter on a row, or a second click."""
        await self.on_action("choose")

    async def on_action(self, id: str) -> None:
        """Take the row, or say why it cannot be taken."""
        option = self.options[self.query_one(FactList).cursor]
        if option.why_not:
            self.app.notify(safe(option.why_not), severity="warning", markup=False)
        else:
            self.dismiss(option.key)


class Compare(Dialog):
    """Somebody else was first: what it was, what they made of it, what you asked. "mine" saves yours."""

    def __init__(self, conflict: Conflict, rows: Sequence[tuple[str, str, str, str]]) -> None:
        super().__init__(_("Changed by somebody else"))
        self.conflict, self.rows = conflict, list(rows)

    def body(self) -> Iterable[Widget]:
        columns = [
            Column(_("Field"), 16, flex=1),
            Column(_("Was"), 14),
            Column(_("Theirs"), 14, tone=lambda _row: "warning"),
            Column(_("Mine"), 14, tone=lambda _row: "accent"),
        ]
        yield Label(Content(safe(self.conflict.message)), classes="dialog-text")
        table = FactList(columns, id="differences")
        table.styles.height = min(len(self.rows), MOST_ROWS) + 2
        yield table

    def actions(self) -> Sequence[Action]:
        return [Action("cancel", _("Keep theirs"), "primary", "t"), Action("mine", _("Save mine"), key="m")]

    def on_mount(self) -> None:
        self.query_one(FactList).set_rows(self.rows)
        self.query_one("#cancel").focus()
