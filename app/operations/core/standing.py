"""Whether a visitor still is who signed in: read from the database at each operation."""

from __future__ import annotations

from app.i18n import _
from app.operations.core.errors import HelpEnded, SignedOut
from app.operations.core.visit import Visit

SEEN_SLACK = 60
"""`session.seen_at` is written at most once a minute, so it may be that old."""


def check_standing(visit: Visit) -> bool:
    """Whether the login still has the visit's role, and the line that counts as its own.

    Visits without a login have nothing to lose: nobody signed in yet, or the operator's own host. Areas
    that were given or taken count from now on.

    Raises:
        SignedOut: the session was ended, or is over.
        HelpEnded: the time for a customer is over.
    """
    if visit.login_id is None:
        return True
    if visit.session_id:
        _check_session(visit)
    row = visit.row(
        "SELECT login.staff_role, login.line_id, membership.role, membership.areas FROM login "
        "LEFT JOIN account ON account.id = :account AND account.status = 'active' "
        "LEFT JOIN membership ON membership.login_id = login.id AND membership.account_id = account.id "
        "WHERE login.id = :login AND login.status = 'active'",
        login=visit.login_id,
        account=visit.account_id,
    )
    if row is None or visit.role != (row[0] or row[2]):
        return False
    visit.areas = tuple(filter(None, row[3].split(","))) if visit.role == "sub" else None
    if visit.assistance is not None:
        _check_assistance(visit)
    return visit.own_line_id is None or visit.own_line_id == row[1]


def _check_session(visit: Visit) -> None:
    row = visit.row(
        "SELECT started_at, seen_at, ended_at FROM session WHERE id = :id AND login_id = :login",
        id=visit.session_id,
        login=visit.login_id,
    )
    limits = visit.content.access.sessions
    if row is None or row[2] is not None:
        raise SignedOut(_("This session was ended. Sign in again to go on."))
    if visit.now - row[0] >= limits.longest_seconds:
        raise SignedOut(_("The session has lasted as long as it may. Sign in again to go on."))
    if visit.now - row[1] >= idle_seconds(visit) + SEEN_SLACK:
        raise SignedOut(_("Nothing was done for a while. Sign in again to go on."))


def idle_seconds(visit: Visit) -> int:
    """How long the visitor may do nothing: at a kiosk, whoever it is, the time of a kiosk."""
    return visit.content.access.sessions.idle("kiosk" if visit.channel == "kiosk" else visit.role)


def _check_assistance(visit: Visit) -> None:
    assert visit.assistance is not None
    row = visit.row(
        "SELECT expires_at FROM assistance WHERE id = :id AND login_id = :login AND account_id = :account"
        " AND ended_at IS NULL AND expires_at > :now",
        id=visit.assistance.id,
        login=visit.login_id,
        account=visit.account_id,
        now=visit.now,
    )
    if row is None:
        raise HelpEnded(_("The time for this customer is over. Verify the caller again to go on."))
