"""Which cases a visitor works with, and those that are opened for others."""

from __future__ import annotations

from typing import Any

from app.i18n import _
from app.operations.core import audit
from app.operations.core.cases.deciding import at_account, personal
from app.operations.core.cases.opening import open_case
from app.operations.core.cases.rows import COLUMNS, TABLES, Case, case_of, read
from app.operations.core.cases.view import CaseView, view
from app.operations.core.errors import Invalid, Refused
from app.operations.core.paging import Order, Page, read_page
from app.operations.core.visit import Visit


def customer(visit: Visit, account_id: int) -> Visit:
    """The visit that works at a customer whose person cannot be verified the usual way."""
    if visit.assistance is not None and visit.account_id != account_id:
        raise Refused(_("End the help for {name} first.").format(name=visit.account_name))
    row = visit.row("SELECT name FROM account WHERE id = :id AND status = 'active'", id=account_id)
    return at_account(visit, account_id, row[0] if row else "")


def in_queue(visit: Visit) -> str:
    """An agent who helps a customer sees that customer's cases."""
    return "TRUE" if visit.assistance is None else "service_case.account_id = :account"


def queued(visit: Visit, case_id: int) -> Case:
    """A case of the queue.

    Raises:
        NotFound: there is none, or it is another customer's than the one who is helped.
    """
    return read(visit, case_id, in_queue(visit), account=visit.account_id)


def page_of(
    visit: Visit,
    order: Order,
    condition: str,
    after: str | None,
    before: str | None,
    limit: int,
    **values: Any,
) -> Page[CaseView]:
    """A page of the cases that meet a condition; `:account` in it is the visit's account."""
    return read_page(
        visit,
        f"SELECT service_case.id, {COLUMNS} FROM {TABLES} WHERE {condition} AND {{where}} {{order}}",
        order,
        lambda row: view(visit, case_of(row)),
        after=after,
        before=before,
        limit=limit,
        account=visit.account_id,
        **values,
    )


def open_for(
    about: Visit, name: str, kind: str, asked: dict[str, Any], reason: str, login_id: int
) -> CaseView:
    """Open a case for somebody's lost login, in the log of its customer.

    Args:
        about: a visit of the customer.
        name: the operation, for the log.

    Raises:
        Refused: for one's own login.
        Invalid: no reason is said.
    """
    if login_id == about.login_id:
        raise Refused(_("Nobody opens such a case for their own login."))
    if not reason.strip():
        raise Invalid(_("Say why."), "reason")
    with about.transaction():
        case = read(about, open_case(about, kind, asked, reason=reason, login_id=login_id))
        about.touch("login", login_id)
        audit.append(about, name, "done", personal(case))
    return view(about, case)
