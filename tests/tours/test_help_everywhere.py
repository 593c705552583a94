"""Help from anywhere: over dialogs, with own keys, by mouse, where there is no task, at a sign-out."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.commands import commands
from app.keymap import load_keymap
from app.operations.core import Visit
from app.screens.my_data.contact_form import ContactForm
from app.screens.sign_in.screen import SignInScreen
from app.widgets.balloon import Balloon
from tests.factories import Factory
from tests.screens.my_products.steps import PLAN, Person, at_the_keyboard
from tests.tours.guiding import at_step, begin, contact_tour, until


async def click_key(person: Person, title: str) -> None:
    """Click a key at the foot of the balloon."""
    balloon = person.portal.screen.query_one(Balloon)
    assert balloon.drawn is not None
    rows = person.screen.splitlines()
    box = balloon.drawn.box
    y = next(y for y in range(box.y, box.bottom) if title in rows[y][box.x : box.right])
    x = rows[y].index(title, box.x)
    assert await person.pilot.click(offset=(x + 1, y))


async def test_the_keys_in_the_balloon_can_be_clicked(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await begin(person, contact_tour())
        await person.press("2")
        await at_step(person, "tab")
        await click_key(person, "Next")
        await person.wait("Not done yet.")
        await click_key(person, "Stop")
        await until(person, lambda: person.portal.guide is None)


async def test_ones_own_keys_lead_on_and_stand_in_the_balloon(admin_visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('[keys]\n"tour.next" = "ctrl+n"\n"tour.leave" = "f12"\n"my_data.contacts" = "w"\n')
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        person.portal.use_own_keys()
        await begin(person, contact_tour())
        await person.press("2")
        shown = await at_step(person, "tab")
        assert "^N Next" in shown
        assert "F12 Stop" in shown
        await person.press("ctrl+n", sees="Not done yet.")
        await person.press("w")
        await at_step(person, "new")
        await person.press("f12")
        await until(person, lambda: person.portal.guide is None)


def test_the_keys_of_a_tour_are_commands_and_may_stay_where_they_are(tmp_path: Path) -> None:
    known = commands()
    assert {"tour.next", "tour.back", "tour.leave", "tour.show_me"} <= set(known)
    file = tmp_path / "keys.toml"
    file.write_text('[keys]\n"tour.next" = "f1,ctrl+n"\n')
    assert load_keymap(file) == {"tour.next": "f1,ctrl+n"}


async def test_a_dialog_in_the_way_is_closed_first(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("2", sees="Customer number")
        await person.press("c", sees="New contact")
        await person.press("n", sees="Telephone")
        await until(person, lambda: isinstance(person.portal.screen, ContactForm))
        guide = await begin(person, "limit-lower")
        await person.wait("This task goes on behind this window.")
        await person.press("escape", misses="behind this window")
        assert person.portal.guide is guide
        await person.wait("This task goes on in My Products: press 3.")


@pytest.mark.capability("HB-04")
async def test_where_there_is_no_task_there_are_articles(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("3", sees="Lotte")
        await person.press("greater_than_sign", misses="Lotte")
        listed = await person.press("f1", sees="No tasks are shown here yet.")
        assert listed.index("No tasks are shown here yet.") < listed.index("Articles to read")
        await person.press("down", "enter", sees="Articles", misses="Articles to read")


async def test_signing_out_ends_the_tour(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await begin(person, contact_tour())
        await person.press("2")
        await at_step(person, "tab")
        await person.press("ctrl+l")
        await until(person, lambda: isinstance(person.portal.screen, SignInScreen))
        await until(person, lambda: person.portal.guide is None)
