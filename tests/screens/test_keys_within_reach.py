"""Whatever a person can press or choose in the search leads to nothing that their role is refused.

Each role opens each area at 80x24 and does everything that is offered there: keys that work, and commands
of the search, which are the same. What is forbidden is not offered, or says why; so no refusal for want of
a right may stand in the log afterwards.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
from textual.pilot import Pilot

from app.clock import FixedClock
from app.content import Content
from app.operations.core import Visit
from app.portal import Portal
from app.screens.finder import commands_of
from app.screens.shell import AREAS, Shell
from app.store import Store
from app.widgets.base_app import ScreenGone
from tests.operations.role_oracle import ROLES, Cast, Who
from tests.operations.three_customers import NOON, World, build
from tests.screens.harness import opened, settled

LEAVES: Final = (
    "quit_portal",
    "sign_out",
    "find",
    "help",
    "home",
    "jump",
    "area(",
    "suspend",
    "command_palette",
)
"""What leads out of the area, or is proven with the shell."""
QUICK: Final = ("sub without areas",)
PEOPLE: Final = [who for who in ROLES if who.role not in ("visitor", "kiosk") and who.token is None]
STEPS_BACK: Final = 4


@pytest.fixture(scope="module")
def customers(
    template_database: Path, content: Content, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Three customers that nobody else uses."""
    path = tmp_path_factory.mktemp("keys") / "loket.db"
    shutil.copyfile(template_database, path)
    world = build(Store(f"sqlite:///{path}"), content, FixedClock(NOON))
    yield world
    world.store.close()


async def refused_in(visit: Visit, home: Path, area: str, *, deep: bool) -> list[str]:
    """What was refused of all that is offered in an area: key, and operation."""
    found: list[str] = []
    async with opened(visit, home) as (portal, pilot):
        assert isinstance(portal.screen, Shell)
        last = newest(visit)
        await portal.screen.open_area(area)
        await settled(pilot)
        found += refusals(visit, last, f"{area}: opening")
        for inside in (False, True) if deep else (False,):
            for action in await offered(portal, pilot, area, inside=inside):
                last = newest(visit)
                await do(portal, pilot, action)
                found += refusals(visit, last, f"{area}: {action}")
                await back(portal, pilot, area, inside=inside)
    return found


async def offered(portal: Portal, pilot: Pilot[Any], area: str, *, inside: bool) -> list[str]:
    """The actions that work here, by key or by the search."""
    await back(portal, pilot, area, inside=inside)
    screen = portal.screen
    keys = [each.binding.action for each in screen.active_bindings.values() if each.enabled]
    listed = [*keys, *commands_of(screen)]
    return [each for each in dict.fromkeys(listed) if not each.startswith(LEAVES) and "cursor" not in each]


async def do(portal: Portal, pilot: Pilot[Any], action: str) -> None:
    """Do it, and say yes to what it asks first."""
    for active in portal.screen.active_bindings.values():
        if active.binding.action == action and active.enabled:
            portal.call_later(portal.run_action, action, active.node)
            break
    await settled(pilot)
    if portal.screen.is_modal:
        await pilot.press("enter")
        await settled(pilot)


async def back(portal: Portal, pilot: Pilot[Any], area: str, *, inside: bool) -> None:
    """To the first page of an area, or into what its first row opens."""
    for _i in range(STEPS_BACK):
        if not portal.screen.is_modal:
            break
        await pilot.press("escape")
        await settled(pilot)
    while portal.screen.is_modal:
        portal.pop_screen()
        await settled(pilot)
    shell = portal.screen
    assert isinstance(shell, Shell), shell
    with suppress(ScreenGone):
        await shell.open_area(area)
    with suppress(ScreenGone):  # what was done may have taken the page away
        await shell.areas[area].go_home()
    await settled(pilot)
    if inside:
        await pilot.press("enter")
        await settled(pilot)


def newest(visit: Visit) -> int:
    row = visit.store.row("SELECT coalesce(max(seq), 0) FROM audit")
    return int(row[0]) if row else 0


def refusals(visit: Visit, last: int, where: str) -> list[str]:
    rows = visit.store.rows(
        "SELECT operation FROM audit WHERE seq > :last AND outcome = 'refused' ORDER BY seq", last=last
    )
    return [f"{where} -> {name}" for (name,) in rows]


def people() -> list[Any]:
    """The quick ones, and the others for the long run."""
    return [
        pytest.param(who, id=who.name, marks=() if who.name in QUICK else pytest.mark.long) for who in PEOPLE
    ]


@pytest.mark.parametrize("who", people())
async def test_no_key_leads_to_a_refusal(customers: World, who: Who, tmp_path: Path) -> None:
    visit = Cast(customers).visit(who)
    visit.areas = who.areas  # as signing in reads them
    found = []
    for area in AREAS:
        found += await refused_in(visit, tmp_path, area, deep=who.name not in QUICK)
    assert not found, "\n" + "\n".join(found)
