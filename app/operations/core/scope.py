"""Whose rows a visitor may see: every query of lines starts here."""

from __future__ import annotations

from typing import Any

from app.i18n import _
from app.operations.core.errors import NotFound, Refused
from app.operations.core.visit import Visit


def line_scope(visit: Visit, right: str, alias: str = "line") -> tuple[str, dict[str, Any]]:
    """A condition on table `line` and its values, for the visitor's reach of `right`.

    Staff look at one account once they have opened it, at all of them before. A selected service narrows
    it to the lines of that group.
    """
    reach = visit.reach(right)
    if reach == "any" and visit.account_id is None:
        return "TRUE", {}
    if reach in ("any", "account") and visit.account_id is not None:
        where, values = f"{alias}.account_id = :scope_account", {"scope_account": visit.account_id}
        if visit.group_id is not None:
            where += f" AND {alias}.group_id = :scope_group"
            values["scope_group"] = visit.group_id
        return where, values
    if reach == "own" and visit.own_line_id is not None:
        return (
            f"{alias}.id = :scope_line AND {alias}.account_id = :scope_account",
            {"scope_line": visit.own_line_id, "scope_account": visit.account_id},
        )
    return "FALSE", {}


def beyond_own(visit: Visit, right: str) -> bool:
    """Whether the visitor may see more than their own line: sums of a pool tell what colleagues use."""
    return visit.reach(right) in ("account", "any")


def own_line(visit: Visit) -> int | None:
    """The visitor's own line, while it is a line of the account they look at."""
    found = visit.row(
        "SELECT id FROM line WHERE id = :line AND account_id = :account",
        line=visit.own_line_id,
        account=visit.account_id,
    )
    return int(found[0]) if found else None


def service_in_scope(visit: Visit, group_id: int | None) -> int | None:
    """The group subscription something is done for: a caller who may speak about one stays with it.

    Raises:
        Refused: it is another one.
    """
    if visit.assistance is None or visit.assistance.group_id is None:
        return group_id
    if group_id not in (None, visit.assistance.group_id):
        raise Refused(_("This caller may not speak about that service."), "group_id")
    return visit.assistance.group_id


def line_in_scope(visit: Visit, line_id: int, right: str) -> int:
    """The line's id, if the visitor may reach it.

    Raises:
        NotFound: no such line, or another customer's: the two look alike.
    """
    where, values = line_scope(visit, right)
    found = visit.row(f"SELECT line.id FROM line WHERE line.id = :line AND {where}", line=line_id, **values)
    if found is None:
        raise NotFound(_("There is no such line."), "line_id")
    return int(found[0])


def line_by_number(visit: Visit, number: str, right: str) -> int:
    """The id of the line with this number, spaces and a missing plus sign forgiven.

    Raises:
        NotFound: as `line_in_scope`.
    """
    wanted = number.replace(" ", "")
    where, values = line_scope(visit, right)
    found = visit.row(
        f"SELECT line.id FROM line WHERE line.number IN (:number, :plus) AND {where}",
        number=wanted,
        plus="+" + wanted.removeprefix("00"),
        **values,
    )
    if found is None:
        raise NotFound(_("There is no such line."), "line")
    return int(found[0])
