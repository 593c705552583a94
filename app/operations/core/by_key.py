"""A sign-in with a public key: nothing is guessed, so no tries are counted and nobody is locked out of it.

Whether a key is listed is answered before anything was signed, to whoever asks: it says nothing of the login
but that. Whether the login may come in is looked at only after the signature was verified.
"""

from __future__ import annotations

from app.clock import Clock
from app.content import Content
from app.operations.core import guard, logins, ssh_keys
from app.operations.core.entrance import refuse, visit_of
from app.operations.core.next_step import Pending, steps_for
from app.settings import Settings
from app.store import Store


def is_listed(store: Store, clock: Clock, content: Content, settings: Settings, who: str, key: bytes) -> bool:
    """Whether a key belongs to a name; the same reads for a name that nobody has.

    Args:
        who: customer number, user name or e-mail address.
        key: as SSH sends it (RFC 4253, 6.6).
    """
    found, _account = logins.find(store, content, typed(who))
    return ssh_keys.find(visit_of(store, clock, content, settings, None), found, key) is not None


def check_key(
    store: Store, clock: Clock, content: Content, settings: Settings, who: str, key: bytes
) -> Pending:
    """What is still asked of whoever has signed with this key.

    Raises:
        Refused: the login is not active, or may not come from there, or the key was removed: all the same.
    """
    found, account_id = logins.find(store, content, typed(who))
    login = logins.read(store, found)
    visit = visit_of(store, clock, content, settings, login)
    key_id = ssh_keys.find(visit, found, key)
    chosen = logins.choice(visit, login, account_id) if login else None
    if login is None or key_id is None or not (login.active and chosen):
        refuse(visit, settings.language, key_id)
    visit.language = login.language
    tried = guard.recognise(visit, login.id)
    until = visit.now + content.access.codes.short_code_seconds
    steps = steps_for(visit, login, tried, after_key=True)
    return Pending(visit, login, account_id, tried, "", steps, until, key_id)


def typed(who: str) -> str:
    """A name as it is looked for; bytes that are no text are a name that nobody has."""
    return who.strip().encode(errors="replace").decode()
