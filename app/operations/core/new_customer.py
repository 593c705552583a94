"""A new customer as it is typed, checked and stored: account, the holder's login, the order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from app.i18n import LANGUAGES, _
from app.operations.core.email_addresses import check_email
from app.operations.core.errors import Invalid
from app.operations.core.login_edits import free_user_name
from app.operations.core.membership import join
from app.operations.core.numbers import international
from app.operations.core.visit import Visit

KINDS: Final = ("company", "person")
LONGEST: Final = {
    "name": 200,
    "product": 100,
    "contact_name": 200,
    "street": 200,
    "postcode": 20,
    "city": 100,
}
FIRST_NUMBER: Final = 100_001
PHONE: Final = re.compile(r"\+[1-9][0-9]{6,14}")


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed; see customers.create."""

    name: str
    email: str
    product: str
    kind: str
    contact_name: str
    language: str
    street: str
    postcode: str
    city: str
    country: str
    phone: str


def checked(visit: Visit, form: Form) -> Form:
    """The form as it is stored.

    Raises:
        Invalid: it names the field.
    """
    texts = {name: " ".join(str(getattr(form, name)).split()) for name in LONGEST}
    for name, text in texts.items():
        if len(text) > LONGEST[name]:
            raise Invalid(_("Use {most} characters at most.").format(most=LONGEST[name]), name)
        if name in ("name", "product") and not text:
            raise Invalid(_("Fill this in."), name)
    operator = visit.content.operator
    language = form.language or operator.languages[0]
    for name, value, known in (("kind", form.kind, KINDS), ("language", language, LANGUAGES)):
        if value not in known:
            raise Invalid(_("Choose from: {words}.").format(words=", ".join(known)), name)
    country = form.country.strip().upper() or operator.home_country
    if not re.fullmatch("[A-Z]{2}", country):
        raise Invalid(_("Write the country as two letters, like NL."), "country")
    phone = international(form.phone, visit.content) if form.phone.strip() else ""
    if phone and not PHONE.fullmatch(phone):
        raise Invalid(_("Write the number in international form, like +31612345678."), "phone")
    texts["contact_name"] = texts["contact_name"] or texts["name"]
    email = check_email(form.email)
    return replace(form, **texts, email=email, language=language, country=country, phone=phone)


def add_customer(visit: Visit, form: Form) -> tuple[int, int]:
    """Store account, holder and order in the open transaction; ids of account and order."""
    account = visit.change.row(
        "INSERT INTO account (number, kind, name, language, status, contact_name, street, postcode, city,"
        " country, phone, email, created_at, version) VALUES (:number, :kind, :name, :language, 'active',"
        " :contact, :street, :postcode, :city, :country, :phone, :email, :now, 1) RETURNING id",
        number=_next_number(visit),
        kind=form.kind,
        name=form.name,
        language=form.language,
        contact=form.contact_name,
        street=form.street,
        postcode=form.postcode,
        city=form.city,
        country=form.country,
        phone=form.phone,
        email=form.email,
        now=visit.now,
    )
    account_id = int(account[0]) if account else 0
    login_id = _holder(visit, form)
    join(visit, login_id, account_id, "holder", "", None)
    order = visit.change.row(
        "INSERT INTO customer_order (account_id, login_id, product, ordered_at, status)"
        " VALUES (:account, :login, :product, :now, 'ordered') RETURNING id",
        account=account_id,
        login=login_id,
        product=form.product,
        now=visit.now,
    )
    order_id = int(order[0]) if order else 0
    visit.touch("account", account_id)
    visit.touch("order", order_id)
    return account_id, order_id


def _next_number(visit: Visit) -> str:
    """One above the highest customer number of digits alone."""
    row = visit.row(
        "SELECT number FROM account WHERE number >= '1' AND number < ':' AND ltrim(number, '0123456789') = ''"
        " ORDER BY length(number) DESC, number DESC LIMIT 1"
    )
    return str(max(int(row[0]) + 1, FIRST_NUMBER) if row else FIRST_NUMBER)


def _holder(visit: Visit, form: Form) -> int:
    """The login that holds the contract: one that has this address, or a new one without a password.

    Raises:
        Invalid: the address is of somebody who cannot be a customer.
    """
    known = visit.row(
        "SELECT id, staff_role, status FROM login WHERE lower(email) = lower(:email)", email=form.email
    )
    if known is not None:
        if known[1] or known[2] == "disabled":
            raise Invalid(_("Somebody else has this address. Use another one."), "email")
        return int(known[0])
    row = visit.change.row(
        "INSERT INTO login (user_name, email, name, password_hash, language, staff_role, status, theme,"
        " failures, locked_until, version)"
        " VALUES (:user_name, :email, :name, '', :language, '', 'pending', '', 0, 0, 1) RETURNING id",
        user_name=free_user_name(visit, form.email),
        email=form.email,
        name=form.contact_name,
        language=form.language,
    )
    return int(row[0]) if row else 0
