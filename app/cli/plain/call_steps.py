"""A call at the helpdesk: who calls, whether it is proven, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app import units
from app.cli.parameters import parameters
from app.cli.plain.asking import ask
from app.cli.plain.picks import a_customer
from app.cli.plain.talk import Back, Choice, Home, Talk
from app.cli.plain.values import WAYS
from app.i18n import _, ngettext
from app.operations.core.errors import OperationError, SignedOut
from app.operations.core.registry import get
from app.screens.role_names import role_name

if TYPE_CHECKING:
    from app.operations.callers import CallerCard
    from app.operations.core.caller_people import Caller

OTHER = 0


def take_call(talk: Talk, _about: dict[str, Any]) -> None:
    """Find the customer, ask who is calling, and work for them once it is proven."""
    account_id = a_customer(talk, _("Customer"))
    card: CallerCard = talk.session.do("callers.card", account_id=account_id)
    caller = _caller(talk, card)
    service = _service(talk, caller)
    reason = talk.line(_("Reason for the call") + ": ")
    if not reason:
        raise Back
    call = {"account_id": account_id, "caller_kind": caller.kind, "caller_id": caller.id}
    if not card.has_telephone_password:
        _send_code(talk, caller, call)
    while True:
        if card.locked_until:
            until = units.clock_time(card.locked_until, talk.session.zone)
            talk.say(_("Locked until {time}: it was wrong too often.").format(time=until))
            return
        done = _verify(talk, card, {**call, "reason": reason, "group_id": service})
        if done is not None and done.matches:
            talk.session.as_assisting(done.assistance, card.name, done.service_name)
            talk.say(_("Match. You help {customer} now.").format(customer=card.name))
            raise Home
        card = talk.session.do("callers.card", account_id=account_id)
        if done is not None:
            left = ngettext("{count} try left.", "{count} tries left.", card.tries_left)
            talk.say(_("No match.") + " " + left.format(count=card.tries_left))


def _verify(talk: Talk, card: CallerCard, given: dict[str, Any]) -> Any:
    """Ask whether what the caller says matches; None where it was refused, and why was said."""
    spoken = card.has_telephone_password
    label = _("Telephone password, as the caller says it") if spoken else _("Code that the caller reads out")
    said = talk.secret(label, help=_("The answer is match or no match."))
    name, argument = ("callers.verify", "telephone_password") if spoken else ("callers.verify_code", "code")
    try:
        return talk.session.do(name, **given, **{argument: said})
    except SignedOut:
        raise
    except OperationError as error:
        talk.say(error.message)
        return None


def _caller(talk: Talk, card: CallerCard) -> Caller:
    title = _("Who is calling? {customer} · {number}").format(customer=card.name, number=card.number)
    choices = [Choice(each, _said(each)) for each in card.persons]
    found: Caller = talk.choose(title, choices, empty=_("Nobody may call for this customer."))
    return found


def _said(caller: Caller) -> str:
    names = {"internal": _("internal contact"), "external": _("external contact")}
    parts = [caller.name, caller.company, names.get(caller.role) or role_name(caller.role)]
    scope = ", ".join(each.name for each in caller.services) or _("nothing yet")
    parts.append(_("may speak about {what}").format(what=_("everything") if caller.everything else scope))
    return ", ".join(part for part in parts if part)


def _service(talk: Talk, caller: Caller) -> int | None:
    if len(caller.services) > 1:
        choices = [Choice(each.id, each.name) for each in caller.services]
        return int(talk.choose(_("The call is about"), choices, default=caller.services[0].id))
    return caller.services[0].id if caller.services else None


def _send_code(talk: Talk, caller: Caller, call: dict[str, Any]) -> None:
    if not caller.may_code_by:
        talk.say(_("No address is stored to send this person a code."))
        raise Back
    choices = [Choice(way, _(WAYS[way])) for way in caller.may_code_by]
    choices.append(Choice("", _("A code was sent already")))
    way = talk.choose(_("Send a code by"), choices)
    if way:
        until = talk.session.do("callers.send_code", by=way, **call)
        text = _("A code was sent to {name}. It is valid until {time}.")
        talk.say(text.format(name=caller.name, time=units.clock_time(until, talk.session.zone)))


def end_call(talk: Talk, _about: dict[str, Any]) -> None:
    """The help is over; the agent is back at the desk."""
    visit = talk.session.visit
    assert visit is not None
    text = _("End the help for {customer}? To go on later, the caller has to be verified again.")
    if talk.sure(text.format(customer=visit.account_name)):
        talk.session.do("assistance.end")
        talk.session.leave_customer()
        talk.say(_("The help is over."))
        raise Home


def extend_call(talk: Talk, _about: dict[str, Any]) -> None:
    """More time while the caller is on the line."""
    assistance = talk.session.do("assistance.extend")
    if talk.session.visit is not None:
        talk.session.visit.assistance = assistance
    until = units.clock_time(assistance.expires_at, talk.session.zone)
    talk.say(_("You can help until {time}.").format(time=until))


def lost_login(talk: Talk, _about: dict[str, Any]) -> None:
    """Somebody cannot get in any more: who, what is lost, the checks; a colleague releases the case."""
    account_id = a_customer(talk, _("Customer"))
    card: CallerCard = talk.session.do("callers.card", account_id=account_id)
    persons = [Choice(each.id, _said(each)) for each in card.persons if each.kind != "contact"]
    persons.append(Choice(OTHER, _("A user: say the user name or e-mail address")))
    title = _("Who cannot get in? {customer}").format(customer=card.name)
    login_id = talk.choose(title, persons)
    if login_id == OTHER:
        who = talk.line(_("User name or e-mail address") + ": ", help=_("All of it, as the person used it."))
        if not who:
            raise Back
        login_id = talk.session.do("cases.find_person", account_id=account_id, who=who).id
    lost = [
        Choice("cases.open_recovery", _("The address is lost, or nobody reads it any more")),
        Choice("cases.open_second_factor_reset", _("The telephone is lost, and the recovery codes too")),
    ]
    name = talk.choose(_("What is lost?"), lost)
    given: dict[str, Any] = {"account_id": account_id, "login_id": login_id}
    for each in parameters(get(name).function, {}):
        if each.name not in given:
            given[each.name] = ask(talk, name, each, given)
    case = talk.session.do(name, **given)
    talk.say(_("Case {number} is open. A colleague has to release it.").format(number=case.number))
