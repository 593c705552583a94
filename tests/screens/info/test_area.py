"""Tariffs and countries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.operations.core import Visit
from tests.factories import Factory
from tests.screens.harness import LARGE
from tests.screens.my_products.steps import PLAN, at_the_keyboard


@pytest.mark.capability("IN-04")
async def test_a_country_shows_its_class_its_rates_and_what_covers_it(
    admin_visit: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        sheet = await person.press("4", sees="Usage costs and country classification")
        assert "Countries A" in sheet
        assert "€0.25 per MB" in sheet
        page = await person.press(*"swit", sees="Switzerland")
        page = await person.wait("Calls to Netherlands")
        assert "Countries A" in page
        assert "30 GB for €17.50" in page
        assert "SMS to" in page
        assert "valid from" in page
        japan = await person.press(*["backspace"] * 4, *"japan", sees="Countries B")
        assert "7.5 GB for €25.00" in await person.wait("7.5 GB")
        assert "Switzerland" not in japan


async def test_countries_are_found_by_calling_code_and_in_any_language(
    admin_visit: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await person.press("4", sees="Usage costs")
        await person.press("plus", "4", "1", sees="Switzerland")
        await person.press(*["backspace"] * 3, *"zwits", sees="Switzerland")
        await person.press(*["backspace"] * 5, *"zzz", sees="No country fits")
        await person.press(*["backspace"] * 3, sees="Usage costs")


async def test_the_sheet_comes_back_by_its_key(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("4", *"japan", sees="Being called")
        await person.press("enter", "t", sees="Usage costs", misses="Being called")


async def test_a_change_elsewhere_leaves_the_sheet_where_it_is(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("4", *"japan", sees="Being called")
        await person.press("enter", "t", sees="Usage costs", misses="Being called")
        await person.pilot.app.screen.areas["info"].refresh_data()  # type: ignore[attr-defined]
        await person.wait(sees="Usage costs", misses="Being called")


async def test_an_employee_is_told_whether_the_own_line_is_covered(
    factory: Factory, user_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    line = factory.line(account_id, person="Emma", plan=PLAN, bundles=1)
    with user_visit.store.transaction() as tx:
        tx.execute("UPDATE login SET line_id = :line WHERE id = :login", line=line, login=user_visit.login_id)
    visit = replace(user_visit, own_line_id=line)
    async with at_the_keyboard(visit, tmp_path, LARGE) as person:
        page = await person.press("4", *"switzerland", sees="Your line")
        assert "✓ on" in page
