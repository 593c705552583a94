"""The last part of every sign-in, whatever it began with: refused, or in."""

from __future__ import annotations

import json
from typing import Final, NoReturn

from app.clock import Clock
from app.content import Content
from app.i18n import _, use_language
from app.operations.core import audit, guard, logins, sessions, ssh_keys
from app.operations.core.errors import Refused, SignedOut
from app.operations.core.logins import Login
from app.operations.core.next_step import Pending
from app.operations.core.visit import Visit
from app.settings import Settings
from app.store import Store
from app.vault import Vault

OPERATION: Final = "signin.sign_in"


def visit_of(store: Store, clock: Clock, content: Content, settings: Settings, login: Login | None) -> Visit:
    """A visit at the door that the settings name, by a login that is still to be let in.

    Args:
        login: None where nobody has the name that was said.
    """
    visit = Visit(
        store,
        clock,
        content,
        channel=settings.channel,
        address=settings.address,
        login_id=login.id if login else None,
        vault=Vault(settings.keys),
        audit_heads=settings.audit_heads,
    )
    if login is not None:
        visit.person = login.name
    return visit


def refuse(visit: Visit, language: str, key_id: int | None = None) -> NoReturn:
    """Write down that somebody was not let in, and say what is always said."""
    with visit.transaction():
        audit.append(visit, OPERATION, "failed", said_of(visit), objects_of(visit, key_id))
    with use_language(language):
        raise Refused(refusal_text(visit.content))


def refusal_text(content: Content) -> str:
    """One text for all, with the ways to a person: who is kept out for the address may not learn why."""
    contact = content.operator.contact
    text = _("Sign-in failed. Check what you typed, or try again later. Help: {phone}, {email}")
    return text.format(phone=contact.phone, email=contact.email)


def enter(pending: Pending) -> Visit:
    """All was right: the session begins, unless the login was changed meanwhile.

    Raises:
        SignedOut: it was; begin anew.
    """
    login, key_id = pending.login, pending.key_id
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
        has_key = key_id is None or ssh_keys.is_there(visit, login.id, key_id)
        entered = chosen is not None and unchanged == 1 and has_key
        if entered and key_id is None:
            guard.forgive(visit, pending.tried)
            sessions.start(visit)
        elif entered and key_id is not None:
            guard.know(visit, pending.tried)
            ssh_keys.used(visit, key_id)
            sessions.start(visit, key_id=key_id)
        outcome = "done" if entered else "failed"
        audit.append(visit, OPERATION, outcome, said_of(visit), objects_of(visit, key_id))
    if not entered:
        raise SignedOut(_("Your login was changed meanwhile. Sign in again."))
    return visit


def said_of(visit: Visit) -> str:
    """Where from; never what was typed: people type passwords into the wrong field."""
    return json.dumps({"address": visit.address}) if visit.address else ""


def objects_of(visit: Visit, key_id: int | None = None) -> str:
    """The login, and the key that was shown."""
    login = f"login:{visit.login_id}" if visit.login_id else ""
    return ",".join(filter(None, (login, f"ssh_key:{key_id}" if key_id is not None else "")))
