"""Usage that could not be rated: why each row waits, and what can be done about it."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from app import units
from app.i18n import _, mark
from app.operations.intake import SuspenseRow
from app.screens.area import attempt, desk_of
from app.screens.paging import OperationSource
from app.text import safe
from app.widgets.columns import Column, cell_text
from app.widgets.dialog import Confirm
from app.widgets.line_table import LineTable
from app.widgets.list_keys import ONLY_LOOK

FIELDS_SHOWN = 8


class SuspenseQueue(ModalScreen[None]):
    """The rows that wait, the newest first; under them the chosen one as it came."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", mark("Close"), id="suspense.close"),
        Binding("R", "replay", mark("Rate all again"), id="suspense.replay"),
        Binding("D", "let_go", mark("Let this row go"), id="suspense.dismiss"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[int, SuspenseRow] = {}

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog", id="suspense") as box:
            box.border_title = Content(_("Usage that waits"))
            table = LineTable(
                [
                    Column(_("Source"), 10),
                    Column(_("Line"), 7, align="right"),
                    Column(_("Field"), 10),
                    Column(_("What is wrong"), 24, flex=1),
                ],
                empty=_("Nothing waits: every row was rated."),
            )
            table.lacks = ONLY_LOOK
            yield table
            yield Static("", id="suspense-raw", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(Content(_("Rate all again") + " R"), id="suspense-replay", compact=True)
                yield Button(Content(_("Let this row go") + " D"), id="suspense-dismiss", compact=True)
                yield Button(Content(_("Close") + " esc"), id="suspense-close", compact=True)

    async def on_mount(self) -> None:
        await self.read()
        self.query_one(LineTable).focus()

    async def read(self) -> None:
        """Read the queue."""
        source = OperationSource(desk_of(self).do, "usage.suspense", self.cells, end_key="0")
        await source.open(self.query_one(LineTable))

    def cells(self, row: SuspenseRow) -> tuple[object, ...]:
        """One row of the queue; kept, to show it whole."""
        self.rows[row.id] = row
        return row.source, row.line_no, row.field, row.text

    @on(LineTable.RowHighlighted)
    def show_raw(self, event: LineTable.RowHighlighted) -> None:
        """The row as it came, column by column."""
        row = self.rows.get(int(str(event.key)))
        if row is not None:
            self.query_one("#suspense-raw", Static).update(raw_lines(row))

    @on(LineTable.Counted)
    def counted(self, event: LineTable.Counted) -> None:
        """Nothing is left of a row that is gone."""
        if not event.total:
            self.query_one("#suspense-raw", Static).update("")

    @work(exclusive=True)
    async def action_replay(self) -> None:
        """Try all rows again; those that fit now are rated."""
        done: Any = await attempt(self, "usage.replay")
        if done is not None:
            said = _("{rated} of {rows} rows are rated now.").format(
                rated=units.count(done.rated), rows=units.count(done.rows)
            )
            self.app.notify(said, markup=False)
            await self.read()

    @work(exclusive=True)
    async def action_let_go(self) -> None:
        """Give one row up; it is kept for the record."""
        key = self.query_one(LineTable).key
        if key is None:
            return
        question = Confirm(
            _("Let this row go?"),
            _("It will never be rated. It stays on record."),
            yes=_("Let go"),
            no=_("Keep"),
            danger=True,
        )
        if await self.app.push_screen_wait(question):
            await attempt(self, "usage.dismiss", suspense_id=int(str(key)))
            await self.read()

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """The three keys, by mouse."""
        event.stop()
        actions = {"suspense-replay": self.action_replay, "suspense-dismiss": self.action_let_go}
        actions.get(event.button.id or "", self.action_close)()

    def action_close(self) -> None:
        """Back to the dashboard."""
        self.dismiss()


def raw_lines(row: SuspenseRow) -> Content:
    """What is wrong in full, the file, and the first columns of the row."""
    try:
        columns = json.loads(row.raw)
    except ValueError:
        columns = {}
    shown = columns if isinstance(columns, dict) else {"": row.raw}
    pairs = [
        f"{cell_text(name, 18, 'left')}  {safe(value, cells=50)}"
        for name, value in list(shown.items())[:FIELDS_SHOWN]
    ]
    where = safe(row.file, cells=70)
    return Content.assemble((safe(row.text, cells=140), "bold"), "\n", where, "\n", "\n".join(pairs))
