"""Signed-in visits as rows: begun, kept alive by their person, ended by them or by somebody else.

`core/standing.py` asks for the row at each operation, so an ended session fails at its next action, in
whatever process it runs.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from app.operations.core.standing import SEEN_SLACK, idle_seconds
from app.operations.core.visit import Visit

ID_BYTES: Final = 16


def start(visit: Visit, key_id: int | None = None) -> None:
    """Begin the session of a visit whose person has just proven who they are, in the open transaction.

    Args:
        key_id: the SSH key that was shown; no password was given then, so a sensitive change asks for it.
    """
    _end_those_that_are_over(visit)
    visit.session_id = secrets.token_hex(ID_BYTES)
    visit.change.execute(
        "INSERT INTO session (id, login_id, started_at, seen_at, checked_at, channel, address, ssh_key_id)"
        " VALUES (:id, :login, :now, :now, :checked, :channel, :address, :key)",
        id=visit.session_id,
        login=visit.login_id,
        now=visit.now,
        checked=visit.now if key_id is None else 0,
        channel=visit.channel,
        address=visit.address,
        key=key_id,
    )


def _end_those_that_are_over(visit: Visit) -> None:
    """Write down that earlier sessions of the login are over: nobody may act in them any more."""
    visit.change.execute(
        "UPDATE session SET ended_at = :now, ended_by ="
        " CASE WHEN started_at <= :oldest THEN 'too_old' ELSE 'idle' END"
        " WHERE login_id = :login AND ended_at IS NULL AND (started_at <= :oldest OR seen_at <= :idle)",
        now=visit.now,
        login=visit.login_id,
        oldest=visit.now - visit.content.access.sessions.longest_seconds,
        idle=visit.now - max(visit.content.access.sessions.idle_seconds.values()) - SEEN_SLACK,
    )


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session goes on: idle_seconds without its person; until ends_at (unix seconds) at most."""

    idle_seconds: int
    ends_at: int


def limits(visit: Visit) -> Limits | None:
    """The limits of the visit's session; None where it has none."""
    row = visit.row("SELECT started_at FROM session WHERE id = :id", id=visit.session_id)
    if row is None:
        return None
    return Limits(idle_seconds(visit), row[0] + visit.content.access.sessions.longest_seconds)


def seen(visit: Visit) -> None:
    """Its person did something; written at most once a minute. What is over stays over."""
    if not visit.session_id:
        return
    with visit.transaction(quiet=True) as tx:
        tx.execute(
            "UPDATE session SET seen_at = :now WHERE id = :id AND ended_at IS NULL"
            " AND seen_at BETWEEN :oldest AND :newest",
            id=visit.session_id,
            now=visit.now,
            oldest=visit.now - idle_seconds(visit) - SEEN_SLACK + 1,
            newest=visit.now - SEEN_SLACK,
        )


def end(visit: Visit, session_id: str, by: str) -> bool:
    """End one session of the visit's login, in the open transaction; whether it was open.

    Args:
        by: sign_out, revoked, idle, too_old, password or hung_up.
    """
    return _end(visit, "id = :which AND login_id = :login", by, visit.login_id, session_id) == 1


def end_all(visit: Visit, login_id: int, by: str, but: str = "") -> int:
    """End all sessions of a login, in the open transaction; how many there were.

    Args:
        but: the id of one that goes on.
    """
    return _end(visit, "login_id = :login AND id <> :which", by, login_id, but)


def _end(visit: Visit, condition: str, by: str, login_id: int | None, which: str) -> int:
    return visit.change.execute(
        f"UPDATE session SET ended_at = :now, ended_by = :by WHERE {condition} AND ended_at IS NULL",
        now=visit.now,
        by=by,
        login=login_id,
        which=which,
    ).rowcount
