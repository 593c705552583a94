"""An admin sets limits, bars and blocks of a line, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.core import Visit, perform
from tests.factories import DAY, NOVEMBER, Factory
from tests.screens.my_products.steps import PLAN, at_the_keyboard


@pytest.mark.capability("RL-27", "RL-34")
async def test_a_lower_limit_is_chosen_among_ten_and_waits_for_the_first(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, limit_cents=5000)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        await person.press("l", sees="Hard limit")
        choices = await person.press("enter", sees="Choose")
        ten = ("€10 ", "€30 ", "€50 ", "€100 ", "€150 ", "€200 ", "€500 ", "€1,000 ", "€2,000 ", "€5,000 ")
        assert all(amount in choices for amount in ten)
        assert "from the 1st of next month" in choices
        assert "at once" in choices
        page = await person.press("up", "enter", sees="€30 from 1 Dec")
        assert "€50" in page
    assert perform(admin_visit, "lines.get", line_id=line).limit_cents == 5000


@pytest.mark.capability("RL-34")
async def test_a_higher_limit_holds_at_once(factory: Factory, admin_visit: Visit, tmp_path: Path) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, limit_cents=5000)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        await person.press("l", sees="Hard limit")
        await person.press("enter", sees="Choose")
        await person.press("down", "enter", sees="€100 ", misses="Choose")
        await person.press("down", "enter", sees="the user cannot lift it")
    stored = perform(admin_visit, "lines.get", line_id=line)
    assert (stored.limit_cents, stored.hard_limit) == (10000, True)


@pytest.mark.capability("RL-47")
async def test_a_bar_is_confirmed_with_the_note_on_small_use(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        await person.press("l", sees="All use abroad")
        asked = await person.press("down", "down", "enter", sees="Bar this?")
        assert "A little data may still be used" in asked
        await person.press("enter", sees="barred", misses="Bar this?")
        assert perform(admin_visit, "lines.get", line_id=line).bars == ("premium",)
        await person.press("enter", misses="barred")
    assert perform(admin_visit, "lines.get", line_id=line).bars == ()


@pytest.mark.capability("RL-08", "RL-07")
async def test_the_block_of_a_0_gb_line_is_lifted(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, data_bundle="0")
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        page = await person.open_line("Lot")
        assert "Data off" in page
        assert "its data is blocked. Press a to lift it." in page
        question = await person.press("a", sees="Lift the block?")
        assert "€" in question, "what it then costs"
        await person.press("enter", sees="Active", misses="its data is blocked")
    assert perform(admin_visit, "lines.get", line_id=line).zero_lifted


@pytest.mark.capability("RL-29")
async def test_the_block_of_the_cost_limit_shows_and_is_lifted(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, limit_cents=1000, bundles=1)
    factory.usage(line, "data", 50_000_000, NOVEMBER + 3 * DAY, place="ZA")
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        page = await person.open_line("Lot")
        assert "The cost limit of €10.00 was reached" in page
        assert "Blocked" in page
        await person.press("a", sees="Lift the block?")
        await person.press("enter", misses="was reached")
    assert not perform(admin_visit, "lines.get", line_id=line).counters.blocked


@pytest.mark.capability("BX-08")
async def test_a_stale_change_shows_what_the_other_made_of_it(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, limit_cents=5000)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        await person.press("l", sees="Hard limit")
        await person.press("enter", sees="Choose")
        perform(admin_visit, "limits.set", line_id=line, limit_cents=10000)
        compared = await person.press("down", "down", "down", "enter", sees="Changed by somebody else")
        row = next(text for text in compared.splitlines() if "Cost limit" in text and "€200" in text)
        assert "€50" in row, "what it was"
        assert "€100" in row, "what the other made of it"
        await person.press("m", sees="€200 ", misses="Changed by somebody else")
