"""Sign-in: who it is, told by what the operator lets people sign in with, and a password.

Every failure says the same and costs the same: one hash, and the same writes, for an unknown name, a wrong
password, a locked or a disabled login. A try is counted before the hash is made, so that many at once count
as many.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import NoReturn

from app.clock import Clock
from app.content import Content
from app.i18n import _, use_language
from app.operations.core import NotFound, Refused, Visit, audit, operation
from app.operations.core.passwords import hash_password, outdated, verify
from app.settings import Settings
from app.store import Store
from app.vault import Vault

FREE_TRIES = 5
FIRST_LOCK = 30
LONGEST_LOCK = 900
OPERATION = "signin.sign_in"

FINDERS = {
    "customer_number": (
        "SELECT login_id, account_id FROM membership JOIN account ON account.id = account_id"
        " WHERE account.number IN (:who, upper(:who)) AND role IN ('holder', 'admin')"
        " ORDER BY role = 'holder' DESC, membership.id LIMIT 1"
    ),
    "user_name": "SELECT id, NULL FROM login WHERE lower(user_name) = lower(:who)",
    "email": "SELECT id, NULL FROM login WHERE lower(email) = lower(:who) AND email <> ''",
}
STAFF_FINDER = "SELECT id, NULL FROM login WHERE lower(user_name) = lower(:who) AND staff_role <> ''"
"""The operator's own people have no customer number; they come in by user name under every scheme."""


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """A customer that the login may act for."""

    id: int
    number: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class _Login:
    id: int
    name: str
    password_hash: str
    language: str
    staff_role: str
    line_id: int | None
    active: bool


def sign_in(
    store: Store,
    clock: Clock,
    content: Content,
    settings: Settings,
    who: str,
    password: str,
    *,
    channel: str = "terminal",
    address: str = "",
    language: str = "",
) -> Visit:
    """The visit of whoever has this name and password.

    Args:
        who: customer number, user name or e-mail address, as operator.toml allows; case does not matter.
        channel: the door: terminal, command.
        address: where from, for the audit.
        language: of a refusal; default: the machine's.

    Raises:
        Refused: never says which part was wrong, nor that the login is locked.
    """
    # A broken terminal sends bytes that are no text: a wrong name or password like any other.
    who, password = (typed.encode(errors="replace").decode() for typed in (who, password))
    found, account_id = _find(store, content, who.strip())
    login = _read(store, found)
    visit = Visit(
        store,
        clock,
        content,
        channel=channel,
        address=address,
        login_id=login.id if login else None,
        vault=Vault(settings.keys),
    )
    may_try = _reserve(visit, login)
    matches = verify(login.password_hash if login and may_try else "", password)
    choice = _choice(visit, login, account_id) if login else None
    if login is None or not (matches and login.active and choice):
        _refuse(visit, language or settings.language)
    return _welcome(visit, login, choice, password)


def sign_out(visit: Visit) -> None:
    """Write down that the visit is over."""
    with visit.transaction():
        audit.append(visit, "signin.sign_out", "done", objects=f"login:{visit.login_id}")


@operation("signin.accounts", right="SIGN_IN", changes=False)
def accounts(visit: Visit) -> list[AccountChoice]:
    """The customers that the visitor's login may act for."""
    return _accounts(visit, visit.login_id)


def as_account(visit: Visit, account_id: int) -> Visit:
    """The same person's visit for another customer of theirs.

    Raises:
        NotFound: it is none of theirs.
    """
    for choice in _accounts(visit, visit.login_id):
        if choice.id == account_id:
            return replace(_with_choice(visit, choice), touched=[])
    with use_language(visit.language):
        raise NotFound(_("There is no such customer."), "account_id")


def _find(store: Store, content: Content, who: str) -> tuple[int | None, int | None]:
    """The login, and the account if its number was said; every scheme is asked, found or not."""
    asked = [FINDERS[scheme] for scheme in content.operator.login_scheme] + [STAFF_FINDER]
    rows = [store.row(sql, who=who) for sql in asked]
    return next(((row[0], row[1]) for row in rows if row), (None, None))


def _read(store: Store, login_id: int | None) -> _Login | None:
    row = store.row(
        "SELECT id, name, password_hash, language, staff_role, line_id, status = 'active' FROM login"
        " WHERE id = :id",
        id=login_id,
    )
    return _Login(*row) if row else None


def _reserve(visit: Visit, login: _Login | None) -> bool:
    """Count the try before it is made; False while the login is locked."""
    with visit.store.transaction() as tx:
        counted = tx.execute(
            "UPDATE login SET failures = failures + 1, locked_until = CASE WHEN failures + 1 < :free THEN 0"
            " ELSE :now + min(:longest, :first << min(failures + 1 - :free, 5)) END"
            " WHERE id = :id AND locked_until <= :now",
            free=FREE_TRIES,
            now=visit.now,
            longest=LONGEST_LOCK,
            first=FIRST_LOCK,
            id=login.id if login else None,
        ).rowcount
        if not counted:
            # Writes as much as counting does, so that the time tells nothing either.
            tx.execute("UPDATE login SET failures = failures WHERE id = (SELECT max(id) FROM login)")
    return counted == 1


def _choice(visit: Visit, login: _Login, account_id: int | None) -> AccountChoice | None:
    """As what the login comes in: staff without an account, others for the account said, or their first."""
    if login.staff_role:
        return AccountChoice(0, "", "", login.staff_role)
    found = _accounts(visit, login.id)
    return next((choice for choice in found if account_id in (None, choice.id)), None)


def _accounts(visit: Visit, login_id: int | None) -> list[AccountChoice]:
    rows = visit.rows(
        "SELECT account.id, account.number, account.name, membership.role FROM membership"
        " JOIN account ON account.id = membership.account_id"
        " WHERE membership.login_id = :login AND account.status = 'active' ORDER BY membership.id",
        login=login_id,
    )
    matrix = visit.content.matrix
    return [AccountChoice(*row) for row in rows if matrix.scope(row[3], "SIGN_IN") is not None]


def _refuse(visit: Visit, language: str) -> NoReturn:
    with visit.transaction():
        audit.append(visit, OPERATION, "failed", _from(visit), _object(visit))
    with use_language(language):
        raise Refused(_("Sign-in failed. Check what you typed, or try again later."))


def _welcome(visit: Visit, login: _Login, choice: AccountChoice, password: str) -> Visit:
    stronger = hash_password(password) if outdated(login.password_hash) else login.password_hash
    visit.person, visit.language = login.name, login.language
    visit = _with_choice(visit, choice)
    with visit.transaction() as tx:
        tx.execute(
            "UPDATE login SET failures = 0, locked_until = 0, last_sign_in_at = :now,"
            " password_hash = iif(password_hash = :checked, :stronger, password_hash) WHERE id = :id",
            now=visit.now,
            checked=login.password_hash,
            stronger=stronger,
            id=login.id,
        )
        audit.append(visit, OPERATION, "done", _from(visit), _object(visit))
    return visit


def _with_choice(visit: Visit, choice: AccountChoice) -> Visit:
    """The visit for an account, with the login's own line if it is one of that account's."""
    account_id = choice.id or None
    line = visit.row(
        "SELECT line.id FROM login JOIN line ON line.id = login.line_id"
        " WHERE login.id = :login AND line.account_id = :account",
        login=visit.login_id,
        account=account_id,
    )
    return replace(
        visit,
        role=choice.role,
        account_id=account_id,
        account_name=choice.name,
        own_line_id=line[0] if line else None,
    )


def _from(visit: Visit) -> str:
    """Where from; never what was typed: people type passwords into the wrong field."""
    return json.dumps({"address": visit.address}) if visit.address else ""


def _object(visit: Visit) -> str:
    return f"login:{visit.login_id}" if visit.login_id else ""
