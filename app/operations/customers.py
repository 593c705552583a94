"""New customers and what they ordered: from the order to the mails with which they first sign in.

The contract holder's login is made with the order and waits for its password; the code for it is mailed when
the order is delivered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.i18n import _
from app.operations.core import NotFound, Refused, Visit, operation
from app.operations.core.new_customer import Form, add_customer, checked
from app.operations.core.order_mails import (
    Order,
    confirm,
    send_password_code,
    tell_installation,
    tell_user_name,
    tell_withdrawn,
)
from app.operations.core.order_watch import advice, settle
from app.operations.core.paging import Order as Sorting
from app.operations.core.paging import Page, read_page

NEWEST_FIRST = Sorting(("customer_order.id",), (int,), descending=True)


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A customer that was made: number, the user name of the holder's login, and the order."""

    account_id: int
    number: str
    user_name: str
    order_id: int


@dataclass(frozen=True, slots=True)
class OrderRow:
    """What a customer ordered; no more of the customer than name and number.

    status: ordered, provisioned or withdrawn; has_password: whether the holder can sign in; advice: what to
    do when the mails should have come by now, else empty.
    """

    id: int
    account_id: int
    number: str
    name: str
    product: str
    ordered_at: int
    status: str
    provisioned_at: int | None
    has_password: bool
    advice: str


@operation("customers.create", right="CREATE_CUSTOMERS")
def create(
    visit: Visit,
    name: str,
    email: str,
    product: str,
    kind: str = "company",
    contact_name: str = "",
    language: str = "",
    street: str = "",
    postcode: str = "",
    city: str = "",
    country: str = "",
    phone: str = "",
) -> NewCustomer:
    """Enter a new customer with an order; the confirmation goes to the contract holder.

    Args:
        name: of the company or person.
        email: of the contract holder; the user name and the password code go there.
        product: what was ordered, as the mails call it.
        kind: company or person.
        contact_name: the contract holder; left out: the customer's name.
        language: of the mails: en, nl or de; left out: the operator's first.
        street: with the house number.
        postcode: of the address.
        city: of the address.
        country: two letters like NL; left out: the operator's.
        phone: a number to call.
    """
    if visit.assistance is not None:
        # What is done during a call stands in the log of the customer who called.
        raise Refused(_("End the help for {name} first.").format(name=visit.account_name))
    form = Form(name, email, product, kind, contact_name, language, street, postcode, city, country, phone)
    account_id, order_id = add_customer(visit, checked(visit, form))
    order = _order(visit, order_id)
    confirm(visit, order)
    return NewCustomer(account_id, order.account_number, order.user_name, order_id)


@operation("customers.provision", right="PROVISION")
def provision(visit: Visit, order_id: int) -> OrderRow:
    """Say that an order is delivered; the mails with user name, password code and installation leave.

    Args:
        order_id: an order that waits.
    """
    order = _order(visit, order_id)
    _leave(visit, order, "provisioned")
    tell_user_name(visit, order)
    send_password_code(visit, order)
    tell_installation(visit, order)
    _touch(visit, order)
    return get(visit, order.id)


@operation("customers.withdraw", right="PROVISION")
def withdraw(visit: Visit, order_id: int) -> OrderRow:
    """Take back an order that is not delivered; the customer is told by mail.

    Args:
        order_id: an order that waits.
    """
    order = _order(visit, order_id)
    _leave(visit, order, "withdrawn")
    tell_withdrawn(visit, order)
    _touch(visit, order)
    return get(visit, order.id)


@operation("customers.resend", right="PROVISION")
def resend(visit: Visit, order_id: int) -> OrderRow:
    """Send the mails of an order again; a password code that was sent before no longer works.

    Args:
        order_id: an order; before it is delivered that is the confirmation, afterwards name and code.
    """
    order = _order(visit, order_id)
    if order.status == "withdrawn":
        raise Refused(_("This order was delivered or withdrawn before."), "order_id")
    if order.status == "ordered":
        confirm(visit, order)
    else:
        tell_user_name(visit, order)
        send_password_code(visit, order)
    _touch(visit, order)
    return get(visit, order.id)


@operation("customers.get", right="PROVISION", changes=False)
def get(visit: Visit, order_id: int) -> OrderRow:
    """One order, with advice where its mails should have come by now.

    Args:
        order_id: the order.
    """
    where, values = _scope(visit)
    row = visit.row(f"{ROWS} WHERE customer_order.id = :id AND {where}", id=order_id, **values)
    if row is None:
        raise NotFound(_("There is no such order."), "order_id")
    return _row(visit, row)


@operation("customers.orders", right="PROVISION", changes=False)
def orders(
    visit: Visit, waiting: bool = False, after: str | None = None, before: str | None = None, limit: int = 128
) -> Page[OrderRow]:
    """What customers ordered, newest first.

    Args:
        waiting: only those whose customer cannot sign in yet.
    """
    where, values = _scope(visit)
    if waiting:
        where += " AND customer_order.status <> 'withdrawn' AND login.status = 'pending'"
    columns = ROWS.replace("SELECT ", "SELECT customer_order.id, ", 1)
    return read_page(
        visit,
        f"{columns} WHERE {{where}} AND {where} {{order}}",
        NEWEST_FIRST,
        lambda row: _row(visit, row),
        after=after,
        before=before,
        limit=limit,
        **values,
    )


ROWS = (
    "SELECT customer_order.id, account.id, account.number, account.name, product, ordered_at,"
    " customer_order.status, provisioned_at,"
    " CASE WHEN login.status = 'active' THEN 1 ELSE 0 END FROM customer_order"
    " JOIN account ON account.id = customer_order.account_id"
    " LEFT JOIN login ON login.id = customer_order.login_id"
)


def _row(visit: Visit, row: tuple[object, ...]) -> OrderRow:
    *facts, has_password = row
    found = OrderRow(*(*facts, bool(has_password), ""))  # type: ignore[arg-type]
    return replace(
        found, advice=advice(visit, found.status, found.ordered_at, has_password=found.has_password)
    )


def _scope(visit: Visit) -> tuple[str, dict[str, int]]:
    """Staff who work for one customer stay with that one."""
    if visit.account_id is None:
        return "TRUE", {}
    return "customer_order.account_id = :account", {"account": visit.account_id}


def _order(visit: Visit, order_id: int) -> Order:
    where, values = _scope(visit)
    row = visit.row(
        "SELECT customer_order.id, customer_order.status, product, ordered_at, account.id, account.number,"
        " account.name, login.id, login.user_name, login.name, login.email, login.language, login.status"
        " FROM customer_order JOIN account ON account.id = customer_order.account_id"
        " JOIN login ON login.id = customer_order.login_id"
        f" WHERE customer_order.id = :id AND {where}",
        id=order_id,
        **values,
    )
    if row is None:
        raise NotFound(_("There is no such order."), "order_id")
    return Order(*row)


def _leave(visit: Visit, order: Order, status: str) -> None:
    """End the waiting of an order, once; of two who do so at the same time one succeeds."""
    done = visit.change.execute(
        "UPDATE customer_order SET status = :status,"
        " provisioned_at = CASE WHEN :status = 'provisioned' THEN :now END"
        " WHERE id = :id AND status = 'ordered'",
        status=status,
        now=visit.now,
        id=order.id,
    ).rowcount
    if done != 1:
        raise Refused(_("This order was delivered or withdrawn before."), "order_id")
    settle(visit, order.id)


def _touch(visit: Visit, order: Order) -> None:
    visit.touch("order", order.id)
    visit.touch("account", order.account_id)
    visit.touch("login", order.login_id)
