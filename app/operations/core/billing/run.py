"""Which invoices are due: those of the month that is over, and of months that were missed since the last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from app.clock import add_months, month_bounds, month_of, zone_named
from app.operations.core import audit
from app.operations.core.billing.issue import issue
from app.operations.core.billing.items import window
from app.operations.core.errors import OperationError
from app.operations.core.outbox import raise_alert
from app.operations.core.visit import Visit

DUE = (
    "SELECT account.id FROM account WHERE account.id > :after AND (:account IS NULL OR account.id = :account)"
    " AND NOT EXISTS (SELECT 1 FROM invoice WHERE invoice.account_id = account.id AND invoice.month = :month)"
    " AND EXISTS (SELECT 1 FROM line WHERE line.account_id = account.id AND line.status <> 'ordered'"
    " AND coalesce(line.activated_at, 0) < :end AND coalesce(line.ends_at, :end) > :first)"
    " ORDER BY account.id LIMIT 1000"
)
"""Customers who had lines in the month, or in those whose usage comes a month later."""


class Issued(NamedTuple):
    """What came of the invoices that were due: ids of those issued; customers without anything to pay, and
    those whose invoice cannot be made."""

    invoices: list[int]
    nothing: int
    failed: int


def issue_invoices(visit: Visit) -> int:
    """Issue every invoice that is due, each in a transaction of its own; how many."""
    return sum(len(issue_month(visit, month).invoices) for month in due_months(visit))


def issue_month(visit: Visit, month: int) -> Issued:
    """Issue the invoices of a month; one that cannot be made is told to staff, each day anew."""
    issued, failed, nothing = [], 0, 0
    for account_id in due_accounts(visit, month):
        try:
            invoice = issue_for(visit, account_id, month)
        except OperationError as error:
            _tell_staff(visit, account_id, month, error)
            failed += 1
            continue
        if invoice is None:
            nothing += 1
        else:
            issued.append(invoice)
    return Issued(issued, nothing, failed)


def _tell_staff(visit: Visit, account_id: int, month: int, error: OperationError) -> None:
    row = visit.row("SELECT number FROM account WHERE id = :id", id=account_id)
    assert row is not None
    detail = f"account:{row[0]} month:{month} {error.message}"
    with visit.transaction() as tx:
        raise_alert(tx, f"invoice:{account_id}:{month}", "invoice_failed", detail, visit.now, again=True)


def issue_for(visit: Visit, account_id: int, month: int) -> int | None:
    """Issue one customer's invoice and write that down; its id, None where nothing is on it."""
    about = visit.as_account(account_id, "")
    with about.transaction():
        invoice = issue(about, account_id, month)
        if invoice is not None:
            audit.append(about, "billing.run", "done")
    return invoice


def due_months(visit: Visit) -> list[int]:
    """The months whose invoices are to be issued by now, the oldest first.

    Those after the newest invoice, and before it as many as usage may be late: for the customers whose
    invoice could not be made then.
    """
    policies = visit.content.operator.policies
    today = datetime.fromtimestamp(visit.now, zone_named(visit.zone))
    newest = add_months(month_of(visit.now, visit.zone), -1)
    if today.day < policies.invoice_day:
        newest = add_months(newest, -1)
    row = visit.row("SELECT min(month), max(month) FROM invoice")
    oldest, latest = row if row and row[0] else (newest, newest)
    months = [min(max(oldest, add_months(latest, -policies.late_months)), newest)]
    while months[-1] < newest:
        months.append(add_months(months[-1], 1))
    return months


def due_accounts(visit: Visit, month: int) -> Iterator[int]:
    """The customers whose invoice for a month is not issued yet, by id."""
    first = month_bounds(window(visit, month)[0], visit.zone)[0]
    end = month_bounds(month, visit.zone)[1]
    after = 0
    while rows := visit.rows(DUE, after=after, account=visit.account_id, month=month, first=first, end=end):
        yield from (number for (number,) in rows)
        after = rows[-1][0]
