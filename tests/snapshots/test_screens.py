"""Each kind of screen at both sizes and in three languages, as it was last looked at and found good.

`pytest tests/snapshots --snapshot-update` keeps what is shown now as good.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from app.content.operator import read_operator
from app.i18n import LANGUAGES, _, set_language
from app.portal import Portal
from app.screens.sign_in.screen import SignedIn
from app.settings import read_settings
from tests.journeys.conftest import AFTERNOON, PASSWORD
from tests.screens.harness import LARGE, SMALL, prepared, settled
from tests.screens.my_products.steps import Person

WALKS: dict[str, tuple[tuple[list[str], Callable[[], str]], ...]] = {
    "sign-in": (),
    "dashboard": ((["admin"], lambda: _("Shared data")),),
    "line": (
        (["admin"], lambda: _("Shared data")),
        (["ctrl+k"], lambda: _("Search and commands")),
        ([*"youssef"], lambda: "+31 6 7"),
        (["enter"], lambda: "Youssef El Amrani ·"),
    ),
    "roaming": (
        (["admin"], lambda: _("Shared data")),
        (["ctrl+k"], lambda: _("Search and commands")),
        ([*"youssef"], lambda: "+31 6 7"),
        (["enter"], lambda: "Youssef El Amrani ·"),
        (["b"], lambda: "30 GB"),
    ),
    "country": (
        (["admin"], lambda: _("Shared data")),
        (["4"], lambda: _("Usage costs and country classification")[:20]),
        ([*"albani"], lambda: "─ Albani"),
    ),
}
"""Name of the picture to keys, each with a text that shows when they have worked; "admin" comes signed in."""
HELPDESK: dict[str, tuple[tuple[list[str], Callable[[], str]], ...]] = {
    "caller": (
        (["agent"], lambda: "100042"),
        (["down", "enter"], lambda: "Marit Duinker"),
        (["enter", *"invoice", "enter", *"wrong", "enter"], lambda: "✗"),
    ),
    "call": (
        (["agent"], lambda: "100042"),
        (["down", "enter"], lambda: "Marit Duinker"),
        (["down", "enter", *"invoice", "enter", *"Zilvermeeuw", "enter"], lambda: "F8"),
    ),
}
"""The same for the helpdesk; "agent" comes signed in."""
MY_DATA: dict[str, tuple[tuple[list[str], Callable[[], str]], ...]] = {
    "account": ((["admin"], lambda: _("Shared data")), (["2"], lambda: "Duinweg 400")),
    "account-form": (
        (["admin"], lambda: _("Shared data")),
        (["2"], lambda: "Duinweg 400"),
        ([*["down"] * 5, "enter", *"nowhere", "ctrl+s"], lambda: "✗"),
    ),
    "contacts": (
        (["admin"], lambda: _("Shared data")),
        (["2"], lambda: "Duinweg 400"),
        (["c"], lambda: "Claire Dubois"),
    ),
    "notices": (
        (["admin"], lambda: _("Shared data")),
        (["2"], lambda: "Duinweg 400"),
        (["o"], lambda: "News and offers"),
    ),
}
"""The same for My Data."""
INFO: dict[str, tuple[tuple[list[str], Callable[[], str]], ...]] = {
    "articles": (
        (["admin"], lambda: _("Shared data")),
        (["4"], lambda: "Country, code or number"),
        (["f3"], lambda: "First steps"),
        (["t", "t", "t"], lambda: "Share data within a group"),
    ),
    "article": (
        (["admin"], lambda: _("Shared data")),
        (["4"], lambda: "Country, code or number"),
        (["f3"], lambda: "First steps"),
        (["t", "t", "t"], lambda: "Share data within a group"),
        (["down", "enter"], lambda: "Updated on"),
        (["y"], lambda: "You found it helpful."),
    ),
}
"""The same for the articles of Info."""


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WALKS)
def test_screen(demo_home: Path, snap_compare: Any, name: str, language: str, size: tuple[int, int]) -> None:
    picture(demo_home, snap_compare, WALKS[name], language, size)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", HELPDESK)
def test_helpdesk(demo_home: Path, snap_compare: Any, name: str, size: tuple[int, int]) -> None:
    picture(demo_home, snap_compare, HELPDESK[name], "en", size)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", MY_DATA)
def test_my_data(demo_home: Path, snap_compare: Any, name: str, size: tuple[int, int]) -> None:
    picture(demo_home, snap_compare, MY_DATA[name], "en", size)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", INFO)
def test_info(demo_home: Path, snap_compare: Any, name: str, size: tuple[int, int]) -> None:
    picture(demo_home, snap_compare, INFO[name], "en", size)


def picture(demo_home: Path, snap_compare: Any, steps: Any, language: str, size: tuple[int, int]) -> None:
    """Walk there and compare."""
    with contextlib.closing(sqlite3.connect(demo_home / "loket.db")) as database, database:
        database.execute("UPDATE login SET language = ?, last_sign_in_at = NULL", (language,))
    settings = read_settings({"LOKET_HOME": str(demo_home)})
    set_language(language)
    portal = Portal(settings, read_operator(settings.content, []), AFTERNOON)

    async def walk(pilot: Pilot[Any]) -> None:
        person = Person(portal, pilot)
        await person.wait(_("Password"))
        await prepared(pilot)
        for keys, sees in steps:
            if keys in (["admin"], ["agent"]):
                await portal.desk.sign_in(keys[0], PASSWORD)
                portal.post_message(SignedIn())
                keys = []
            await person.press(*keys, sees=sees())
        await settled(pilot)

    try:
        assert snap_compare(portal, terminal_size=size, run_before=walk)
    finally:
        set_language("en")
