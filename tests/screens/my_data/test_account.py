"""The customer's data on the screen: read, changed by keys, refused with a reason, compared."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.operations.core import Visit, perform
from app.secret import Secret
from tests.factories import Factory
from tests.in_each import AT_EACH
from tests.screens.harness import typed
from tests.screens.my_products.steps import Person, at_the_keyboard

STREET = ["home", *["down"] * 4]
"""From the list's first row to the street."""


@pytest.fixture
def moved_in(admin_visit: Visit) -> Visit:
    """The admin of a customer whose data is complete."""
    perform(
        admin_visit,
        "account.edit",
        contact_name="Mia Molenaar",
        street="Kade 5",
        postcode="1013ZZ",
        city="Amsterdam",
        country="NL",
        phone="0612345678",
        email="post@molenwerf.example",
    )
    return admin_visit


async def write(person: Person, text: str) -> None:
    """Put a text in the place of what is in the field."""
    await person.press("end", "ctrl+u")
    await typed(person.pilot, text)


@pytest.mark.capability("MD-01")
@pytest.mark.parametrize("size", AT_EACH)
async def test_all_master_data_shows_in_one_place(
    moved_in: Visit, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_keyboard(moved_in, tmp_path, size) as person:
        page = await person.press("2", sees="Telephone password")
        for text in (
            "C00001",
            "Molenwerf Bouw B.V.",
            "Mia Molenaar",
            "Kade 5",
            "1013 ZZ",
            "Amsterdam",
            "Netherlands",
            "+31 6 1234 5678",
            "post@molenwerf.example",
            "English",
            "none yet",
        ):
            assert text in page


@pytest.mark.capability("MD-02", "MD-04")
async def test_a_street_is_changed_with_a_reason_and_dated(moved_in: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(moved_in, tmp_path) as person:
        await person.press("2", sees="Kade 5")
        await person.press(*STREET, "enter", sees="Change the data of")
        await write(person, "Nieuwe Gracht 12")
        await person.press(*["down"] * 7)
        await typed(person.pilot, "we moved")
        await person.press("ctrl+s", sees="Nieuwe Gracht 12", misses="Change the data of")
        page = await person.wait("Reason: we moved")
        assert "Changed on 21 Nov 2026 13:00 by Anna Admin." in page


@pytest.mark.capability("MD-03")
async def test_the_name_is_focused_not_edited_and_says_how_to_change_it(
    moved_in: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(moved_in, tmp_path) as person:
        await person.press("2", sees="Kade 5")
        page = await person.press("home", "down", sees="cannot be edited here")
        assert "ask for another name" in " ".join(page.split())
        await person.press("x", "y", "2", sees="Molenwerf Bouw B.V.")
        await person.press("a", "home", "down", "enter", sees="Request another name")
        await person.press("escape", sees="Kade 5", misses="Request another name")
        await person.press(*STREET, "enter", sees="Change the data of")
        form = person.portal.screen
        assert not {"name", "kind"} & {field.name for field in form.query("FormField")}


async def test_what_is_wrong_shows_under_its_field_and_nothing_is_lost(
    moved_in: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(moved_in, tmp_path) as person:
        await person.press("2", sees="Kade 5")
        await person.press(*STREET, "enter", sees="Change the data of")
        await write(person, "Gracht 12")
        await person.press("down")
        await write(person, "99999")
        page = await person.press("ctrl+s", sees="A postcode there looks like 1013 ZZ.")
        assert "Gracht 12" in page
        await write(person, "3511 ab")
        await person.press(*["down"] * 4)
        await write(person, "nobody")
        page = await person.press("ctrl+s", sees="Write an address like name")
        assert "Gracht 12" in page
        await write(person, "new@molenwerf.example")
        await person.press("ctrl+s", sees="3511 AB", misses="Change the data of")


async def test_a_changed_form_is_not_left_in_silence(moved_in: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(moved_in, tmp_path) as person:
        await person.press("2", sees="Kade 5")
        await person.press(*STREET, "enter", sees="Change the data of")
        await person.press("escape", misses="Change the data of")
        await person.press("enter", sees="Change the data of")
        await person.press("end", "x")
        await person.press("escape", sees="Leave without saving?")
        await person.press("escape", sees="Kade 5x")


@pytest.mark.capability("BX-08")
async def test_what_somebody_else_changed_meanwhile_is_compared(moved_in: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(moved_in, tmp_path) as person:
        await person.press("2", sees="Kade 5")
        await person.press(*STREET, "enter", sees="Change the data of")
        await write(person, "Mine 2")
        await asyncio.to_thread(perform, moved_in, "account.edit", street="Theirs 1", city="Utrecht")
        page = await person.press("ctrl+s", sees="Changed by somebody else")
        assert all(text in page for text in ("Kade 5", "Theirs 1", "Mine 2"))
        await person.press("m", sees="Mine 2", misses="Changed by somebody else")
    found = perform(moved_in, "account.get")
    assert (found.street, found.city) == ("Mine 2", "Utrecht")


async def test_changes_of_different_fields_both_stay(moved_in: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(moved_in, tmp_path) as person:
        await person.press("2", sees="Kade 5")
        await person.press(*STREET, "enter", sees="Change the data of")
        await write(person, "Mine 2")
        await asyncio.to_thread(perform, moved_in, "account.edit", city="Utrecht")
        await person.press("ctrl+s", sees="Utrecht", misses="Change the data of")
    found = perform(moved_in, "account.get")
    assert (found.street, found.city) == ("Mine 2", "Utrecht")


@pytest.mark.capability("MD-10")
async def test_the_telephone_password_is_set_apart(moved_in: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(moved_in, tmp_path) as person:
        await person.press("2", sees="none yet")
        await person.press("end", "enter", sees="Set the telephone password")
        await typed(person.pilot, "blauw")
        await person.press("down")
        await typed(person.pilot, "blauw")
        await person.press("ctrl+s", sees="at least 6")
        await person.press("end", "ctrl+u")
        await typed(person.pilot, "blauwe reiger")
        await person.press("ctrl+s", sees="not the same")
        await person.press("end", "ctrl+u")
        await typed(person.pilot, "blauwe reiger")
        page = await person.press("ctrl+s", misses="Set the telephone password")
        assert "reiger" not in page
        await person.wait(misses="none yet")
    assert perform(moved_in, "account.get").has_telephone_password


async def test_an_agent_edits_what_the_caller_may_and_is_told_what_not(
    factory: Factory, moved_in: Visit, assisting_visit: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(assisting_visit, tmp_path) as person:
        await person.press("2", sees="Kade 5")
        await person.press("end", "enter", sees="It cannot be done on a call")
        assert len(person.portal.screen_stack) == 1
        await person.press(*STREET, "enter", sees="Change the data of")
        await write(person, "Gracht 12")
        await person.press("ctrl+s", sees="Gracht 12", misses="Change the data of")
        await person.press(*STREET, sees="by Arie Agent, for Carla Caller")


async def test_no_naughty_text_acts_on_the_screen(moved_in: Visit, tmp_path: Path) -> None:
    with moved_in.store.transaction() as tx:
        tx.execute("UPDATE account SET street = :bad, name = :bad", bad="\x1b[31m[bold]red[/]\u202e\x07")
    async with at_the_keyboard(moved_in, tmp_path) as person:
        page = await person.press("2", sees="[bold]red[/]")
        assert "\x1b" not in page
        assert "\u202e" not in page
    with pytest.raises(TypeError):
        perform(moved_in, "account.edit", telephone_password=Secret("x"))


async def test_the_language_of_letters_is_chosen(moved_in: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(moved_in, tmp_path) as person:
        await person.press("2", sees="Kade 5")
        await person.press("end", "up", sees="Press Enter to choose another one.")
        await person.press("enter", sees="Change the data of")
        await person.press("left", sees="Nederlands")
        await person.press("ctrl+s", sees="Nederlands", misses="Change the data of")
        assert perform(moved_in, "account.get").language == "nl"


async def test_the_telephone_password_is_removed_after_a_question(moved_in: Visit, tmp_path: Path) -> None:
    perform(moved_in, "telephone_password.set", telephone_password=Secret("blauwe reiger 7"))
    async with at_the_keyboard(moved_in, tmp_path) as person:
        await person.press("2", sees="Kade 5")
        await person.press("end", sees="Press Enter to change or remove it.")
        await person.press("enter", sees="Remove it")
        await person.press("end", "enter", sees="sent a code by mail or text message")
        await person.press("escape", misses="sent a code by mail")
        assert perform(moved_in, "account.get").has_telephone_password, "removed without an answer"
        await person.press("enter", sees="Remove it")
        await person.press("end", "enter", sees="sent a code by mail or text message")
        await person.press("enter", sees="Press Enter to set it.")
        assert not perform(moved_in, "account.get").has_telephone_password
