"""Whether a visitor still is who signed in: read from the database at each operation."""

from __future__ import annotations

from app.i18n import _
from app.operations.core.errors import HelpEnded, SignedOut
from app.operations.core.visit import Visit

GIVEN = ("holder", "admin", "sub", "user", "reseller")
"""Roles on an account among which a visit may change."""
SEEN_SLACK = 60
"""`session.seen_at` is written at most once a minute, so it may be that old."""


def check_standing(visit: Visit) -> bool:
    """Whether the login still may come in where the visit is; what it may do there is read anew.

    A role, areas or an own line that were given or taken count from now on. Visits without a login have
    nothing to lose: nobody signed in yet, or the operator's own host.

    Raises:
        SignedOut: the session was ended, or is over.
        HelpEnded: the time for a customer is over.
    """
    if visit.login_id is None:
        return True
    if visit.session_id:
        _check_session(visit)
    row = visit.row(
        "SELECT login.staff_role, membership.role, membership.areas, line.id FROM login "
        "LEFT JOIN account ON account.id = :account AND account.status = 'active' "
        "LEFT JOIN membership ON membership.login_id = login.id AND membership.account_id = account.id "
        "LEFT JOIN line ON line.id = login.line_id AND line.account_id = membership.account_id "
        "WHERE login.id = :login AND login.status = 'active'",
        login=visit.login_id,
        account=visit.account_id,
    )
    role = (row[0] or row[1]) if row else None
    if row is None or role is None or not _may_be(visit, role):
        return False
    visit.role = role
    visit.areas = tuple(filter(None, row[2].split(","))) if role == "sub" else None
    if not row[0]:
        visit.own_line_id = row[3]
    if visit.assistance is not None:
        _check_assistance(visit)
    return True


def _may_be(visit: Visit, role: str) -> bool:
    """Whether the visit may go on in this role: its own, or another of the customer's people who sign in.

    Staff who lost or changed their role have to sign in again.
    """
    if role == visit.role:
        return True
    return visit.role in GIVEN and role in GIVEN and visit.content.matrix.scope(role, "SIGN_IN") is not None


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
