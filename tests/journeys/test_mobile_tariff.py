"""From a price that is about to be accepted to the sheet it comes from, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.core import Visit, perform
from tests.factories import Factory
from tests.screens.harness import LARGE
from tests.screens.my_products.steps import PLAN, at_the_keyboard


@pytest.mark.capability("IN-03")
async def test_the_valid_sheet_is_one_key_from_a_price(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, bundles=1)
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await person.open_line("Lot")
        await person.press("b", sees="Rest of world")
        await person.press("down", "enter", sees="Enable Countries B")
        await person.press("t", sees="country classification")
        assert "valid from 1 Jul 2026" in await person.wait("valid from")
        assert "7.5 GB for €25.00" in person.screen
        await person.press("pagedown", sees="United Kingdom")
        await person.press("escape", sees="Enable Countries B", misses="country classification")
        await person.press("escape", misses="Enable Countries B")
    assert perform(admin_visit, "lines.get", line_id=line).bundles == ("a",)
