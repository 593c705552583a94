"""The list of tasks: what is near comes first, what cannot be done says why, what was begun goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import OptionList

from app.operations.core import Visit
from app.screens.key_reference import KeyReference
from app.screens.my_data.contact_form import ContactForm
from app.tours.task_list import TaskList
from tests.factories import Factory
from tests.screens.harness import SMALL, make_portal, prepared
from tests.screens.my_products.steps import PLAN, Person, at_the_keyboard
from tests.tours.guiding import at_step, begin, contact_tour, tour, until


def only(person: Person, *ids: str) -> None:
    """Leave just these tours."""
    content = person.portal.desk.content
    assert content is not None
    content.tours.tours = {id: content.tours.tours[id] for id in ids}
    content.tours.reload = lambda: False  # type: ignore[method-assign]


def first_hit(person: Person) -> str | None:
    """What the search would open."""
    return person.portal.screen.query_one("#finder-list", OptionList).get_option_at_index(0).id


@pytest.mark.capability("HB-02")
async def test_tasks_of_this_screen_come_first(factory: Factory, admin_visit: Visit, tmp_path: Path) -> None:
    factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN)
    async with at_the_keyboard(admin_visit, tmp_path, (100, 40)) as person:
        only(person, "limit-lower", "mailings")
        await person.press("3", sees="Lotte")
        listed = await person.press("question_mark", sees="On this screen")
        mine, others = listed.index("Change the cost limit of a line"), listed.index("Switch newsletters")
        assert listed.index("On this screen") < mine < others
        await person.press(*"newsl", misses="cost limit")
        await person.press("escape", misses="Need help\n")
        assert not isinstance(person.portal.screen, TaskList)


@pytest.mark.capability("HB-02")
async def test_what_cannot_be_done_says_why_and_who_can(
    factory: Factory, user_visit: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(user_visit, tmp_path, (100, 40)) as person:
        only(person, "limit-lower")
        await person.press("f1", sees="Change the cost limit of a line")
        assert "administrator" in await person.wait("○ Change the cost limit")
        await person.press(*"cost", "enter")
        assert any("administrator" in note.message for note in person.portal._notifications)
        assert person.portal.guide is None


async def test_the_keys_of_the_screen_are_one_key_further(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        for again in ("f1", "question_mark"):
            await person.press("f1", again, sees="Keys on this screen")
            await until(person, lambda: isinstance(person.portal.screen, KeyReference))
            await person.press("escape", misses="Keys on this screen")


async def test_what_was_begun_goes_on_where_it_was_left_at_another_terminal_too(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await begin(person, "limit-lower")
        await person.press("3")
        await at_step(person, "line")
        await person.press("enter")
        await at_step(person, "tab")
        await person.press("escape")
        await person.portal.desk.run(lambda: None)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("3", sees="Lotte")
        await person.press("enter", sees="Overview")
        only(person, "limit-lower", "mailings")
        await person.press("f1", sees="… Change the cost limit of a line  go on")
        await person.press(*"cost", "enter")
        await at_step(person, "tab")
    runs = admin_visit.rows("SELECT tour, state FROM tour_run")
    assert [run[0] for run in runs] == ["limit-lower"]


async def test_f1_on_a_field_says_what_a_tour_says_of_it(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await begin(person, contact_tour())
        only(person, "made-here")
        await person.press("escape")
        await person.press("2", sees="Customer number")
        await person.press("c", sees="New contact")
        await person.press("n", sees="Telephone")
        await until(person, lambda: isinstance(person.portal.screen, ContactForm))
        await person.press("f1", sees="Step name.")
        await person.press("A", sees="Step name.")
        await person.press("f1", sees="What do you want to do?", misses="Step name.")
        await person.press("escape", misses="What do you want to do?")
        assert isinstance(person.portal.screen, ContactForm)
        await person.press("f1", sees="Step name.")
        await person.press("tab", misses="Step name.")
        await person.press("shift+tab", "f1", sees="Step name.")
        await person.press("escape", misses="Step name.")
        assert isinstance(person.portal.screen, ContactForm)


async def test_a_visitor_finds_help_before_signing_in(admin_visit: Visit, tmp_path: Path) -> None:
    portal = make_portal(admin_visit.store, admin_visit.clock, tmp_path)
    async with portal.run_test(size=SMALL) as pilot:
        person = Person(portal, pilot)
        await prepared(pilot)
        assert "F1 Need help" in person.screen
        await person.press("f1", sees="What do you want to do?")
        await person.press("escape", misses="What do you want to do?")
        await pilot.click("#help-mark")
        await person.wait("What do you want to do?")


async def test_a_task_is_found_by_its_title_and_by_its_name(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("3", sees="Lotte")
        await person.press("ctrl+k", sees="Search and commands")
        await person.press(*"cost", "space", *"limit", sees="Show me how    ")
        assert "limit-lower" in person.screen, "the name that opens it is said too"
        await person.press(*["backspace"] * 10, *"limit", "minus", *"lower")
        await until(person, lambda: first_hit(person) == "task-limit-lower@")
        await person.press("enter")
        await at_step(person, "line")
        await person.press("enter")
        await at_step(person, "tab")
        await person.press("escape")
        await person.press("ctrl+k", sees="Search and commands")
        typed = [{"-": "minus", "@": "at"}.get(letter, letter) for letter in "limit-lower@tab"]
        await person.press(*typed, sees="· tab")
        await person.press("enter")
        await at_step(person, "tab")


@pytest.mark.capability("SU-13")
async def test_support_lists_what_can_be_learnt_and_what_is(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN)
    async with at_the_keyboard(admin_visit, tmp_path, (100, 40)) as person:
        only(person, "limit-lower", "mailings")
        await person.press("6", sees="Learn step by step · 0 of")
        await person.press("t")
        await person.press("end", "home", "enter")
        guide = await until(person, lambda: person.portal.guide)
        guide.leave("finished")
        await person.press("1", "6", sees="Learn step by step · 1 of")
        await person.wait("✓")


async def test_a_tour_of_no_steps_for_this_person_does_not_start(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        host = person.portal.helper()
        content = person.portal.desk.content
        assert content is not None
        assert not await host.start("no-such-tour")
        content.tours.tours = {**content.tours.tours, "made-here": tour()}
        assert not await host.start("made-here")
        assert person.portal.guide is None
