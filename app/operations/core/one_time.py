"""One-time passwords (RFC 6238): 160 random bits shared with a person's phone, six digits every 30 seconds.

The seed is stored sealed. A code works once: the newest time step that was used is kept, and only a later
one is accepted. Ten recovery codes stand in for a lost phone; only their SHA-256 is stored.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.operations.core.access_codes import ALPHABET, GROUP, LOOKALIKES
from app.operations.core.visit import Visit
from app.secret import Secret

if TYPE_CHECKING:
    from app.vault import Vault

STEP: Final = 30
WINDOW: Final = 1
"""Steps before and after the present one that are accepted: clocks differ, people type slowly."""
DIGITS: Final = 6
SEED_LETTERS: Final = 32
"""Of base 32: 160 bits."""
CODES: Final = 10
CODE_LETTERS: Final = 24
"""Of base 32: 120 bits."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A seed that waits for its first code. `uri` is for the QR code, `seed` for typing it over."""

    uri: str = field(repr=False)
    seed: str = field(repr=False)


def code_at(seed: str, step: int) -> str:
    """The six digits of a time step (RFC 4226 with the step as the counter)."""
    import pyotp

    return pyotp.HOTP(seed, digits=DIGITS).at(step)


def matching_step(seed: str, typed: str, now: int) -> int | None:
    """The time step whose code was typed, if it is the present one or next to it."""
    present = now // STEP
    found = None
    for step in range(present - WINDOW, present + WINDOW + 1):
        if hmac.compare_digest(code_at(seed, step).encode(), typed.encode()):
            found = step
    return found


def is_on(visit: Visit, login_id: int) -> bool:
    """Whether a login has confirmed one-time passwords."""
    found = visit.row(
        "SELECT 1 FROM second_factor WHERE login_id = :login AND confirmed_at IS NOT NULL", login=login_id
    )
    return found is not None


def is_required(visit: Visit, login_id: int) -> bool:
    """Whether one of the login's roles must have one-time passwords, as the operator decided."""
    rows = visit.rows(
        "SELECT staff_role FROM login WHERE id = :login UNION"
        " SELECT role FROM membership WHERE login_id = :login",
        login=login_id,
    )
    return any(row[0] in visit.content.access.second_factor for row in rows)


def begin(visit: Visit, login_id: int) -> Enrolment:
    """Make a new seed that counts once its first code was typed, in the open transaction."""
    import pyotp

    seed = pyotp.random_base32(SEED_LETTERS)
    visit.change.execute(
        "INSERT INTO second_factor (login_id, seed, created_at, last_step) VALUES (:login, :seed, :now, 0)"
        " ON CONFLICT (login_id) DO UPDATE SET seed = excluded.seed, created_at = excluded.created_at,"
        " last_step = 0 WHERE second_factor.confirmed_at IS NULL",
        login=login_id,
        seed=_vault(visit).seal(seed, _place(login_id)),
        now=visit.now,
    )
    row = visit.row("SELECT user_name FROM login WHERE id = :login", login=login_id)
    name = str(row[0]) if row else ""
    uri = pyotp.TOTP(seed, digits=DIGITS, interval=STEP).provisioning_uri(
        name=name, issuer_name=visit.content.operator.name
    )
    return Enrolment(uri, seed)


def accept(visit: Visit, login_id: int, code: Secret) -> bool:
    """Whether a code of the phone is right and new, in the open transaction; then it is spent."""
    return _accept(visit, login_id, code, "confirmed_at IS NOT NULL")


def confirm(visit: Visit, login_id: int, code: Secret) -> bool:
    """Whether the first code of a new seed is right, in the open transaction; then the seed counts."""
    if not _accept(visit, login_id, code, "confirmed_at IS NULL"):
        return False
    visit.change.execute(
        "UPDATE second_factor SET confirmed_at = :now WHERE login_id = :login", now=visit.now, login=login_id
    )
    return True


def accept_any(visit: Visit, login_id: int, code: Secret) -> bool:
    """Whether it is a code of the phone or an unused recovery code, in the open transaction."""
    return accept(visit, login_id, code) or _use_recovery_code(visit, login_id, code)


def remove(visit: Visit, login_id: int) -> None:
    """Forget a login's seed and recovery codes, in the open transaction."""
    visit.change.execute("DELETE FROM second_factor WHERE login_id = :login", login=login_id)
    visit.change.execute("DELETE FROM recovery_code WHERE login_id = :login", login=login_id)


def new_codes(visit: Visit, login_id: int) -> tuple[str, ...]:
    """Make ten recovery codes in the open transaction; earlier ones end. They are told this once."""
    visit.change.execute("DELETE FROM recovery_code WHERE login_id = :login", login=login_id)
    made = tuple("".join(secrets.choice(ALPHABET) for _i in range(CODE_LETTERS)) for _n in range(CODES))
    visit.change.executemany(
        "INSERT INTO recovery_code (login_id, digest, created_at) VALUES (?, ?, ?)",
        [(login_id, _digest(login_id, text), visit.now) for text in made],
    )
    return tuple("-".join(text[at : at + GROUP] for at in range(0, CODE_LETTERS, GROUP)) for text in made)


def codes_left(visit: Visit, login_id: int) -> int:
    """How many recovery codes were not used yet."""
    row = visit.row(
        "SELECT count(*) FROM recovery_code WHERE login_id = :login AND used_at IS NULL", login=login_id
    )
    return int(row[0]) if row else 0


def _accept(visit: Visit, login_id: int, code: Secret, condition: str) -> bool:
    row = visit.row(f"SELECT seed FROM second_factor WHERE login_id = :login AND {condition}", login=login_id)
    typed = "".join(code.reveal().split())
    if row is None or len(typed) != DIGITS or not typed.isascii():
        return False
    step = matching_step(_vault(visit).open(row[0], _place(login_id)), typed, visit.now)
    if step is None:
        return False
    spent = visit.change.execute(
        "UPDATE second_factor SET last_step = :step"
        f" WHERE login_id = :login AND last_step < :step AND {condition}",
        step=step,
        login=login_id,
    )
    return spent.rowcount == 1


def _use_recovery_code(visit: Visit, login_id: int, code: Secret) -> bool:
    typed = "".join(code.reveal().upper().translate(LOOKALIKES).replace("-", " ").split())
    used = visit.change.execute(
        "UPDATE recovery_code SET used_at = :now WHERE login_id = :login AND digest = :digest"
        " AND used_at IS NULL",
        now=visit.now,
        login=login_id,
        digest=_digest(login_id, typed),
    )
    return used.rowcount == 1


def _digest(login_id: int, text: str) -> str:
    return hashlib.sha256(f"recovery_code\x1f{login_id}\x1f{text}".encode(errors="replace")).hexdigest()


def _place(login_id: int) -> str:
    return f"second_factor.seed.{login_id}"


def _vault(visit: Visit) -> Vault:
    if visit.vault is None:
        raise RuntimeError("a visit with one-time passwords needs the vault")
    return visit.vault
