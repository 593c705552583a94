"""An admin orders a line and cancels one, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.core import Visit, perform
from tests.factories import Factory
from tests.screens.my_products.steps import PLAN, at_the_keyboard


@pytest.mark.capability("MP-29", "MP-32", "MP-34", "MP-45", "MP-46")
async def test_a_new_line_is_quoted_before_it_is_ordered(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("3", sees="Press n to order the first one.")
        form = await person.press("n", sees="Order a new line")
        assert "‹ Voice & Data ›  1/2" in form
        assert "‹ 6 GB ›  3/6" in form
        assert "‹ 24 months ›  3/3" in form
        assert "‹ SIM card ›  1/2" in form
        await person.press(*"Lotte", "tab", "tab", "tab", "right", sees="‹ 15 GB ›  4/6")
        await person.press("tab", "tab", "left", sees="‹ 12 months ›  2/3")
        await person.press("tab", "right", sees="‹ Countries A ›")
        quote = await person.press("ctrl+s", sees="Accept")
        assert "€4.50" in quote
        assert "€11.50" in quote
        assert "€16.00" in quote, "together a month"
        assert perform(admin_visit, "lines.count") == 0
        page = await person.press("enter", sees="Ordered")
        assert "Lotte" in page
    line = perform(admin_visit, "lines.page").rows[0]
    stored = perform(admin_visit, "lines.get", line_id=line.id)
    assert (stored.kind, stored.data_bundle, stored.bundles) == ("voice_data", "15", ("a",))
    assert stored.term_months == 12
    assert [sim.kind for sim in stored.sims] == ["physical"]


async def test_a_changed_order_is_not_left_without_asking(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("3", sees="Press n to order")
        await person.press("n", sees="Order a new line")
        await person.press("L", "escape", sees="Leave without saving?")
        await person.press("tab", "enter", sees="Order a new line", misses="Leave without saving?")
        await person.press("escape", sees="Leave without saving?")
        await person.press("enter", misses="Order a new line")


@pytest.mark.capability("MP-47")
async def test_after_the_term_a_line_is_cancelled_to_the_end_of_a_month(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, term_months=1)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        question = await person.press("x", sees="Cancel this line?")
        assert "30 Nov 2026" in question
        await person.press("enter", sees="ends 1 Dec 2026")
    assert perform(admin_visit, "orders.end_date", line_id=line).cancelled


@pytest.mark.capability("MP-48")
async def test_lines_of_a_group_show_their_common_end_date(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    account = admin_visit.account_id or 0
    group = factory.group(account, "Planning")
    factory.line(account, person="Lotte", plan=PLAN, group_id=group)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        page = await person.open_line("Lot")
        assert "common end date 1 Nov 2027" in page


@pytest.mark.capability("MP-35")
async def test_an_esim_is_ordered_once_the_device_is_confirmed(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("3", sees="Press n to order")
        await person.press("n", sees="Order a new line")
        await person.press(*"Tablet", *["tab"] * 7, "right", sees="‹ eSIM ›  2/2")
        await person.press("ctrl+s", sees="Does the device support eSIM?")
        await person.press("enter", sees="Accept")
        await person.press("enter", sees="Ordered")
    line = perform(admin_visit, "lines.page").rows[0]
    assert [sim.kind for sim in perform(admin_visit, "lines.get", line_id=line.id).sims] == ["esim"]
