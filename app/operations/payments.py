"""Payments: the ledger of a customer, what is owed, how to pay it, and what came in."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _
from app.operations.core import Invalid, Visit, operation
from app.operations.core.billing.ledger import balance, book
from app.operations.core.billing.scope import RIGHT, billed_to, one_account, one_invoice
from app.operations.core.paging import Order, Page, read_page

LAST_FIRST = Order(("booking.id",), (int,), descending=True)


@dataclass(frozen=True, slots=True)
class BookingRow:
    """An entry of the ledger. kind: invoice or payment; cents: what it adds to what is owed.

    invoice: number of the invoice, or of the one that a payment named; balance_cents: owed after it.
    """

    id: int
    at: int
    kind: str
    invoice: str
    cents: int
    balance_cents: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What a customer owes now, in cents; below zero: paid ahead. overdue_cents: of it, past its day."""

    balance_cents: int
    overdue_cents: int
    open_invoices: int
    next_due_at: int | None


@dataclass(frozen=True, slots=True)
class Payment:
    """How to pay: by transfer of so many cents to an account (IBAN), with a reference (ISO 11649).

    invoice: the number it is for; empty: all that is owed, with the reference of the oldest open invoice.
    """

    cents: int
    currency: str
    holder: str
    iban: str
    reference: str
    invoice: str


@operation("payments.bookings", right=RIGHT, changes=False)
def bookings(
    visit: Visit, after: str | None = None, before: str | None = None, limit: int = 128
) -> Page[BookingRow]:
    """The ledger: every invoice and payment with what was owed after it, newest first."""
    return read_page(
        visit,
        "SELECT booking.id, booking.id, booking.at, booking.kind, coalesce(invoice.number, ''),"
        " booking.cents, booking.balance_cents FROM booking"
        " LEFT JOIN invoice ON invoice.id = booking.invoice_id"
        f" WHERE {billed_to(visit, 'booking')} AND {{where}} {{order}}",
        LAST_FIRST,
        lambda row: BookingRow(*row),
        after=after,
        before=before,
        limit=limit,
        account=visit.account_id,
    )


@operation("payments.standing", right=RIGHT, changes=False)
def standing(visit: Visit) -> Standing:
    """What is owed now, and by when."""
    account = one_account(visit)
    row = visit.row(
        "SELECT coalesce(sum(CASE WHEN due_at < :now THEN total_cents - paid_cents ELSE 0 END), 0), count(*),"
        " min(due_at) FROM invoice WHERE account_id = :account AND paid_cents < total_cents",
        account=account,
        now=visit.now,
    )
    assert row is not None
    return Standing(balance(visit, account), int(row[0]), row[1], row[2])


@operation("payments.how", right=RIGHT, changes=False)
def how(visit: Visit, invoice_id: int | None = None) -> Payment:
    """How to pay one invoice, or all that is owed.

    Args:
        invoice_id: the one to pay; without it the whole balance.
    """
    ours = visit.content.operator
    if invoice_id is not None:
        number, left, reference = one_invoice(
            visit, "number, total_cents - paid_cents, reference", invoice_id
        )
    else:
        account = one_account(visit)
        left = balance(visit, account)
        row = visit.row(
            "SELECT reference FROM invoice WHERE account_id = :account AND paid_cents < total_cents"
            " ORDER BY issued_at, id LIMIT 1",
            account=account,
        )
        number, reference = "", row[0] if row else ""
    if left <= 0:
        raise Invalid(_("Nothing is left to pay here."), "invoice_id")
    return Payment(int(left), ours.currency, ours.invoicing.holder, ours.invoicing.iban, reference, number)


@operation("payments.add", right="BOOK_PAYMENTS")
def add(visit: Visit, reference: str, cents: int, bank_reference: str = "") -> BookingRow:
    """Book a payment that the bank has told about; the invoice that it names is settled first.

    Args:
        reference: the invoice's number, or the reference on it, spaces forgiven.
        cents: what was paid.
        bank_reference: how the bank names the payment; the same one is refused the second time.
    """
    if cents <= 0:
        raise Invalid(_("Give what was paid in cents, above zero."), "cents")
    wanted = "".join(reference.split()).upper()
    row = visit.row(
        "SELECT id, account_id FROM invoice WHERE (number = :wanted OR reference = :wanted)"
        f" AND {billed_to(visit, 'invoice')}",
        wanted=wanted,
        account=visit.account_id,
    )
    if row is None:
        raise Invalid(_("No invoice has this number or reference."), "reference")
    known = bank_reference.strip()
    if known and visit.row("SELECT 1 FROM booking WHERE bank_reference = :known", known=known):
        raise Invalid(_("This payment was booked before."), "bank_reference")
    number = book(visit, row[1], "payment", -cents, invoice_id=row[0], bank_reference=known)
    visit.touch("invoice", row[0])
    found = visit.row(
        "SELECT booking.id, booking.at, booking.kind, invoice.number, booking.cents, booking.balance_cents"
        " FROM booking JOIN invoice ON invoice.id = booking.invoice_id WHERE booking.id = :id",
        id=number,
    )
    assert found is not None
    return BookingRow(*found)
