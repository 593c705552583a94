"""Customers, for those who work for the operator."""

from __future__ import annotations

from dataclasses import dataclass

from app.operations.core import Visit, operation
from app.operations.core.paging import Order, Page
from app.operations.core.search_list import count_filtered, filtered_ids, plain, read_filtered, wanted_of
from app.store.search.kinds import ACCOUNT

BY_NAME = Order(("account.name", "account.id"), (str, int))


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A customer: no more than name and the number that people say, until the caller is verified."""

    id: int
    number: str
    name: str


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
    queries = plain("SELECT account.id FROM account WHERE {where} {order}")
    if text.strip():
        queries = filtered_ids(visit, wanted_of(visit, ACCOUNT, text, None), "account", "TRUE", BY_NAME)
    return read_filtered(
        visit,
        queries,
        "SELECT account.name, account.id, account.id, account.number, account.name FROM ({ids}) AS found "
        "JOIN account ON account.id = found.id {order}",
        BY_NAME,
        lambda row: AccountRow(*row),
        after=after,
        before=before,
        limit=limit,
    )


@operation("accounts.count", right="LIST_ACCOUNTS", changes=False)
def count(visit: Visit, text: str = "", most: int = 0) -> int:
    """How many customers the list has.

    Args:
        text: beginnings of the words of the name; beginning or last digits of the customer number.
        most: with a text: there are so many or more, counted no further; 0: count all.
    """
    if text.strip():
        return count_filtered(visit, wanted_of(visit, ACCOUNT, text, None), most=max(most, 0))
    found = visit.row("SELECT count(*) FROM account")
    return int(found[0]) if found else 0
