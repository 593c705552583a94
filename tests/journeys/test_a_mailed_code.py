"""A forgotten password, from the question to the sign-in, with a real mail server in between."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import Envelope, Session

from app import worker
from app.clock import FixedClock
from app.content import Content
from app.operations import signin
from app.operations.core import Refused, Visit, perform
from app.operations.core.passwords import hash_password
from app.secret import Secret
from app.settings import Settings, read_settings
from app.store import Store
from app.vault import Vault
from tests.factories import Factory

OLD, NEW = "Wilgenkatje-3-otter", "Rietkraag-7-ijsvogel"
CODE = re.compile(r"^ +((?:[0-9A-Z]{4}-){6}[0-9A-Z]{4})\r?$", re.MULTILINE)


class Office:
    """Keeps the mails that the server was handed."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        mail = message_from_bytes(envelope.content or b"", policy=default)  # type: ignore[arg-type]
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@pytest.fixture
def office() -> Iterator[tuple[Office, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = Office()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield kept, port
    controller.stop()


@pytest.fixture
def settings(store: Store, office: tuple[Office, int]) -> Settings:
    home = str(store.path.parent)
    mail = {"LOKET_SMTP_HOST": "127.0.0.1", "LOKET_SMTP_PORT": str(office[1]), "LOKET_SMTP_SECURITY": "none"}
    return read_settings({"LOKET_HOME": home, "LANG": "C", **mail})


def bytes_of(store: Store) -> bytes:
    """What lies on the disk: the file, and what has not been moved into it yet."""
    files = [store.path, Path(f"{store.path}-wal")]
    return b"".join(file.read_bytes() for file in files if file.exists())


@pytest.mark.capability("LA-10", "LA-12")
def test_a_forgotten_password_comes_back_by_mail(
    store: Store,
    content: Content,
    clock: FixedClock,
    settings: Settings,
    factory: Factory,
    account_id: int,
    office: tuple[Office, int],
) -> None:
    factory.login(
        account_id,
        "holder",
        user_name="anna",
        name="Anna de Vries",
        email="anna@molenwerf.example",
        password_hash=hash_password(OLD),
    )
    visitor = Visit(store, clock, content, vault=Vault(settings.keys), channel="terminal")

    perform(visitor, "recovery.forgot", who="anna")
    before = bytes_of(store)
    assert worker.run_once(store, content, clock, settings, turns=False).sent == 1
    (mail,) = office[0].mails
    found = CODE.search(mail.get_content())
    assert found is not None
    code = found[1]
    assert mail["To"] == "anna@molenwerf.example"
    assert mail["From"].startswith(content.operator.senders.mail_name)

    for image in (before, bytes_of(store)):
        assert b"anna@molenwerf.example" in image
        for form in (code, code.replace("-", ""), code.lower()):
            assert form.encode() not in image

    done = perform(visitor, "recovery.redeem", code=Secret(code), password=Secret(NEW))
    assert signin.sign_in(store, clock, content, settings, done.user_name, NEW).person == "Anna de Vries"
    with pytest.raises(Refused):
        signin.sign_in(store, clock, content, settings, "anna", OLD)
    with pytest.raises(Refused):
        perform(visitor, "recovery.redeem", code=Secret(code), password=Secret(OLD))

    assert worker.run_once(store, content, clock, settings, turns=False).sent == 1
    assert office[0].mails[1]["Subject"] == "Your password was changed"
    for secret in (OLD, NEW, code, code.replace("-", "")):
        assert secret.encode() not in bytes_of(store)


def code_of(mail: EmailMessage) -> Secret:
    """The code in a mail as it arrived."""
    found = CODE.search(mail.get_content())
    assert found is not None
    return Secret(found[1])


@pytest.mark.capability("LA-04", "HD-13")
def test_a_new_customer_makes_a_password_and_signs_in(
    store: Store,
    content: Content,
    clock: FixedClock,
    settings: Settings,
    agent_visit: Visit,
    office: tuple[Office, int],
) -> None:
    given = {"name": "Zeewier B.V.", "email": "ida@zeewier.example", "product": "Webhosting"}
    made = perform(agent_visit, "customers.create", contact_name="Ida Zee", language="en", **given)
    perform(agent_visit, "customers.provision", order_id=made.order_id)
    perform(agent_visit, "customers.resend", order_id=made.order_id)
    worker.run_once(store, content, clock, settings, turns=False)
    title = "Make the password of your account"
    early, late = (code_of(mail) for mail in office[0].mails if mail["Subject"] == title)
    visitor = Visit(store, clock, content, vault=Vault(settings.keys), channel="terminal")
    with pytest.raises(Refused):
        perform(visitor, "recovery.redeem", code=early, password=Secret(NEW))
    (who,) = {name for mail in office[0].mails for name in re.findall(r"^    (\S+)$", text_of(mail), re.M)}
    assert perform(visitor, "recovery.redeem", code=late, password=Secret(NEW)).user_name == who
    visit = signin.sign_in(store, clock, content, settings, who, NEW)
    assert (visit.role, visit.account_name) == ("holder", "Zeewier B.V.")


def text_of(mail: EmailMessage) -> str:
    """The mail that tells the user name, with lines as they were written; others are empty."""
    told = mail["Subject"] == "User name of your admin account"
    return str(mail.get_content()).replace("\r\n", "\n") if told else ""


def test_a_texted_code_is_in_the_message_and_nowhere_else(
    store: Store, content: Content, clock: FixedClock, settings: Settings, factory: Factory, account_id: int
) -> None:
    login = factory.login(account_id, "user", user_name="carla")
    me = factory.visit("user", account_id, login_id=login)
    perform(me, "mobile.link", number="+31612345678")
    worker.run_once(store, content, clock, settings, turns=False)
    (text,) = (settings.home / "sms").glob("*.json")
    found = re.search(r"\b\d{6}\b", text.read_text(encoding="utf-8").split('"text"', 1)[-1])
    assert found is not None
    assert perform(me, "mobile.confirm", code=Secret(found[0])).mobile == "+31612345678"
    body = store.row("SELECT body, secret FROM message")
    assert body is not None
    assert found[0] not in body[0]
    assert body[1] == ""
