"""One's own login and the account it works for."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _
from app.operations.core import Invalid, NotFound, Visit, operation

THEMES = ("dark", "light", "contrast", "ansi")


@dataclass(frozen=True, slots=True)
class Profile:
    """The login in use and the account it looks at; account fields are empty where none is open."""

    user_name: str
    email: str
    name: str
    role: str
    language: str
    theme: str
    line_number: str
    last_sign_in_at: int | None
    account_number: str
    account_name: str
    account_kind: str
    account_language: str
    customer_since: int | None
    lines: int


@operation("profile.get", right="OWN_LOGIN", changes=False)
def get(visit: Visit) -> Profile:
    """One's own login and the account in use."""
    mine = visit.row(
        "SELECT user_name, email, login.name, language, theme, coalesce(line.number, ''), last_sign_in_at "
        "FROM login LEFT JOIN line ON line.id = login.line_id WHERE login.id = :login",
        login=visit.login_id,
    )
    if mine is None:
        raise NotFound(_("There is no such login."))
    user_name, email, name, language, theme, number, last = mine
    account = visit.row(
        "SELECT number, name, kind, language, created_at, "
        "(SELECT count(*) FROM line WHERE account_id = account.id) FROM account WHERE id = :account",
        account=visit.account_id,
    ) or ("", "", "", "", None, 0)
    return Profile(user_name, email, name, visit.role, language, theme, number, last, *account)


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a login's messages go, and what waits for the code that was sent there; "" for none.

    line_number: of the own line, which an administrator can link too.
    """

    email: str
    asked_email: str
    mobile: str
    asked_mobile: str
    line_number: str
    password_set_at: int | None


@operation("profile.reached", right="OWN_LOGIN", changes=False)
def reached(visit: Visit) -> Reached:
    """Your e-mail address and mobile number, and new ones whose code was not typed yet."""
    row = visit.row(
        "SELECT email, coalesce((SELECT detail FROM access_code WHERE kind = 'new_email'"
        " AND login_id = login.id AND ended_at IS NULL AND expires_at > :now), ''), mobile,"
        " coalesce((SELECT detail FROM access_code WHERE kind = 'mobile'"
        " AND login_id = login.id AND ended_at IS NULL AND expires_at > :now), ''),"
        " coalesce((SELECT number FROM line WHERE id = login.line_id), ''), password_set_at"
        " FROM login WHERE id = :login",
        now=visit.now,
        login=visit.login_id,
    )
    if row is None:
        raise NotFound(_("There is no such login."))
    return Reached(*row)


@operation("profile.set_language", right="SIGN_IN")
def set_language(visit: Visit, language: str) -> str:
    """Choose the language of the portal for one's own login.

    Args:
        language: one that the operator offers.
    """
    offered = visit.content.operator.languages
    if language not in offered:
        raise Invalid(_("Choose one of: {choices}.").format(choices=", ".join(offered)), "language")
    visit.language = language
    return _prefer(visit, "language", language)


@operation("profile.set_theme", right="SIGN_IN")
def set_theme(visit: Visit, theme: str) -> str:
    """Choose the colours of the portal for one's own login.

    Args:
        theme: dark, light, contrast or ansi.
    """
    if theme not in THEMES:
        raise Invalid(_("Choose one of: {choices}.").format(choices=", ".join(THEMES)), "theme")
    return _prefer(visit, "theme", theme)


def _prefer(visit: Visit, column: str, value: str) -> str:
    changed = visit.change.execute(
        f"UPDATE login SET {column} = :value, version = version + 1 WHERE id = :login",
        value=value,
        login=visit.login_id,
    ).rowcount
    if not changed:
        raise NotFound(_("There is no such login."))
    visit.touch("login", visit.login_id)
    return value
