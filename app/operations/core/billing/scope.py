"""Whose invoices and payments a visitor may see: all of an account's, never another's."""

from __future__ import annotations

from typing import Any, Final

from app.i18n import _
from app.operations.core.errors import Invalid, NotFound
from app.operations.core.visit import Visit

RIGHT: Final = "VIEW_BILLING"
STATE: Final = (
    "CASE WHEN paid_cents >= total_cents THEN 'paid' WHEN due_at < :now THEN 'overdue' ELSE 'open' END"
)
"""Of a row of `invoice`."""


def billed_to(visit: Visit, table: str) -> str:
    """A condition on a table of the books; it binds `:account`."""
    if visit.account_id is not None:
        return f"{table}.account_id = :account"
    return "(:account IS NULL)" if visit.reach(RIGHT) == "any" else "FALSE"


def one_invoice(visit: Visit, columns: str, invoice_id: int) -> Any:
    """Columns of one invoice.

    Raises:
        NotFound: no such invoice, or another customer's: the two look alike.
    """
    row = visit.row(
        f"SELECT {columns} FROM invoice WHERE id = :id AND {billed_to(visit, 'invoice')}",
        id=invoice_id,
        account=visit.account_id,
        now=visit.now,
    )
    if row is None:
        raise NotFound(_("There is no such invoice."), "invoice_id")
    return row


def one_account(visit: Visit) -> int:
    """The account that is looked at.

    Raises:
        Invalid: none is.
    """
    if visit.account_id is None:
        raise Invalid(_("Say for which customer: open one, or give --account."), "account")
    return visit.account_id
