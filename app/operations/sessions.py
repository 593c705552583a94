"""One's own signed-in sessions: which there are, ending them, and giving the password again."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _
from app.operations.core import NotFound, Refused, Visit, audit, guard, operation, sessions
from app.operations.core.standing import SEEN_SLACK, idle_seconds
from app.secret import Secret
from app.store import Row

CONFIRM = "sessions.confirm"


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """One session. `channel`: terminal, kiosk, ssh, web, command; `address`: empty at the machine itself."""

    id: str
    started_at: int
    seen_at: int
    channel: str
    address: str
    this: bool


@operation("sessions.page", right="OWN_LOGIN", changes=False)
def page(visit: Visit) -> list[SessionInfo]:
    """Your open sessions, the newest first."""
    rows = visit.rows(
        "SELECT id, started_at, seen_at, channel, address FROM session WHERE login_id = :login"
        " AND ended_at IS NULL AND started_at > :oldest AND seen_at > :idle ORDER BY started_at DESC, id",
        login=visit.login_id,
        oldest=visit.now - visit.content.access.sessions.longest_seconds,
        idle=visit.now - idle_seconds(visit) - SEEN_SLACK,
    )
    return [_info(visit, row) for row in rows]


@operation("sessions.last", right="OWN_LOGIN", changes=False)
def last(visit: Visit) -> SessionInfo | None:
    """Your sign-in before this one."""
    row = visit.row(
        "SELECT id, started_at, seen_at, channel, address FROM session WHERE login_id = :login"
        " AND id <> :this AND started_at <= coalesce((SELECT started_at FROM session WHERE id = :this), :now)"
        " ORDER BY started_at DESC, id LIMIT 1",
        login=visit.login_id,
        this=visit.session_id,
        now=visit.now,
    )
    return _info(visit, row) if row else None


@operation("sessions.end", right="CHANGE_LOGIN")
def end(visit: Visit, session: str) -> None:
    """End one of your sessions; whoever works there is signed out at the next action.

    Args:
        session: its id, as `sessions page` shows it.
    """
    if not sessions.end(visit, session, "revoked"):
        raise NotFound(_("There is no such session."), "session")
    visit.touch("session", session)


@operation("sessions.end_others", right="CHANGE_LOGIN")
def end_others(visit: Visit) -> int:
    """End all your sessions but this one; how many there were."""
    assert visit.login_id is not None
    visit.touch("login", visit.login_id)
    return sessions.end_all(visit, visit.login_id, "revoked", but=visit.session_id)


@operation(CONFIRM, right="OWN_LOGIN", own_transactions=True)
def confirm(visit: Visit, password: Secret) -> None:
    """Give your password again, before a change that asks for it.

    Args:
        password: the one you sign in with.
    """
    from app.operations.core.passwords import verify

    tried = guard.reserve(visit, visit.login_id)
    row = visit.row("SELECT password_hash FROM login WHERE id = :id", id=visit.login_id)
    typed = password.reveal().encode(errors="replace").decode()
    right = verify(row[0] if row and tried.may else "", typed)
    with visit.transaction() as tx:
        if right:
            guard.give_back(visit, tried)
            tx.execute(
                "UPDATE session SET checked_at = :now WHERE id = :id", now=visit.now, id=visit.session_id
            )
        audit.append(visit, CONFIRM, "done" if right else "failed", objects=f"login:{visit.login_id}")
    if not right:
        raise Refused(_("The password is wrong, or there were too many tries."), "password")


def _info(visit: Visit, row: Row) -> SessionInfo:
    session_id, started_at, seen_at, channel, address = row
    return SessionInfo(session_id, started_at, seen_at, channel, address, session_id == visit.session_id)
