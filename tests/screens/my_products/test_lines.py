"""The list of lines: filter, groups, export, what an employee sees, other sections."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.operations.core import Visit
from tests.factories import GB, NOVEMBER, Factory
from tests.screens.harness import LARGE
from tests.screens.my_products.steps import PLAN, at_the_keyboard


async def test_a_filter_shows_at_once_what_fits(factory: Factory, admin_visit: Visit, tmp_path: Path) -> None:
    account = admin_visit.account_id or 0
    for name in ("Lotte", "Bram", "Anna Lotte"):
        factory.line(account, person=name, plan=PLAN)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("3", sees="3 lines")
        page = await person.press("slash", *"lot", sees="2 lines · filter “lot”")
        assert "Bram" not in page
        await person.press("x", sees="Nothing matches “lotx”. Press / to change the filter.")
        await person.press("backspace", sees="2 lines")
        await person.press("enter", "escape", sees="3 lines")


@pytest.mark.capability("RL-01", "RL-02")
async def test_groups_show_their_pools_and_open_into_lines(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    account = admin_visit.account_id or 0
    group = factory.group(account, "Planning")
    lines = [
        factory.line(account, group_id=group, data_bundle="2", plan=PLAN, kind=kind)
        for kind in ("voice_data", "voice_data", "voice_data", "data_only", "data_only")
    ]
    factory.usage(lines[0], "data", 4 * GB, NOVEMBER + 60)
    factory.line(account, person="Alone", plan=PLAN)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("3", sees="6 lines")
        page = await person.press("b", sees="1 group")
        row = next(text for text in page.splitlines() if "Planning" in text)
        assert "4 / 10 GB" in row
        assert "40%" in row
        await person.wait("Forecast  At this pace nothing runs out before the month ends.")
        page = await person.press("enter", sees="Planning · 5 lines")
        assert "Alone" not in page
        await person.press("escape", sees="1 group")
        await person.press("escape", sees="6 lines")


def exports(visit: Visit) -> list[Path]:
    """The files that were written."""
    return list(Path(visit.store.folder, "exports").rglob("*.csv"))


@pytest.mark.capability("BX-40")
async def test_the_list_is_exported_and_no_cell_is_a_formula(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    factory.line(admin_visit.account_id or 0, person="=1+1", plan=PLAN)
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await person.press("3", sees="1 line")
        await person.press("e", sees="for a spreadsheet")
        await person.press("enter", misses="for a spreadsheet")
        while not exports(admin_visit):
            await person.pilot.pause(0.02)
    (path,) = exports(admin_visit)
    row = next(csv.DictReader(path.open(encoding="utf-8")))
    assert row["person"] == "'=1+1"


@pytest.mark.capability("DB-12")
async def test_an_employee_sees_only_the_own_line_and_manages_nothing(
    factory: Factory, user_visit: Visit, tmp_path: Path
) -> None:
    factory.line(user_visit.account_id or 0, person="Somebody Else", plan=PLAN)
    async with at_the_keyboard(user_visit, tmp_path, LARGE) as person:
        page = await person.press("3", sees="Emma Employee")
        page = await person.wait("Overview")
        assert "What if" not in page
        await person.press("l", sees="Hard limit")
        page = await person.press("enter", sees="Only an administrator of your account can change this.")
        assert "Choose" not in page
        await person.press("escape", sees="1 line")
        assert "Somebody Else" not in person.screen
        assert "New line" not in person.screen
        await person.press("n")
        assert "Order a new line" not in person.screen


async def test_other_sections_say_what_is_true(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("3", sees="No lines yet. Press n to order the first one.")
        await person.press("greater_than_sign", sees="There is no web hosting and no domain on this account.")
        page = await person.press("greater_than_sign", sees="There are no servers on this account.")
        assert "ask Noordkade Telecom" in page
        await person.press("greater_than_sign", sees="There are no other products")
        await person.press("less_than_sign", "less_than_sign", "less_than_sign", sees="No lines yet.")


async def test_hostile_text_stays_text(factory: Factory, admin_visit: Visit, tmp_path: Path) -> None:
    factory.line(
        admin_visit.account_id or 0,
        person="[@click=app.exit]x[/]\x1b[31m",
        department="[bold]\u202e",
        plan=PLAN,
    )
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        page = await person.press("3", sees="1 line")
        assert "[@click=app.exit]x" in page
        page = await person.press("enter", sees="Overview")
        assert "[@click=app.exit]x[/]␛[31m · [bold]⇄" in page


async def test_by_mouse(factory: Factory, admin_visit: Visit, tmp_path: Path) -> None:
    factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("3", sees="1 line")
        await person.pilot.click("#lines-table", offset=(5, 1), times=2)
        await person.wait("Overview")
        await person.pilot.click("#line-tabs", offset=(12, 0))
        await person.wait("Hard limit")
        await person.pilot.click("LimitsPanel .settings", offset=(5, 2))
        await person.pilot.click("LimitsPanel .settings", offset=(5, 2))
        await person.wait("cannot lift it")
        await person.pilot.click("#product-sections", offset=(2, 0))
        await person.wait("1 line")


async def test_staff_without_a_customer_are_told_to_open_one(factory: Factory, tmp_path: Path) -> None:
    factory.line(factory.account())
    async with at_the_keyboard(factory.visit("supervisor"), tmp_path) as person:
        await person.press("3", sees="Open a customer's account first")
        await person.press("b", "n", "3", sees="Open a customer's account first")
