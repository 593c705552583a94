"""Getting in, by keys alone in a small window: with the codes that were delivered, and with a phone."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pyotp
import pytest
from textual.widgets import Button, Label, Static

from app import worker
from app.clock import FixedClock
from app.content import Content, load_content
from app.content.operator import read_operator
from app.i18n import _, set_language
from app.operations.core import Visit, perform
from app.operations.core.passwords import hash_password
from app.portal import Portal
from app.settings import Settings, read_settings, shipped_content
from app.store import Store
from app.vault import Vault
from tests.factories import Factory
from tests.in_each import IN_EACH
from tests.screens.harness import SMALL, prepared
from tests.screens.my_products.steps import Person
from tests.screens.read_qr import read_qr
from tests.screens.sign_in.conftest import keys_of

OLD, NEW = "Wilgenkatje-3-otter", "Rietkraag-7-ijsvogel"
CODE = re.compile(r"^ +((?:[0-9A-Z]{4}-){6}[0-9A-Z]{4})\r?$", re.MULTILINE)
USER_NAME = re.compile(r"^    (\S+)$", re.MULTILINE)
Arrival = Callable[..., AbstractAsyncContextManager[Person]]


@pytest.fixture
def settings(store: Store, tmp_path: Path) -> Settings:
    return replace(read_settings({"LOKET_HOME": str(tmp_path / "home")}), database_url=store.url)


@pytest.fixture
def arrival(settings: Settings, clock: FixedClock) -> Arrival:
    """`async with arrival(language, content)`: the first screen at 80x24."""

    @asynccontextmanager
    async def start(language: str = "en", content: Path | None = None) -> AsyncIterator[Person]:
        set_language(language)
        here = replace(settings, content=content or settings.content)
        portal = Portal(here, read_operator(here.content, []), clock)
        async with portal.run_test(size=SMALL) as pilot:
            await prepared(pilot)
            yield Person(portal, pilot)
        set_language("en")

    return start


@pytest.fixture
def postman(store: Store, content: Content, clock: FixedClock, settings: Settings) -> Callable[[], list[str]]:
    """Delivers what waits; the texts of all mails in the mailbox, the oldest first."""

    def deliver() -> list[str]:
        worker.run_once(store, content, clock, settings, turns=False)
        files = sorted((settings.home / "mail" / "new").iterdir(), key=lambda file: file.stat().st_mtime_ns)
        mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
        return [str(mail.get_content()).replace("\r\n", "\n") for mail in mails]  # type: ignore[attr-defined]

    return deliver


def code_in(mail: str) -> str:
    found = CODE.search(mail)
    assert found is not None, mail
    return found[1]


def words_cut(person: Person) -> list[str]:
    """Words of labels and buttons that are not whole on the screen."""
    shown = person.screen
    texts = [str(each.label) for each in person.portal.screen.query(Button)]
    texts += [
        str(each.content)
        for each in person.portal.screen.query("Label, Static")
        if isinstance(each, Static | Label)
    ]
    return [word for text in texts for word in text.split() if word not in shown]


@pytest.mark.capability("LA-04", "LA-22")
@pytest.mark.parametrize("language", ["en", "nl", "de"])
async def test_a_new_customer_from_the_mail_to_the_dashboard(
    language: str, arrival: Arrival, postman: Callable[[], list[str]], agent_visit: Visit, settings: Settings
) -> None:
    agent_visit.vault = Vault(settings.keys)
    given = {"name": "Zeewier B.V.", "email": "ida@zeewier.example", "product": "Webhosting"}
    made = perform(agent_visit, "customers.create", contact_name="Ida Zee", language=language, **given)
    perform(agent_visit, "customers.provision", order_id=made.order_id)
    mails = postman()
    (code,) = {code_in(mail) for mail in mails if CODE.search(mail)}
    (user_name,) = {name for mail in mails for name in USER_NAME.findall(mail) if "-" not in name}
    async with arrival(language) as person:
        assert not words_cut(person)
        await person.press("f3", sees=_("Code") + " *")
        assert not words_cut(person)
        await person.press(*keys_of(code.lower()), "enter", sees=_("New password"))
        assert not words_cut(person)
        await person.press(*keys_of(NEW), "tab", *keys_of(NEW), "enter", sees=user_name)
        await person.wait(misses=_("New password"))
        await person.press(*keys_of(NEW), "enter", sees="1 " + _("Dashboard"))
        visit = person.portal.desk.visit
        assert visit is not None
        assert (visit.role, visit.account_name) == ("holder", "Zeewier B.V.")


@pytest.mark.capability("LA-10", "LA-11", "LA-12")
async def test_a_forgotten_password(
    arrival: Arrival,
    postman: Callable[[], list[str]],
    factory: Factory,
    account_id: int,
    clock: FixedClock,
) -> None:
    person_of = {"user_name": "anna", "name": "Anna de Vries", "email": "anna@molenwerf.example"}
    factory.login(account_id, "holder", password_hash=hash_password(OLD), **person_of)
    async with arrival() as person:
        await person.press("f4", sees="You get a mail")
        await person.press(*"anna", "enter", sees="Look into your mailbox")
        late = code_in(postman()[-1])
        clock.advance(3600)
        await person.press("tab", "enter", sees="Type the code")
        await person.press(*keys_of(late), "enter", sees="not valid any more")
        await person.press("escape", misses="Type the code")
        await person.press("f4", sees="You get a mail")
        await person.press(*"anna", "enter", sees="Look into your mailbox")
        code = code_in(postman()[-1])
        clock.advance(3599)
        await person.press("escape", "f3", sees="Type the code")
        await person.press(*keys_of(code), "enter", sees="New password")
        await person.press(*keys_of(NEW), "tab", *keys_of(NEW), "enter", sees="Sign in as anna.")
        await person.press("f3", sees="Type the code")
        await person.press(*keys_of(code), "enter", sees="not valid any more")
        await person.press("escape", misses="Type the code")
        await person.press(*keys_of(OLD), "enter", sees="Sign-in failed")
        await person.press(*keys_of(NEW), "enter", sees="1 Dashboard")


@pytest.fixture
def demanding(tmp_path: Path) -> Path:
    """An operator whose contract holders must have one-time passwords."""
    folder = tmp_path / "operator"
    shutil.copytree(shipped_content(), folder, ignore=shutil.ignore_patterns("locale"))
    file = folder / "access.toml"
    text = file.read_text("utf-8")
    assert "required = []" in text
    file.write_text(text.replace("required = []", 'required = ["holder"]'), "utf-8")
    assert load_content(folder).access.second_factor == ("holder",)
    return folder


async def typed_in(person: Person, **waits: str) -> str:
    """Name and password, from a first screen as it opens."""
    await person.press(*"anna", "enter")
    return await person.press(*keys_of(OLD), "enter", **waits)


@pytest.mark.capability("BX-38")
@pytest.mark.parametrize("language", IN_EACH)
async def test_a_phone_is_set_up_and_asked_for_from_then_on(
    language: str, arrival: Arrival, demanding: Path, factory: Factory, account_id: int, clock: FixedClock
) -> None:
    factory.login(account_id, "holder", user_name="anna", password_hash=hash_password(OLD), language=language)
    async with arrival(language, demanding) as person:
        await typed_in(person, sees=_("One-time passwords"))
        assert not words_cut(person)
        phone = pyotp.parse_uri(read_qr(person.portal))
        assert isinstance(phone, pyotp.TOTP)
        codes = await first_code(person, phone.at(clock.now()))
        await person.press("ctrl+l", sees="F3")

        await typed_in(person, sees=_("One-time password"))
        assert not words_cut(person)
        clock.advance(30)
        code = phone.at(clock.now())
        await person.press(*code, "enter", sees="1 " + _("Dashboard"))
        await person.press("ctrl+l", sees="F3")

        await typed_in(person, sees=_("One-time password"))
        await person.press(*code, "enter", sees="✗")
        assert person.portal.desk.visit is None
        await person.press(*keys_of(codes[0]), "enter", sees="1 " + _("Dashboard"))
        await person.press("ctrl+l", sees="F3")

        await typed_in(person, sees=_("One-time password"))
        await person.press(*keys_of(codes[0]), "enter", sees="✗")
        await person.press(*keys_of(codes[9].lower()), "enter", sees="1 " + _("Dashboard"))


async def first_code(person: Person, code: str) -> list[str]:
    """Confirm the phone; the recovery codes that are then shown, written down."""
    shown = await person.press(*code, "enter", sees="10 ")
    assert not words_cut(person)
    codes = re.findall(r"(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}", shown)
    assert len(codes) == 10
    await person.press("enter", sees=_("Are all ten written down?"))
    assert not words_cut(person)
    await person.press("enter", sees="1 " + _("Dashboard"))
    return codes


@pytest.mark.parametrize("language", ["en", "nl", "de"])
async def test_no_word_is_cut_on_the_ways_in(language: str, arrival: Arrival) -> None:
    async with arrival(language) as person:
        for key in ("f3", "f4", "f5", "f6"):
            await person.press(key)
            await person.pilot.pause(0.05)
            assert not words_cut(person), key
            await person.press("escape")
