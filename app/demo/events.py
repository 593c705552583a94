"""What happens once in the demo, some days before it is looked at: orders, calls, a case, an invitation.

Each event knows whether it has happened, so that a demo which is brought up to date has each of them once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.clock import FixedClock
from app.operations.core import OperationError, Visit, perform
from app.secret import Secret

MAIN: Final = "100042"
DELIVERED: Final = {
    "name": "Zonneveld Timmerwerken",
    "contact_name": "Ilse Zonneveld",
    "email": "ilse@zonneveld.example",
    "product": "Voice & Data 15 GB, 24 maanden",
    "language": "nl",
    "street": "Werfkade 600",
    "postcode": "8604 ZZ",
    "city": "Sneek",
    "phone": "+31670094900",
}
WAITING: Final = {
    "name": "Zuiderlicht Fietskoeriers",
    "contact_name": "Nadia Rahimi",
    "email": "nadia@zuiderlicht.example",
    "product": "Voice & Data 6 GB, 24 maanden",
    "language": "nl",
    "street": "Spoorstraat 900",
    "postcode": "6042 ZZ",
    "city": "Roermond",
    "phone": "+31670095900",
}
INVITED: Final = "lotte.hoekstra@duinrand.example"
NEW_NAME: Final = "Duinrand Logistics Group B.V."
TRADE_REGISTER: Final = "The trade register has the new name since this month."
CALLS: Final = (
    (
        "agent",
        "Asks why a driver's data was blocked",
        "Explained the cost limit. Marit wants to hear of it when the drivers' routes change.",
    ),
    (
        "supervisor",
        "Asks for one invoice for each department",
        "Wants one invoice for each department from January. Call back on +31670042900, mornings only.",
    ),
)
"""Who took the call, why Marit Duinker called, and the note that was written."""


@dataclass(frozen=True, slots=True)
class Event:
    """On the day so many days before the last one, at an hour; `happened` asks whether it has been."""

    days_before: int
    hour: int
    happened: Callable[[Visit], bool]
    act: Callable[[Visit], Any]


def dated(visit: Visit, days: Sequence[date]) -> list[tuple[date, Event]]:
    """The events that are still to come, each on one of these days."""
    return [
        (days[max(len(days) - 1 - event.days_before, 0)], event)
        for event in EVENTS
        if not event.happened(visit)
    ]


def happen_once(visit: Visit, events: Sequence[tuple[date, Event]], day: date, hour: int, at: int) -> None:
    """Do what is due at an hour of a day, with the clock put at it."""
    for when, event in events:
        if (when, event.hour) == (day, hour):
            try:
                event.act(replace(visit, clock=FixedClock(at)))
            except OperationError:
                # Somebody has tried the demo and changed what this needs: their change stays.
                continue


def _order(form: dict[str, str], *, delivered: bool) -> Callable[[Visit], None]:
    def act(visit: Visit) -> None:
        made = perform(person_named(visit, "agent"), "customers.create", **form)
        if delivered:
            later = replace(person_named(visit, "supervisor"), clock=FixedClock(visit.now + 1200))
            perform(later, "customers.provision", order_id=made.order_id)

    return act


def _ask_name(visit: Visit) -> None:
    perform(person_named(visit, "director", MAIN), "cases.ask_name", name=NEW_NAME, reason=TRADE_REGISTER)


def _invite(visit: Visit) -> None:
    line = visit.row("SELECT id FROM line WHERE person = 'Lotte Hoekstra' LIMIT 1")
    perform(
        person_named(visit, "admin", MAIN),
        "invitations.send",
        email=INVITED,
        name="Lotte Hoekstra",
        line_id=line[0] if line else None,
    )


def _call(number: int) -> Callable[[Visit], None]:
    """A call that is verified, noted and ended."""
    agent, reason, note = CALLS[number]

    def act(visit: Visit) -> None:
        account, name = account_named(visit, MAIN)
        caller = visit.row("SELECT id FROM login WHERE user_name = 'admin'")
        person = person_named(visit, agent)
        checked = perform(
            person,
            "callers.verify",
            account_id=account,
            caller_kind="admin",
            caller_id=caller[0] if caller else 0,
            reason=reason,
            telephone_password=Secret(visit.content.demo.telephone_password),
        )
        if checked.assistance is not None:
            working = person.as_assisting(checked.assistance, name)
            perform(working, "notes.add", text=note)
            perform(working, "assistance.end")

    return act


def _noted(number: int) -> Callable[[Visit], bool]:
    return lambda visit: (
        visit.row("SELECT 1 FROM account_note WHERE text = :text", text=CALLS[number][2]) is not None
    )


def _ordered(form: dict[str, str]) -> Callable[[Visit], bool]:
    """Whether it was ordered, told by the product: a customer who was erased meanwhile stays erased."""
    find = "SELECT 1 FROM customer_order WHERE product = :product"
    return lambda visit: visit.row(find, product=form["product"]) is not None


def _name_asked(visit: Visit) -> bool:
    return visit.row("SELECT 1 FROM service_case WHERE kind = 'name_change'") is not None


def _invited(visit: Visit) -> bool:
    return visit.row("SELECT 1 FROM invitation WHERE email = :email", email=INVITED) is not None


def person_named(visit: Visit, user_name: str, account: str = "") -> Visit:
    """The visit of somebody who signs in, at the same instant; it has to exist."""
    row = visit.row(
        "SELECT login.id, login.name, coalesce(membership.role, staff_role), login.language FROM login"
        " LEFT JOIN account ON account.number = :number"
        " LEFT JOIN membership ON membership.login_id = login.id AND membership.account_id = account.id"
        " WHERE user_name = :user_name",
        user_name=user_name,
        number=account,
    )
    login, person, role, language = row or (0, "", "", visit.language)
    account_id, account_name = account_named(visit, account) if account else (None, "")
    return replace(
        visit,
        login_id=login,
        person=person,
        role=role,
        language=language,
        account_id=account_id,
        account_name=account_name,
        touched=[],
        changed={},
    )


def account_named(visit: Visit, number: str) -> tuple[int, str]:
    row = visit.row("SELECT id, name FROM account WHERE number = :number", number=number)
    return (int(row[0]), str(row[1])) if row else (0, "")


EVENTS: Final = (
    Event(5, 10, _noted(0), _call(0)),
    Event(4, 11, _ordered(DELIVERED), _order(DELIVERED, delivered=True)),
    Event(3, 14, _invited, _invite),
    Event(2, 15, _noted(1), _call(1)),
    Event(1, 9, _name_asked, _ask_name),
    Event(1, 16, _ordered(WAITING), _order(WAITING, delivered=False)),
)
