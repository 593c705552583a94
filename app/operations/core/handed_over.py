"""A sign-in that was begun at the door of a connection goes on in the process that serves it."""

from __future__ import annotations

from typing import Final, cast, get_args

from app.clock import Clock
from app.content import Content
from app.i18n import _, use_language
from app.identity import Identity
from app.operations.core import guard, logins, ssh_keys
from app.operations.core.entrance import visit_of
from app.operations.core.errors import SignedOut
from app.operations.core.logins import Login
from app.operations.core.next_step import Kind, Pending, ask
from app.operations.core.standing import check_standing
from app.operations.core.visit import Visit
from app.settings import Settings
from app.store import Store

KINDS: Final = get_args(Kind)


def take_over(store: Store, clock: Clock, content: Content, settings: Settings, identity: Identity) -> Visit:
    """The visit of whom a door has let in; door and address are those of the settings.

    Whoever serves something without a person's keys, like files, calls `sessions.seen(visit)` when it is
    used, or the session ends for want of a person.

    Args:
        identity: from the server itself, never from a client.

    Raises:
        NextStep: something more is asked; see signin.continue_sign_in.
        SignedOut: the session was ended, the login was changed, or it took too long.
    """
    login = logins.read(store, identity.login_id)
    visit = visit_of(store, clock, content, settings, login)
    chosen = logins.choice(visit, login, identity.account_id) if login and login.active else None
    if login is None or chosen is None:
        raise SignedOut(_("Your login was changed meanwhile. Sign in again."))
    visit.language = login.language
    with use_language(login.language):
        if not identity.session_id:
            ask(_pending(visit, login, identity))
        visit = logins.with_choice(visit, chosen)
        visit.session_id = identity.session_id
        if not check_standing(visit):
            raise SignedOut(_("Your login was changed meanwhile. Sign in again."))
    return visit


def _pending(visit: Visit, login: Login, identity: Identity) -> Pending:
    """What the door has not asked.

    Raises:
        SignedOut: too late, or what was shown there is worth nothing any more.
    """
    until = identity.at + visit.content.access.codes.short_code_seconds
    if visit.now >= until:
        raise SignedOut(_("This took too long. Sign in again."))
    row = visit.row("SELECT coalesce(password_set_at, 0) FROM login WHERE id = :id", id=login.id)
    changed = row is None or row[0] > identity.at
    gone = identity.key_id is not None and not ssh_keys.is_there(visit, login.id, identity.key_id)
    if changed or gone:
        raise SignedOut(_("Your login was changed meanwhile. Sign in again."))
    tried = guard.recognise(visit, login.id)
    steps = [cast(Kind, step) for step in identity.steps if step in KINDS]
    return Pending(visit, login, identity.account_id, tried, "", steps, until, identity.key_id)
