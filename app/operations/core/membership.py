"""Who works for an account, in which role, and with which line of their own.

The holder comes with the account and stays: the database itself refuses to remove that row, to change its
role, or to take a second one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.i18n import _
from app.operations.core.errors import Invalid, NotFound, Refused, RightMissing
from app.operations.core.scope import line_scope
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
    areas: str
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
        "SELECT membership.id, login_id, account_id, role, areas, login.name, login.line_id FROM membership"
        " JOIN login ON login.id = login_id"
        " WHERE membership.id = :member AND (:everywhere = 1 OR account_id = :account)",
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


def may_decide_over(visit: Visit, role: str) -> bool:
    """Whether the visitor invites, changes and removes people of this role."""
    return role != "holder" and visit.reach("INVITE" if role == "user" else "SET_ROLES") is not None


def decide_over(visit: Visit, role: str) -> None:
    """Let through who decides about people of this role.

    Raises:
        RightMissing: administrators decide about users only.
    """
    if not may_decide_over(visit, role):
        raise RightMissing(
            _("Only the contract holder decides who is administrator, sub-account or reseller."), "role"
        )


def may_link_for(visit: Visit, login_id: int, role: str) -> bool:
    """Whether the visitor links a line to somebody of this role, or takes it from them.

    Who decides about a role decides about the line that goes with it; everybody who may link lines at all
    does so for themselves.
    """
    needed = "INVITE" if role == "user" or login_id == visit.login_id else "SET_ROLES"
    return visit.reach("INVITE") is not None and visit.reach(needed) is not None


def link_for(visit: Visit, member: Membership) -> None:
    """Let through who decides about this member's own line.

    Raises:
        RightMissing: administrators decide about users, and about themselves.
    """
    if not may_link_for(visit, member.login_id, member.role):
        raise RightMissing(
            _("Only the contract holder links lines to who is more than a user."),
            "member_id",
        )


def check_role(visit: Visit, role: str, areas: Iterable[str]) -> str:
    """The areas to store with a role.

    Raises:
        RightMissing: nobody is made holder.
        Invalid: no such role or area, or a role of areas without any.
    """
    if role == "holder":
        raise RightMissing(
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


def areas_of(stored: str) -> tuple[str, ...]:
    """The areas of a sub-account as stored."""
    return tuple(area for area in stored.split(",") if area)


def line_to_link(visit: Visit, line_id: int, account_id: int, member: Membership | None = None) -> int:
    """A line of the account that is nobody else's own, for a member or for somebody who is invited.

    Raises:
        NotFound: no such line of this account.
        Invalid: it has ended, or is linked to somebody else.
        Refused: the member's own line is another customer's.
    """
    where, values = line_scope(visit, "INVITE")
    row = visit.row(
        f"SELECT status FROM line WHERE id = :line AND account_id = :account AND {where}",
        line=line_id,
        account=account_id,
        **values,
    )
    if row is None:
        raise NotFound(_("There is no such line."), "line_id")
    if row[0] == "ended":
        raise Invalid(_("This line has ended."), "line_id")
    other = visit.row(
        "SELECT login.name FROM login JOIN membership ON membership.login_id = login.id"
        " WHERE login.line_id = :line AND login.id <> coalesce(:login, 0) AND account_id = :account",
        line=line_id,
        login=member.login_id if member else None,
        account=account_id,
    )
    if other is not None:
        raise Invalid(_("This line is linked to {name} already.").format(name=other[0]), "line_id")
    if member is not None and _line_elsewhere(visit, member):
        raise Refused(
            _("The number that is linked to this person belongs to another customer. They unlink it."),
            "line_id",
        )
    return line_id


def release_line(visit: Visit, member: Membership) -> None:
    """Take a line of the account from its member; what another customer gave them stays."""
    visit.change.execute(
        "UPDATE login SET line_id = NULL, version = version + 1 WHERE id = :login"
        " AND line_id IN (SELECT id FROM line WHERE account_id = :account)",
        login=member.login_id,
        account=member.account_id,
    )


def end_calls(visit: Visit, account_id: int, login_id: int) -> None:
    """End the help that goes on for somebody who may not call for the account in that role any more."""
    visit.change.execute(
        "UPDATE assistance SET ended_at = :now WHERE account_id = :account AND caller_id = :login"
        " AND caller_kind IN ('holder', 'admin') AND ended_at IS NULL",
        now=visit.now,
        account=account_id,
        login=login_id,
    )


def _line_elsewhere(visit: Visit, member: Membership) -> bool:
    """Whether the member's own line is of another account that they work for."""
    return (
        visit.row(
            "SELECT 1 FROM line JOIN membership ON membership.account_id = line.account_id"
            " AND membership.login_id = :login WHERE line.id = :line AND line.account_id <> :account",
            login=member.login_id,
            line=member.line_id,
            account=member.account_id,
        )
        is not None
    )


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
