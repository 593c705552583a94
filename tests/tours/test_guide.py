"""A tour on the live screen: its steps end on what is true, and nothing is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.core import Visit, perform
from tests.factories import Factory
from tests.screens.my_products.steps import PLAN, at_the_keyboard
from tests.tours.guiding import at_step, begin, until


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
async def test_the_cost_limit_is_changed_step_by_step(
    factory: Factory, admin_visit: Visit, tmp_path: Path, size: tuple[int, int]
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, limit_cents=5000)
    async with at_the_keyboard(admin_visit, tmp_path, size) as person:
        guide = await begin(person, "limit-lower")
        await person.wait("press 3")
        await person.press("3")
        await at_step(person, "line")
        await person.press("enter")
        await at_step(person, "tab")
        await person.press("f1")
        assert guide.step is not None
        assert guide.step.id == "tab"
        assert guide.coach
        await person.press("l")
        await at_step(person, "limit")
        await person.press("enter")
        await at_step(person, "amount")
        await person.press("down", "enter")
        await until(person, lambda: person.portal.guide is None)
        assert "✓ Done" in [note.title for note in person.portal._notifications]
    assert perform(admin_visit, "lines.get", line_id=line).limit_cents == 10000


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
async def test_the_task_is_chosen_in_the_list_that_f1_opens(
    factory: Factory, admin_visit: Visit, tmp_path: Path, size: tuple[int, int]
) -> None:
    factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, limit_cents=5000)
    async with at_the_keyboard(admin_visit, tmp_path, size) as person:
        await person.press("3", sees="1 line")
        await person.press("f1", sees="On this screen")
        await person.press(*"cost", misses="newsletters")
        await person.press("enter")
        await at_step(person, "line")
        await person.press("escape", misses="1/4")
        assert person.portal.guide is None
        assert "1 line" in person.screen
