"""What people decide for themselves: language and theme of their portal."""

from __future__ import annotations

from app.i18n import _
from app.operations.core import Invalid, Visit, operation


@operation("logins.set_language", right="SIGN_IN")
def set_language(visit: Visit, language: str) -> None:
    """Choose the language of the portal for oneself.

    Args:
        language: one that the operator offers.
    """
    offered = visit.content.operator.languages
    if language not in offered:
        raise Invalid(_("Choose from: {words}.").format(words=", ".join(offered)), "language")
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


def _set(visit: Visit, column: str, value: str) -> None:
    visit.change.execute(
        f"UPDATE login SET {column} = :value, version = version + 1 WHERE id = :id",
        value=value,
        id=visit.login_id,
    )
    visit.touch("login", visit.login_id)
