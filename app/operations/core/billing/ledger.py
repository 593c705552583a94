"""What a customer owes: every invoice and payment is an entry, and payments settle invoices."""

from __future__ import annotations

from app.operations.core.visit import Visit


def balance(visit: Visit, account_id: int) -> int:
    """Cents that the customer owes; below zero: what was paid ahead."""
    row = visit.row(
        "SELECT balance_cents FROM booking WHERE account_id = :account ORDER BY id DESC LIMIT 1",
        account=account_id,
    )
    return int(row[0]) if row else 0


def book(
    visit: Visit,
    account_id: int,
    kind: str,
    cents: int,
    *,
    invoice_id: int | None = None,
    bank_reference: str = "",
) -> int:
    """Add an entry in the open transaction and settle what it pays; its id.

    Args:
        kind: invoice or payment.
        cents: what it adds to what the customer owes; a payment is below zero.
        invoice_id: the invoice itself, or the one that the payer named, which is settled first.
        bank_reference: how the bank names a payment.
    """
    booking = visit.change.added(
        "INSERT INTO booking (account_id, at, kind, invoice_id, cents, balance_cents, bank_reference)"
        " VALUES (:account, :now, :kind, :invoice, :cents, :balance, :reference) RETURNING id",
        account=account_id,
        now=visit.now,
        kind=kind,
        invoice=invoice_id,
        cents=cents,
        balance=balance(visit, account_id) + cents,
        reference=bank_reference,
    )
    settle(visit, account_id, invoice_id)
    return booking


def settle(visit: Visit, account_id: int, named: int | None = None) -> None:
    """Pay open invoices from what the customer has paid: the named one first, then the oldest."""
    still_open = visit.rows(
        "SELECT id, total_cents - paid_cents FROM invoice WHERE account_id = :account"
        " AND paid_cents < total_cents ORDER BY id <> :named, issued_at, id",
        account=account_id,
        named=named or 0,
    )
    paid_ahead = sum(left for _invoice, left in still_open) - balance(visit, account_id)
    for invoice, left in still_open:
        if paid_ahead <= 0:
            return
        pays = min(left, paid_ahead)
        paid_ahead -= pays
        visit.change.execute(
            "UPDATE invoice SET paid_cents = paid_cents + :cents WHERE id = :id", cents=pays, id=invoice
        )
