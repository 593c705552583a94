"""Who may do what, and how far: data/rights.toml."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal, cast

from app.content.errors import ContentError
from app.content.reading import Section, read_toml

FILE: Final = "rights.toml"

Scope = Literal["own", "account", "assisted", "any"]
SCOPES: Final = ("own", "account", "assisted", "any")

ROLES: Final = (
    "visitor",
    "holder",
    "admin",
    "sub",
    "user",
    "contact",
    "reseller",
    "agent",
    "supervisor",
    "kiosk",
    "system",
)
CUSTOMER_ROLES: Final = ("visitor", "holder", "admin", "sub", "user", "contact", "reseller", "kiosk")

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
    "BOOK_PAYMENTS",
    "RECEIVE_SMS",
    "RUN_WORKER",
    "MANAGE_DEMO",
    "VIEW_DASHBOARD",
    "SEARCH",
    "OWN_LOGIN",
    "CHANGE_LOGIN",
    "HAND_OVER",
    "ENTER_LINE_SITES",
    "ACTIVATE_SIM",
    "EDIT_ACCOUNT",
    "GUARD_ACCOUNT",
    "VIEW_PEOPLE",
    "INVITE",
    "SET_ROLES",
    "OWN_EXPORT",
    "ASK_ERASURE",
    "ASK_OWNERSHIP",
    "HELP_CALLERS",
    "OPEN_CASES",
    "RELEASE_CASES",
    "CREATE_CUSTOMERS",
    "PROVISION",
    "VERIFY_AUDIT",
    "MANAGE_KEYS",
    "MANAGE_BACKUPS",
    "REDEEM_HANDOVER",
)
PUBLIC_RIGHTS: Final = ("VIEW_TARIFFS", "RATE")
"""About no customer's data, so that "any" is harmless for everybody."""


class Matrix:
    """Role x right; what is not there is denied."""

    def __init__(
        self,
        cells: dict[tuple[str, str], Scope],
        areas: dict[str, tuple[str, ...]] | None = None,
        forbidden: tuple[str, ...] = (),
    ) -> None:
        self._cells = cells
        self.areas = areas or {}
        """What a person of role `sub` may be given: rights by area."""
        self.forbidden = forbidden
        """Rights that nobody uses on a caller's behalf."""

    def given(self, areas: Iterable[str], right: str) -> bool:
        """Whether a person who was given these areas has a right of role `sub`."""
        needs = [area for area, rights in self.areas.items() if right in rights]
        return not needs or any(area in needs for area in areas)

    def scope(self, role: str, right: str) -> Scope | None:
        """How far a right of a role reaches: `own`, `account`, `assisted`, `any`; None if denied.

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
    areas = _areas(root.section("areas", optional=True))
    helping = root.section("assistance", optional=True)
    forbidden = helping.words("forbidden", choices=RIGHTS, default=())
    helping.finish()
    for right in RIGHTS:
        section = root.section(right)
        for role in ROLES:
            if section.has(role):
                scope = section.text(role, choices=SCOPES)
                if _allowed(section, role, right, scope):
                    cells[role, right] = cast(Scope, scope)
        section.finish()
    root.finish()
    return Matrix(cells, areas, forbidden)


def _areas(section: Section) -> dict[str, tuple[str, ...]]:
    areas = {name: section.words(name, choices=RIGHTS) for name in section.names()}
    section.finish()
    return areas


def _allowed(section: Section, role: str, right: str, scope: str) -> bool:
    if scope == "any" and role in CUSTOMER_ROLES and right not in PUBLIC_RIGHTS:
        cure = 'Write "account" or "own", or remove the role.'
        section.error(role, f'"any" would show a {role} every customer\'s data.', cure)
        return False
    if scope == "assisted" and role in CUSTOMER_ROLES:
        section.error(role, f"A {role} assists nobody.", 'Write "account" or "own".')
        return False
    return scope in SCOPES
