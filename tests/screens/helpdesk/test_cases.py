"""Cases at the keyboard: a queue, what releasing will do, who was quicker; and a login that was lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.operations.core import Visit, perform, presence
from tests.factories import Factory
from tests.screens.harness import LARGE
from tests.screens.my_products.steps import Person, at_the_keyboard


@pytest.fixture
def asked(admin_visit: Visit) -> int:
    """A name that the customer's admin asked for."""
    case = perform(admin_visit, "cases.ask_name", name="Molenwerf N.V.", reason="trade register")
    return int(case.id)


async def test_an_agent_sees_what_releasing_does_and_releases(
    agent_visit: Visit, admin_visit: Visit, asked: int, tmp_path: Path
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path, LARGE) as person:
        await person.press("c", sees="second pair of eyes")
        await person.press("enter", sees="Releasing it")
        page = await person.press("r", sees="Release C-1001?")
        assert "“Molenwerf N.V.” instead of “Molenwerf Bouw B.V.”" in words(page)
        await person.press("ctrl+s", sees="No case here.")
    assert perform(admin_visit, "profile.get").account_name == "Molenwerf N.V."


@pytest.mark.capability("BX-37")
async def test_who_opened_a_case_is_not_offered_to_release_it(
    agent_visit: Visit, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    checks = [check.id for check in agent_visit.content.access.recovery]
    perform(
        agent_visit,
        "cases.open_recovery",
        account_id=account_id,
        login_id=admin_visit.login_id,
        email="new@example.org",
        checks=checks,
        reason="lost",
    )
    async with at_the_keyboard(agent_visit, tmp_path, LARGE) as person:
        await person.press("c", sees="second pair of eyes")
        page = await person.press("enter", sees="You opened this case")
        assert "Release" not in page
        await person.press("r", sees="You opened this case", misses="Release C-1001?")


async def test_who_was_slower_sees_who_was_quicker(
    factory: Factory, agent_visit: Visit, asked: int, tmp_path: Path
) -> None:
    second = factory.login(None, staff_role="supervisor", name="Sofie Supervisor")
    sofie = factory.visit("supervisor", None, login_id=second)
    async with at_the_keyboard(agent_visit, tmp_path, LARGE) as person:
        await person.press("c", sees="second pair of eyes")
        await person.press("enter", sees="Releasing it")
        await person.press("r", sees="Release C-1001?")
        perform(sofie, "cases.reject", case_id=asked, answer="too old")
        await person.press("ctrl+s", sees="was decided meanwhile by Sofie Supervisor")
        page = await person.press("escape", sees="rejected")
        assert "too old" in page


@pytest.mark.capability("LA-16", "HD-05")
async def test_a_lost_address_is_a_list_of_checks_and_then_a_case(
    agent_visit: Visit, admin_visit: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path, LARGE) as person:
        await person.press("l", sees="Who cannot get in?")
        await person.press("enter", sees="What is lost?")
        await person.press("enter", sees="identity document")
        await choose_all(person)
        await fill(person, "email", "new@example.org")
        await fill(person, "reason", "Provider is gone")
        await person.press("ctrl+s", sees="Not checked yet")
        await press_on(person, "check-mandate", "right")
        await person.press("ctrl+s", sees="1 waits to be released")
    page = perform(replace(agent_visit, assistance=None), "cases.page")
    assert page.rows[0].person == "Anna Admin"


async def test_a_user_who_is_not_listed_is_found_by_the_old_address(
    agent_visit: Visit, admin_visit: Visit, user_visit: Visit, tmp_path: Path
) -> None:
    rows = user_visit.store.rows("SELECT email FROM login WHERE id = :id", id=user_visit.login_id)
    async with at_the_keyboard(agent_visit, tmp_path, LARGE) as person:
        page = await person.press("l", sees="Somebody else")
        assert "Emma Employee" not in page
        await person.press("down", "enter", sees="All of it, as the person used it.")
        await fill(person, "who", "nobody@example.org")
        await person.press("ctrl+s", sees="Nobody like that works for this customer.")
        await fill(person, "who", rows[0][0])
        await person.press("ctrl+s", sees="What is lost?")
        await person.press("down", "enter", sees="Emma Employee: second factor is lost")


def words(page: str) -> str:
    """A page without its lines."""
    return " ".join(page.replace("│", " ").split())


async def choose_all(person: Person) -> None:
    """Every check but the last."""
    for name in ("check-identity", "check-call_back", "check-invoice"):
        await press_on(person, name, "right")


async def press_on(person: Person, field: str, key: str) -> None:
    person.portal.screen.query_one(f"#field-{field}").focus_input()  # type: ignore[attr-defined]
    await person.press(key)


async def fill(person: Person, field: str, text: str) -> None:
    person.portal.screen.query_one(f"#field-{field}").value = text  # type: ignore[attr-defined]
    await person.pilot.pause()


@pytest.mark.capability("BX-07")
async def test_two_at_one_case_see_each_other_and_the_second_is_told(
    factory: Factory, agent_visit: Visit, asked: int, tmp_path: Path
) -> None:
    arie, noor = in_session(factory, agent_visit), new_agent(factory, "Noor Verbeek")
    presence.enter(noor, f"case:{asked}")
    async with at_the_keyboard(arie, tmp_path, LARGE) as person:
        await person.press("c", sees="second pair of eyes")
        await person.press("enter", sees="Also here: Noor Verbeek")
        presence.enter(noor, f"case:{asked}", editing=True)
        await person.wait("Noor Verbeek (edits)")
        assert [each.person for each in presence.others(noor, f"case:{asked}")] == ["Arie Agent"]
        await person.press("r", sees="Release C-1001?")
        await person.wait("Noor Verbeek (edits)")
        assert presence.others(noor, f"case:{asked}")[0].editing
        perform(noor, "cases.release", case_id=asked)
        await person.press("ctrl+s", sees="was decided meanwhile by Noor Verbeek")
    assert presence.others(noor, f"case:{asked}") == []


@pytest.mark.capability("BX-07")
async def test_a_customer_and_a_line_name_the_colleague_who_is_there_too(
    factory: Factory, agent_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    line = factory.line(account_id, person="Emma")
    noor = new_agent(factory, "Noor Verbeek")
    presence.enter(noor, f"account:{account_id}")
    visit = factory.assisting(in_session(factory, agent_visit), account_id)
    async with at_the_keyboard(visit, tmp_path, LARGE) as person:
        await person.wait("Also here: Noor Verbeek")
        await person.press("f9", sees="No notes yet.")
        await person.press("escape", misses="No notes yet.")
        await person.pilot.pause(0.2)
        assert presence.others(noor, f"account:{account_id}"), "left with the notes"
        await person.open_line("Emma")
        presence.enter(noor, f"line:{line}", editing=True)
        await person.wait("Also here: Noor Verbeek (edits)")
        assert [each.person for each in presence.others(noor, f"line:{line}")] == ["Arie Agent"]
        await person.press("f8", sees="End the help")
        await person.press("enter", sees="Customers")
        await person.pilot.pause(0.2)
        assert presence.others(noor, f"account:{account_id}") == []
        assert presence.others(noor, f"line:{line}") == []


def new_agent(factory: Factory, name: str) -> Visit:
    login = factory.login(None, staff_role="agent", name=name)
    return in_session(factory, factory.visit("agent", None, login_id=login, person=name))


def in_session(factory: Factory, visit: Visit) -> Visit:
    now, number = visit.now, f"{visit.login_id:032x}"
    row = {"id": number, "login_id": visit.login_id, "started_at": now, "seen_at": now, "checked_at": now}
    factory.insert("session", {**row, "channel": "terminal", "address": ""})
    return replace(visit, session_id=number)


async def test_notes_are_written_and_read_during_a_call(assisting_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(assisting_visit, tmp_path, LARGE) as person:
        await person.press("f9", sees="No notes yet.")
        await person.press("n", sees="Staff read it")
        await fill(person, "text", "Calls back on Monday")
        await person.press("ctrl+s", sees="Arie Agent")
        assert "Calls back on Monday" in person.screen
    assert assisting_visit.store.rows("SELECT text FROM account_note") == [("Calls back on Monday",)]
