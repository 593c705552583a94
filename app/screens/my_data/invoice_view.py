"""One invoice: its facts, its positions, its sums."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from app import units
from app.i18n import _
from app.operations.invoices import Invoice
from app.screens.area import attempt, desk_of
from app.screens.my_data.invoice_rows import position_cells, position_columns, state_name
from app.screens.paging import OperationSource
from app.widgets.line_table import LineTable
from app.widgets.list_panel import ListPanel

END = str(2**62)
"""Behind every position."""


class InvoiceView(Vertical):
    """Shows the invoice that `open` was given; its list is searched and exported like any other."""

    DEFAULT_CSS = "InvoiceView { height: 1fr; }"
    invoice: Invoice | None = None

    def compose(self) -> ComposeResult:
        yield Static("", id="invoice-head")
        yield ListPanel("", LineTable(position_columns(), empty=_("Nothing fits.")))
        yield Static("", id="invoice-sums")

    def on_mount(self) -> None:
        self.query_one(LineTable).lacks = frozenset({"activate", "mark"})

    async def open(self, invoice_id: int) -> bool:
        """Read and show an invoice from its first position; False, and said, if it cannot be read."""
        if not await self._read(invoice_id):
            return False
        assert self.invoice is not None
        self.query_one(ListPanel).begin(_("Invoice {number}").format(number=self.invoice.number))
        source = OperationSource(
            desk_of(self).do,
            "invoices.positions",
            position_cells,
            end_key=END,
            text_name="text",
            key=lambda row: int(row.position),
            invoice_id=invoice_id,
        )
        await source.open(self.query_one(LineTable))
        return True

    async def renew(self) -> None:
        """What may have changed: whether it is paid."""
        if self.invoice is not None:
            await self._read(self.invoice.id)

    async def _read(self, invoice_id: int) -> bool:
        invoice: Invoice | None = await attempt(self, "invoices.get", invoice_id=invoice_id)
        visit = desk_of(self).visit
        if invoice is None or visit is None:
            return False
        self.invoice = invoice
        self.query_one("#invoice-head", Static).update(head(invoice, visit.zone))
        self.query_one("#invoice-sums", Static).update(sums(invoice))
        return True


def head(invoice: Invoice, zone: str) -> Content:
    """Whose it is, of when, by when it is to be paid, and with which reference."""
    first = [
        invoice.buyer[0],
        units.month(invoice.month),
        _("dated {day}").format(day=units.date(invoice.issued_at, zone)),
    ]
    state = state_name(invoice.state)
    if invoice.open_cents:
        state = _("{amount} to pay by {day}").format(
            amount=units.money(invoice.open_cents), day=units.date(invoice.due_at, zone)
        )
    second = [state, _("Reference {reference}").format(reference=grouped(invoice.reference))]
    return Content("  ·  ".join(first) + "\n" + "  ·  ".join(second))


def sums(invoice: Invoice) -> Content:
    """Fees and usage apart, then VAT and the total."""
    rate = units.percent(invoice.vat_rate, 10_000)
    parts = [
        (_("Fees"), invoice.fees_cents),
        (_("Usage"), invoice.usage_cents),
        (_("VAT {rate}").format(rate=rate), invoice.vat_cents),
    ]
    told = "  ·  ".join(f"{name} {units.money(cents)}" for name, cents in parts)
    return Content.assemble(
        (told + "  ·  ", "$text-quiet"),
        (_("Total {amount}").format(amount=units.money(invoice.total_cents)), "bold"),
    )


def grouped(text: str) -> str:
    """An IBAN or a reference in groups of four, as they are printed."""
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))
