"""`/invoices`: every invoice by year, as a text to read and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from app.clock import zone_named
from app.i18n import _, use_language
from app.operations.core import Visit, perform
from app.operations.export import list_operation, stream
from app.operations.invoices import Invoice, InvoiceRow
from app.serving.files.node import File, Folder, Node, file_name, rows_of
from app.text import safe
from app.units import date, money, percent


class Invoices(Folder):
    """Years, for who may see invoices."""

    def entries(self) -> Iterator[tuple[str, Node]]:
        if self.visit.account_id is None or self.visit.reach("VIEW_BILLING") is None:
            return
        for year in dict.fromkeys(self.year(each) for each in rows_of(self.visit, "invoices.page")):
            yield str(year), Year(self.visit, year)

    def year(self, invoice: InvoiceRow) -> int:
        """In which it was issued."""
        return datetime.fromtimestamp(invoice.issued_at, zone_named(self.visit.zone)).year


class Year(Invoices):
    """The invoices of one year."""

    def __init__(self, visit: Visit, year: int) -> None:
        super().__init__(visit)
        self.of_year = year

    def entries(self) -> Iterator[tuple[str, Node]]:
        for each in rows_of(self.visit, "invoices.page"):
            if self.year(each) == self.of_year:
                for form, pieces in (("csv", self._table), ("txt", self._text)):
                    name = f"{file_name(each.number)}.{form}"
                    yield name, File(each.issued_at, partial(pieces, each.id), f"invoice:{each.id}")

    def _table(self, invoice_id: int) -> Iterator[str]:
        listed = list_operation("invoices.positions")
        for text, _rows in stream(self.visit, listed, {"invoice_id": invoice_id}, "csv"):
            yield text

    def _text(self, invoice_id: int) -> Iterator[str]:
        invoice: Invoice = perform(self.visit, "invoices.get", invoice_id=invoice_id)
        with use_language(self.visit.language):
            yield "\n".join(safe(line) for line in head(invoice, self.visit.zone)) + "\n\n"
            for row in rows_of(self.visit, "invoices.positions", invoice_id=invoice_id):
                who = f"{row.number}  {row.person}"
                yield f"{safe(who)}\n  {safe(row.text)}  {money(row.net_cents)}\n"
            yield "\n" + "\n".join(sums(invoice)) + "\n"


def head(invoice: Invoice, zone: str) -> list[str]:
    """Who bills whom, for what, until when."""
    return [
        *invoice.seller,
        "",
        *invoice.buyer,
        "",
        _("Invoice {number}").format(number=invoice.number),
        _("dated {day}").format(day=date(invoice.issued_at, zone)),
        _("by {day}").format(day=date(invoice.due_at, zone)),
        _("Reference {reference}").format(reference=invoice.reference),
    ]


def sums(invoice: Invoice) -> list[str]:
    """What it comes to."""
    return [
        f"{_('Net of VAT')}  {money(invoice.net_cents)}",
        f"{_('VAT {rate}').format(rate=percent(invoice.vat_rate, 10_000))}  {money(invoice.vat_cents)}",
        _("Total {amount}").format(amount=money(invoice.total_cents)),
    ]
