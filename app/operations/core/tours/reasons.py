"""Whether somebody can do a task now; if not, why, and who can help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.content.tours import Tour
from app.i18n import _
from app.operations.core.registry import why_not
from app.operations.core.tours.facts import ADMIN, FACTS, HELPDESK
from app.operations.core.visit import STAFF, Visit


class Reason(NamedTuple):
    """Why a task cannot be done now, and who can help; both empty if it can be."""

    why: str = ""
    who: str = ""


def reason_of(visit: Visit, tour: Tour, facts: Mapping[str, bool]) -> Reason:
    """What is lacking first: a right, else a fact."""
    for right in _named(tour.needs, "right"):
        if visit.reach(right) is None:
            return _right(visit, right)
    for name in _named(tour.needs, "has"):
        if not facts.get(name):
            return _fact(visit, name)
    return Reason()


def facts_needed(tours: Iterable[Tour]) -> list[str]:
    """The facts that tours need, each once."""
    return list(dict.fromkeys(name for tour in tours for name in _named(tour.needs, "has")))


def may(visit: Visit, tour: Tour) -> bool:
    """Whether the visitor's rights suffice, whatever the facts are now."""
    return all(visit.reach(right) is not None for right in _named(tour.needs, "right"))


def _named(needs: Iterable[str], kind: str) -> list[str]:
    return [name for found, _colon, name in (need.partition(":") for need in needs) if found == kind]


def _right(visit: Visit, right: str) -> Reason:
    if visit.is_staff:
        roles = visit.content.matrix.roles(right)
        supervisor = visit.role == "agent" and "supervisor" in roles and "agent" not in roles
        return Reason(why_not(visit, right), _("A supervisor can.") if supervisor else "")
    roles = visit.content.matrix.roles(right)
    if "admin" in roles:
        return Reason(_("You may not do this."), _("An administrator of your account can."))
    if "holder" in roles:
        return Reason(_("You may not do this."), _("The contract holder can."))
    return Reason(_("You may not do this."), _helpdesk(visit) if set(roles) & set(STAFF) else "")


def _fact(visit: Visit, name: str) -> Reason:
    fact = FACTS.get(name)
    if fact is None:
        return Reason(_("This cannot be done now."), _helpdesk(visit))
    if fact.who == HELPDESK and not visit.is_staff:
        return Reason(_(fact.lacking), _helpdesk(visit))
    if fact.who == ADMIN and visit.role in ("sub", "user", "reseller"):
        return Reason(_(fact.lacking), _("An administrator of your account can help."))
    return Reason(_(fact.lacking))


def _helpdesk(visit: Visit) -> str:
    return _("The helpdesk can help: {phone}.").format(phone=visit.content.operator.contact.phone)
