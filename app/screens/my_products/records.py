"""Usage: every record of a month, what it cost, and why."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from app import units
from app.clock import add_months, month_of
from app.i18n import _, mark, ngettext
from app.screens.area import desk_of
from app.screens.my_products.dialogs import Choose, Option
from app.screens.my_products.export import export_list
from app.screens.my_products.panel import Panel
from app.screens.my_products.record_rows import record_cells, record_columns
from app.screens.my_products.why import WhyPanel
from app.screens.paging import OperationSource
from app.widgets.line_table import LineTable

BEHIND_ALL = f"{-(2**62)},0"
"""Older than every record: the end of the list."""
KINDS = ("", "data", "voice", "sms")
WIDE = 118
"""From this width on the price's explanation stands beside the list."""


class RecordsPanel(Panel):
    """A month of records; `w` explains the price of the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "why", mark("Why this price"), id="records.why"),
        Binding("escape", "close_why", mark("Close"), id="records.close_why"),
        Binding("left_square_bracket", "month(-1)", mark("Month before"), id="records.month_before"),
        Binding("right_square_bracket", "month(1)", mark("Next month"), id="records.month_after"),
        Binding("t", "kind", mark("Kind"), id="records.kind"),
    ]

    source: OperationSource | None = None
    month = 0
    kind = ""

    def compose(self) -> ComposeResult:
        yield Static("", classes="panel-title")
        with Container(id="records-body"):
            yield LineTable(record_columns(), id="records")
            yield WhyPanel()

    def on_mount(self) -> None:
        self.query_one(WhyPanel).display = False

    async def refresh_line(self, new: bool) -> None:
        visit = desk_of(self).visit
        assert visit is not None
        table = self.query_one(LineTable)
        if new or self.source is None:
            self.month = month_of(visit.now, visit.zone)
            await self.open_records()
        else:
            await self.source.refresh(table)
            self.show_title()

    async def open_records(self) -> None:
        """Show the month from its newest record."""
        line = self.line
        assert line is not None
        table = self.query_one(LineTable)
        month = units.month(self.month)
        table.empty = _("Nothing was used in {month}. Press [ for the month before.").format(month=month)
        self.source = OperationSource(
            desk_of(self).do,
            "usage.records",
            lambda record: record_cells(record, self.zone),
            end_key=BEHIND_ALL,
            line_id=line.id,
            month=self.month,
            kind=self.kind,
        )
        self.query_one(WhyPanel).clear()
        await self.source.open(table)
        self.show_title()

    def show_title(self) -> None:
        """Which month, which kind, how many."""
        total = self.query_one(LineTable).rows.total or 0
        kinds = {"": _("everything"), "data": _("data"), "voice": _("calls"), "sms": _("SMS")}
        count = ngettext("{count} record", "{count} records", total).format(count=units.count(total))
        text = Content.assemble((units.month(self.month), "bold"), f"  ·  {kinds[self.kind]}  ·  {count}")
        title = self.query_one(".panel-title", Static)
        if title.content != text:
            title.update(text)

    @on(LineTable.Counted, "#records")
    def counted(self) -> None:
        """The number of records is known."""
        self.show_title()

    async def action_month(self, step: int) -> None:
        """One month back or on, not beyond the present one."""
        visit = desk_of(self).visit
        assert visit is not None
        month = add_months(self.month, step)
        if month > month_of(visit.now, visit.zone):
            return
        self.month = month
        await self.open_records()
        self.refresh_bindings()

    async def action_kind(self) -> None:
        """Everything, data, calls, SMS, and round again."""
        self.kind = KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)]
        await self.open_records()

    @on(LineTable.FilterRequested, "#records")
    @work(exclusive=True, group="dialog")
    async def filter(self) -> None:
        """`/` asks which kind of records to show."""
        names = {"": _("Everything"), "data": _("Data"), "voice": _("Calls"), "sms": _("SMS")}
        options = [Option(kind or "all", name) for kind, name in names.items()]
        chosen = await self.app.push_screen_wait(Choose(_("Show"), options, self.kind or "all"))
        if chosen is not None:
            self.kind = "" if chosen == "all" else chosen
            await self.open_records()

    # Why this price

    @on(LineTable.RowActivated, "#records")
    async def activated(self) -> None:
        """Enter explains too."""
        await self.action_why()

    async def action_why(self) -> None:
        """Open the explanation, or close it."""
        why = self.query_one(WhyPanel)
        if why.display:
            self.action_close_why()
        else:
            why.display = True
            self.refresh_bindings()
            self.explain()

    def action_close_why(self) -> None:
        """Close the explanation: the list has the room and the cursor again."""
        self.query_one(WhyPanel).display = False
        self.refresh_bindings()
        self.query_one(LineTable).focus()

    @on(LineTable.RowHighlighted, "#records")
    def moved(self) -> None:
        """The explanation follows the cursor."""
        if self.query_one(WhyPanel).display:
            self.explain()

    @work(exclusive=True, group="explain")
    async def explain(self) -> None:
        """Read why the record under the cursor costs what it costs."""
        key = self.query_one(LineTable).key
        why = self.query_one(WhyPanel)
        if key is None:
            why.clear()
            return
        explanation: Any = await self.read("usage.explain", record_id=key)
        if explanation is not None:
            why.show(explanation)

    def on_resize(self, event: events.Resize) -> None:
        """Where there is room the explanation stands beside the list, else below it."""
        self.query_one("#records-body").set_class(event.size.width >= WIDE, "-wide")

    @on(LineTable.ExportRequested, "#records")
    @work(exclusive=True, group="dialog")
    async def export(self) -> None:
        """Write the month into a file."""
        if self.line is not None:
            await export_list(
                self, "usage.records", _("usage"), line_id=self.line.id, month=self.month, kind=self.kind
            )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no month after the present one; only what is open can be closed."""
        if action == "close_why":
            return bool(self.query(WhyPanel)) and self.query_one(WhyPanel).display
        if action == "month" and parameters == (1,):
            visit = desk_of(self).visit
            return visit is not None and self.month < month_of(visit.now, visit.zone)
        return True
