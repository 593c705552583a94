"""Letters through a real mail server on this machine."""

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
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from app.gateways.letter import From
from app.gateways.parcel import DeliveryError, Parcel
from app.gateways.smtp import MailServer
from app.settings import Smtp

SENDER = From("Noordkade Telecom", "no-reply@noordkade.example", "service@noordkade.example")
LETTER = Parcel("mail:1", "anna@molenwerf.example", "Pool: 80% €", "Beste Anna,\n\n80% is op.\n", 1795262400)


class Office:
    """What the server does with what it is handed."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.answers: list[str] = []

    async def handle_RCPT(
        self, server: Server, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        self.letters.append(message_from_bytes(envelope.content or b"", policy=default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def office() -> Office:
    return Office()


def start(office: Office, **settings: Any) -> Controller:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port, **settings)
    controller.start()
    return controller


@pytest.fixture
def server(office: Office) -> Iterator[MailServer]:
    controller = start(office)
    yield MailServer(Smtp("127.0.0.1", controller.port, "", "", "", "none"), SENDER)
    controller.stop()


def test_letter_arrives_as_written(server: MailServer, office: Office) -> None:
    server.deliver(LETTER)
    (letter,) = office.letters
    assert letter["To"] == "anna@molenwerf.example"
    assert letter["From"] == "Noordkade Telecom <no-reply@noordkade.example>"
    assert letter["Subject"] == "Pool: 80% €"
    assert letter["Message-ID"] == f"<{LETTER.digest}@noordkade.example>"
    assert letter.get_content().replace("\r\n", "\n") == LETTER.body  # type: ignore[attr-defined]


def test_second_try_has_the_same_message_id(server: MailServer, office: Office) -> None:
    server.deliver(LETTER)
    server.deliver(LETTER)
    assert len({letter["Message-ID"] for letter in office.letters}) == 1
    assert len({letter["Date"] for letter in office.letters}) == 1


@pytest.mark.parametrize(
    ("answer", "permanent"), [("550 No such user", True), ("451 Try again later", False)]
)
def test_refusal_of_the_server(server: MailServer, office: Office, answer: str, permanent: bool) -> None:
    office.answers = [answer]
    with pytest.raises(DeliveryError) as caught:
        server.deliver(LETTER)
    assert caught.value.permanent is permanent
    assert str(caught.value) == answer
    assert not office.letters


def test_server_that_is_away_can_be_tried_again() -> None:
    away = MailServer(Smtp("127.0.0.1", 1, "", "", "", "none"), SENDER)
    with pytest.raises(DeliveryError) as caught:
        away.deliver(LETTER)
    assert not caught.value.permanent


def test_server_without_encryption_gets_no_letter(server: MailServer, office: Office) -> None:
    careful = MailServer(replace(server.server, security="starttls"), SENDER)
    with pytest.raises(DeliveryError) as caught:
        careful.deliver(LETTER)
    assert not caught.value.permanent
    assert not office.letters


def test_name_and_password(office: Office) -> None:
    def check(_server: Server, _session: Session, _envelope: Envelope, _how: str, said: Any) -> AuthResult:
        right = LoginPassword(b"loket", b"geheim")
        return AuthResult(success=said == right, handled=False)

    controller = start(office, authenticator=check, auth_required=True, auth_require_tls=False)
    try:
        right = Smtp("127.0.0.1", controller.port, "", "loket", "geheim", "none")
        MailServer(right, SENDER).deliver(LETTER)
        with pytest.raises(DeliveryError) as caught:
            MailServer(Smtp("127.0.0.1", controller.port, "", "loket", "wrong", "none"), SENDER).deliver(
                LETTER
            )
    finally:
        controller.stop()
    assert len(office.letters) == 1
    assert not caught.value.permanent
    assert "wrong" not in str(caught.value)
