"""Callers: who may speak for a customer, and the proof that it is them.

Until a caller is verified an agent learns of a customer no more than name, number and who may call. The
telephone password is typed as the caller says it; the answer is only whether it matches.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from app.i18n import _, use_language
from app.operations.core import Invalid, NotFound, Refused, Visit, audit, operation
from app.operations.core.access_codes import check_short, issue
from app.operations.core.caller_people import Caller, ServiceName, caller_of, callers, service_of
from app.operations.core.caller_tries import forget, reserve, tries
from app.operations.core.letters import send
from app.operations.core.outbox import SECRET_PLACE
from app.operations.core.spoken import spoken
from app.operations.core.visit import Assistance
from app.secret import Secret

CODE = "caller"
WAYS = ("mail", "sms")
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class CallerCard:
    """What an agent sees of a customer before the caller is verified.

    tries_left, locked_until: of this agent for this customer; locked_until is 0 while tries are left.
    """

    account_id: int
    number: str
    name: str
    persons: tuple[Caller, ...]
    has_telephone_password: bool
    tries_left: int
    locked_until: int


@dataclass(frozen=True, slots=True)
class Verification:
    """Match or no match. `assistance` and `service_name` are there only for a match."""

    matches: bool
    tries_left: int
    locked_until: int
    assistance: Assistance | None = None
    service_name: str = ""


@operation("callers.card", right="HELP_CALLERS", changes=False)
def card(visit: Visit, account_id: int) -> CallerCard:
    """Who may call for a customer.

    Args:
        account_id: the customer.
    """
    number, name, stored = _customer(visit, account_id)
    state = tries(visit, account_id)
    return CallerCard(
        account_id=account_id,
        number=number,
        name=name,
        persons=tuple(callers(visit, account_id)),
        has_telephone_password=bool(stored),
        tries_left=state.left,
        locked_until=state.locked_until,
    )


@operation("callers.send_code", right="HELP_CALLERS", own_transactions=True)
def send_code(visit: Visit, account_id: int, caller_kind: str, caller_id: int, by: str) -> int:
    """Send a caller a code of six digits; until when it is valid.

    Args:
        account_id: a customer who has no telephone password.
        caller_kind: holder, admin or contact.
        caller_id: the caller.
        by: mail or sms, to the address that is stored.
    """
    _number, name, stored = _customer(visit, account_id)
    caller, address = caller_of(visit, account_id, caller_kind, caller_id)
    if stored:
        raise Refused(_("This customer has a telephone password: ask for it."))
    if by not in WAYS:
        raise Invalid(_("Choose from: {words}.").format(words=", ".join(WAYS)), "by")
    if by not in address.ways:
        raise Invalid(_("No address for that is stored of {name}.").format(name=caller.name), "by")
    about, seconds = visit.as_account(account_id, name), visit.content.access.codes.short_code_seconds
    with about.transaction():
        subject = _subject(account_id, caller)
        code = issue(about, CODE, subject, seconds, account_id=account_id, detail=by, short=True)
        if code is None:
            raise Refused(_("Too many codes were sent to this caller. Try again in half an hour."))
        newest = about.row("SELECT max(id) FROM access_code")
        title, body = _letter(about, caller.name, address.language, seconds // 60)
        send(
            about,
            f"caller:{newest[0] if newest else 0}",
            address.mail if by == "mail" else address.sms,
            body,
            subject=title if by == "mail" else "",
            channel=by,
            account_id=account_id,
            code=code,
        )
        said = json.dumps({"caller": caller.name, "by": by})
        audit.append(about, "callers.send_code", "done", said, f"account:{account_id}")
    return visit.now + seconds


@operation("callers.verify", right="HELP_CALLERS", own_transactions=True)
def verify(
    visit: Visit,
    account_id: int,
    caller_kind: str,
    caller_id: int,
    reason: str,
    telephone_password: Secret,
    group_id: int | None = None,
) -> Verification:
    """Check the telephone password that a caller says; if it matches, help this customer from now on.

    Args:
        account_id: the customer.
        caller_kind: holder, admin or contact.
        caller_id: the caller.
        reason: why they call; the customer reads it later.
        telephone_password: as the caller says it.
        group_id: the service it is about, for a contact who may speak about several.
    """
    from app.operations.core.passwords import verify as check

    call = _call(visit, account_id, caller_kind, caller_id, reason, group_id)
    _number, _name, stored = _customer(visit, account_id)
    if not stored:
        raise Refused(_("This customer has no telephone password. Send the caller a code."))
    may_try = reserve(visit, account_id)
    # The same work on every path: how long it takes tells nothing.
    said = spoken(telephone_password.reveal())
    matches = check(stored if may_try else "", said)
    with call.about.transaction():
        return _settled(call, "callers.verify", "telephone_password", may_try=may_try, matches=matches)


@operation("callers.verify_code", right="HELP_CALLERS", own_transactions=True)
def verify_code(
    visit: Visit,
    account_id: int,
    caller_kind: str,
    caller_id: int,
    reason: str,
    code: Secret,
    group_id: int | None = None,
) -> Verification:
    """Check the code that a caller reads out; if it is right, help this customer from now on.

    Args:
        account_id: the customer.
        caller_kind: holder, admin or contact.
        caller_id: the caller.
        reason: why they call; the customer reads it later.
        code: the six digits that were sent.
        group_id: the service it is about, for a contact who may speak about several.
    """
    call = _call(visit, account_id, caller_kind, caller_id, reason, group_id)
    may_try = reserve(visit, account_id)
    with call.about.transaction():
        subject = _subject(account_id, call.caller)
        right = check_short(call.about, CODE, subject, code) if may_try else None
        way = f"{right.detail}_code" if right is not None else "code"
        return _settled(call, "callers.verify_code", way, may_try=may_try, matches=right is not None)


@dataclass(frozen=True, slots=True)
class _Call:
    """A call before it is known who calls; `about` is the visit that writes into the customer's log."""

    visit: Visit
    about: Visit
    caller: Caller
    service: ServiceName | None
    reason: str


def _call(
    visit: Visit, account_id: int, caller_kind: str, caller_id: int, reason: str, group_id: int | None
) -> _Call:
    _number, name, _stored = _customer(visit, account_id)
    caller, _address = caller_of(visit, account_id, caller_kind, caller_id)
    service = service_of(visit, account_id, caller, group_id)
    reason = " ".join(reason.split())
    if not reason:
        raise Invalid(_("Write down why they call."), "reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid(_("Use {most} characters at most.").format(most=LONGEST_REASON), "reason")
    return _Call(visit, visit.as_account(account_id, name), caller, service, reason)


def _settled(call: _Call, name: str, way: str, *, may_try: bool, matches: bool) -> Verification:
    """Write down how a try went, and start the help after a right one; in the open transaction."""
    about, account_id = call.about, call.about.account_id or 0
    said = json.dumps({"caller": call.caller.name, "by": way, "reason": call.reason})
    if may_try and matches:
        forget(about, account_id)
        assistance = _start(call, way)
        working = replace(about, assistance=assistance)
        audit.append(working, name, "done", said, f"account:{account_id},assistance:{assistance.id}")
        state = tries(about, account_id)
        return Verification(
            True, state.left, 0, assistance, call.service.name if call.service is not None else ""
        )
    state = tries(about, account_id)
    locked = ",locked" if state.locked_until else ""
    audit.append(about, name, "failed" if may_try else "refused", said, f"account:{account_id}{locked}")
    return Verification(False, state.left, state.locked_until)


def _start(call: _Call, way: str) -> Assistance:
    visit, tx = call.visit, call.about.change
    expires_at = visit.now + visit.content.access.help.seconds
    group = call.service.id if call.service is not None else None
    row = tx.row(
        "INSERT INTO assistance (session_id, login_id, account_id, caller_kind, caller_id, caller_name,"
        " group_id, verified_by, reason, started_at, expires_at) VALUES (:session, :login, :account, :kind,"
        " :caller, :name, :group, :way, :reason, :now, :until) RETURNING id",
        session=visit.session_id,
        login=visit.login_id,
        account=call.about.account_id,
        kind=call.caller.kind,
        caller=call.caller.id,
        name=call.caller.name,
        group=group,
        way=way,
        reason=call.reason,
        now=visit.now,
        until=expires_at,
    )
    assert row is not None
    return Assistance(
        row[0], call.about.account_id or 0, call.caller.kind, call.caller.name, group, expires_at
    )


def _customer(visit: Visit, account_id: int) -> tuple[str, str, str]:
    """Number, name and the stored telephone password of a customer that the agent may be called about.

    Raises:
        Refused: the agent still helps somebody.
        NotFound: there is no such customer, or none any more.
    """
    if visit.assistance is not None:
        raise Refused(_("End the help for {name} first.").format(name=visit.account_name))
    row = visit.row(
        "SELECT number, name, telephone_hash FROM account WHERE id = :account AND status = 'active'",
        account=account_id,
    )
    if row is None:
        raise NotFound(_("There is no such customer."), "account_id")
    return row[0], row[1], row[2]


def _subject(account_id: int, caller: Caller) -> str:
    return f"account:{account_id}:{caller.kind}:{caller.id}"


def _letter(visit: Visit, name: str, language: str, minutes: int) -> tuple[str, str]:
    """Subject and text of the message with the code, in the caller's language."""
    operator = visit.content.operator.name
    with use_language(language):
        subject = _("Your code for the helpdesk of {operator}").format(operator=operator)
        body = _(
            "{name}, our helpdesk is on the telephone with somebody who says to be you. If it is you, read "
            "this code out: {code}. It is valid for {minutes} minutes. If it is not you, keep it to yourself "
            "and call us."
        ).format(name=name, code=SECRET_PLACE, minutes=minutes)
    return subject, body
