"""Customers, for those who work for the operator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.i18n import _
from app.operations.core import NotFound, Visit, operation
from app.operations.core.paging import Order, Page
from app.operations.core.search_list import count_filtered, filtered_ids, read_filtered, wanted_of
from app.store.search.kinds import ACCOUNT

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
        text: beginnings of the words of the name; beginning or last digits of the customer number.
        after: the page below the row with this key; before: the page above it.
        limit: rows of the page.
    """
    queries = ["SELECT account.id FROM account WHERE {where} {order}"]
    values: dict[str, Any] = {}
    if text.strip():
        wanted = wanted_of(visit, ACCOUNT, text, None)
        queries, values = filtered_ids(visit, wanted, "account", "1", BY_NAME)
    return read_filtered(
        visit,
        queries,
        f"SELECT account.name, account.id, {COLUMNS} FROM ({{ids}}) AS found "
        "JOIN account ON account.id = found.id {order}",
        BY_NAME,
        lambda row: AccountRow(*row),
        after=after,
        before=before,
        limit=limit,
        **values,
    )


@operation("accounts.count", right="LIST_ACCOUNTS", changes=False)
def count(visit: Visit, text: str = "") -> int:
    """How many customers the list has.

    Args:
        text: beginnings of the words of the name; beginning or last digits of the customer number.
    """
    if text.strip():
        return count_filtered(visit, wanted_of(visit, ACCOUNT, text, None))
    found = visit.row("SELECT count(*) FROM account")
    return int(found[0]) if found else 0


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
