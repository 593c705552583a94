"""The operator's own people: who may sign in as an agent or a supervisor."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from app.i18n import LANGUAGES, _
from app.operations.core import Invalid, Visit, operation
from app.secret import Secret

ROLES = ("agent", "supervisor")
ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody takes for another."""
GROUPS, GROUP = 4, 5


@dataclass(frozen=True, slots=True)
class NewStaff:
    """A login that was made.

    password: one that was made up, told this once; empty where somebody chose it. Only its hash is stored.
    """

    user_name: str
    role: str
    password: str = field(repr=False)


@operation("staff.add", right="RUN_WORKER")
def add(
    visit: Visit,
    user_name: str,
    name: str,
    email: str,
    role: str = "supervisor",
    language: str = "en",
    password: Secret | None = None,
) -> NewStaff:
    """Let somebody of the operator sign in; the answer has the password, this once, unless it was chosen.

    Args:
        user_name: what to sign in with.
        name: as people call them.
        email: their address.
        role: agent or supervisor.
        language: en, nl or de.
        password: their password; without one, the answer has one.
    """
    from app.operations.core import password_rules
    from app.operations.core.passwords import hash_password

    _check(visit, user_name, email, role, language)
    made = _made_up() if password is None else ""
    if password is not None:
        password_rules.require(
            visit, password, password_rules.own_words(visit.content, user_name, name, email)
        )
    row = visit.change.row(
        "INSERT INTO login (user_name, email, name, password_hash, language, staff_role, status, theme, "
        "failures, locked_until, version) VALUES (:user_name, :email, :name, :hash, :language, :role, "
        "'active', '', 0, 0, 1) RETURNING id",
        user_name=user_name,
        email=email,
        name=name,
        hash=hash_password(made if password is None else password.reveal()),
        language=language,
        role=role,
    )
    visit.touch("login", row[0] if row else "")
    return NewStaff(user_name, role, made)


def _made_up() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _i in range(GROUP)) for _g in range(GROUPS))


def _check(visit: Visit, user_name: str, email: str, role: str, language: str) -> None:
    if role not in ROLES:
        raise Invalid(_("Choose from: {words}.").format(words=", ".join(ROLES)), "role")
    if language not in LANGUAGES:
        raise Invalid(_("Choose from: {words}.").format(words=", ".join(LANGUAGES)), "language")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]{1,63}", user_name):
        raise Invalid(_("A user name has letters and digits, and begins with a letter."), "user_name")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise Invalid(_("Write an address like name@example.org."), "email")
    for column, value in (("user_name", user_name), ("email", email)):
        if visit.row(f"SELECT 1 FROM login WHERE lower({column}) = lower(:value)", value=value):
            raise Invalid(_("Somebody has this already."), column)
