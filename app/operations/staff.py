"""The operator's own people: who may sign in as an agent or a supervisor."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from app.i18n import LANGUAGES, _
from app.operations.core import Invalid, Visit, operation

ROLES = ("agent", "supervisor")
ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody takes for another."""
GROUPS, GROUP = 4, 5


@dataclass(frozen=True, slots=True)
class NewStaff:
    """A login that was made. The password is told this once; only its hash is stored."""

    user_name: str
    role: str
    password: str


@operation("staff.add", right="RUN_WORKER")
def add(
    visit: Visit, user_name: str, name: str, email: str, role: str = "supervisor", language: str = "en"
) -> NewStaff:
    """Let somebody of the operator sign in; the answer has the password, this once.

    Args:
        user_name: what to sign in with.
        name: as people call them.
        email: their address.
        role: agent or supervisor.
        language: en, nl or de.
    """
    from app.operations.core.passwords import hash_password

    _check(visit, user_name, email, role, language)
    password = "-".join("".join(secrets.choice(ALPHABET) for _i in range(GROUP)) for _g in range(GROUPS))
    row = visit.change.row(
        "INSERT INTO login (user_name, email, name, password_hash, language, staff_role, status, theme, "
        "failures, locked_until, version) VALUES (:user_name, :email, :name, :hash, :language, :role, "
        "'active', '', 0, 0, 1) RETURNING id",
        user_name=user_name,
        email=email,
        name=name,
        hash=hash_password(password),
        language=language,
        role=role,
    )
    visit.touch("login", row[0] if row else "")
    return NewStaff(user_name, role, password)


def _check(visit: Visit, user_name: str, email: str, role: str, language: str) -> None:
    if role not in ROLES:
        raise Invalid(_("Choose from: {words}.").format(words=", ".join(ROLES)), "role")
    if language not in LANGUAGES:
        raise Invalid(_("Choose from: {words}.").format(words=", ".join(LANGUAGES)), "language")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]{1,63}", user_name):
        raise Invalid(_("A user name has letters and digits, and begins with a letter."), "user_name")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise Invalid(_("Write an address like name@example.org."), "email")
    for field, value in (("user_name", user_name), ("email", email)):
        if visit.row(f"SELECT 1 FROM login WHERE lower({field}) = lower(:value)", value=value):
            raise Invalid(_("Somebody has this already."), field)
