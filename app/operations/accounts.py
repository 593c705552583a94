"""Customers, for those who work for the operator."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _
from app.operations.core import NotFound, Visit, operation
from app.operations.core.matching import literally
from app.operations.core.paging import Order, Page, read_page

BY_NAME = Order(("account.name", "account.id"), (str, int))


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A customer: number as people say it, kind "company" or "person", status "active" or "ended"."""

    id: int
    number: str
    kind: str
    name: str
    language: str
    status: str
    lines: int


COLUMNS = (
    "account.id, account.number, account.kind, account.name, account.language, account.status, "
    "(SELECT count(*) FROM line WHERE line.account_id = account.id)"
)


@operation("accounts.page", right="LIST_ACCOUNTS", changes=False)
def page(
    visit: Visit, text: str = "", after: str | None = None, before: str | None = None, limit: int = 128
) -> Page[AccountRow]:
    """Customers by name.

    Args:
        text: part of the name or the customer number.
        after: the page below the row with this key; before: the page above it.
        limit: rows of the page.
    """
    plain = literally(text.strip())
    return read_page(
        visit,
        f"SELECT account.name, account.id, {COLUMNS} FROM account "
        "WHERE (:text = '%%' OR account.name LIKE :text ESCAPE '\\' "
        "OR account.number LIKE :text ESCAPE '\\') AND {where} {order}",
        BY_NAME,
        lambda row: AccountRow(*row),
        after=after,
        before=before,
        limit=limit,
        text=f"%{plain}%",
    )


@operation("accounts.open", right="LIST_ACCOUNTS", changes=False)
def open(visit: Visit, account_id: int) -> AccountRow:
    """One customer; the visit is then turned to it by `visit.as_account`.

    Args:
        account_id: the customer.
    """
    row = visit.row(f"SELECT {COLUMNS} FROM account WHERE account.id = :account", account=account_id)
    if row is None:
        raise NotFound(_("There is no such customer."), "account_id")
    return AccountRow(*row)
