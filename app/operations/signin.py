"""Sign-in: who it is, told by what the operator lets people sign in with, a password, and what else is asked.

Every failure says the same and costs the same: one hash, and the same writes, for an unknown name, a wrong
password, a locked or a disabled login, and an address that the account does not let in. A try is counted
before the hash is made, so that many at once count as many.
"""

from __future__ import annotations

import json
from typing import NoReturn

from app.clock import Clock
from app.content import Content
from app.i18n import _, use_language
from app.operations.core import NotFound, Refused, SignedOut, Visit, audit, guard, logins, operation, sessions
from app.operations.core.allowed import lets_in
from app.operations.core.logins import AccountChoice
from app.operations.core.next_step import NextStep, Pending, ask, steps_for, take
from app.operations.core.passwords import hash_password, outdated, verify
from app.secret import Secret
from app.settings import Settings
from app.store import Store
from app.vault import Vault

OPERATION = "signin.sign_in"

__all__ = ["AccountChoice", "NextStep", "Pending", "as_account", "continue_sign_in", "sign_in", "sign_out"]


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
    """The visit of whoever has this name and password; it has a session from now on.

    Args:
        who: customer number, user name or e-mail address, as operator.toml allows; case does not matter.
        channel: the door: terminal, kiosk, command.
        address: where from; empty at the machine itself.
        language: of a refusal; default: the machine's.

    Raises:
        Refused: never says which part was wrong, nor that the login is locked or may not come from there.
        NextStep: the password was right and something more is asked; see continue_sign_in.
    """
    # A broken terminal sends bytes that are no text: a wrong name or password like any other.
    who, password = (typed.encode(errors="replace").decode() for typed in (who, password))
    found, account_id = logins.find(store, content, who.strip())
    login = logins.read(store, found)
    visit = Visit(
        store,
        clock,
        content,
        channel=channel,
        address=address,
        login_id=login.id if login else None,
        vault=Vault(settings.keys),
        audit_heads=settings.audit_heads,
    )
    tried = guard.reserve(visit, visit.login_id)
    matches = verify(login.password_hash if login and tried.may else "", password)
    chosen = logins.choice(visit, login, account_id) if login else None
    if login is None or not (matches and login.active and chosen):
        _refuse(visit, language or settings.language)
    visit.person, visit.language = login.name, login.language
    stronger = hash_password(password) if outdated(login.password_hash) else ""
    steps = steps_for(visit, login, tried)
    until = visit.now + content.access.codes.short_code_seconds
    pending = Pending(visit, login, account_id, tried, stronger, steps, until)
    if not steps:
        return _welcome(pending)
    with visit.transaction():
        guard.give_back(visit, tried)
    with use_language(visit.language):
        return ask(pending)


def continue_sign_in(pending: Pending, code: Secret) -> Visit:
    """Go on with what `NextStep` asked for; the visit after the last step.

    Raises:
        Refused: the code is wrong; ask again with the same `pending`.
        SignedOut: begin anew: it took too long, or the login may not come in any more.
        NextStep: the next thing that is asked.
    """
    with use_language(pending.visit.language):
        take(pending, code)
        if pending.steps:
            ask(pending)
        return _welcome(pending)


def sign_out(visit: Visit, by: str = "sign_out") -> None:
    """End the session and write down that the visit is over.

    Args:
        by: sign_out, idle or too_old.
    """
    with visit.transaction():
        sessions.end(visit, visit.session_id, by)
        audit.append(visit, "signin.sign_out", "done", objects=f"login:{visit.login_id}")


@operation("signin.accounts", right="SIGN_IN", changes=False)
def accounts(visit: Visit) -> list[AccountChoice]:
    """The customers that the visitor's login may act for."""
    return logins.accounts(visit, visit.login_id)


def as_account(visit: Visit, account_id: int) -> Visit:
    """The same person's visit for another customer of theirs.

    Raises:
        NotFound: it is none of theirs.
        Refused: its list of addresses does not have the visitor's.
    """
    with use_language(visit.language):
        for choice in logins.accounts(visit, visit.login_id):
            if choice.id == account_id:
                if not lets_in(visit, account_id):
                    about = visit.as_account(account_id, choice.name)
                    with about.transaction():
                        audit.append(about, "signin.as_account", "refused", _from(visit), _object(visit))
                    raise Refused(_("This customer does not let anybody in from where you are."))
                return logins.with_choice(visit, choice)
        raise NotFound(_("There is no such customer."), "account_id")


def _refuse(visit: Visit, language: str) -> NoReturn:
    with visit.transaction():
        audit.append(visit, OPERATION, "failed", _from(visit), _object(visit))
    with use_language(language):
        raise Refused(refusal_text(visit.content))


def refusal_text(content: Content) -> str:
    """One text for all, with the ways to a person: who is kept out for the address may not learn why."""
    contact = content.operator.contact
    text = _("Sign-in failed. Check what you typed, or try again later. Help: {phone}, {email}")
    return text.format(phone=contact.phone, email=contact.email)


def _welcome(pending: Pending) -> Visit:
    """All was right: the session begins, unless the login was changed meanwhile."""
    login = pending.login
    chosen = logins.choice(pending.visit, login, pending.account_id)
    visit = logins.with_choice(pending.visit, chosen) if chosen else pending.visit
    with visit.transaction() as tx:
        unchanged = tx.execute(
            "UPDATE login SET last_sign_in_at = :now, password_hash = coalesce(nullif(:stronger, ''),"
            " password_hash) WHERE id = :id AND status = 'active' AND password_hash = :checked",
            now=visit.now,
            checked=login.password_hash,
            stronger=pending.stronger_hash,
            id=login.id,
        ).rowcount
        entered = chosen is not None and unchanged == 1
        if entered:
            guard.forgive(visit, pending.tried)
            sessions.start(visit)
        audit.append(visit, OPERATION, "done" if entered else "failed", _from(visit), _object(visit))
    if not entered:
        raise SignedOut(_("Your login was changed meanwhile. Sign in again."))
    return visit


def _from(visit: Visit) -> str:
    """Where from; never what was typed: people type passwords into the wrong field."""
    return json.dumps({"address": visit.address}) if visit.address else ""


def _object(visit: Visit) -> str:
    return f"login:{visit.login_id}" if visit.login_id else ""
