"""A call on the screen: the card, the banner, what the caller may not have done, and the end."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.operations.core import Visit
from app.operations.core.passwords import hash_password
from app.screens.helpdesk.banner import Call, Countdown, said
from app.screens.helpdesk.caller_card import CallerForm
from app.widgets.text_input import TextInput
from tests.factories import Factory
from tests.screens.harness import LARGE, SMALL
from tests.screens.my_products.steps import PLAN, Person, at_the_keyboard

STORED = hash_password("zilvermeeuw")


@pytest.fixture
def customer(factory: Factory) -> int:
    """A customer with a telephone password, a holder, lines in two services, and a contact of one."""
    account = factory.account("Duinrand Logistics B.V.", number="C70042", telephone_hash=STORED)
    factory.login(account, "holder", name="Hanna Holder", mobile="+31600000001")
    drivers, office = factory.group(account, "Drivers"), factory.group(account, "Office")
    factory.line(account, person="Dora Driver", group_id=drivers, plan=PLAN)
    factory.line(account, person="Oscar Office", group_id=office, plan=PLAN)
    for name, services in (("Wim Single", (drivers,)), ("Wim Twofold", (drivers, office))):
        contact = factory.insert(
            "contact",
            {
                "account_id": account,
                "kind": "external",
                "name": name,
                "company": "Fleet Ltd",
                "email": "wim@fleet.example",
                "phone": "",
                "whole_account": 0,
                "created_at": 1,
                "version": 1,
            },
        )
        for group in services:
            factory.insert("contact_service", {"contact_id": contact, "group_id": group})
    return account


async def call(person: Person, downs: int = 0, reason: str = "bill", sees: str = "caller") -> str:
    """From the list of customers to helping the first of them."""
    await person.wait("Duinrand Logistics")
    await person.press("enter", sees="Who is calling?")
    await person.press(*["down"] * downs, "enter", *reason, "enter", *"Zilvermeeuw")
    return await person.press("enter", sees=sees, misses="Who is calling?")


async def told(person: Person, text: str) -> None:
    """Wait until a short message says it; tests paint none."""
    for _wait in range(200):
        if any(text in each.message for each in person.portal._notifications):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"nobody said {text!r}")


def refusals(visit: Visit) -> list[tuple[object, ...]]:
    return visit.rows("SELECT operation, object FROM audit WHERE outcome = 'refused'")


@pytest.mark.capability("HD-02", "HD-03")
async def test_the_card_shows_who_may_call_and_hides_what_is_typed(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path) as person:
        home = await person.wait("Duinrand Logistics")
        assert "C70042" in home
        card = await person.press("enter", sees="Who is calling?")
        assert "Hanna Holder" in card
        assert "contract holder" in card
        assert "Wim Single, Fleet Ltd" in card
        for hidden in ("Dora", "+316", "@", "argon2", "2 lines"):
            assert hidden not in card, hidden
        wrong = await person.press("enter", *"bill", "enter", *"Zeemeeuw", "enter", sees="No match.")
        assert "2 tries left" in wrong
        assert "meeuw" not in wrong
        form = person.portal.screen
        assert isinstance(form, CallerForm)
        assert all(field.password or not field.value.startswith("Z") for field in form.query(TextInput)), (
            "what the caller says is never readable"
        )


@pytest.mark.capability("HD-01")
async def test_the_third_wrong_one_locks_the_field(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path, clock: FixedClock
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path) as person:
        await person.wait("Duinrand Logistics")
        await person.press("enter", sees="Who is calling?")
        await person.press("enter", *"bill", "enter", *"one", "enter", sees="2 tries left")
        await person.press(*"two", "enter", sees="1 try left")
        await person.press(*"three", "enter", sees="Locked until 13:15")
        await person.press("escape", sees="Leave without saving?")
        await person.press("enter", misses="Who is calling?")
        again = await person.press("enter", sees="Locked until 13:15")
        assert "Verify" in again
        await person.press("enter", *"bill", "enter", *"Zilvermeeuw", "enter")
        assert person.portal.desk.visit is not None
        assert person.portal.desk.visit.assistance is None


@pytest.mark.capability("BX-36", "HD-06")
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_the_banner_names_all_three_and_the_time_on_every_page(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path, size) as person:
        await call(person)
        for key, sees in (("1", "Shared data"), ("2", "Login"), ("3", "Dora"), ("5", "On sale")):
            page = await person.press(key, sees=sees)
            banner = page.splitlines()[1]
            assert "Arie Agent for Duinrand" in banner
            assert "caller Hanna Holder" in banner
            assert "30 min" in banner
        assert refusals(agent_visit) == []


def test_long_names_give_way_together() -> None:
    call = Call("Anastasia van der Heijden", "A very long company name indeed B.V.", "Bo", 0)
    text = said(call, 50)
    assert len(text) <= 50
    assert "Anastasia" in text
    assert "A very long" in text
    assert text.endswith("caller Bo")
    assert said(call, 200).startswith("Anastasia van der Heijden for A very long company name indeed B.V.")


@pytest.mark.capability("BX-36")
async def test_the_countdown_paints_only_itself_and_ends_the_help(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path, clock: FixedClock
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path) as person:
        await call(person)
        count = person.portal.screen.query_one(Countdown)
        assert count.size.width < 10
        for seconds, shows in ((60, "29 min"), (1619, "3 min"), (30, "2 min"), (61, "30 s"), (29, "1 s")):
            clock.instant += seconds
            count.tick()
            await person.wait(shows)
        await told(person, "Two minutes are left")
        await person.press("3", "enter", sees="Overview")
        await person.press("l", sees="Hard limit")
        await person.press("enter", sees="Choose")
        clock.instant += 1
        count.tick()
        home = await person.wait("Customers", misses="Choose")
        assert "Dora" not in home
        assert "caller" not in home
        assert person.portal.desk.visit is not None
        assert person.portal.desk.visit.account_id is None
        await told(person, "The time for Duinrand Logistics B.V. is over")


async def test_more_time_can_be_taken_while_a_form_is_open(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path, clock: FixedClock
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path) as person:
        await person.press("f7")
        await call(person)
        await person.press("3", "enter", sees="Overview")
        await person.press("l", sees="Hard limit")
        await person.press("enter", sees="Choose")
        clock.instant += 1500
        await person.press("f7")
        await told(person, "You can help until")
        await person.press("escape", sees="20 min", misses="Choose")
    assert agent_visit.rows("SELECT expires_at - started_at FROM assistance") == [(2700,)]
    assert refusals(agent_visit) == []


async def test_more_time_asked_for_early_says_how_long_it_is_now(
    agent_visit: Visit, customer: int, tmp_path: Path, clock: FixedClock
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path) as person:
        await call(person)
        clock.instant += 60
        await person.press("f7")
        await told(person, "30 minutes ahead is the most")
        await person.wait("30 min")
    assert agent_visit.rows("SELECT expires_at - started_at FROM assistance") == [(1860,)]


async def test_an_operation_after_the_time_brings_the_agent_home(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path, clock: FixedClock
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path) as person:
        await call(person)
        clock.instant += 1800
        home = await person.press("3", sees="Customers")
        assert "Dora" not in home


@pytest.mark.capability("BX-36")
async def test_what_nobody_does_on_a_call_is_shown_with_the_reason(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path, LARGE) as person:
        await call(person)
        page = await person.press("f6", sees="This call")
        lines = {line.strip(" │"): line for line in page.splitlines()}
        refused = [line for line in lines if "Only the customer may do this" in line]
        for act in ("Passwords and sign-in", "Telephone password", "Allowed addresses", "Roles of people"):
            assert any(act in line and "✗" in line for line in refused), act
        assert any("Settings and blocks of lines" in line and "✓" in line for line in lines)
        assert "telephone password" in page
        assert "bill" in page
        texts = await person.press("pagedown", sees="HELP")
        assert "Text messages" in texts


@pytest.mark.capability("MD-22", "HD-04")
async def test_a_contact_of_one_service_opens_no_other(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path, LARGE) as person:
        await call(person, downs=1)
        assert "Drivers" in person.screen.splitlines()[0]
        lines = await person.press("3", sees="Dora Driver")
        assert "Oscar" not in lines
        found = await person.press("ctrl+k", *"oscar", sees="C70042")
        assert "Oscar Office" not in found
        await person.press("enter", misses="Search and")
        await told(person, "the caller may not speak about")
        assert "Oscar" not in person.screen
        services = await person.press("ctrl+g", sees="Other customer")
        assert "Office" not in services
        await person.press("escape", misses="Other customer")
        for key, sees in (
            ("1", "Latest messages"),
            ("2", "Login"),
            ("4", "Country"),
            ("alt+5", "On sale"),
        ):
            await person.press(key, sees=sees)
        assert refusals(agent_visit) == []


async def test_who_speaks_about_two_services_is_asked_which(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path, LARGE) as person:
        await person.wait("Duinrand Logistics")
        card = await person.press("enter", sees="Who is calling?")
        assert "The call is about" not in card
        await person.press("down", "down", sees="The call is about")
        await person.press("enter", *"bill", "tab", "right", "tab", *"Zilvermeeuw")
        await person.press("enter", sees="caller Wim Twofold", misses="Who is calling?")
        assert "Office" in person.screen.splitlines()[0]


async def test_a_customer_without_a_telephone_password_is_sent_a_code(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path
) -> None:
    with factory.system.transaction() as tx:
        tx.execute("UPDATE account SET telephone_hash = ''")
        tx.execute("UPDATE contact SET email = '' WHERE name = 'Wim Single'")
    async with at_the_keyboard(agent_visit, tmp_path) as person:
        await person.wait("Duinrand Logistics")
        await person.press("enter", sees="Send code by SMS")
        await person.press("down", sees="No address is stored")
        await person.press("s")
        await person.press("up", misses="No address is stored")
        assert not agent_visit.rows("SELECT 1 FROM message")
        await person.press("s")
        await told(person, "A code was sent to Hanna Holder")
        row = agent_visit.rows("SELECT key, secret, recipient FROM message")[0]
        assert row[2] == "+31600000001"
        assert factory.system.vault is not None
        code = factory.system.vault.open(row[1], f"message.secret.{row[0]}")
        await person.press(*"bill", "enter", *code, "enter", sees="caller Hanna", misses="Who is calling?")


async def test_another_customer_is_chosen_after_asking(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path
) -> None:
    factory.login(factory.account("Zebra Transport"), "holder", name="Zed Holder")
    async with at_the_keyboard(agent_visit, tmp_path) as person:
        await call(person)
        await person.press("ctrl+g", sees="Other customer")
        await person.press("end", "enter", sees="End the help for Duinrand")
        await person.press("escape", misses="End the help for")
        assert "caller Hanna" in person.screen
        await person.press("ctrl+k", *"zebra", sees="Zebra Transport")
        await person.press("enter", sees="End the help for Duinrand")
        asked = await person.press("enter", sees="Who is calling? Zebra")
        assert "Zed Holder" in asked
        assert "caller Hanna" not in asked
        ended = agent_visit.rows("SELECT ended_at FROM assistance")
        assert ended == [(agent_visit.now,)]


async def test_who_signs_out_helps_nobody(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path) as person:
        await call(person)
        await person.press("ctrl+l", sees="Password")
    assert agent_visit.rows("SELECT ended_at FROM assistance") == [(agent_visit.now,)]


async def test_staff_without_a_customer_ask_for_nothing_they_may_not_see(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path) as person:
        await person.wait("Duinrand Logistics")
        products = await person.press("3", sees="choose one on the Dashboard")
        assert "Dora" not in products
        for key, sees in (("2", "Login"), ("5", "On sale"), ("6", "Reach us"), ("1", "Customers")):
            await person.press(key, sees=sees)
        shown = await person.press("f1", "f1", sees="Keys on this screen")
        assert "End the help" not in shown
    assert refusals(agent_visit) == []


async def test_a_supervisor_helps_too(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path
) -> None:
    login = factory.login(None, staff_role="supervisor", name="Sara Supervisor")
    visit = replace(agent_visit, role="supervisor", login_id=login, person="Sara Supervisor")
    async with at_the_keyboard(visit, tmp_path, LARGE) as person:
        await call(person, sees="Sara Supervisor for Duinrand")


@pytest.mark.capability("HD-12")
async def test_manuals_of_the_callers_service_are_one_key_away(
    factory: Factory, agent_visit: Visit, customer: int, tmp_path: Path
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path, LARGE) as person:
        await call(person)
        page = await person.press("f6", sees="Manuals and guides of the service")
        assert "Forwarding, call waiting and Wi-Fi calling" in page
        assert "Data Only: tablets" not in page
        article = await person.press("enter", sees="Updated on", misses="Verified by")
        assert "Home › t Mobile lines › Forwarding, call waiting and Wi-Fi calling" in article
        assert "F8 end" in article
