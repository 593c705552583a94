"""What has happened at the practice's customers, so that every task finds something to work on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from app.clock import FixedClock
from app.demo.events import account_named, person_named
from app.operations.core import Visit, one_time, perform
from app.operations.core.order_watch import late_orders
from app.secret import Secret

MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 24 * HOUR
MAIN: Final = "900011"
NETWORK: Final = "198.51.100.0/24"
ADDRESS: Final = "198.51.100.20"
"""Where whoever practises comes from: the customer's list of addresses lets it in."""
DIRECTOR_MOBILE: Final = "+31670091002"
DELIVERED: Final = {
    "name": "Roeiclub De Dolle Dol",
    "contact_name": "Bo Veenstra",
    "email": "bo@dolledol.example",
    "product": "Voice & Data 6 GB, 24 maanden",
    "street": "Wedstrijdweg 300",
    "postcode": "1183 ZZ",
    "city": "Amstelveen",
    "phone": "+31670093900",
}
WAITING: Final = {
    "name": "Kanoverhuur De Otter",
    "contact_name": "Lies Otter",
    "email": "lies@deotter.example",
    "product": "Voice & Data 2 GB, 12 maanden",
    "street": "Kreekpad 400",
    "postcode": "4251 ZZ",
    "city": "Werkendam",
    "phone": "+31670094901",
}
PUBLIC_KEY: Final = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIC9VraAST6EXtXSNAF0peyfsg+o9hTTgkRZ/v/ATeOei"
"""Nobody has the other half."""
NOTE: Final = "Explained the cost limit. Robin wants to be called back when the season begins."
WAITING_EMAIL: Final = "sam.kramer@vuurtoren.example"
WAITING_MOBILE: Final = "+31670091003"
"""What the planner asked for, and has not confirmed yet."""
QUOTED: Final = {"kind": "voice_data", "data_bundle": "6", "term": 24}


def happen(visit: Visit) -> None:
    """Everything, each at its own time in the past few days; `visit` is the operator's, its clock is now."""
    for seconds_ago, act in EVENTS:
        act(replace(visit, clock=FixedClock(visit.now - seconds_ago)))
    late_orders(visit)
    with visit.transaction() as tx:
        # Nothing waits to be sent: no worker ever comes here.
        tx.execute("UPDATE message SET status = 'sent', sent_at = created_at WHERE status = 'queued'")


def _confirm_people(visit: Visit) -> None:
    with visit.transaction() as tx:
        tx.execute(
            "UPDATE login SET email_confirmed_at = :at, password_set_at = :at, last_sign_in_at = :at",
            at=visit.now,
        )
        tx.execute("UPDATE login SET mobile = :mobile WHERE user_name = 'director'", mobile=DIRECTOR_MOBILE)


def _protect_director(visit: Visit) -> None:
    director = person_named(visit, "director", MAIN)
    seed = perform(director, "second_factor.begin").seed
    code = one_time.code_at(seed, visit.now // one_time.STEP)
    perform(director, "second_factor.confirm", code=Secret(code))


def _call(visit: Visit) -> None:
    account, name = account_named(visit, MAIN)
    agent = person_named(visit, "agent")
    caller = visit.row("SELECT id FROM login WHERE user_name = 'admin'")
    checked = perform(
        agent,
        "callers.verify",
        account_id=account,
        caller_kind="admin",
        caller_id=caller[0] if caller else 0,
        reason="Asks why a line was blocked",
        telephone_password=Secret(visit.content.practice.telephone_password),
    )
    working = agent.as_assisting(checked.assistance, name)
    perform(working, "notes.add", text=NOTE)
    perform(working, "assistance.end")


def _deliver(visit: Visit) -> None:
    made = perform(person_named(visit, "agent"), "customers.create", language=visit.language, **DELIVERED)
    later = replace(person_named(visit, "supervisor"), clock=FixedClock(visit.now + 20 * MINUTE))
    perform(later, "customers.provision", order_id=made.order_id)


def _order_customer(visit: Visit) -> None:
    perform(person_named(visit, "agent"), "customers.create", language=visit.language, **WAITING)


def _invite(visit: Visit) -> None:
    line = visit.row("SELECT id FROM line WHERE person = 'Piet Haan'")
    perform(
        person_named(visit, "admin", MAIN),
        "invitations.send",
        email="piet@vuurtoren.example",
        name="Piet Haan",
        line_id=line[0] if line else None,
    )


def _guard(visit: Visit) -> None:
    admin = replace(person_named(visit, "admin", MAIN), address=ADDRESS)
    perform(admin, "allowed_addresses.add", network=NETWORK, label="Boathouse", confirmed=True)
    perform(admin, "ssh_keys.add", key=PUBLIC_KEY, name="Laptop in the boathouse")
    perform(admin, "tokens.add", name="Monthly usage for the bookkeeper", rights=["VIEW_USAGE"])


def _ask_name(visit: Visit) -> None:
    perform(
        person_named(visit, "admin", MAIN),
        "cases.ask_name",
        name="Vuurtoren Watersport Groep B.V.",
        reason="The trade register has the new name.",
    )


def _order_line(visit: Visit) -> None:
    admin = person_named(visit, "admin", MAIN)
    quote = perform(admin, "orders.quote", person="Luuk Visser", department="Crew", **QUOTED)
    perform(admin, "quotes.accept", quote_id=quote.id)


EVENTS: Final[tuple[tuple[int, Callable[[Visit], Any]], ...]] = (
    (6 * DAY, _confirm_people),
    (6 * DAY, _protect_director),
    (5 * DAY, _call),
    (4 * DAY, _deliver),
    (3 * DAY, _invite),
    (2 * DAY, _guard),
    (DAY + HOUR, _ask_name),
    (DAY, _order_customer),
    (2 * HOUR, _order_line),
)
"""So many seconds ago, and what happened."""


def freshen(visit: Visit, user_name: str, theme: str) -> None:
    """What lives only for minutes, made anew in each copy; its people use the colours of who practises.

    Args:
        user_name: who practises; nobody: "".
    """
    with visit.transaction() as tx:
        tx.execute("UPDATE login SET theme = :theme", theme=theme)
        # On another terminal, two hours ago: a session that can be ended.
        tx.execute(
            "INSERT INTO session (id, login_id, started_at, seen_at, checked_at, channel, address)"
            " SELECT 'elsewhere-' || id, id, :began, :seen, :began, 'terminal', '198.51.100.31' FROM login"
            " WHERE user_name = :name",
            began=visit.now - 2 * HOUR,
            seen=visit.now - MINUTE,
            name=user_name,
        )
    perform(
        person_named(visit, "admin", MAIN),
        "orders.quote",
        person="Fee Haan",
        department="Crew",
        **QUOTED,
    )
    if user_name == "planner":
        _change_planner(visit)


def _change_planner(visit: Visit) -> None:
    """Another address and a number that wait for their codes: these live for minutes."""
    planner = person_named(visit, "planner", MAIN)
    perform(planner, "email.change", address=WAITING_EMAIL)
    perform(planner, "mobile.link", number=WAITING_MOBILE)
