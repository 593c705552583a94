"""My requests: another name or holder is asked for, followed and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.core import Visit, perform
from app.screens.my_data.requests import ask
from app.widgets.form_field import FormField
from tests.factories import Factory
from tests.screens.harness import LARGE
from tests.screens.my_products.steps import Person, at_the_keyboard


async def open_panel(person: Person) -> None:
    """The tab in My Data."""
    await person.press("2", sees="Requests")
    await person.press("q", sees="New request")


async def fill(person: Person, **texts: str) -> None:
    for name, text in texts.items():
        person.portal.screen.query_one(f"#field-{name}", FormField).value = text
    await person.pilot.pause()


@pytest.mark.capability("MD-05")
async def test_a_name_is_asked_for_with_the_old_one_shown_and_can_be_taken_back(
    factory: Factory, tmp_path: Path
) -> None:
    account = factory.account("A. Jansen", kind="person")
    login = factory.login(account, "holder", name="A. Jansen")
    visit = factory.visit("holder", account, login_id=login)
    async with at_the_keyboard(visit, tmp_path, LARGE) as person:
        await open_panel(person)
        await person.press("n", sees="Change of name or ownership")
        page = await person.press("enter", sees="New name")
        assert "Name now: A. Jansen" in page
        assert person.portal.screen.query_one("#field-name", FormField).value == "A. Jansen"
        await fill(person, name="A. de Vries")
        page = await person.press("ctrl+s", sees="C-1001")
        assert "waiting" in page
        page = await person.press("enter", sees="Releasing it")
        assert "called “A. de Vries”" in page
        assert "A. Jansen" in page
        await person.press("escape", misses="Releasing it")
        await person.press("w", sees="Take C-1001 back?")
        await person.press("enter", sees="withdrawn")
    assert perform(visit, "profile.get").account_name == "A. Jansen"


@pytest.mark.capability("MD-07")
async def test_a_company_is_led_to_documents_and_says_why(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await open_panel(person)
        page = await person.press("n", sees="Documents › Change of name or ownership")
        assert "Only the contract holder" in page
        await person.press("enter", sees="A company passes to somebody else?")
        await fill(person, name="Molenwerf N.V.")
        await person.press("ctrl+s", sees="Fill this in.")
        await fill(person, reason="Trade register")
        await person.press("ctrl+s", sees="C-1001")
    case = perform(admin_visit, "cases.mine").rows[0]
    assert (case.status, case.kind) == ("waiting", "name_change")
    assert perform(admin_visit, "profile.get").account_name == "Molenwerf Bouw B.V."


@pytest.mark.capability("HD-08")
async def test_the_holder_asks_for_a_change_of_ownership(
    factory: Factory, account_id: int, tmp_path: Path
) -> None:
    login = factory.login(account_id, "holder", name="Hanna Holder")
    visit = factory.visit("holder", account_id, login_id=login)
    async with at_the_keyboard(visit, tmp_path, LARGE) as person:
        person.portal.run_worker(ask(person.portal.screen, "ownership"))
        await person.wait("New holder's e-mail address")
        await fill(person, new_name="Nina Nieuw", new_email="no address", reason="sold")
        await person.press("ctrl+s", sees="Write an address like")
        await fill(person, new_email="nina@nieuw.example")
        await person.press("ctrl+s", misses="New holder's")
    assert perform(visit, "cases.mine").rows[0].kind == "ownership"
