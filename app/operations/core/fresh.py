"""Sensitive changes ask for the password again when it was given a while ago."""

from __future__ import annotations

from app.i18n import _
from app.operations.core.errors import PasswordNeeded, Refused
from app.operations.core.visit import Visit


def require_fresh(visit: Visit) -> None:
    """Let a sensitive change through only shortly after the password was given.

    Commands on the operator's host have no session and no password to give.

    Raises:
        Refused: a script asks; it has no password.
        PasswordNeeded: `sessions.confirm` with the password, then the same again.
    """
    if visit.rights is not None:
        raise Refused(_("A token may not do this: sign in for it."))
    if not visit.session_id:
        return
    row = visit.row("SELECT checked_at FROM session WHERE id = :id", id=visit.session_id)
    if row is None or visit.now - row[0] > visit.content.access.sessions.recheck_seconds:
        raise PasswordNeeded(_("Give your password again to change this."), "password")
