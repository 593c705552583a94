"""Balloons over real screens, as they were last looked at and found good."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.geometry import Region
from textual.pilot import Pilot

from app.content.operator import read_operator
from app.i18n import set_language
from app.portal import Portal
from app.screens.sign_in.screen import SignedIn
from app.settings import read_settings
from app.tours.spotlight import Spotlight
from app.widgets.balloon_page import BalloonKey, BalloonText
from app.widgets.line_table import LineTable
from tests.journeys.conftest import AFTERNOON, PASSWORD
from tests.screens.harness import LARGE, SMALL, prepared, settled
from tests.screens.my_products.steps import Person

TEXT = BalloonText(
    "Set a cost limit",
    (("Choose the line that may cost less, then press ", ""), ("Enter", "key"), (".", "")),
    "2/5",
    keys=(
        BalloonKey("F1", "Next", "tour.next"),
        BalloonKey("⇧F1", "Back", "tour.back"),
        BalloonKey("F2", "Show me", "tour.show_me"),
        BalloonKey("Esc", "Leave", "tour.leave"),
    ),
)
COACHED = BalloonText(
    TEXT.title, "Type what you sign in with, then go on to the password.", "1/2",
    "Nothing has been filled in yet.", (), TEXT.keys,
)  # fmt: skip


@pytest.mark.parametrize("theme", ["dark", "light", "contrast", "ansi"])
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_a_row_of_a_list(demo_home: Path, snap_compare: Any, size: tuple[int, int], theme: str) -> None:
    portal = made(demo_home)

    async def walk(pilot: Pilot[Any]) -> None:
        person = Person(portal, pilot)
        await prepared(pilot)
        await portal.desk.sign_in("admin", PASSWORD)
        portal.post_message(SignedIn())
        await person.press(sees="Shared data")
        await person.press("3", sees="60 lines")
        portal.theme = theme
        await settled(pilot)
        table = portal.screen.query_one("#lines").query_one(LineTable)
        row = Region(0, 4, table.region.width, 1)
        Spotlight(portal).show(portal.screen, table, lambda: row, TEXT)
        await settled(pilot)

    assert snap_compare(portal, terminal_size=size, run_before=walk)


@pytest.mark.parametrize("size", [(60, 20), SMALL, LARGE], ids=["60x20", "80x24", "120x40"])
def test_a_field_of_the_first_screen(demo_home: Path, snap_compare: Any, size: tuple[int, int]) -> None:
    portal = made(demo_home)

    async def walk(pilot: Pilot[Any]) -> None:
        await prepared(pilot)
        Spotlight(portal).show(portal.screen, portal.screen.query_one("#who"), None, COACHED)
        await settled(pilot)

    assert snap_compare(portal, terminal_size=size, run_before=walk)


def made(home: Path) -> Portal:
    """The portal over a demonstration."""
    set_language("en")
    settings = read_settings({"LOKET_HOME": str(home)})
    return Portal(settings, read_operator(settings.content, []), AFTERNOON)
