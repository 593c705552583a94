"""The visit of a child: whoever the door let in goes on here, with the same rights and the same session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.clock import SystemClock
from app.content import load_content
from app.i18n import _
from app.operations.core.errors import Refused
from app.operations.core.handed_over import take_over
from app.settings import Settings, read_settings
from app.store import Store
from app.store.schema import ensure_schema

if TYPE_CHECKING:
    from app.clock import Clock
    from app.operations.core import Visit
    from app.serving.request import Request


def settings_of(request: Request) -> Settings:
    """The machine's settings, with the door and the address that the server tells: never a client's word.

    A token of the operator's own is none of theirs.
    """
    return replace(read_settings(), channel=request.channel, address=request.address, token_file=None)


def visit_of(request: Request, settings: Settings, clock: Clock | None = None) -> Visit:
    """The visit of who signed in at the door.

    Raises:
        Refused: nobody has, or something is still asked of them.
        SignedOut: the session is over.
        StoreError: the database cannot be used now.
    """
    identity = request.identity
    if identity is None:
        raise Refused(_("Sign in with your own name first."))
    if not identity.complete:
        raise Refused(_("A code is still asked for. Sign in with your password and the code."))
    store = Store(settings.database_url, settings.home)
    ensure_schema(store)
    content = load_content(settings.content)
    return take_over(store, clock or SystemClock(), content, settings, identity)
