"""Show me presses the real keys, and leaves what counts to the person."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.events import Key
from textual.message import Message

from app.operations.core import Visit, perform
from tests.factories import Factory
from tests.screens.my_products.steps import PLAN, at_the_keyboard
from tests.tours.guiding import at_step, begin, until


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
async def test_the_keys_are_pressed_up_to_what_counts(
    factory: Factory, admin_visit: Visit, tmp_path: Path, size: tuple[int, int]
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, limit_cents=5000)
    async with at_the_keyboard(admin_visit, tmp_path, size) as person:
        guide = await begin(person, "limit-lower")
        person.portal.helper().show(guide, pace=0)
        await at_step(person, "amount")
        await until(person, lambda: "From here it is real" in guide.note)
        assert perform(admin_visit, "lines.get", line_id=line).limit_cents == 5000
        await person.press("down", "enter")
        await until(person, lambda: person.portal.guide is None)
    assert perform(admin_visit, "lines.get", line_id=line).limit_cents == 10000


async def test_any_key_stops_it_and_f2_goes_on(factory: Factory, admin_visit: Visit, tmp_path: Path) -> None:
    factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, limit_cents=5000)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        guide = await begin(person, "limit-lower")
        await person.press("3")
        await at_step(person, "line")
        await person.press("f2", sees="Watch")
        await person.press("x", sees="Stopped. F2 goes on.", misses="Watch")
        assert guide.step is not None
        assert guide.step.id == "line"
        person.portal.helper().show(guide, pace=0)
        await at_step(person, "amount")


async def test_its_keys_are_its_own_however_long_they_wait_for_others(
    factory: Factory, admin_visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, limit_cents=5000)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        guide = await begin(person, "limit-lower")
        pass_on = person.portal.post_message

        def late(message: Message) -> bool:
            if isinstance(message, Key):
                asyncio.get_running_loop().call_later(0.2, pass_on, message)
                return True
            return pass_on(message)

        monkeypatch.setattr(person.portal, "post_message", late)
        person.portal.helper().show(guide, pace=0)
        await until(person, lambda: "From here it is real" in guide.note)
