"""Tours of the helpdesk: what a caller says wrong does not end a step, and a step is named by its number."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App, ComposeResult

from app.content.tours import Done
from app.operations.core import Visit
from app.operations.core.passwords import hash_password
from app.screens.dashboard.gauges import Gauge, Gauges
from app.tours.host import index_of
from app.tours.targets import cursor_row, row_place
from tests.factories import Factory
from tests.screens.my_products.steps import at_the_keyboard
from tests.tours.guiding import at_step, begin, step, until


class Alerts(App[None]):
    """A box whose lines open different things."""

    def compose(self) -> ComposeResult:
        yield Gauges("For the helpdesk", "Nothing")

    def on_mount(self) -> None:
        opens = [("dashboard", None), *(("dashboard", (kind, 5)) for kind in ("cases", "alert", "alert"))]
        self.query_one(Gauges).show([Gauge(str(each), 0, -1, "", each) for each in opens])


@pytest.mark.parametrize(
    "row, place", [("first", 0), ("0", 0), ("cases", 1), ("alert", 2), ("suspense", None)]
)
async def test_a_line_of_a_box_is_named_by_what_it_opens(row: str, place: int | None) -> None:
    app = Alerts()
    async with app.run_test() as pilot:
        await pilot.pause()
        box = app.query_one(Gauges)
        assert row_place(box, row) == place
        await pilot.press("down", "down")
        assert cursor_row(box) == "alert"
        box.show(())
        assert cursor_row(box) == ""


@pytest.mark.parametrize(
    "at, index", [("", 0), ("one", 0), ("two", 1), ("1", 0), ("2", 1), ("3", 0), ("0", 0)]
)
def test_a_step_is_said_by_name_or_number(at: str, index: int) -> None:
    steps = [step(id, "dashboard", "#foot", Done(read=True)) for id in ("one", "two")]
    assert index_of(steps, at) == index


async def test_a_wrong_answer_of_a_caller_does_not_end_the_step(
    factory: Factory, agent_visit: Visit, tmp_path: Path
) -> None:
    account = factory.account("Duinrand", telephone_hash=hash_password("zilvermeeuw"))
    factory.login(account, "holder", name="Hanna Holder")
    async with at_the_keyboard(agent_visit, tmp_path) as person:
        await person.wait("Duinrand")
        await begin(person, "caller-verify", at="customer")
        await at_step(person, "customer")
        await person.press("enter")
        await at_step(person, "who")
        await person.press("f1")
        await at_step(person, "reason")
        await person.press(*"bill", "enter")
        await at_step(person, "password")
        await person.press(*"Zeemeeuw", "enter")
        await at_step(person, "verify")
        await person.press("enter", sees="No match.")
        assert person.portal.guide is not None
        assert person.portal.guide.step is not None
        assert person.portal.guide.step.id in ("password", "verify")
        await until(person, lambda: person.portal.screen.focused is not None)
        person.portal.screen.query_one("#field-said Input").focus()
        await person.press(*"Zilvermeeuw", "enter", misses="Who is calling?")
        await at_step(person, "banner")
