"""Forms that lose nothing: a stale save is compared field by field, texts are offered again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from app.operations.core import Visit, drafts, perform
from app.screens.area import desk_of
from app.screens.operation_form import OperationForm
from app.widgets.form_field import FormField
from tests.factories import Factory
from tests.screens.my_products.steps import PATIENCE, Person, at_the_keyboard


class AddressForm(OperationForm):
    """Some fields of an account."""

    def __init__(self, account: Any, about: str = "account:1") -> None:
        super().__init__("Address", "account.edit", about, version=account.version)
        self.account = account

    def fields(self) -> Iterable[FormField]:
        yield FormField("street", "Street", self.account.street)
        yield FormField("city", "Town", self.account.city)
        yield FormField("email", "Mail", self.account.email)


async def open_form(person: Person, about: str = "account:1") -> AddressForm:
    account = await desk_of(person.portal.screen).do("account.get")
    form = AddressForm(account, about)
    await person.portal.push_screen(form)
    await person.wait("Street")
    return form


async def fill(person: Person, form: AddressForm, **texts: str) -> None:
    for name, text in texts.items():
        form.query_one(f"#field-{name}", FormField).value = text
    await person.pilot.pause()


@pytest.fixture
def colleague(factory: Factory, admin_visit: Visit) -> Visit:
    """Another admin of the same customer."""
    perform(admin_visit, "account.edit", street="Kade 1", city="Delft")
    account = admin_visit.account_id
    assert account is not None
    login = factory.login(account, "admin", name="Bob Admin")
    return factory.visit("admin", account, login_id=login)


@pytest.mark.capability("BX-08")
@pytest.mark.parametrize(("key", "street"), [("m", "Mijn weg 3"), ("t", "Hun laan 2")])
async def test_the_slower_of_two_sees_old_theirs_and_mine_and_decides(
    admin_visit: Visit, colleague: Visit, tmp_path: Path, key: str, street: str
) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        form = await open_form(person)
        await fill(person, form, street="Mijn weg 3")
        perform(colleague, "account.edit", street="Hun laan 2")
        page = await person.press("ctrl+s", sees="Changed by somebody else")
        row = next(line for line in page.splitlines() if "Hun laan 2" in line)
        assert row.index("Street") < row.index("Kade 1") < row.index("Hun laan 2") < row.index("Mijn weg 3")
        assert perform(colleague, "account.get").street == "Hun laan 2", "it was overwritten"
        await person.press(key, misses="Changed by somebody else")
        await person.wait("1 Dashboard", misses="Street")
    assert perform(colleague, "account.get").street == street


async def test_what_is_wrong_stands_at_its_field_and_the_form_stays(
    admin_visit: Visit, colleague: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        form = await open_form(person)
        await fill(person, form, email="nobody", city="Leiden")
        await person.press("ctrl+s", sees="✗")
        assert form.query_one("#field-city", FormField).value == "Leiden"


@pytest.mark.capability("BX-06")
async def test_a_form_that_was_cut_off_is_offered_again_for_the_same_thing_only(
    admin_visit: Visit, colleague: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        form = await open_form(person)
        await fill(person, form, city="Half a to")
        await person.portal.pop_screen()  # as a time-out closes it
    kept = drafts.find(admin_visit, "account.edit", "account:1")
    assert kept is not None
    assert kept.fields == {"street": "Kade 1", "city": "Half a to", "email": ""}
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        other = await open_form(person, "account:2")
        await person.pilot.pause(0.2)
        assert person.portal.screen is other, "offered for another account"
        other.dismiss(None)
        form = await open_form(person)
        await person.wait("Take up what you typed?")
        await person.press("enter", sees="Half a to")
        await fill(person, form, city="Leiden")
        await person.press("ctrl+s", misses="Street")
    assert drafts.find(admin_visit, "account.edit", "account:1") is None
    assert perform(colleague, "account.get").city == "Leiden"


async def test_starting_afresh_forgets_what_was_typed(
    admin_visit: Visit, colleague: Visit, tmp_path: Path
) -> None:
    drafts.keep(admin_visit, "account.edit", "account:1", {"city": "Half a to"})
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await open_form(person)
        await person.wait("Take up what you typed?")
        await person.press("escape", sees="Delft", misses="Take up")
    assert drafts.find(admin_visit, "account.edit", "account:1") is None


async def test_one_pause_is_one_write(admin_visit: Visit, colleague: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await open_form(person)
        await person.pilot.pause(0.3)
        before = admin_visit.store.version()
        await person.press(*"weg")
        assert admin_visit.store.version() == before, "written at a key"
        async with asyncio.timeout(PATIENCE):
            while (written := admin_visit.store.version()) == before:
                await person.pilot.pause(0.05)
        await person.pilot.pause(0.5)
        assert admin_visit.store.version() == written
        assert len(admin_visit.store.rows("SELECT 1 FROM draft")) == 1


async def test_who_types_on_and_on_is_kept_too(
    admin_visit: Visit, colleague: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.screens.kept_form.PAUSE_SECONDS", 60.0)
    monkeypatch.setattr("app.screens.kept_form.LATEST_SECONDS", 0.2)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await open_form(person)
        kept = ""
        for _turn in range(200):
            await person.press("x")
            await person.portal.desk.run(lambda: None)
            draft = drafts.find(admin_visit, "account.edit", "account:1")
            kept = draft.fields["street"] if draft else ""
            if "xx" in kept:
                break
        assert "xx" in kept
