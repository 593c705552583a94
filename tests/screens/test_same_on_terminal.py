"""What a terminal shows after any key is what the portal painted, though only differences are sent."""

from __future__ import annotations

from pathlib import Path

import pyte
import pytest
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

from app.operations.core import Visit
from app.portal import Portal
from tests.screens.harness import SMALL, opened, settled

KEYS = (
    *("2", "3", "down", "enter", "pagedown", "escape", "1", "f1", "down", "enter", "alt+n", "escape"),
    *("ctrl+k", "d", "u", "escape", "5", "enter", "tab", "escape", "4", "6", "tab", "shift+tab", "3"),
)


class OnTerminal:
    """The frames that go out, on a screen of pyte."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.screen = pyte.Screen(*size)
        self.stream = pyte.Stream(self.screen)
        self.sent = 0

    def write(self, data: str) -> None:
        self.stream.feed(data)
        self.sent += len(data)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> OnTerminal:
    """The headless driver writes to a terminal as others do."""
    made = OnTerminal(SMALL)
    monkeypatch.setattr(HeadlessDriver, "is_headless", False)
    monkeypatch.setattr(App, "is_headless", False)
    monkeypatch.setattr(HeadlessDriver, "write", lambda _self, data: made.write(data))
    return made


def painted(portal: Portal) -> list[str]:
    """What the compositor shows, row by row."""
    return [strip.text for strip in portal.screen._compositor.render_strips(portal.size)]


async def test_after_each_key_the_terminal_shows_what_was_painted(
    admin_visit: Visit, tmp_path: Path, terminal: OnTerminal
) -> None:
    async with opened(admin_visit, tmp_path, SMALL) as (portal, pilot):
        for place, key in enumerate(KEYS):
            await pilot.press(key)
            await settled(pilot)
            assert terminal.screen.display == painted(portal), KEYS[: place + 1]


async def test_a_window_of_another_size_is_painted_anew(
    admin_visit: Visit, tmp_path: Path, terminal: OnTerminal
) -> None:
    async with opened(admin_visit, tmp_path, SMALL) as (portal, pilot):
        for columns, rows in ((100, 30), (70, 20), SMALL):
            terminal.screen.resize(rows, columns)
            await pilot.resize_terminal(columns, rows)
            await pilot.pause(0.05)
            await settled(pilot)
            assert terminal.screen.display == painted(portal)
            assert terminal.screen.display[-1].rstrip().endswith("? Need help")


async def test_a_screen_that_did_not_change_costs_next_to_nothing(
    admin_visit: Visit, tmp_path: Path, terminal: OnTerminal
) -> None:
    async with opened(admin_visit, tmp_path, SMALL) as (portal, pilot):
        before = terminal.sent
        portal.refresh(layout=True)
        await settled(pilot)
        assert 0 < terminal.sent - before < 100


async def test_a_new_area_is_sent_whole(admin_visit: Visit, tmp_path: Path, terminal: OnTerminal) -> None:
    """What something else wrote over the portal does not stay there."""
    async with opened(admin_visit, tmp_path, SMALL) as (portal, pilot):
        terminal.stream.feed("\x1b[1;1HMessage from root: the machine goes down.")
        await pilot.press("2")
        await settled(pilot)
        assert terminal.screen.display == painted(portal)
