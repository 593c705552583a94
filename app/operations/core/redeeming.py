"""What a mailed code opens: whose it is, what has to be typed with it, and what it then does.

Nothing here signs anybody in, and nothing takes a second factor away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from app.i18n import _
from app.operations.core import invited, password_rules
from app.operations.core.access_codes import Code
from app.operations.core.errors import Invalid, Refused
from app.operations.core.login_edits import (
    Person,
    checked_user_name,
    confirm_email,
    free_user_name,
    person,
    set_email,
    set_password,
)
from app.operations.core.membership import join
from app.operations.core.recovering import MANAGERS
from app.operations.core.visit import Visit
from app.secret import Secret

KINDS: Final = ("reset", "first_password", "invitation", "new_email", "first_login")
LONGEST_NAME: Final = 200
NEW_LOGIN: Final = ("name", "user_name", "password")


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a code is for.

    needs: password (a new one), password_of_login (the present one), name, user_name;
    email: the address it was sent to; user_name: the login's, or one that is free; words: what a new
    password must not hold, see `password_rules.broken`; may_link: whether a mobile number can be given too.
    """

    kind: str
    person: str
    account_name: str
    user_name: str
    email: str
    needs: tuple[str, ...]
    may_link: bool = False
    words: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A valid code with what it opens. `whose` is None where a login is made."""

    code: Code
    purpose: Purpose
    whose: Person | None
    account_id: int | None
    invitation: invited.Invited | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed with a code, checked; `stored` is the hash of a new password."""

    name: str = ""
    user_name: str = ""
    stored: str = ""


def opened(visit: Visit, code: Code) -> Opened:
    """What a valid code opens now.

    Raises:
        Refused: what it was for is gone.
    """
    if code.kind == invited.KIND:
        return _invitation(visit, code)
    if code.kind == "first_login":
        return _first_login(visit, code)
    whose = person(visit, code.login_id)
    if whose is None or whose.status == "disabled":
        raise gone()
    row = visit.row(
        "SELECT account.id, account.name FROM membership JOIN account ON account.id = account_id"
        " WHERE login_id = :id ORDER BY membership.id LIMIT 1",
        id=code.login_id,
    )
    account_id, account_name = row or (None, "")
    email = code.detail if code.kind == "new_email" else whose.email
    needs = () if code.kind == "new_email" else ("password",)
    words = tuple(sorted(password_rules.words_of_login(visit, whose.login_id))) if needs else ()
    purpose = Purpose(code.kind, whose.name, account_name, whose.user_name, email, needs, words=words)
    return Opened(code, purpose, whose, account_id)


def _invitation(visit: Visit, code: Code) -> Opened:
    invitation = invited.invited(visit, code.subject_id)
    whose = person(visit, invitation.login_id)
    if whose is not None and whose.status == "disabled":
        raise gone()
    needs: tuple[str, ...] = NEW_LOGIN
    if whose is not None:
        needs = ("password",) if whose.status == "pending" else ("password_of_login",)
    purpose = Purpose(
        kind=code.kind,
        person=whose.name if whose else invitation.name,
        account_name=invitation.account_name,
        user_name=whose.user_name if whose else free_user_name(visit, invitation.email),
        email=invitation.email,
        needs=needs,
        may_link=whose is None,
        words=_words(visit, invitation.account_id, whose, invitation.name, invitation.email),
    )
    return Opened(code, purpose, whose, invitation.account_id, invitation)


def _first_login(visit: Visit, code: Code) -> Opened:
    row = visit.row(
        "SELECT id, name, contact_name, email FROM account WHERE id = :id AND status = 'active'"
        f" AND NOT EXISTS (SELECT 1 FROM membership WHERE account_id = account.id AND role IN {MANAGERS})",
        id=code.subject_id,
    )
    if row is None:
        raise gone()
    account_id, account_name, contact_name, email = row
    login = visit.row("SELECT id FROM login WHERE lower(email) = lower(:email)", email=email)
    whose = person(visit, login[0] if login else None)
    if whose is not None and whose.status == "disabled":
        raise gone()
    purpose = Purpose(
        kind=code.kind,
        person=whose.name if whose else contact_name,
        account_name=account_name,
        user_name=whose.user_name if whose else free_user_name(visit, email),
        email=email,
        needs=("password_of_login",) if whose else NEW_LOGIN,
        may_link=whose is None,
        words=_words(visit, account_id, whose, contact_name, email),
    )
    return Opened(code, purpose, whose, account_id)


def fill(visit: Visit, what: Opened, password: Secret, name: str, user_name: str) -> Filled:
    """Check what was typed, and hash a new password: the slow part, outside of any transaction.

    The password of a login that exists is not checked here, see recovery.redeem.

    Raises:
        Invalid: it names the field.
    """
    needs, purpose = what.purpose.needs, what.purpose
    if "name" in needs:
        name = " ".join(name.split()) or purpose.person
        if not name:
            raise Invalid(_("Type your name."), "name")
        if len(name) > LONGEST_NAME:
            raise Invalid(_("Use {most} characters at most.").format(most=LONGEST_NAME), "name")
        user_name = checked_user_name(visit, user_name or purpose.user_name)
    if "password" not in needs:
        return Filled(name, user_name)
    from app.operations.core.passwords import hash_password

    typed = password_rules.own_words(visit.content, name, user_name) if "name" in needs else frozenset()
    password_rules.require(visit, password, {*purpose.words, *typed})
    managed = what.account_id if what.code.kind == "first_login" else None
    password_rules.require_unsaid(visit, password, what.whose.login_id if what.whose else None, managed)
    return Filled(name, user_name, hash_password(password.reveal()))


def effect(visit: Visit, what: Opened, filled: Filled) -> int:
    """Do what the code is for, in the open transaction in which it is spent; the login it was done for.

    Raises:
        Invalid, Refused: something was taken meanwhile.
    """
    whose = what.whose
    if whose is None:
        login_id = _make_login(visit, what, filled)
    else:
        login_id = whose.login_id
        if filled.stored:
            set_password(visit, whose, filled.stored, end_other_ways=True)
            confirm_email(visit, login_id)
    if what.code.kind == "new_email":
        assert whose is not None
        _change_email(visit, whose, what.code.detail)
    if what.invitation is not None:
        invited.accept(visit, what.invitation, login_id)
    if what.code.kind == "first_login":
        assert what.account_id is not None
        join(visit, login_id, what.account_id, "holder", "", None)
    return login_id


def _change_email(visit: Visit, whose: Person, address: str) -> None:
    taken = visit.row(
        "SELECT 1 FROM login WHERE lower(email) = lower(:email) AND id <> :id",
        email=address,
        id=whose.login_id,
    )
    if taken:
        raise gone()
    mine = visit.login_id == whose.login_id
    set_email(visit, whose, address, but=visit.session_id if mine else "")


def _make_login(visit: Visit, what: Opened, filled: Filled) -> int:
    language = what.invitation.language if what.invitation else visit.language
    row = visit.change.row(
        "INSERT INTO login (user_name, email, name, password_hash, language, staff_role, status, theme,"
        " mobile, email_confirmed_at, password_set_at, failures, locked_until, version) VALUES (:user_name,"
        " :email, :name, :stored, :language, '', 'active', '', '', :now, :now, 0, 0, 1) RETURNING id",
        user_name=filled.user_name,
        email=what.purpose.email,
        name=filled.name,
        stored=filled.stored,
        language=language,
        now=visit.now,
    )
    assert row is not None
    return int(row[0])


def _words(visit: Visit, account_id: int, whose: Person | None, *texts: str) -> tuple[str, ...]:
    row = visit.row("SELECT number, name FROM account WHERE id = :id", id=account_id)
    found = password_rules.own_words(visit.content, *(row or ()), *texts)
    return tuple(sorted(found | password_rules.words_of_login(visit, whose.login_id) if whose else found))


def gone() -> Refused:
    """The one answer to every code that opens nothing."""
    return Refused(_("This code is not valid any more. Ask for a new one."), "code")
