"""Who works for an account, in which role, and with which line of their own.

The holder comes with the account and stays: the database itself refuses to remove that row, to change its
role, or to take a second one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.i18n import _
from app.operations.core.errors import Invalid, NotFound, Refused
from app.operations.core.visit import Visit

GIVEN = ("admin", "sub", "user", "reseller")
"""Roles that the holder gives; the holder's own is nobody's to give."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A login's role on an account as stored; `line_id` is the login's own line, of whichever account."""

    id: int
    login_id: int
    account_id: int
    role: str
    name: str
    line_id: int | None


def account_of(visit: Visit) -> int:
    """The account that is worked on.

    Raises:
        Refused: staff have not opened one.
    """
    if visit.account_id is None:
        raise Refused(_("Open the customer's account first."))
    return visit.account_id


def member_in_scope(visit: Visit, member_id: int, right: str) -> Membership:
    """A member of the visitor's account; the operator's host reaches those of all.

    Raises:
        NotFound: no such member, or another customer's: the two look alike.
    """
    everywhere = visit.reach(right) == "any" and visit.account_id is None
    row = visit.row(
        "SELECT membership.id, login_id, account_id, role, login.name, login.line_id FROM membership"
        " JOIN login ON login.id = login_id"
        " WHERE membership.id = :member AND (:everywhere OR account_id = :account)",
        member=member_id,
        everywhere=int(everywhere),
        account=visit.account_id,
    )
    if row is None:
        raise NotFound(_("There is no such person on this account."), "member_id")
    return Membership(*row)


def not_the_holder(member: Membership) -> None:
    """Let through everybody but the holder.

    Raises:
        Refused: the holder stays with the account.
    """
    if member.role == "holder":
        raise Refused(
            _("The contract holder stays with the account. Only a change of ownership changes that."),
            "member_id",
        )


def right_over(role: str) -> str:
    """The right that deciding about somebody of this role needs."""
    return "INVITE" if role == "user" else "SET_ROLES"


def check_role(visit: Visit, role: str, areas: Iterable[str]) -> str:
    """The areas to store with a role.

    Raises:
        Refused: nobody is made holder.
        Invalid: no such role or area, or a role of areas without any.
    """
    if role == "holder":
        raise Refused(
            _("Nobody is made contract holder here. That takes a change of ownership by the operator."),
            "role",
        )
    if role not in GIVEN:
        raise Invalid(_("Choose from: {words}.").format(words=", ".join(GIVEN)), "role")
    known, wanted = visit.content.matrix.areas, set(areas)
    words = ", ".join(known)
    if role != "sub":
        if wanted:
            raise Invalid(_("Only a sub-account is given areas."), "areas")
        return ""
    if not wanted:
        raise Invalid(_("Choose at least one area: {words}.").format(words=words), "areas")
    if not wanted <= set(known):
        raise Invalid(_("Choose from: {words}.").format(words=words), "areas")
    return ",".join(area for area in known if area in wanted)


def line_to_link(visit: Visit, line_id: int, account_id: int, login_id: int | None = None) -> int:
    """A line of the account that is nobody else's own.

    Raises:
        NotFound: no such line of this account.
        Invalid: it has ended, or is linked to somebody else.
    """
    row = visit.row(
        "SELECT status FROM line WHERE id = :line AND account_id = :account", line=line_id, account=account_id
    )
    if row is None:
        raise NotFound(_("There is no such line."), "line_id")
    if row[0] == "ended":
        raise Invalid(_("This line has ended."), "line_id")
    other = visit.row(
        "SELECT login.name FROM login JOIN membership ON membership.login_id = login.id"
        " WHERE login.line_id = :line AND login.id IS NOT :login AND account_id = :account",
        line=line_id,
        login=login_id,
        account=account_id,
    )
    if other is not None:
        raise Invalid(_("This line is linked to {name} already.").format(name=other[0]), "line_id")
    return line_id


def join(visit: Visit, login_id: int, account_id: int, role: str, areas: str, line_id: int | None) -> bool:
    """Give a login a role on an account in the open transaction; False if it has one there already.

    The line becomes the login's own where that has none yet.
    """
    row = visit.change.row(
        "INSERT INTO membership (login_id, account_id, role, areas) VALUES (:login, :account, :role, :areas)"
        " ON CONFLICT (login_id, account_id) DO NOTHING RETURNING id",
        login=login_id,
        account=account_id,
        role=role,
        areas=areas,
    )
    if row is None:
        return False
    if line_id is not None:
        visit.change.execute(
            "UPDATE login SET line_id = :line, version = version + 1 WHERE id = :login AND line_id IS NULL"
            " AND EXISTS (SELECT 1 FROM line WHERE id = :line AND account_id = :account)"
            " AND NOT EXISTS (SELECT 1 FROM login AS other WHERE other.line_id = :line)",
            line=line_id,
            login=login_id,
            account=account_id,
        )
    visit.touch("member", row[0])
    visit.touch("login", login_id)
    return True
