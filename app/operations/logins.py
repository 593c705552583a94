"""The people who can sign in: the operator's first one, and each person's own language and theme."""

from __future__ import annotations

import re

from app.content import Content
from app.i18n import _
from app.operations.core import Invalid, Refused, Visit, audit, operation
from app.operations.core.passwords import hash_password

SYMBOLS = "@#$%^&*-_+=[]{}|\\:',.?/`~\"<>();"
SHORTEST = 12
USER_NAME = r"[^\s@]{2,64}"
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"


def create_first(visit: Visit, user_name: str, email: str, name: str, password: str) -> int:
    """Make the first supervisor of an empty portal; there is no login that everybody knows.

    Not an operation, so that no command takes a password as an argument: ask for it on the terminal.

    Args:
        user_name: what to sign in with.
        email: address for messages.
        name: the person's name.
        password: at least 12 signs, with a capital, a small letter, a digit and a symbol.

    Raises:
        Refused: there is a login for staff already; that one makes others.
    """
    if visit.row("SELECT 1 FROM login WHERE staff_role <> ''"):
        raise Refused(_("There is a login for staff already."))
    if not re.fullmatch(USER_NAME, user_name):
        raise Invalid(_("A user name has 2 to 64 signs, without spaces and without @."), "user_name")
    if not re.fullmatch(EMAIL, email):
        raise Invalid(_("This is no e-mail address."), "email")
    check_password(password)
    hashed = hash_password(password)
    with visit.transaction() as tx:
        row = tx.row(
            "INSERT INTO login (user_name, email, name, password_hash, language, staff_role, status, theme,"
            " failures, locked_until, version) VALUES (:user_name, :email, :name, :hash, :language,"
            " 'supervisor', 'active', '', 0, 0, 1) RETURNING id",
            user_name=user_name,
            email=email,
            name=name.strip() or user_name,
            hash=hashed,
            language=visit.language,
        )
        assert row is not None
        audit.append(visit, "logins.create_first", "done", objects=f"login:{row[0]}")
    return int(row[0])


@operation("logins.set_language", right="SIGN_IN")
def set_language(visit: Visit, language: str) -> None:
    """Choose the language of the portal for oneself.

    Args:
        language: one that the operator offers.
    """
    if language not in _languages(visit.content):
        raise Invalid(
            _("Choose from: {words}.").format(words=", ".join(_languages(visit.content))), "language"
        )
    _set(visit, "language", language)
    visit.language = language


@operation("logins.set_theme", right="SIGN_IN")
def set_theme(visit: Visit, theme: str) -> None:
    """Choose the colours of the portal for oneself.

    Args:
        theme: name of a theme; empty for the default.
    """
    _set(visit, "theme", theme[:60])


@operation("logins.theme", right="SIGN_IN", changes=False)
def theme(visit: Visit) -> str:
    """The theme that the visitor chose; empty for the default."""
    row = visit.row("SELECT theme FROM login WHERE id = :id", id=visit.login_id)
    return str(row[0]) if row else ""


def check_password(password: str) -> None:
    """The operator's rules for passwords.

    Raises:
        Invalid: names every rule that is not met.
    """
    missing = [text for met, text in password_rules(password) if not met]
    if missing:
        raise Invalid(" ".join(missing), "password")


def password_rules(password: str) -> list[tuple[bool, str]]:
    """Each rule: whether it is met, and its text."""
    return [
        (len(password) >= SHORTEST, _("At least {count} signs.").format(count=SHORTEST)),
        (any(sign.isupper() for sign in password), _("A capital letter.")),
        (any(sign.islower() for sign in password), _("A small letter.")),
        (any(sign.isdigit() for sign in password), _("A digit.")),
        (any(sign in SYMBOLS for sign in password), _("A symbol such as {some}").format(some="# % - _ . ?")),
    ]


def _languages(content: Content) -> tuple[str, ...]:
    return content.operator.languages


def _set(visit: Visit, column: str, value: str) -> None:
    visit.change.execute(
        f"UPDATE login SET {column} = :value, version = version + 1 WHERE id = :id",
        value=value,
        id=visit.login_id,
    )
    visit.touch("login", visit.login_id)
