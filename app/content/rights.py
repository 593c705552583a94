"""Who may do what, and how far: data/rights.toml."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, cast

from app.content.errors import ContentError
from app.content.reading import Section, read_toml

FILE: Final = "rights.toml"

Scope = Literal["own", "account", "any"]
SCOPES: Final = ("own", "account", "any")

ROLES: Final = (
    "visitor",
    "holder",
    "admin",
    "user",
    "contact",
    "reseller",
    "agent",
    "supervisor",
    "kiosk",
    "system",
)
CUSTOMER_ROLES: Final = ("visitor", "holder", "admin", "user", "contact", "reseller", "kiosk")

RIGHTS: Final = (
    "SIGN_IN",
    "VIEW_TARIFFS",
    "RATE",
    "VIEW_ACCOUNT",
    "VIEW_LINES",
    "VIEW_USAGE",
    "VIEW_MESSAGES",
    "MANAGE_LINES",
    "SET_NOTICES",
    "ORDER",
    "SIMULATE",
    "VIEW_BILLING",
    "EXPORT",
    "VIEW_AUDIT",
    "LIST_ACCOUNTS",
    "SEE_ALERTS",
    "IMPORT_USAGE",
    "REPLAY_USAGE",
    "CLOSE_MONTH",
    "RECEIVE_SMS",
    "RUN_WORKER",
    "MANAGE_DEMO",
)
PUBLIC_RIGHTS: Final = ("VIEW_TARIFFS", "RATE")
"""About no customer's data, so that "any" is harmless for everybody."""


class Matrix:
    """Role x right; what is not there is denied."""

    def __init__(self, cells: dict[tuple[str, str], Scope]) -> None:
        self._cells = cells

    def scope(self, role: str, right: str) -> Scope | None:
        """How far a right of a role reaches: `own` line, `account`, `any` account; None if denied.

        Nobody signed in (an empty role) is a `visitor`.
        """
        return self._cells.get((role or "visitor", right))

    def roles(self, right: str) -> tuple[str, ...]:
        """The roles that have a right, in the order of ROLES."""
        return tuple(role for role in ROLES if (role, right) in self._cells)


def read_matrix(folder: Path, errors: list[ContentError]) -> Matrix:
    """The matrix of an operator; mistakes are added to `errors` and denied."""
    root = read_toml(folder / FILE, FILE, errors)
    cells: dict[tuple[str, str], Scope] = {}
    for right in RIGHTS:
        section = root.section(right)
        for role in ROLES:
            if section.has(role):
                scope = section.text(role, choices=SCOPES)
                if _allowed(section, role, right, scope):
                    cells[role, right] = cast(Scope, scope)
        section.finish()
    root.finish()
    return Matrix(cells)


def _allowed(section: Section, role: str, right: str, scope: str) -> bool:
    if scope == "any" and role in CUSTOMER_ROLES and right not in PUBLIC_RIGHTS:
        cure = 'Write "account" or "own", or remove the role.'
        section.error(role, f'"any" would show a {role} every customer\'s data.', cure)
        return False
    return scope in SCOPES
