"""Somebody who is new is led through a task: at the first sign-in, by keys alone, in a small window."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path
from sqlite3 import connect

import pytest

from app.tours.task_list import TaskList
from tests.in_each import AT_EACH
from tests.journeys.conftest import sign_in
from tests.screens.my_products.steps import Person
from tests.tours.guiding import at_step, until


@pytest.mark.capability("HB-01", "HB-03", "HB-05")
@pytest.mark.parametrize("size", AT_EACH)
async def test_the_cost_limit_of_a_line_is_changed_by_who_never_did_it(
    demo_portal: Callable[..., AbstractAsyncContextManager[Person]], demo_home: Path, size: tuple[int, int]
) -> None:
    async with demo_portal(size) as person:
        assert "F1 Need help" in person.screen
        shown = await sign_in(person, "admin", sees="Shared data")
        assert "? Need help" in shown.splitlines()[-1]

        await person.press("f1", sees="What do you want to do?")
        await until(person, lambda: getattr(person.portal.screen, "tasks", None))
        assert isinstance(person.portal.screen, TaskList)
        await person.press(
            *"cost", "space", *"limit", "space", *"change", sees="Change the cost limit of a line"
        )
        await person.press("enter", sees="This task goes on in My Products: press 3.")
        await person.press("3")
        await at_step(person, "line")
        await person.press("down", "enter")
        await at_step(person, "tab")
        await person.press("f1", sees="»")
        await person.press("l")
        await at_step(person, "limit")

        await person.press("escape", misses="3/4")
        assert person.portal.guide is None
        await person.press("f1", sees="go on")
        await person.press(*"cost", "space", *"limit", "space", *"change", "enter")
        await at_step(person, "limit")
        await person.press("enter")
        await at_step(person, "amount")
        await person.press("down", "enter")
        await until(person, lambda: person.portal.guide is None)
        await person.portal.desk.run(lambda: None)
    with closing(connect(demo_home / "loket.db")) as database:
        rows = database.execute("SELECT tour, state FROM tour_run").fetchall()
    assert rows == [("limit-lower", "finished")]
