"""Codes that are sent to somebody and bring back the proof that they got there.

A long code has 140 random bits; only its SHA-256 is stored. A short one, of six digits, is for typing off
a telephone: it dies after a few wrong tries. A newer code for the same purpose ends the earlier one.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from app.i18n import _
from app.operations.core.errors import NotFound, Refused
from app.operations.core.visit import Visit
from app.secret import Secret

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that looks like a digit."""
LOOKALIKES: Final = str.maketrans("OIL", "011")
LENGTH, GROUP = 28, 4
DIGITS: Final = 6
SHORT_TRIES: Final = 5
BURSTS: Final = ((600, 5), (1800, 15))
"""At most so many codes for one purpose and subject within so many seconds."""


@dataclass(frozen=True, slots=True)
class Code:
    """A stored code that is valid now; `subject` is whose it is, as `login:5`."""

    id: int
    kind: str
    subject: str
    login_id: int | None
    account_id: int | None
    detail: str
    expires_at: int

    @property
    def subject_id(self) -> int:
        """The number in the subject."""
        return int(self.subject.rpartition(":")[2])


def issue(
    visit: Visit,
    kind: str,
    subject: str,
    seconds: int,
    *,
    login_id: int | None = None,
    account_id: int | None = None,
    detail: str = "",
    short: bool = False,
) -> Secret | None:
    """Make a code in the open transaction; None if too many were asked for of late.

    Args:
        kind: one of those of models.access.AccessCode.
        subject: whose it is, as `login:5`.
        seconds: how long it is valid.
        short: six digits instead of 28 letters and digits.
    """
    if _too_many(visit, kind, subject):
        return None
    end(visit, kind, subject, "replaced")
    text = _digits() if short else "".join(secrets.choice(ALPHABET) for _i in range(LENGTH))
    visit.change.execute(
        "INSERT INTO access_code (kind, subject, digest, login_id, account_id, detail, created_at,"
        " expires_at, tries) VALUES (:kind, :subject, :digest, :login, :account, :detail, :now, :until, 0)",
        kind=kind,
        subject=subject,
        digest=_digest(kind, subject, text) if short else _digest(kind, "", text),
        login=login_id,
        account=account_id,
        detail=detail,
        now=visit.now,
        until=visit.now + seconds,
    )
    return Secret(text if short else _grouped(text))


def find(visit: Visit, code: Secret, *kinds: str) -> Code:
    """The long code that somebody typed, if it is valid now; spaces, dashes and case do not matter.

    Raises:
        Refused: unknown, used, replaced or too old; the text does not say which.
    """
    typed = "".join(code.reveal().upper().translate(LOOKALIKES).replace("-", " ").split())
    for kind in kinds:
        found = _valid(visit, "digest = :digest AND kind = :kind", digest=_digest(kind, "", typed), kind=kind)
        if found is not None:
            return found
    raise Refused(_("This code is not valid any more. Ask for a new one."), "code")


def use(visit: Visit, code: Code) -> None:
    """Spend a code in the open transaction; of many who try at once, one succeeds.

    Raises:
        Refused: somebody was quicker.
    """
    done = visit.change.execute(
        "UPDATE access_code SET ended_at = :now, ended_by = 'used' WHERE id = :id AND ended_at IS NULL"
        " AND expires_at > :now",
        id=code.id,
        now=visit.now,
    ).rowcount
    if done != 1:
        raise Refused(_("This code is not valid any more. Ask for a new one."), "code")


def check_short(visit: Visit, kind: str, subject: str, code: Secret) -> Code | None:
    """Compare a short code in the open transaction; right: it is spent, wrong: the try is counted.

    The answer None must not roll the transaction back, or the try would not count.
    """
    open_code = _valid(visit, "kind = :kind AND subject = :subject", kind=kind, subject=subject)
    if open_code is None:
        return None
    typed = "".join(letter for letter in code.reveal() if letter.isdigit())
    right = visit.row(
        "SELECT 1 FROM access_code WHERE id = :id AND digest = :digest",
        id=open_code.id,
        digest=_digest(kind, subject, typed),
    )
    if right:
        use(visit, open_code)
        return open_code
    visit.change.execute(
        "UPDATE access_code SET tries = tries + 1, ended_at = CASE WHEN tries + 1 >= :most THEN :now END,"
        " ended_by = CASE WHEN tries + 1 >= :most THEN 'too_many' ELSE '' END WHERE id = :id",
        id=open_code.id,
        most=SHORT_TRIES,
        now=visit.now,
    )
    return None


def end(visit: Visit, kind: str, subject: str, by: str) -> int:
    """End the open codes of a purpose; how many there were. `by`: replaced or withdrawn."""
    return visit.change.execute(
        "UPDATE access_code SET ended_at = :now, ended_by = :by"
        " WHERE kind = :kind AND subject = :subject AND ended_at IS NULL",
        kind=kind,
        subject=subject,
        now=visit.now,
        by=by,
    ).rowcount


def cancel(visit: Visit, kind: str) -> None:
    """End the visitor's own open code of a kind, in the open transaction: what it was for stays undone.

    Raises:
        NotFound: none is open.
    """
    subject = f"login:{visit.login_id}"
    if _valid(visit, "kind = :kind AND subject = :subject", kind=kind, subject=subject) is None:
        raise NotFound(_("No change waits for its code."))
    end(visit, kind, subject, "withdrawn")
    visit.touch("login", visit.login_id)


def end_of_login(visit: Visit, login_id: int, *kinds: str) -> None:
    """End a login's open codes of some kinds, after its password or address has changed."""
    for kind in kinds:
        visit.change.execute(
            "UPDATE access_code SET ended_at = :now, ended_by = 'withdrawn'"
            " WHERE kind = :kind AND login_id = :login AND ended_at IS NULL",
            kind=kind,
            login=login_id,
            now=visit.now,
        )


def _valid(visit: Visit, condition: str, **values: str) -> Code | None:
    row = visit.row(
        "SELECT id, kind, subject, login_id, account_id, detail, expires_at FROM access_code"
        f" WHERE {condition} AND ended_at IS NULL AND expires_at > :now",
        now=visit.now,
        **values,
    )
    return Code(*row) if row else None


def _too_many(visit: Visit, kind: str, subject: str) -> bool:
    for seconds, most in BURSTS:
        row = visit.row(
            "SELECT count(*) FROM access_code WHERE kind = :kind AND subject = :subject"
            " AND created_at > :since",
            kind=kind,
            subject=subject,
            since=visit.now - seconds,
        )
        if row is not None and row[0] >= most:
            return True
    return False


def _digits() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def _grouped(text: str) -> str:
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def _digest(kind: str, subject: str, text: str) -> str:
    return hashlib.sha256(f"{kind}\x1f{subject}\x1f{text}".encode()).hexdigest()
