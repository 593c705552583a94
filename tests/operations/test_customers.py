"""New customers: the order, its mails in their order, sending them again, and late orders."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import Envelope, Session

from app import worker
from app.clock import FixedClock
from app.content import Content
from app.gateways.parcel import DeliveryError, Parcel
from app.operations.core import Invalid, NotFound, Refused, Visit, perform
from app.secret import Secret
from app.settings import Settings, Smtp
from app.store import Store
from tests.factories import Factory
from tests.operations.door import Door
from tests.operations.mail_box import last_code, letters

PASSWORD = "Rietkraag-7-ijsvogel"
ORDER = {
    "name": "Molenwerf Bouw B.V.",
    "email": "sanne@molenwerf.example",
    "contact_name": "Sanne de Wit",
    "product": "Zakelijk Mobiel",
    "language": "nl",
}
SEQUENCE = [
    "Bevestiging van uw bestelling: Zakelijk Mobiel",
    "Gebruikersnaam voor uw beheeraccount",
    "Maak het wachtwoord van uw account aan",
    "Installatie van uw Zakelijk Mobiel",
]


@pytest.fixture
def visitor(factory: Factory) -> Visit:
    """Somebody at the sign-in screen."""
    return factory.visit("", None)


def delivered(agent: Visit) -> Any:
    """A new customer whose order is delivered."""
    made = perform(agent, "customers.create", **ORDER)
    perform(agent, "customers.provision", order_id=made.order_id)
    return made


@pytest.mark.capability("SV-10")
def test_the_mails_of_an_order_are_queued_in_their_order(agent_visit: Visit) -> None:
    made = perform(agent_visit, "customers.create", **ORDER)
    (first,) = letters(agent_visit)
    assert first.subject == SEQUENCE[0]
    assert made.number in first.body
    assert all(subject in first.body for subject in SEQUENCE[1:])
    row = perform(agent_visit, "customers.provision", order_id=made.order_id)
    assert (row.status, row.provisioned_at) == ("provisioned", agent_visit.now)
    sent = letters(agent_visit)
    assert [letter.subject for letter in sent] == SEQUENCE
    assert {letter.recipient for letter in sent} == {"sanne@molenwerf.example"}
    assert made.user_name in sent[1].body
    assert "Sanne de Wit" in sent[1].body
    assert [bool(letter.code) for letter in sent] == [False, False, True, False]
    assert made.user_name in sent[3].body


@pytest.mark.parametrize(
    "language, subject",
    [("en", "User name of your admin account"), ("de", "Benutzername Ihres Administratorkontos")],
)
def test_the_mails_are_in_the_language_of_who_gets_them(
    agent_visit: Visit, language: str, subject: str
) -> None:
    made = perform(agent_visit, "customers.create", **{**ORDER, "language": language})
    perform(agent_visit, "customers.provision", order_id=made.order_id)
    assert letters(agent_visit)[1].subject == subject


@pytest.mark.capability("LA-04", "LA-22")
def test_who_makes_the_password_of_the_order_mail_is_holder(
    agent_visit: Visit, visitor: Visit, door: Door, store: Store
) -> None:
    made = delivered(agent_visit)
    assert door.refused(made.user_name, "")
    code = last_code(agent_visit)
    assert perform(visitor, "recovery.look", code=code).needs == ("password",)
    done = perform(visitor, "recovery.redeem", code=code, password=Secret(PASSWORD))
    assert done.user_name == made.user_name
    visit = door(made.user_name, PASSWORD)
    assert (visit.role, visit.account_name, visit.language) == ("holder", "Molenwerf Bouw B.V.", "nl")
    assert perform(agent_visit, "customers.get", order_id=made.order_id).has_password
    with pytest.raises(Refused):
        perform(visitor, "recovery.redeem", code=code, password=Secret(PASSWORD))


@pytest.mark.capability("HD-13")
def test_sent_again_the_earlier_code_is_void(agent_visit: Visit, visitor: Visit, clock: FixedClock) -> None:
    made = delivered(agent_visit)
    first = last_code(agent_visit)
    clock.advance(1800)
    perform(agent_visit, "customers.resend", order_id=made.order_id)
    again = [letter.subject for letter in letters(agent_visit)][4:]
    assert again == SEQUENCE[1:3]
    with pytest.raises(Refused):
        perform(visitor, "recovery.redeem", code=first, password=Secret(PASSWORD))
    perform(visitor, "recovery.redeem", code=last_code(agent_visit), password=Secret(PASSWORD))
    clock.advance(60)
    perform(agent_visit, "customers.resend", order_id=made.order_id)
    assert letters(agent_visit)[-1].subject == SEQUENCE[1], "who has a password needs no code"


def test_before_delivery_the_confirmation_is_sent_again(agent_visit: Visit, clock: FixedClock) -> None:
    made = perform(agent_visit, "customers.create", **ORDER)
    clock.advance(60)
    perform(agent_visit, "customers.resend", order_id=made.order_id)
    assert [letter.subject for letter in letters(agent_visit)] == [SEQUENCE[0]] * 2


def test_an_order_is_delivered_once(agent_visit: Visit) -> None:
    made = delivered(agent_visit)
    with pytest.raises(Refused):
        perform(agent_visit, "customers.provision", order_id=made.order_id)
    assert len(letters(agent_visit)) == 4


def test_a_withdrawn_order_is_not_delivered(
    agent_visit: Visit, store: Store, content: Content, clock: FixedClock, settings: Settings
) -> None:
    made = perform(agent_visit, "customers.create", **ORDER)
    clock.advance(1800)
    assert worker.run_once(store, content, clock, settings).alerts == 1
    row = perform(agent_visit, "customers.withdraw", order_id=made.order_id)
    assert (row.status, row.provisioned_at, row.advice) == ("withdrawn", None, "")
    assert perform(agent_visit, "alerts.page").rows == ()
    assert letters(agent_visit)[-1].subject == "Uw bestelling is ingetrokken: Zakelijk Mobiel"
    for name in ("provision", "resend", "withdraw"):
        with pytest.raises(Refused):
            perform(agent_visit, f"customers.{name}", order_id=made.order_id)


@pytest.mark.capability("SV-12")
def test_after_thirty_minutes_there_is_advice_and_an_alert(
    agent_visit: Visit, store: Store, content: Content, clock: FixedClock, settings: Settings
) -> None:
    made = perform(agent_visit, "customers.create", **ORDER)
    clock.advance(1799)
    assert perform(agent_visit, "customers.get", order_id=made.order_id).advice == ""
    assert worker.run_once(store, content, clock, settings).alerts == 0
    clock.advance(1)
    (row,) = perform(agent_visit, "customers.orders", waiting=True).rows
    assert "30 minutes" in row.advice
    assert "spam" in row.advice
    assert content.operator.contact.phone in row.advice
    assert worker.run_once(store, content, clock, settings).alerts == 1
    assert worker.run_once(store, content, clock, settings).alerts == 0
    (alert,) = perform(agent_visit, "alerts.page").rows
    assert alert.title == f"Order {made.order_id} waits for delivery"
    perform(agent_visit, "customers.provision", order_id=made.order_id)
    assert perform(agent_visit, "alerts.page").rows == ()


def test_orders_tell_no_more_of_a_customer_than_name_and_number(agent_visit: Visit) -> None:
    delivered(agent_visit)
    told = repr(perform(agent_visit, "customers.orders"))
    assert "Molenwerf" in told
    assert "sanne" not in told.lower()


def test_a_new_customer_is_entered_after_the_call(
    assisting_visit: Visit, agent_visit: Visit, store: Store
) -> None:
    before = store.rows("SELECT id FROM account")
    with pytest.raises(Refused, match=r"End the help for Molenwerf Bouw B\.V\. first"):
        perform(assisting_visit, "customers.create", **ORDER)
    assert store.rows("SELECT id FROM account") == before
    perform(agent_visit, "customers.create", **ORDER)


def test_who_helps_a_customer_sees_that_one_s_orders(assisting_visit: Visit, agent_visit: Visit) -> None:
    made = delivered(agent_visit)
    assert perform(assisting_visit, "customers.orders").rows == ()
    with pytest.raises(NotFound):
        perform(assisting_visit, "customers.resend", order_id=made.order_id)


@pytest.mark.parametrize(
    "field, value",
    [
        ("name", "  "),
        ("name", "x" * 201),
        ("email", "sanne"),
        ("product", ""),
        ("kind", "club"),
        ("language", "fr"),
        ("country", "Netherlands"),
        ("phone", "12"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(agent_visit: Visit, field: str, value: str, store: Store) -> None:
    with pytest.raises(Invalid) as error:
        perform(agent_visit, "customers.create", **{**ORDER, field: value})
    assert error.value.field == field
    assert store.rows("SELECT 1 FROM account") == []


def test_numbers_count_up_and_user_names_differ(agent_visit: Visit, factory: Factory) -> None:
    factory.account(number="100042")
    first = perform(agent_visit, "customers.create", **ORDER)
    second = perform(agent_visit, "customers.create", **{**ORDER, "email": "sanne@elders.example"})
    assert int(second.number) == int(first.number) + 1 > 100_042
    assert first.user_name != second.user_name


def test_who_has_a_login_holds_the_second_contract_with_it(
    agent_visit: Visit, factory: Factory, store: Store
) -> None:
    login = factory.login(factory.account("Another"), "admin", email="Sanne@molenwerf.example")
    made = delivered(agent_visit)
    assert store.rows("SELECT login_id, role FROM membership WHERE account_id = :id", id=made.account_id) == [
        (login, "holder")
    ]
    assert not any(letter.code for letter in letters(agent_visit))
    assert len(letters(agent_visit)) == 3


def test_nobody_of_the_operator_becomes_a_customer_by_mistake(agent_visit: Visit, factory: Factory) -> None:
    factory.login(None, staff_role="agent", email="sanne@molenwerf.example")
    with pytest.raises(Invalid) as error:
        perform(agent_visit, "customers.create", **ORDER)
    assert error.value.field == "email"


def test_the_worker_delivers_them_in_this_order(
    agent_visit: Visit, store: Store, content: Content, clock: FixedClock, settings: Settings
) -> None:
    delivered(agent_visit)
    code = last_code(agent_visit).reveal()
    assert worker.run_once(store, content, clock, settings).sent == 4
    files = sorted((settings.home / "mail" / "new").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in files]
    assert [mail["Subject"] for mail in mails] == SEQUENCE
    assert {mail["From"].addresses[0].display_name for mail in mails} == {"Noordkade Telecom"}
    assert code in mails[2].get_content()
    assert "loket recovery redeem" in mails[2].get_content()
    assert store.rows("SELECT count(*) FROM message WHERE secret <> ''") == [(0,)]


class Office:
    """A mail server that puts off the first letter it is handed, as many do with who is new to them."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.put_off = 1

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        if self.put_off:
            self.put_off -= 1
            return "451 Try again later"
        self.letters.append(message_from_bytes(envelope.content or b"", policy=default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def office() -> Iterator[tuple[Office, Smtp]]:
    """A real server on this machine, and the settings to reach it."""
    desk = Office()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(desk, hostname="127.0.0.1", port=port)
    controller.start()
    yield desk, Smtp("127.0.0.1", port, "", "", "", "none")
    controller.stop()


@pytest.mark.capability("SV-10")
def test_a_mail_server_that_puts_one_off_gets_them_in_this_order_too(
    agent_visit: Visit,
    store: Store,
    content: Content,
    clock: FixedClock,
    settings: Settings,
    office: tuple[Office, Smtp],
) -> None:
    desk, smtp = office
    delivered(agent_visit)
    at_server = replace(settings, smtp=smtp)
    assert worker.run_once(store, content, clock, at_server).retried == 1
    assert desk.letters == []
    clock.advance(30)
    assert worker.run_once(store, content, clock, at_server).sent == 4
    assert [letter["Subject"] for letter in desk.letters] == SEQUENCE
    assert {letter["To"] for letter in desk.letters} == {"sanne@molenwerf.example"}


def test_others_do_not_wait_for_a_mail_that_was_put_off(
    agent_visit: Visit,
    store: Store,
    content: Content,
    clock: FixedClock,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Full:
        """One mailbox that is full."""

        def deliver(self, parcel: Parcel) -> None:
            if parcel.recipient.startswith("sanne"):
                raise DeliveryError("mailbox full")

    monkeypatch.setattr(worker, "gateways", lambda *_: {"mail": Full()})
    delivered(agent_visit)
    perform(agent_visit, "customers.create", **{**ORDER, "email": "karel@molenwerf.example"})
    report = worker.run_once(store, content, clock, settings)
    assert (report.sent, report.retried) == (1, 1)
