"""Tokens for scripts: a part of somebody's rights, from some networks, for some time."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final, NoReturn

from app.clock import Clock
from app.content import Content
from app.i18n import _
from app.operations.core import audit, logins
from app.operations.core.allowed import may_come_from, present_address
from app.operations.core.errors import Refused
from app.operations.core.visit import Visit
from app.secret import Secret
from app.settings import Settings
from app.store import Store
from app.vault import Vault

START: Final = "loket_"
"""What tokens begin with, so that they are recognised where they should not be."""
RANDOM_BYTES: Final = 32
NEVER: Final = ("CHANGE_LOGIN", "HAND_OVER", "ENTER_LINE_SITES", "SIGN_IN")
"""Rights that no token has: it could make itself others, or become a person."""
WRITTEN_SECONDS: Final = 60
"""How often it is written down that a token was used, at most."""
OPERATION: Final = "tokens.use"


def new_token() -> Secret:
    """256 random bits."""
    return Secret(START + secrets.token_urlsafe(RANDOM_BYTES))


def digest(token: Secret) -> str:
    """What is stored of it."""
    return hashlib.sha256(token.reveal().encode(errors="replace")).hexdigest()


def visit_of(store: Store, clock: Clock, content: Content, settings: Settings, token: Secret) -> Visit:
    """The visit of a script; its rights are its login's and the token's together.

    Raises:
        Refused: unknown, revoked, too old, unused for too long, or from elsewhere; it does not say which.
    """
    visit = Visit(
        store,
        clock,
        content,
        role="visitor",
        channel="token",
        address=settings.address,
        language=settings.language,
        vault=Vault(settings.keys),
        audit_heads=settings.audit_heads,
    )
    row = visit.row(
        "SELECT id, login_id, account_id, rights, networks, created_at, expires_at, max_idle_seconds,"
        " last_used_at, revoked_at FROM api_token WHERE digest = :digest",
        digest=digest(token),
    )
    if row is None:
        _refuse(visit, "")
    number, login_id, account_id, rights, networks, created, expires, idle, used, revoked = row
    visit.channel = f"token:{number}"
    login = logins.read(store, login_id)
    valid = revoked is None and visit.now < expires and visit.now < (used or created) + idle
    listed = [each for each in networks.split(",") if each]
    chosen = logins.choice(visit, login, account_id) if login is not None and login.active else None
    here = may_come_from(listed, present_address(visit))
    visit.login_id = login_id
    if login is None or chosen is None or not (valid and here):
        visit.account_id = account_id
        _refuse(visit, f"token:{number}")
    visit.person, visit.language = login.name, login.language
    visit = logins.with_choice(visit, chosen)
    visit.rights = tuple(rights.split(","))
    if used is None or visit.now - used >= WRITTEN_SECONDS:
        with store.transaction() as tx:
            tx.execute("UPDATE api_token SET last_used_at = :now WHERE id = :id", now=visit.now, id=number)
    return visit


def end_all(visit: Visit, login_id: int, account_id: int | None = None) -> int:
    """End a login's tokens in the open transaction; how many there were.

    Args:
        account_id: only those for this customer.
    """
    return visit.change.execute(
        "UPDATE api_token SET revoked_at = :now WHERE login_id = :login AND revoked_at IS NULL"
        " AND (:account IS NULL OR account_id = :account)",
        now=visit.now,
        login=login_id,
        account=account_id,
    ).rowcount


def _refuse(visit: Visit, objects: str) -> NoReturn:
    with visit.transaction():
        audit.append(visit, OPERATION, "refused", objects=objects)
    raise Refused(_("This token is not valid, or not from here."))
