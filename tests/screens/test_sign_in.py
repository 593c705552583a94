"""The first screen: who are you? With real hashes and a real database."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from app.clock import FixedClock
from app.content.operator import read_operator
from app.i18n import set_language
from app.operations.core.passwords import hash_password
from app.portal import Portal
from app.screens.shell import Shell
from app.screens.sign_in.screen import SignInScreen
from app.settings import read_settings, shipped_content
from app.store import Store
from tests.factories import Factory
from tests.screens.harness import SMALL
from tests.screens.my_products.steps import Person

PASSWORD = "Herfststorm-2026"
FAILED = "Sign-in failed"


@pytest.fixture(scope="module")
def stored_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def login(factory: Factory, account_id: int, stored_hash: str) -> int:
    return factory.login(
        account_id,
        "holder",
        user_name="anna",
        email="Anna.Admin@Example.com",
        name="Anna Admin",
        password_hash=stored_hash,
    )


def operator_with(folder: Path, schemes: str) -> Path:
    """A copy of the shipped operator whose customers sign in in another way."""
    copy = folder / "operator"
    shutil.copytree(shipped_content(), copy, ignore=shutil.ignore_patterns("reference", "locale"))
    file = copy / "operator.toml"
    lines = file.read_text("utf-8").splitlines()
    changed = [f"login_scheme = [{schemes}]" if line.startswith("login_scheme") else line for line in lines]
    assert changed != lines or schemes in file.read_text("utf-8")
    file.write_text("\n".join(changed), "utf-8")
    return copy


@asynccontextmanager
async def at_the_door(store: Store, home: Path, clock: FixedClock, schemes: str) -> AsyncIterator[Person]:
    """The portal before sign-in, with a scheme."""
    set_language("en")
    settings = replace(
        read_settings({"LOKET_HOME": str(home / "home")}),
        database_url=store.url,
        content=operator_with(home, schemes),
    )
    portal = Portal(settings, read_operator(settings.content, []), clock)
    async with portal.run_test(size=SMALL) as pilot:
        yield Person(portal, pilot)
    set_language("en")


async def tries(person: Person, who: str, password: str, sees: str) -> str:
    """Type both, and wait for the answer."""
    screen = person.portal.screen
    screen.query_one("#who", Input).value = who
    screen.query_one("#password", Input).value = password
    screen.query_one("#password").focus()
    return await person.press("enter", sees=sees)


async def typed_in(person: Person, who: str, password: str, sees: str) -> str:
    """The same key by key, from the first field."""
    signs = {".": "full_stop", "@": "at", "-": "minus"}
    await person.press(*(signs.get(letter, letter) for letter in who), "enter")
    return await person.press(*(signs.get(letter, letter) for letter in password), "enter", sees=sees)


def in_shell(person: Person) -> bool:
    return isinstance(person.portal.screen, Shell)


@pytest.mark.capability("LA-01")
async def test_customer_number_and_password(
    store: Store, clock: FixedClock, login: int, tmp_path: Path
) -> None:
    number = store.row("SELECT number FROM account")[0]
    async with at_the_door(store, tmp_path, clock, '"customer_number"') as person:
        first = await person.wait("Customer number")
        assert "E-mail address" not in first
        refused = await tries(person, "anna.admin@example.com", PASSWORD, FAILED)
        wrong_password = await tries(person, str(number), "Wrong-2026-word", FAILED)
        told = [line for line in refused.splitlines() if FAILED in line]
        assert told == [line for line in wrong_password.splitlines() if FAILED in line]
        assert not in_shell(person)
        await typed_in_again(person, str(number))
        assert in_shell(person)


async def typed_in_again(person: Person, who: str) -> None:
    """Clear the first field and sign in by keys alone."""
    person.portal.screen.query_one("#who", Input).value = ""
    person.portal.screen.query_one("#who").focus()
    await typed_in(person, who, PASSWORD, "1 Dashboard")


@pytest.mark.capability("LA-02")
async def test_user_name(store: Store, clock: FixedClock, login: int, tmp_path: Path) -> None:
    number = store.row("SELECT number FROM account")[0]
    async with at_the_door(store, tmp_path, clock, '"user_name"') as person:
        await person.wait("User name")
        await tries(person, str(number), PASSWORD, FAILED)
        await tries(person, "anna.admin@example.com", PASSWORD, FAILED)
        assert not in_shell(person)
        await tries(person, "Anna", PASSWORD, "1 Dashboard")
        assert in_shell(person)
        assert "Anna Admin" in person.screen


@pytest.mark.capability("LA-03")
async def test_e_mail_address_in_any_case(
    store: Store, clock: FixedClock, login: int, tmp_path: Path
) -> None:
    async with at_the_door(store, tmp_path, clock, '"email"') as person:
        await person.wait("E-mail address")
        await tries(person, "anna", PASSWORD, FAILED)
        assert not in_shell(person)
        await tries(person, "aNNA.admin@EXAMPLE.com", PASSWORD, "1 Dashboard")
        assert in_shell(person)


async def test_the_screen_forgets_the_password(
    store: Store, clock: FixedClock, login: int, tmp_path: Path
) -> None:
    async with at_the_door(store, tmp_path, clock, '"user_name"') as person:
        refused = await tries(person, "anna", "Wrong-2026-word", FAILED)
        assert person.portal.screen.query_one("#password", Input).value == ""
        assert "Wrong" not in refused
        await tries(person, "anna", PASSWORD, "1 Dashboard")
        await person.press("ctrl+l", sees="Password")
        fields = [field.value for field in person.portal.screen.query(Input)]
        assert fields == ["", ""]


async def test_an_empty_field_is_asked_for(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    async with at_the_door(store, tmp_path, clock, '"user_name"') as person:
        await person.press("enter", "enter", sees="Fill in who you are.")
        await person.press("a", "enter", "enter", sees="Fill in the password.")


async def test_the_language_is_chosen_before_signing_in(
    store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_door(store, tmp_path, clock, '"user_name"') as person:
        for word in ("Passwort", "Wachtwoord", "Password", "Passwort"):
            await person.press("f2", sees=word)
        await person.pilot.click("#language-nl")
        await person.wait("Wachtwoord", misses="Passwort")


async def test_the_demonstration_offers_its_people(
    store: Store, clock: FixedClock, login: int, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "demo.toml").write_text(
        f'[[login]]\nrole = "admin"\nuser_name = "anna"\npassword = "{PASSWORD}"\nsays = "Anna Admin"\n'
    )
    async with at_the_door(store, tmp_path, clock, '"user_name"') as person:
        await person.wait("Demonstration: choose who you are")
        await person.pilot.click("#demo-0")
        await person.wait("1 Dashboard")
        assert person.portal.desk.visit is not None
        assert person.portal.desk.visit.role == "holder"


@pytest.mark.usefixtures("real_hashes")
async def test_the_screen_stays_alive_while_the_hash_is_made(
    store: Store, clock: FixedClock, login: int, tmp_path: Path
) -> None:
    async with at_the_door(store, tmp_path, clock, '"user_name"') as person:
        await person.portal.desk.opened()
        screen = person.portal.screen
        assert isinstance(screen, SignInScreen)
        screen.query_one("#who", Input).value = "anna"
        screen.query_one("#password", Input).value = PASSWORD
        turns = 0
        screen.check()
        while person.portal.desk.visit is None and turns < 1000:
            await asyncio.sleep(0.005)
            turns += 1
        assert turns > 5, "the event loop stood still while the hash was made"
