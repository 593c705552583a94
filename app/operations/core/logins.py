"""Whose name was typed, and what that login may come in as."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from app.content import Content
from app.operations.core.allowed import lets_in
from app.operations.core.visit import Visit
from app.store import Store

FINDERS: Final = {
    "customer_number": (
        "SELECT login_id, account_id FROM membership JOIN account ON account.id = account_id"
        " WHERE account.number IN (:who, upper(:who)) AND role IN ('holder', 'admin')"
        " ORDER BY role = 'holder' DESC, membership.id LIMIT 1"
    ),
    "user_name": "SELECT id, NULL FROM login WHERE lower(user_name) = lower(:who)",
    "email": "SELECT id, NULL FROM login WHERE lower(email) = lower(:who) AND email <> ''",
}
STAFF_FINDER: Final = "SELECT id, NULL FROM login WHERE lower(user_name) = lower(:who) AND staff_role <> ''"
"""The operator's own people have no customer number; they come in by user name under every scheme."""


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """A customer that the login may act for."""

    id: int
    number: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who can sign in, as stored."""

    id: int
    name: str
    email: str
    password_hash: str = field(repr=False)
    language: str
    staff_role: str
    active: bool


def find(store: Store, content: Content, who: str) -> tuple[int | None, int | None]:
    """The login, and the account if its number was said; every scheme is asked, found or not."""
    asked = [FINDERS[scheme] for scheme in content.operator.login_scheme] + [STAFF_FINDER]
    rows = [store.row(sql, who=who) for sql in asked]
    return next(((row[0], row[1]) for row in rows if row), (None, None))


def read(store: Store, login_id: int | None) -> Login | None:
    """The login of that id."""
    row = store.row(
        "SELECT id, name, email, password_hash, language, staff_role, status = 'active' FROM login"
        " WHERE id = :id",
        id=login_id,
    )
    return Login(*row) if row else None


def accounts(visit: Visit, login_id: int | None) -> list[AccountChoice]:
    """The customers that a login may act for."""
    rows = visit.rows(
        "SELECT account.id, account.number, account.name, membership.role FROM membership"
        " JOIN account ON account.id = membership.account_id"
        " WHERE membership.login_id = :login AND account.status = 'active' ORDER BY membership.id",
        login=login_id,
    )
    matrix = visit.content.matrix
    return [AccountChoice(*row) for row in rows if matrix.scope(row[3], "SIGN_IN") is not None]


def choice(visit: Visit, login: Login, account_id: int | None) -> AccountChoice | None:
    """As what a login comes in: staff without an account, others for the account said, or their first.

    None: there is nothing for it, or not from where the visitor is.
    """
    if login.staff_role:
        return AccountChoice(0, "", "", login.staff_role)
    found = [each for each in accounts(visit, login.id) if account_id in (None, each.id)]
    return next((each for each in found if lets_in(visit, each.id)), None)


def with_choice(visit: Visit, chosen: AccountChoice) -> Visit:
    """The visit for an account, with the areas given there, and the login's own line if it is one of its."""
    account_id = chosen.id or None
    line = visit.row(
        "SELECT line.id FROM login JOIN line ON line.id = login.line_id"
        " WHERE login.id = :login AND line.account_id = :account",
        login=visit.login_id,
        account=account_id,
    )
    given = visit.row(
        "SELECT areas FROM membership WHERE login_id = :login AND account_id = :account AND role = 'sub'",
        login=visit.login_id,
        account=account_id,
    )
    return replace(
        visit,
        role=chosen.role,
        account_id=account_id,
        account_name=chosen.name,
        own_line_id=line[0] if line else None,
        areas=tuple(filter(None, given[0].split(","))) if given and chosen.role == "sub" else None,
        touched=[],
    )
