"""Which invoices are due: those of the month that is over, and of months that were missed since the last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.clock import add_months, month_bounds, month_of, zone_named
from app.operations.core import audit
from app.operations.core.billing.issue import issue
from app.operations.core.billing.items import window
from app.operations.core.visit import Visit

DUE = (
    "SELECT account.id FROM account WHERE account.id > :after AND (:account IS NULL OR account.id = :account)"
    " AND NOT EXISTS (SELECT 1 FROM invoice WHERE invoice.account_id = account.id AND invoice.month = :month)"
    " AND EXISTS (SELECT 1 FROM line WHERE line.account_id = account.id AND line.status <> 'ordered'"
    " AND coalesce(line.activated_at, 0) < :end AND coalesce(line.ends_at, :end) > :first)"
    " ORDER BY account.id LIMIT 1000"
)
"""Customers who had lines in the month, or in those whose usage comes a month later."""


def issue_invoices(visit: Visit) -> int:
    """Issue every invoice that is due, each in a transaction of its own; how many."""
    return sum(
        issue_for(visit, account, month) is not None
        for month in due_months(visit)
        for account in due_accounts(visit, month)
    )


def issue_for(visit: Visit, account_id: int, month: int) -> int | None:
    """Issue one customer's invoice and write that down; its id, None where nothing is on it."""
    about = visit.as_account(account_id, "")
    with about.transaction():
        invoice = issue(about, account_id, month)
        if invoice is not None:
            audit.append(about, "billing.run", "done")
    return invoice


def due_months(visit: Visit) -> list[int]:
    """The months whose invoices are to be issued by now, the oldest first."""
    today = datetime.fromtimestamp(visit.now, zone_named(visit.zone))
    newest = add_months(month_of(visit.now, visit.zone), -1)
    if today.day < visit.content.operator.policies.invoice_day:
        newest = add_months(newest, -1)
    row = visit.row("SELECT max(month) FROM invoice")
    months = [min(int(row[0]), newest) if row and row[0] else newest]
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
