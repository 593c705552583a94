"""The chain of who did what. Each row seals the one before it.

A row's hash covers a length-prefixed canonical form, so no two rows can read the same; the personal
part is kept apart and enters the chain only as a salted digest, so it can be erased.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.i18n import _
from app.operations.core.audit_heads import HeadFile, read_heads
from app.operations.core.errors import Unavailable
from app.store import Row
from app.vault import VaultError

if TYPE_CHECKING:
    from pathlib import Path

    from app.operations.core.visit import Visit

GENESIS = "0" * 64
FIELDS = "at, login_id, account_id, role, channel, operation, object, outcome, personal_digest, previous"
SESSION_FIELDS = "session_id, assistance_id"
INSERT = f"INSERT INTO audit (seq, {FIELDS}, {SESSION_FIELDS}, hash) VALUES ({', '.join('?' * 14)})"
MOST_PIECES = 4096
LONGEST_PIECE = 40
LENGTHS = tuple(size.to_bytes(4, "big") for size in range(100))


def seal(values: Row) -> str:
    """SHA-256 over the length-prefixed text of each field."""
    return hashlib.sha256(b"".join([_pieces.get(value) or _piece(value) for value in values])).hexdigest()


_pieces: dict[object, bytes] = {}
"""Fields as they are sealed, kept for those that recur: roles, channels, operations, sessions."""


def _piece(value: object) -> bytes:
    text = b"\xff" if value is None else str(value).encode()
    size = len(text)
    if size >= LONGEST_PIECE:
        return LENGTHS[size] + text if size < len(LENGTHS) else size.to_bytes(4, "big") + text
    piece = LENGTHS[size] + text
    if len(_pieces) < MOST_PIECES:
        _pieces[value] = piece
    return piece


def _sealed(values: Row, session: Row) -> str:
    """The hash of a row; one that belongs to no session has none to seal."""
    return seal((*values, *session) if any(session) else values)


def digest_of(salt: str, personal: str) -> str:
    """What the chain knows of a personal part."""
    return hashlib.sha256(f"{salt}\x1f{personal}".encode()).hexdigest()


def append(visit: Visit, operation: str, outcome: str, personal: str = "", objects: str = "") -> None:
    """Write one row in the visit's open transaction; `personal` may name people and is erasable."""
    tx = visit.change
    # Counted here, not by the database: numbers of a sequence have gaps, which look like missing rows.
    seq, previous = tx.row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1") or (0, GENESIS)
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
        previous,
    )
    session: Row = (visit.session_id, visit.assistance.id if visit.assistance else None)
    tx.executemany(INSERT, ((seq + 1, *values, *session, _sealed(values, session)),))
    if personal:
        tx.execute(
            "INSERT INTO audit_personal (seq, salt, text) VALUES (:seq, :salt, :text)",
            seq=seq + 1,
            salt=salt,
            text=personal,
        )


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a check of the chain found.

    bad_seq: the first row that does not fit, if any; head: hash of the last row that does; heads: how many
    heads written outside the database agree; bad_head: the first line of their file that does not;
    problem: what is wrong, in the reader's language, empty if nothing is.
    """

    rows: int
    bad_seq: int | None
    head: str
    heads: int = 0
    bad_head: int | None = None
    problem: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problem


def verify(visit: Visit) -> ChainReport:
    """Walk the whole chain and stop at the first row that was changed, removed or moved.

    A personal part may be gone, it was erased; one that is there must be the one that was written. Heads
    that were written outside the database tell a tail that was cut off, or written anew.
    """
    # Before the rows: what is written to the file meanwhile is about rows that this walk may not see.
    file = HeadFile() if visit.audit_heads is None else _heads(visit, visit.audit_heads)
    at = {head.seq: head.hash for head in file.heads}
    previous, expected_seq, agreed = GENESIS, 1, 0
    for row in visit.each(
        f"SELECT {FIELDS}, {SESSION_FIELDS}, seq, hash, salt, text FROM audit "
        "LEFT JOIN audit_personal USING (seq) ORDER BY seq"
    ):
        seq, stored, salt = row[12:15]
        if (
            seq != expected_seq
            or row[9] != previous
            or seal(row[:12] if row[10] or row[11] else row[:10]) != stored
            or (salt is not None and digest_of(salt, row[15]) != row[8])
        ):
            problem = _("Row {row} was changed, moved or put in, or the row before it was removed.")
            return ChainReport(expected_seq - 1, seq, previous, agreed, problem=problem.format(row=seq))
        if seq in at:
            if at[seq] != stored:
                problem = _("Row {row} is not the one that was there: the rows up to it were written anew.")
                return ChainReport(seq - 1, seq, previous, agreed, problem=problem.format(row=seq))
            agreed += 1
        previous, expected_seq = stored, seq + 1
    return _at_the_end(file, expected_seq, previous, agreed)


def _heads(visit: Visit, path: Path) -> HeadFile:
    if visit.vault is None:
        raise RuntimeError("a visit that checks the heads needs the vault")
    try:
        return read_heads(path, visit.vault)
    except OSError as error:
        raise Unavailable(f"{path}: {error.strerror}.") from error
    except VaultError as error:
        raise Unavailable(str(error)) from error


def _at_the_end(file: HeadFile, next_seq: int, head: str, agreed: int) -> ChainReport:
    """The rows are whole; whether they are all, and whether the file is."""
    rows = next_seq - 1
    last = max((each.seq for each in file.heads), default=0)
    if last > rows:
        problem = _("The rows from {row} on are missing: there were {count}.")
        text = problem.format(row=next_seq, count=last)
        return ChainReport(rows, next_seq, head, agreed, problem=text)
    if file.bad_line is not None:
        text = _("Line {line} of the file of heads was not written by Loket, or the line before it is gone.")
        return ChainReport(rows, None, head, agreed, file.bad_line, text.format(line=file.bad_line))
    if file.missing and rows:
        return ChainReport(rows, None, head, 0, 1, _("The file of heads is gone or empty."))
    return ChainReport(rows, None, head, agreed)
