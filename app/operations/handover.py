"""To another site of the operator without signing in again: a ticket that is good once, for a minute.

Some sites administer one product, as the devices of a mobile line: a ticket for them names that product.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from app.i18n import _
from app.operations.core import NotFound, Refused, Visit, access_codes, audit, operation
from app.operations.core.scope import line_in_scope
from app.secret import Secret

KIND: Final = "handover"
SECONDS: Final = 60
REDEEM: Final = "handover.redeem"


@dataclass(frozen=True, slots=True)
class SiteRow:
    """Another site, by the name in the reader's language."""

    id: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Handover:
    """Where to go, and the code to give there within so many seconds."""

    url: str
    code: str = field(repr=False)
    seconds: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who has come to the other site: the login, and for which customer in which role; empty for staff."""

    site: str
    user_name: str
    name: str
    language: str
    account_number: str
    account_name: str
    role: str
    product: str = ""
    """What the ticket was for, as `line:+31670042001`; empty for a site of no product."""


@operation("handover.sites", right="HAND_OVER", changes=False)
def sites(visit: Visit) -> list[SiteRow]:
    """The operator's other sites, which need no new sign-in."""
    return _rows(visit, "")


@operation("handover.sites_of_line", right="ENTER_LINE_SITES", changes=False)
def sites_of_line(visit: Visit, line_id: int) -> list[SiteRow]:
    """The operator's sites that administer a mobile line, which need no new sign-in.

    Args:
        line_id: the line.
    """
    line_in_scope(visit, line_id, "ENTER_LINE_SITES")
    return _rows(visit, "line")


def _rows(visit: Visit, product: str) -> list[SiteRow]:
    offered = [site for site in visit.content.access.sites if site.product == product]
    return [SiteRow(site.id, site.name.in_language(visit.language), site.url) for site in offered]


@operation("handover.make", right="HAND_OVER")
def make(visit: Visit, site: str) -> Handover:
    """Go on to another site without signing in again: a code that is good once, for a minute.

    Args:
        site: its id, as `loket handover sites` shows it.
    """
    return _ticket(visit, site, "")


@operation("handover.make_for_line", right="ENTER_LINE_SITES")
def make_for_line(visit: Visit, line_id: int, site: str) -> Handover:
    """Go on to the administration of a line without signing in again: a code that is good once, for a minute.

    Args:
        line_id: the line.
        site: its id, as `loket handover sites-of-line` shows it.
    """
    line_id = line_in_scope(visit, line_id, "ENTER_LINE_SITES")
    made = _ticket(visit, site, "line", line_id)
    visit.touch("line", line_id)
    return made


def _ticket(visit: Visit, site: str, product: str, number: int | None = None) -> Handover:
    offered = (each for each in visit.content.access.sites if each.product == product)
    found = next((each for each in offered if each.id == site), None)
    if found is None:
        raise NotFound(_("There is no such site."), "site")
    code = access_codes.issue(
        visit,
        KIND,
        f"login:{visit.login_id}",
        SECONDS,
        login_id=visit.login_id,
        account_id=visit.account_id,
        detail=f"{site} {number}" if number is not None else site,
    )
    if code is None:
        raise Refused(_("Too many codes were asked for. Try again in some minutes."))
    visit.touch("login", visit.login_id)
    return Handover(found.url, code.reveal(), SECONDS)


@operation(REDEEM, right="REDEEM_HANDOVER", own_transactions=True)
def redeem(visit: Visit, code: Secret) -> Arrival:
    """Tell the other site who has come with a code; it is spent by that.

    Args:
        code: what the person gave there.
    """
    try:
        with visit.transaction():
            ticket = access_codes.find(visit, code, KIND)
            access_codes.use(visit, ticket)
            arrival = _arrival(visit, ticket)
            audit.append(visit, REDEEM, "done", objects=f"login:{ticket.login_id}")
    except Refused:
        with visit.transaction():
            audit.append(visit, REDEEM, "failed")
        raise
    return arrival


def _arrival(visit: Visit, ticket: access_codes.Code) -> Arrival:
    """Who it is now: a role that was taken away meanwhile does not come along.

    Who works for the operator comes as that, as at the sign-in, and not as somebody's customer.
    """
    row = visit.row(
        "SELECT user_name, login.name, login.language, coalesce(account.number, ''),"
        " coalesce(account.name, ''), coalesce(nullif(login.staff_role, ''), membership.role) FROM login"
        " LEFT JOIN account ON account.id = :account AND account.status = 'active' AND login.staff_role = ''"
        " LEFT JOIN membership ON membership.login_id = login.id AND membership.account_id = account.id"
        " WHERE login.id = :login AND login.status = 'active'",
        login=ticket.login_id,
        account=ticket.account_id,
    )
    if row is None or not row[5] or visit.content.matrix.scope(row[5], "HAND_OVER") is None:
        raise Refused(_("This code is not valid any more. Ask for a new one."), "code")
    site, _space, line = ticket.detail.partition(" ")
    arrival = Arrival(site, *row)
    return replace(arrival, product=_product(visit, ticket, arrival.role, int(line))) if line else arrival


def _product(visit: Visit, ticket: access_codes.Code, role: str, line_id: int) -> str:
    """The line as others know it; one that is out of reach meanwhile is not entered any more."""
    reach = visit.content.matrix.scope(role, "ENTER_LINE_SITES")
    row = visit.row(
        "SELECT number, (SELECT line_id FROM login WHERE id = :login) FROM line"
        " WHERE id = :line AND account_id = :account",
        login=ticket.login_id,
        line=line_id,
        account=ticket.account_id,
    )
    if row is None or reach is None or (reach == "own" and row[1] != line_id):
        raise Refused(_("This code is not valid any more. Ask for a new one."), "code")
    return f"line:{row[0]}"
