"""Who else looks at a thing or edits it now. An entry counts while its session lives.

These are no operations: who looks at a customer is in the log already, by the help that was begun.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.operations.core.standing import SEEN_SLACK
from app.operations.core.visit import Visit


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else who is there. since: unix seconds."""

    person: str
    editing: bool
    since: int


def enter(visit: Visit, about: str, *, editing: bool = False) -> None:
    """Say that this session looks at a thing, or edits it; nothing is written where that is known.

    Args:
        about: the thing, as `line:7`.
    """
    if not visit.session_id:
        return
    known = visit.row(
        "SELECT 1 FROM presence WHERE session_id = :session AND object = :object AND editing = :editing",
        session=visit.session_id,
        object=about,
        editing=int(editing),
    )
    if known is not None:
        return
    with visit.transaction() as tx:
        tx.execute(
            "INSERT INTO presence (session_id, object, editing, since)"
            " SELECT id, :object, :editing, :now FROM session WHERE id = :session AND ended_at IS NULL"
            " ON CONFLICT (session_id, object) DO UPDATE SET editing = :editing, since = :now",
            session=visit.session_id,
            object=about,
            editing=int(editing),
            now=visit.now,
        )
        tx.execute(
            "DELETE FROM presence WHERE since < :old OR session_id IN"
            " (SELECT id FROM session WHERE ended_at IS NOT NULL)",
            old=visit.now - visit.content.access.sessions.longest_seconds,
        )


def leave(visit: Visit, about: str) -> None:
    """Say that this session has left a thing."""
    if not visit.session_id:
        return
    with visit.transaction() as tx:
        tx.execute(
            "DELETE FROM presence WHERE session_id = :session AND object = :object",
            session=visit.session_id,
            object=about,
        )


def others(visit: Visit, about: str) -> list[Present]:
    """Who else is there, who edits first. One's own other sessions, a lost one too, are nobody else."""
    rows = visit.rows(
        "SELECT login.name, editing, since, staff_role, seen_at, channel FROM presence"
        " JOIN session ON session.id = session_id JOIN login ON login.id = session.login_id"
        " WHERE object = :object AND session.login_id <> :login AND ended_at IS NULL AND started_at > :oldest"
        " ORDER BY editing DESC, since, login.name",
        object=about,
        login=visit.login_id,
        oldest=visit.now - visit.content.access.sessions.longest_seconds,
    )
    limits = visit.content.access.sessions
    return [
        Present(name, bool(editing), since)
        for name, editing, since, role, seen_at, channel in rows
        if visit.now - seen_at < limits.idle("kiosk" if channel == "kiosk" else role) + SEEN_SLACK
    ]
