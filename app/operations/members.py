"""Members: who may act for the account, in which role, and with which line of their own.

The holder decides about everybody else; administrators decide about users. The holder stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.operations.core import Visit, operation, ssh_keys, tokens
from app.operations.core.fresh import require_fresh
from app.operations.core.member_mails import tell_removed, tell_role
from app.operations.core.membership import (
    Membership,
    areas_of,
    check_role,
    decide_over,
    end_calls,
    line_to_link,
    link_for,
    may_decide_over,
    may_link_for,
    member_in_scope,
    not_the_holder,
    release_line,
)

SHOWN = 2000


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody with a role on the account.

    areas: of a sub-account; line_id, line_number: their own line of this account; status: of the login:
    active, pending (no password yet) or disabled; changeable: whether the visitor may change or remove them;
    linkable: whether the visitor may link a line to them.
    """

    id: int
    login_id: int
    name: str
    email: str
    user_name: str
    role: str
    areas: tuple[str, ...]
    line_id: int | None
    line_number: str
    mobile: str
    status: str
    last_sign_in_at: int | None
    changeable: bool
    linkable: bool


@operation("members.page", right="VIEW_PEOPLE", changes=False)
def page(visit: Visit) -> list[MemberRow]:
    """Who may act for the account, the holder first."""
    rows = visit.rows(
        "SELECT membership.id, login.id, login.name, login.email, login.user_name, membership.role,"
        " membership.areas, line.id, coalesce(line.number, ''), login.mobile, login.status,"
        " login.last_sign_in_at FROM membership JOIN login ON login.id = membership.login_id"
        " LEFT JOIN line ON line.id = login.line_id AND line.account_id = membership.account_id"
        " WHERE membership.account_id = :account"
        " ORDER BY membership.role <> 'holder', membership.role, login.name, login.id LIMIT :most",
        account=visit.account_id,
        most=SHOWN,
    )
    found = []
    for *login, areas, line, number, mobile, status, last in rows:
        may = (may_decide_over(visit, login[5]), may_link_for(visit, login[1], login[5]))
        found.append(MemberRow(*(*login, areas_of(areas), line, number, mobile, status, last, *may)))
    return found


@operation("members.set_role", right="SET_ROLES")
def set_role(visit: Visit, member_id: int, role: str, areas: list[str] | None = None) -> None:
    """Decide what somebody may do for the account; it counts at their next action.

    Args:
        member_id: the person, as listed by members.page.
        role: admin, sub, user or reseller.
        areas: what a sub-account may use: products, settings, orders, billing, data, people.
    """
    member = member_in_scope(visit, member_id, "SET_ROLES")
    not_the_holder(member)
    stored = check_role(visit, role, areas or ())
    require_fresh(visit)
    visit.change.execute(
        "UPDATE membership SET role = :role, areas = :areas WHERE id = :id",
        role=role,
        areas=stored,
        id=member.id,
    )
    end_calls(visit, member.account_id, member.login_id)
    if (role, stored) != (member.role, member.areas):
        tell_role(visit, member, role, stored)
    _touch(visit, member)


@operation("members.remove", right="INVITE")
def remove(visit: Visit, member_id: int) -> None:
    """End somebody's access to the account at once; their login stays for other accounts. They are told.

    Args:
        member_id: the person, as listed by members.page.
    """
    member = member_in_scope(visit, member_id, "INVITE")
    not_the_holder(member)
    decide_over(visit, member.role)
    if member.role != "user":
        require_fresh(visit)
    visit.change.execute("DELETE FROM membership WHERE id = :id", id=member.id)
    release_line(visit, member)
    end_calls(visit, member.account_id, member.login_id)
    tokens.end_all(visit, member.login_id, member.account_id)
    ssh_keys.end_of_strangers(visit, member.login_id)
    tell_removed(visit, member)
    _touch(visit, member)


@operation("members.link_line", right="INVITE")
def link_line(visit: Visit, member_id: int, line_id: int) -> None:
    """Link a line to somebody as their own: its use is what they see first.

    Args:
        member_id: the person, as listed by members.page.
        line_id: a line that is nobody else's.
    """
    member = member_in_scope(visit, member_id, "INVITE")
    link_for(visit, member)
    line = line_to_link(visit, line_id, member.account_id, member)
    visit.change.execute(
        "UPDATE login SET line_id = :line, version = version + 1 WHERE id = :login",
        line=line,
        login=member.login_id,
    )
    visit.touch("line", line)
    _touch(visit, member)


@operation("members.unlink_line", right="INVITE")
def unlink_line(visit: Visit, member_id: int) -> None:
    """Take the own line from somebody; they no longer see its use.

    Args:
        member_id: the person, as listed by members.page.
    """
    member = member_in_scope(visit, member_id, "INVITE")
    link_for(visit, member)
    release_line(visit, member)
    _touch(visit, member)


def _touch(visit: Visit, member: Membership) -> None:
    visit.touch("member", member.id)
    visit.touch("login", member.login_id)
