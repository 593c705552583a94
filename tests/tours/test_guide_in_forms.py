"""A tour through a form: the coach speaks, nobody is sent on within a word, nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

from app.operations.core import Visit, perform
from app.screens.my_data.contact_form import ContactForm
from app.widgets.form_field import FormField
from tests.screens.my_products.steps import Person, at_the_keyboard
from tests.tours.guiding import at_step, begin, contact_tour, until


def value(person: Person, name: str) -> str:
    """What stands in a field of the form."""
    return person.portal.screen.query_one(f"#field-{name}", FormField).value


async def in_the_form(person: Person) -> None:
    """To the first field."""
    await begin(person, contact_tour())
    await person.press("2")
    await at_step(person, "tab")
    await person.press("c")
    await at_step(person, "new")
    await person.press("n")
    await at_step(person, "name")


async def test_a_form_is_filled_in_and_saved(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await in_the_form(person)
        guide = person.portal.guide
        assert guide is not None
        await person.press("f1", sees="Fill this in.")
        assert guide.step is not None
        assert guide.step.id == "name"
        await person.press("A", misses="» Fill this in.")
        await person.wait("3/6")
        await person.press(*"nna", "enter")
        await at_step(person, "kind")
        assert isinstance(person.portal.screen, ContactForm)
        await person.press("right", sees="A technician may not order.")
        await person.press("left", misses="A technician may not order.")
        await person.press("f1")  # the value that it came with may stay
        await at_step(person, "email")
        await person.press(*"anna@nowhere", "f1", sees="email")
        assert guide.step.id == "email"
        assert guide.coach
        await person.press(*".nl", "enter")
        await at_step(person, "save")
        await person.press("enter")
        await until(person, lambda: person.portal.guide is None)
    assert [row.name for row in perform(admin_visit, "contacts.page")] == ["Anna"]


async def test_back_and_leave_keep_what_is_typed(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await in_the_form(person)
        await person.press(*"Anna", "enter")
        await at_step(person, "kind")
        await person.press("shift+f1")
        await at_step(person, "name")
        assert value(person, "name") == "Anna"
        await person.press("f1")
        await at_step(person, "kind")
        await person.press("alt+p")
        await at_step(person, "name")
        await person.press("escape", misses="3/6")
        assert person.portal.guide is None
        assert value(person, "name") == "Anna"
        await begin(person, "made-here", "name")
        await at_step(person, "kind")


async def test_a_closed_form_leads_back_to_where_it_is_opened(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await in_the_form(person)
        person.portal.screen.dismiss(None)
        await at_step(person, "new")
        await person.press("n")
        await at_step(person, "name")


async def test_who_wanders_off_is_shown_the_way_back(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await begin(person, contact_tour())
        await person.press("2")
        await at_step(person, "tab")
        await person.press("6", sees="This task goes on in My Data: press 2.")
        await person.press("2")
        await at_step(person, "tab")
        await person.press("c")
        await at_step(person, "new")
        await person.press("l")
        await at_step(person, "tab")


async def test_who_is_quicker_is_followed(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await in_the_form(person)
        await person.press(*"Anna", "ctrl+s")
        await until(person, lambda: person.portal.guide is None)
    assert [row.name for row in perform(admin_visit, "contacts.page")] == ["Anna"]
