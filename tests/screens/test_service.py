"""The service selector: what is worked on, at the top right."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.core import Visit
from app.screens.shell import Shell
from app.screens.top import TopLine
from tests.factories import Factory
from tests.screens.harness import LARGE, opened, settled, shown


def people(factory: Factory, account_id: int, group: str, *names: str) -> int:
    found = factory.group(account_id, group)
    for name in names:
        factory.line(account_id, person=name, group_id=found)
    return found


@pytest.mark.capability("DB-04")
async def test_a_selected_service_narrows_every_panel(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    account = admin_visit.account_id or 0
    people(factory, account, "Drivers", "Dirk Driver", "Dora Driver")
    people(factory, account, "Office", "Olga Office")
    async with opened(admin_visit, tmp_path, LARGE) as (portal, pilot):
        assert "All services" in shown(portal).splitlines()[0]
        assert "Office · 6 GB" in shown(portal)
        await pilot.press("ctrl+g")
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert isinstance(portal.screen, Shell)
        screen = shown(portal)
        assert "Drivers" in screen.splitlines()[0]
        assert "Drivers · 6 GB" in screen
        assert "Office · 6 GB" not in screen
        await pilot.press("3")
        await settled(pilot)
        assert "Dirk Driver" in shown(portal)
        assert "Olga Office" not in shown(portal)
        await pilot.press("ctrl+g")
        await settled(pilot)
        await pilot.press("up", "enter")
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        assert "Olga Office" in shown(portal)


@pytest.mark.capability("DB-04")
async def test_the_only_service_is_selected_already(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    people(factory, admin_visit.account_id or 0, "Drivers", "Dirk Driver")
    async with opened(admin_visit, tmp_path) as (portal, _pilot):
        assert "Drivers" in shown(portal).splitlines()[0]
        assert portal.screen.query_one(TopLine)
