"""Contacts and notices on the screen, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.core import Visit, perform
from tests.factories import Factory
from tests.in_each import AT_EACH
from tests.screens.harness import typed
from tests.screens.my_products.steps import at_the_keyboard


@pytest.mark.capability("MD-21")
@pytest.mark.parametrize("size", AT_EACH)
async def test_a_contact_is_added_changed_and_removed(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path, size: tuple[int, int]
) -> None:
    factory.line(account_id, group_id=factory.group(account_id, "Office"))
    factory.line(account_id, group_id=factory.group(account_id, "Harbour"))
    async with at_the_keyboard(admin_visit, tmp_path, size) as person:
        await person.press("2", sees="Customer since")
        await person.press("c", sees="No contacts yet")
        await person.press("n", sees="New contact")
        await typed(person.pilot, "Bas Bouw")
        await person.press("down", "right", sees="external")
        await person.press("down")
        await typed(person.pilot, "Web B.V.")
        await person.press("down")
        await typed(person.pilot, "1")
        await person.press("ctrl+s", sees="Write the whole number")
        await person.press("end", "ctrl+u")
        await typed(person.pilot, "0612345678")
        await person.press("down", "down", "right", sees="Office")
        await person.press("down", "right", "ctrl+s", misses="Cancel")
        page = await person.wait("Bas Bouw")
        assert all(text in page for text in ("external", "+31 6 1234 5678", "Harbour"))
        (stored,) = perform(admin_visit, "contacts.page")
        assert [each.name for each in stored.services] == ["Harbour"]
        await person.press("enter", sees="Change a contact")
        await person.press("end")
        await typed(person.pilot, "er")
        await person.press("ctrl+s", sees="Bas Bouwer", misses="Change a contact")
        await person.press("x", sees="Remove Bas Bouwer?")
        await person.press("escape", sees="Bas Bouwer", misses="Remove Bas")
        await person.press("x", "enter", sees="No contacts yet")


@pytest.mark.capability("MD-23")
async def test_a_notice_is_switched_off_and_what_always_comes_says_so(
    admin_visit: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("2", sees="Customer since")
        await person.press("o", sees="Usage and limits")
        await person.press("home", "down", "enter")
        for _turn in range(40):
            await person.pilot.pause(0.05)
            found = {each.topic: each.wanted for each in perform(admin_visit, "mailings.page")}
            if not found["usage"]:
                break
        assert found == {**found, "usage": False, "maintenance": True, "news": False}
        await person.press("end", "enter", sees="cannot be switched off")
        page = person.screen
        assert page.index("newsletter") > page.index("notice")


@pytest.mark.capability("BX-02")
async def test_the_search_opens_a_contact(admin_visit: Visit, tmp_path: Path) -> None:
    perform(admin_visit, "contacts.add", name="Anton Eerste", everything=True)
    perform(admin_visit, "contacts.add", name="Zita Zoekmaar", everything=True)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("ctrl+k", sees="Search and commands")
        await typed(person.pilot, "zoekm")
        await person.wait("Zita")
        await person.press("enter", sees="› Zita Zoekmaar", misses="Search and commands")
