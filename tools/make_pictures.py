"""Draw the pictures of the README from a real demonstration: `python tools/make_pictures.py [FOLDER]`.

The portal is started on a fresh demonstration with a fixed clock, keys are pressed, and the screens are kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from app.cli import main as command_line
from app.clock import FixedClock
from app.content.operator import read_operator
from app.i18n import set_language
from app.portal import Portal
from app.settings import read_settings

NOW = int(datetime(2026, 11, 20, 15, 30, tzinfo=UTC).timestamp())
SIZE = (120, 40)
PASSWORD = "Herfststorm-2026"
PATIENCE = 20.0
DEAR = re.compile(r"€[1-9]")
"""A price worth an explanation."""


def lines(pilot: Pilot[Any]) -> list[str]:
    """What the screen shows."""
    strips = pilot.app.screen._compositor.render_strips(pilot.app.size)
    return ["".join(part.text for part in strip) for strip in strips]


async def seen(pilot: Pilot[Any], text: str) -> None:
    """Wait until the screen shows a text."""
    until = asyncio.get_running_loop().time() + PATIENCE
    while asyncio.get_running_loop().time() < until:
        await pilot.pause(0.05)
        if text in "\n".join(lines(pilot)):
            await pilot.pause(0.2)
            return
    raise TimeoutError(f"{text!r} did not appear")


async def draw(folder: Path) -> None:
    """Walk through the portal and keep its screens."""
    settings = read_settings()
    set_language("en")
    portal = Portal(settings, read_operator(settings.content, []), FixedClock(NOW))

    def keep(name: str) -> None:
        (folder / f"{name}.svg").write_text(portal.export_screenshot(title="loket"), encoding="utf-8")

    async with portal.run_test(size=SIZE) as pilot:
        await seen(pilot, "Demonstration")
        await portal.desk.opened()
        keep("sign-in")
        await pilot.press(*"admin", "enter")
        await pilot.press(*("minus" if letter == "-" else letter for letter in PASSWORD), "enter")
        await seen(pilot, "Shared data")
        keep("dashboard")
        await pilot.press("3")
        await seen(pilot, "Youssef")
        await pilot.press("slash", *"Youssef")
        await seen(pilot, "“Youssef”")
        await pilot.press("enter", "enter")
        await seen(pilot, "Forecast")
        keep("line")
        await portal.helper().start("limit-lower")
        await seen(pilot, "2/4")
        await pilot.press("l")
        await seen(pilot, "3/4")
        keep("balloon")
        await pilot.press("escape")
        await pilot.press("u")
        await seen(pilot, "record")
        await pilot.press("w")
        for _step in range(150):
            await pilot.press("down")
            if any("›" in line and DEAR.search(line) for line in lines(pilot)):
                break
        await seen(pilot, "edition of")
        await pilot.pause(0.5)
        keep("why")


def main() -> None:
    """Make the demonstration, then the pictures."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["LOKET_HOME"] = home
        with contextlib.redirect_stdout(io.StringIO()):
            code = command_line(["demo", "create", "--json"], FixedClock(NOW))
        if code:
            sys.exit(code)
        asyncio.run(draw(folder))


if __name__ == "__main__":
    main()
