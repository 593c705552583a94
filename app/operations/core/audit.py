"""The chain of who did what. Each row seals the one before it.

A row's hash covers a length-prefixed canonical form, so no two rows can read the same; the personal
part is kept apart and enters the chain only as a salted digest, so it can be erased.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.store import Row

if TYPE_CHECKING:
    from app.operations.core.visit import Visit

GENESIS = "0" * 64
FIELDS = "at, login_id, account_id, role, channel, operation, object, outcome, personal_digest, previous"
SESSION_FIELDS = "session_id, assistance_id"


def seal(values: Row) -> str:
    """SHA-256 over the length-prefixed text of each field."""
    digest = hashlib.sha256()
    for value in values:
        text = b"\xff" if value is None else str(value).encode()
        digest.update(len(text).to_bytes(4, "big") + text)
    return digest.hexdigest()


def _sealed(values: Row, session: Row) -> str:
    """The hash of a row; one that belongs to no session has none to seal."""
    return seal((*values, *session) if any(session) else values)


def digest_of(salt: str, personal: str) -> str:
    """What the chain knows of a personal part."""
    return hashlib.sha256(f"{salt}\x1f{personal}".encode()).hexdigest()


def append(visit: Visit, operation: str, outcome: str, personal: str = "", objects: str = "") -> None:
    """Write one row in the visit's open transaction; `personal` may name people and is erasable."""
    tx = visit.change
    last = tx.row("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1")
    salt = secrets.token_hex(8) if personal else ""
    personal_digest = digest_of(salt, personal) if personal else ""
    named = objects or ",".join(dict.fromkeys(visit.touched))
    values: Row = (
        visit.now,
        visit.login_id,
        visit.account_id,
        visit.role,
        visit.channel,
        operation,
        named[:2000],
        outcome,
        personal_digest,
        last[0] if last else GENESIS,
    )
    session: Row = (visit.session_id, visit.assistance.id if visit.assistance else None)
    cursor = tx.connection.execute(
        f"INSERT INTO audit ({FIELDS}, {SESSION_FIELDS}, hash) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (*values, *session, _sealed(values, session)),
    )
    if personal:
        tx.execute(
            "INSERT INTO audit_personal (seq, salt, text) VALUES (:seq, :salt, :text)",
            seq=cursor.lastrowid,
            salt=salt,
            text=personal,
        )


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a check of the chain found: `bad_seq` is the first row that does not fit, if any."""

    rows: int
    bad_seq: int | None
    head: str


def verify(visit: Visit) -> ChainReport:
    """Walk the whole chain and stop at the first row that was changed, removed or moved.

    A personal part may be gone, it was erased; one that is there must be the one that was written.
    """
    previous, expected_seq, count = GENESIS, 1, 0
    for seq, stored, salt, personal, session, assistance, *values in visit.rows(
        f"SELECT seq, hash, salt, text, {SESSION_FIELDS}, {FIELDS} FROM audit "
        "LEFT JOIN audit_personal USING (seq) ORDER BY seq"
    ):
        fits = (
            seq == expected_seq
            and values[-1] == previous
            and _sealed(tuple(values), (session, assistance)) == stored
        )
        if not fits or (salt is not None and digest_of(salt, personal) != values[-2]):
            return ChainReport(count, int(seq), previous)
        previous, expected_seq, count = stored, seq + 1, count + 1
    return ChainReport(count, None, previous)
