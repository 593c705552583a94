"""What others change shows by itself, and nothing is painted when nothing changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.operations.core import Visit, perform
from app.widgets.line_table import LineTable
from app.widgets.painted import Painted
from tests.factories import GB, NOVEMBER, Factory
from tests.screens.my_products.steps import PLAN, at_the_keyboard


@pytest.mark.capability("BX-52")
async def test_a_change_made_elsewhere_shows_and_the_cursor_stays(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    account = admin_visit.account_id or 0
    lines = [factory.line(account, plan=PLAN, person=f"Person {letter}") for letter in "ABCDE"]
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("3", sees="5 lines")
        await person.press("down", "down")
        perform(admin_visit, "limits.set", line_id=lines[4], limit_cents=500000)
        page = await person.wait("€5,000")
        row = next(text for text in page.splitlines() if "›" in text)
        assert "Person C" in row
        factory.line(account, plan=PLAN, person="Newcomer", number="+31600000000")
        page = await person.wait("6 lines")
        row = next(text for text in page.splitlines() if "›" in text)
        assert "Person C" in row, "a row above the cursor moves it along"


@pytest.mark.capability("BX-52")
async def test_the_page_of_a_line_follows_usage(factory: Factory, admin_visit: Visit, tmp_path: Path) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        await person.wait("0 / 6 GB")
        factory.usage(line, "data", 3 * GB, NOVEMBER)
        await person.wait("3 / 6 GB")
        await person.press("u", sees="1 record")
        factory.usage(line, "data", GB, NOVEMBER + 60)
        await person.wait("2 records")


async def test_nothing_is_painted_when_nothing_changed(
    factory: Factory, admin_visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, bundles=1)
    factory.usage(line, "data", GB, NOVEMBER + 60, place="US")
    painted: list[Any] = []
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        await person.wait("Forecast")
        for key in "olbfumi":
            await person.press(key)
            await person.wait("Voice & Data")
            for kind in (LineTable, Painted):
                real = kind.refresh
                monkeypatch.setattr(
                    kind,
                    "refresh",
                    lambda self, *args, _real=real, **options: (
                        painted.append(self),
                        _real(self, *args, **options),
                    )[1],
                )
            await person.pilot.pause(0.1)
            painted.clear()
            await person.area.refresh_data()
            await person.pilot.pause()
            assert not painted, key
            monkeypatch.undo()
