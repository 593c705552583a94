"""A kiosk's public screens, as they were last looked at and found good."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from app.content.operator import read_operator
from app.i18n import set_language
from app.kiosk.application import Kiosk
from app.settings import read_settings
from tests.journeys.conftest import AFTERNOON
from tests.screens.harness import LARGE, SMALL, prepared, settled
from tests.screens.my_products.steps import Person

SCREENS = {
    "start": ("", "To read without signing in"),
    "sign-in": ("1", "I have a code"),
    "status": ("7", "The shop is closed"),
}
"""Name to the key of the start page and what stands there then."""


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SCREENS)
def test_public_screen(demo_home: Path, snap_compare: Any, name: str, size: tuple[int, int]) -> None:
    settings = replace(read_settings({"LOKET_HOME": str(demo_home)}), channel="kiosk")
    kiosk = Kiosk(settings, read_operator(settings.content, []), AFTERNOON)
    set_language("en")
    key, sees = SCREENS[name]

    async def open_it(pilot: Pilot[Any]) -> None:
        person = Person(kiosk, pilot)
        await prepared(pilot)
        await person.press(*key, sees=sees)
        await settled(pilot)
        kiosk.over = True  # the picture is taken by ending it

    assert snap_compare(kiosk, terminal_size=size, run_before=open_it)
