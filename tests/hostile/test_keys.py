"""Wrong keys, small terminals, and more text than anybody types."""

from __future__ import annotations

import string
import time
from pathlib import Path

import pytest
from textual import events

from app.operations.core import Visit
from tests.factories import Factory
from tests.screens.harness import SMALL
from tests.screens.my_products.steps import Person, at_the_keyboard

LEAVES = {"ctrl+q", "ctrl+l", "ctrl+c"}
KEYS = [
    *string.ascii_letters, *string.digits, "slash", "colon", "question_mark", "less_than_sign", "minus",
    *(f"f{number}" for number in range(1, 13)), "escape", "enter", "space", "tab", "shift+tab", "pageup",
    "pagedown", "home", "end", "up", "down", "left", "right", "backspace", "delete",
    *(f"ctrl+{letter}" for letter in string.ascii_lowercase),
    *(f"alt+{letter}" for letter in string.ascii_lowercase),
]  # fmt: skip


@pytest.mark.parametrize("area", ["3", *(pytest.param(area, marks=pytest.mark.long) for area in "12456")])
async def test_no_key_ends_the_portal(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path, area: str
) -> None:
    factory.line(account_id)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        for key in KEYS:
            if key in LEAVES:
                continue
            if len(person.portal.screen_stack) == 1:
                await person.pilot.press(f"alt+{area}")
            await person.pilot.press(key)
            assert person.portal.is_running, key
        assert person.portal.error_number == ""
        assert person.portal.desk.visit is not None


async def test_a_terminal_that_shrinks_and_grows(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    factory.line(account_id, person="Small Screen")
    async with at_the_keyboard(admin_visit, tmp_path, (60, 15)) as person:
        for key in "3456213":
            await person.press(f"alt+{key}")
        for width in [*range(120, 1, -17), 1, 40, 200, 80]:
            await person.pilot.resize_terminal(width, max(width // 4, 1))
        await person.pilot.resize_terminal(*SMALL)
        await person.wait("Small Screen")
        assert person.portal.error_number == ""


async def paste(person: Person, text: str) -> None:
    focused = person.portal.screen.focused
    assert focused is not None
    focused.post_message(events.Paste(text))
    await person.pilot.pause()


async def test_a_pasted_megabyte_does_not_freeze_the_screen(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("4", sees="Usage costs")
        begin = time.monotonic()
        await paste(person, "a" * 1_000_000)
        assert time.monotonic() - begin < 5
        await person.press("alt+6", sees="Reach us")


async def test_pasted_control_codes_are_dropped(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("4", sees="Usage costs")
        await paste(person, "\x1b[31mja\x9bp\x0ean\x7f\u202e\r\nsecond line")
        page = await person.wait("japan") if "japan" in person.screen else person.screen
        assert "second" not in page
        assert not any(sign in page for sign in ("\x1b", "\x9b", "\x0e", "\x7f", "\u202e"))
