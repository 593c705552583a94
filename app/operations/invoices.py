"""Invoices: the list, and each one as it was issued."""

from __future__ import annotations

from dataclasses import dataclass

from app.operations.core import Visit, operation
from app.operations.core.billing.scope import RIGHT, STATE, billed_to, one_invoice
from app.operations.core.paging import Order, Page, read_page

NEWEST_FIRST = Order(("invoice.issued_at", "invoice.id"), (int, int), descending=True)
BY_POSITION = Order(("position",), (int,))


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """An invoice in a list. month: whose fees are on it; money is cents with VAT.

    state: paid, open, or overdue. open_cents: what is still to be paid.
    """

    id: int
    number: str
    issued_at: int
    due_at: int
    month: int
    total_cents: int
    open_cents: int
    state: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice as it was issued. seller, buyer: a line each; vat_rate: hundredths of a percent.

    fees_cents, usage_cents: net sums of its two parts. reference: what a payment is known by (ISO 11649).
    """

    id: int
    number: str
    issued_at: int
    due_at: int
    month: int
    reference: str
    seller: tuple[str, ...]
    buyer: tuple[str, ...]
    vat_rate: int
    net_cents: int
    vat_cents: int
    total_cents: int
    open_cents: int
    state: str
    fees_cents: int
    usage_cents: int


@dataclass(frozen=True, slots=True)
class PositionRow:
    """One line of an invoice, net of VAT. part: fees or usage; number, person: whose line; month: YYYYMM."""

    position: int
    part: str
    number: str
    person: str
    month: int
    text: str
    net_cents: int


@operation("invoices.page", right=RIGHT, changes=False)
def page(
    visit: Visit, after: str | None = None, before: str | None = None, limit: int = 128, text: str = ""
) -> Page[InvoiceRow]:
    """Invoices, newest first.

    Args:
        text: part of a number.
    """
    return read_page(
        visit,
        "SELECT issued_at, id, id, number, issued_at, due_at, month, total_cents, total_cents - paid_cents,"
        f" {STATE} FROM invoice WHERE {billed_to(visit, 'invoice')}"
        " AND (:text = '' OR instr(number, :text) > 0) AND {where} {order}",
        NEWEST_FIRST,
        lambda row: InvoiceRow(*row),
        after=after,
        before=before,
        limit=limit,
        account=visit.account_id,
        text=text.strip(),
        now=visit.now,
    )


@operation("invoices.get", right=RIGHT, changes=False)
def get(visit: Visit, invoice_id: int) -> Invoice:
    """One invoice with its sums."""
    row = one_invoice(
        visit,
        "id, number, issued_at, due_at, month, reference, seller, buyer, vat_rate, net_cents, vat_cents,"
        f" total_cents, total_cents - paid_cents, {STATE}",
        invoice_id,
    )
    sums = visit.rows(
        "SELECT part, sum(net_cents) FROM invoice_position WHERE invoice_id = :id GROUP BY part",
        id=invoice_id,
    )
    parts = {part: int(cents) for part, cents in sums}  # a sum of PostgreSQL is a Decimal
    names = (tuple(text.split("\n")) for text in row[6:8])
    return Invoice(*(*row[:6], *names, *row[8:], parts.get("fees", 0), parts.get("usage", 0)))


@operation("invoices.positions", right=RIGHT, changes=False)
def positions(
    visit: Visit,
    invoice_id: int,
    after: str | None = None,
    before: str | None = None,
    limit: int = 128,
    text: str = "",
) -> Page[PositionRow]:
    """What stands on an invoice, in its order; of a selected service what is on its lines.

    Args:
        text: part of a number, of a name or of what it is for.
    """
    one_invoice(visit, "id", invoice_id)
    return read_page(
        visit,
        "SELECT position, position, part, number, person, month, text, net_cents FROM invoice_position"
        " WHERE invoice_id = :invoice"
        " AND (:service IS NULL OR line_id IN (SELECT id FROM line WHERE group_id = :service))"
        " AND (:text = '' OR instr(number, :text) > 0"
        " OR instr(lower(person), lower(:text)) > 0 OR instr(lower(text), lower(:text)) > 0)"
        " AND {where} {order}",
        BY_POSITION,
        lambda row: PositionRow(*row),
        after=after,
        before=before,
        limit=limit,
        invoice=invoice_id,
        service=visit.group_id,
        text=text.strip(),
    )
