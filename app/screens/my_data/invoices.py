"""Invoices: what is owed, every invoice with its positions, and the ledger."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from app import units
from app.i18n import _, mark, ngettext
from app.operations.payments import Standing
from app.screens.area import desk_of
from app.screens.my_data.data_panel import DataPanel
from app.screens.my_data.invoice_rows import (
    booking_cells,
    booking_columns,
    invoice_cells,
    invoice_columns,
)
from app.screens.my_data.invoice_view import InvoiceView
from app.screens.my_data.pay_screen import pay
from app.screens.my_products.export import export_list
from app.screens.paging import OperationSource
from app.widgets.line_table import LineTable
from app.widgets.list_panel import ListPanel
from app.widgets.rows import Row

OLDEST = f"{-(2**62)},0"
"""Behind every invoice of a list that begins with the newest."""


class InvoicesPanel(DataPanel):
    """The list; Enter opens an invoice, `b` shows the ledger in its place, Esc leads back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "pay", mark("Pay"), id="invoices.pay"),
        Binding("b", "ledger", mark("Invoices and payments"), id="invoices.ledger"),
        Binding("escape,backspace", "back", mark("Back"), id="invoices.back"),
    ]
    view = "list"

    def compose(self) -> ComposeResult:
        yield Static("", id="owed", markup=False)
        table = LineTable(invoice_columns(), empty=_("No invoices yet. The first comes with the next month."))
        table.lacks = frozenset({"mark"})
        yield ListPanel(_("Invoices"), table, id="invoices-list")
        yield InvoiceView(id="invoices-one")
        entries = LineTable(booking_columns(), empty=_("Nothing has been booked yet."))
        entries.lacks = frozenset({"activate", "mark", "filter"})
        yield ListPanel(_("Invoices and payments"), entries, id="invoices-ledger")

    def on_mount(self) -> None:
        self.show_view("list")
        do = desk_of(self).do
        self.invoices = OperationSource(
            do, "invoices.page", self.invoice_row, end_key=OLDEST, text_name="text"
        )
        self.bookings = OperationSource(do, "payments.bookings", self.booking_row, end_key="0")
        self.standing: Standing | None = None

    def invoice_row(self, invoice: object) -> Row:
        return invoice_cells(invoice, self.visit.zone)

    def booking_row(self, booking: object) -> Row:
        return booking_cells(booking, self.visit.zone)

    def table(self, part: str) -> LineTable:
        """The list of one part."""
        return self.query_one(f"#invoices-{part} LineTable", LineTable)

    async def renew(self) -> None:
        standing: Standing | None = await self.read("payments.standing")
        if standing is not None:
            self.standing = standing
            self.query_one("#owed", Static).update(owed(standing, self.visit.zone))
        await self.show_list("list", self.invoices)
        if self.view == "ledger":
            await self.show_list("ledger", self.bookings)
        if self.view == "one":
            await self.query_one(InvoiceView).renew()
        self.refresh_bindings()

    async def show_list(self, part: str, source: OperationSource) -> None:
        """Read a list, or read it again."""
        table = self.table(part)
        await (source.refresh(table) if table.source is source else source.open(table))

    def show_view(self, view: str) -> None:
        """Show the list, one invoice or the ledger, with the focus in it."""
        self.view = view
        for part in ("list", "one", "ledger"):
            self.query_one(f"#invoices-{part}").display = part == view
        if self.is_on_screen and self.has_focus_within:
            self.table(view).focus()
        self.refresh_bindings()

    async def show_object(self, number: int) -> None:
        """Open the invoice of this id."""
        if await self.query_one(InvoiceView).open(number):
            self.show_view("one")
            self.table("one").focus()

    @on(LineTable.RowActivated, "#invoices-list LineTable")
    async def opened(self, event: LineTable.RowActivated) -> None:
        """Enter, or a second click."""
        if isinstance(event.key, int):
            await self.show_object(event.key)

    async def action_ledger(self) -> None:
        await self.show_list("ledger", self.bookings)
        self.show_view("ledger")
        self.table("ledger").focus()

    def action_back(self) -> None:
        self.show_view("list")
        self.table("list").focus()

    @work(exclusive=True, group="dialog")
    async def action_pay(self) -> None:
        """The open invoice that is shown, or else all that is owed."""
        shown = self.query_one(InvoiceView).invoice
        await pay(self, shown.id if self.view == "one" and shown is not None else None)

    @on(LineTable.ExportRequested)
    @work(exclusive=True, group="export")
    async def export(self, event: LineTable.ExportRequested) -> None:
        """The list that is shown, as a file."""
        shown = self.query_one(InvoiceView).invoice
        if self.view == "one" and shown is not None:
            text = event.table.rows.text
            await export_list(self, "invoices.positions", shown.number, invoice_id=shown.id, text=text)
        elif self.view == "ledger":
            await export_list(self, "payments.bookings", _("Invoices and payments"))
        else:
            await export_list(self, "invoices.page", _("Invoices"), text=event.table.rows.text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to pay, nothing to go back from: no key."""
        if action == "pay":
            shown = self.query_one(InvoiceView).invoice if self.view == "one" else None
            left = shown.open_cents if shown is not None else self.owed_cents
            return left > 0
        if action == "back":
            return self.view != "list"
        return action != "ledger" or self.view != "ledger"

    @property
    def owed_cents(self) -> int:
        """What the customer owes, as far as it is known here."""
        standing = getattr(self, "standing", None)
        return standing.balance_cents if standing is not None else 0


def owed(standing: Standing, zone: str) -> str:
    """What is to be paid, and by when, in one line."""
    if standing.balance_cents < 0:
        return _("{amount} paid ahead: it goes off your next invoice.").format(
            amount=units.money(-standing.balance_cents)
        )
    if not standing.balance_cents:
        return _("Everything is paid.")
    text = ngettext(
        "{amount} to pay on {count} invoice", "{amount} to pay on {count} invoices", standing.open_invoices
    ).format(amount=units.money(standing.balance_cents), count=units.count(standing.open_invoices))
    if standing.overdue_cents:
        late = _("{amount} of it is overdue").format(amount=units.money(standing.overdue_cents))
        return f"{text} · {late}"
    if standing.next_due_at is None:
        return text
    return f"{text} · {_('by {day}').format(day=units.date(standing.next_due_at, zone))}"
