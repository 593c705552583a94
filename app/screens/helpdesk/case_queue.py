"""The queue of cases that wait for a second pair of eyes, and those that were decided."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Label

from app import units
from app.i18n import _, mark
from app.operations.cases import STATUSES
from app.operations.core.cases.view import CaseView
from app.screens.area import attempt, desk_of
from app.screens.case_words import status_tone, status_word
from app.screens.helpdesk.case_view import CaseScreen
from app.screens.paging import OperationSource
from app.widgets.columns import Column
from app.widgets.line_table import LineTable

END_KEYS = {"waiting": str(2**62)}
"""A key behind every case: those that wait go up, decided ones down."""


class CaseQueue(ModalScreen[None]):
    """Enter opens a case; S shows others than those that wait."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", mark("Close")),
        Binding("s", "turn", mark("Other state"), id="cases.state"),
        Binding("f5", "reload", mark("Read again"), show=False, id="cases.reload"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.status = STATUSES[0]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -wide"):
            yield Label("", classes="dialog-title", markup=False)
            table = LineTable(
                [
                    Column(_("Case"), 7),
                    Column(_("What"), 20, flex=1),
                    Column(_("Customer"), 18, flex=1),
                    Column(_("Asked by"), 14, shown_from=100),
                    Column(_("When"), 17, shown_from=90),
                    Column(_("State"), 10, tone=status_tone),
                ],
                empty=_("No case here."),
                id="case-list",
            )
            table.lacks = frozenset({"filter", "export", "mark"})
            yield table
            with Horizontal(classes="dialog-buttons"):
                yield Button(Content(_("Other state") + " S"), id="case-turn", compact=True)
                yield Button(Content(_("Close") + " esc"), id="case-close", compact=True)

    async def on_mount(self) -> None:
        await self.read()
        self.query_one(LineTable).focus()

    async def read(self) -> None:
        """Read the cases of the chosen state."""
        source = OperationSource(
            desk_of(self).do,
            "cases.page",
            self.cells,
            end_key=END_KEYS.get(self.status, "0"),
            status=self.status,
        )
        self.query_one(".dialog-title", Label).update(Content(queue_title(self.status)))
        await source.open(self.query_one(LineTable))

    def cells(self, case: CaseView) -> tuple[object, ...]:
        """One case."""
        visit = desk_of(self).visit
        when = units.instant(case.asked_at, visit.zone if visit else "UTC")
        return case.number, case.title, case.customer, case.asked_by, when, status_word(case)

    @on(LineTable.RowActivated)
    @work(exclusive=True, group="case")
    async def open_case(self, event: LineTable.RowActivated) -> None:
        """Show the case; read the list again when it was decided."""
        case: Any = await attempt(self, "cases.get", case_id=int(str(event.key)))
        if case is not None:
            await self.app.push_screen_wait(CaseScreen(case))
            await self.read()

    @work(exclusive=True, group="case")
    async def action_turn(self) -> None:
        """The next state."""
        self.status = STATUSES[(STATUSES.index(self.status) + 1) % len(STATUSES)]
        await self.read()

    @work(exclusive=True, group="case")
    async def action_reload(self) -> None:
        """Read the same again."""
        await self.read()

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """The keys, by mouse."""
        event.stop()
        if event.button.id == "case-turn":
            self.action_turn()
        else:
            self.action_close()

    def action_close(self) -> None:
        """Back to where one came from."""
        self.dismiss()


def queue_title(status: str) -> str:
    """What the list shows."""
    return {
        "waiting": _("Cases that wait for a second pair of eyes"),
        "released": _("Released cases"),
        "rejected": _("Rejected cases"),
        "withdrawn": _("Withdrawn cases"),
    }[status]
