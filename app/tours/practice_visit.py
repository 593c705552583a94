"""Whoever practises, signed in to a copy of the practice world without typing a password."""

from __future__ import annotations

from app.clock import Clock
from app.content import Content
from app.operations.core import Visit, logins, sessions
from app.settings import Settings
from app.store import Store
from app.vault import Vault


def enter(
    store: Store, content: Content, clock: Clock, settings: Settings, user_name: str, language: str
) -> Visit:
    """The visit that a sign-in as this person would give, with its session.

    Raises:
        KeyError: there is nobody of that name in the practice world.
    """
    found, _account = logins.find(store, content, user_name)
    login = logins.read(store, found)
    if login is None:
        raise KeyError(user_name)
    visit = Visit(
        store,
        clock,
        content,
        login_id=login.id,
        person=login.name,
        role=login.staff_role,
        language=language,
        channel="terminal",
        address=settings.address,
        vault=Vault(settings.keys),
    )
    chosen = logins.choice(visit, login, None)
    if chosen is None:
        raise KeyError(user_name)
    visit = logins.with_choice(visit, chosen)
    with visit.transaction():
        sessions.start(visit)
    return visit
