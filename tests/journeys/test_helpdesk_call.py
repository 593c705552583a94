"""A whole call at the helpdesk of the demonstration: by keys alone at 80x24, and by mouse alone."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from app.clock import FixedClock
from app.content.operator import read_operator
from app.i18n import set_language
from app.portal import Portal
from app.screens.area import attempt
from app.screens.dashboard.customers import Customers
from app.screens.helpdesk import calls
from app.screens.helpdesk.banner import Countdown
from app.screens.shell import Shell
from app.settings import read_settings
from app.widgets.line_table import LineTable
from tests.journeys.conftest import AFTERNOON, sign_in
from tests.screens.harness import SMALL
from tests.screens.my_products.steps import Person

SAID = "Zilvermeeuw"


@asynccontextmanager
async def helpdesk(home: Path, clock: FixedClock) -> AsyncIterator[Person]:
    """The demonstration's portal at 80x24 before sign-in, in English."""
    settings = read_settings({"LOKET_HOME": str(home)})
    set_language("en")
    with contextlib.closing(sqlite3.connect(home / "loket.db")) as database, database:
        database.execute("UPDATE login SET language = 'en'")
    portal = Portal(settings, read_operator(settings.content, []), clock)
    async with portal.run_test(size=SMALL) as pilot:
        await portal.desk.opened()
        yield Person(portal, pilot)


def rows(home: Path, sql: str) -> list[Any]:
    with contextlib.closing(sqlite3.connect(home / "loket.db")) as database:
        return database.execute(sql).fetchall()


def of_the_call(home: Path) -> list[tuple[str, str, str, str, str]]:
    """What was written down since sign-in: operation, outcome, agent, caller, reason."""
    return rows(
        home,
        "SELECT operation, outcome, login.name, caller_name, reason FROM audit"
        " JOIN login ON login.id = audit.login_id JOIN assistance ON assistance.id = audit.assistance_id"
        " JOIN account ON account.id = audit.account_id AND account.number = '100042'"
        f" WHERE audit.at >= {AFTERNOON.now()} ORDER BY seq",
    )


async def told(person: Person, text: str) -> None:
    """Wait until a short message says it; tests paint none."""
    for _wait in range(200):
        if any(text in each.message for each in person.portal._notifications):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"nobody said {text!r}")


@pytest.mark.capability("HD-01", "HD-06", "MD-12", "BX-36")
async def test_an_agents_whole_call_by_keys(demo_home: Path) -> None:
    clock = FixedClock(AFTERNOON.now())
    async with helpdesk(demo_home, clock) as person:
        await sign_in(person, "agent", sees="Customers")
        await person.press("ctrl+k", *"duinrand", sees="100042")
        card = await person.press("enter", sees="Who is calling? Duinrand Logistics B.V. · 100042")
        assert "Marit Duinker" in card
        assert "Youssef" not in card, "an employee may not call for the account"
        await person.press("down", "enter", *"lost", "enter", *"Zeemeeuw", "enter", sees="2 tries left")
        await person.press(*SAID, "enter", sees="caller Marit", misses="Who is calling?")
        await person.open_line("youssef")
        await person.press("l", sees="Hard limit")
        await person.press("enter", sees="Choose")
        page = await person.press("down", "enter", sees="€100 ", misses="Choose")
        assert "Noor Verbeek for Duinrand" in page.splitlines()[1]
        await person.press("2", sees="Telephone password")
        page = await person.press("end", sees="Only the customer may do this")
        assert SAID not in page
        await person.press("enter")
        await told(person, "It cannot be done on a call")
        notes = await person.press("f6", sees="Verified by")
        assert "Marit Duinker, administrator" in notes
        await person.press("end", sees="Ship or aircraft", misses="Verified by")
        await person.press("escape", misses="Verified by")
        clock.instant += 840
        person.portal.screen.query_one(Countdown).tick()
        await person.wait("16 min")
        await person.press("f7", sees="30 min")
        await person.press("f8", sees="End the help for Duinrand")
        home = await person.press("enter", sees="Customers", misses="caller Marit")
        assert "Youssef" not in home
    said = ("Noor Verbeek", "Marit Duinker", "lost")
    assert of_the_call(demo_home) == [
        ("callers.verify", "done", *said),
        ("limits.set", "done", *said),
        ("assistance.extend", "done", *said),
        ("assistance.end", "done", *said),
    ]
    tried = f"operation = 'callers.verify' AND at >= {AFTERNOON.now()}"
    assert rows(demo_home, f"SELECT outcome FROM audit WHERE {tried} ORDER BY seq") == [
        ("failed",),
        ("done",),
    ]
    assert rows(demo_home, "SELECT count(*) FROM audit WHERE outcome = 'refused'") == [(0,)]


@pytest.mark.capability("HD-06")
async def test_an_agents_whole_call_by_mouse(demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def read_anew_at_once(shell: Shell, name: str, **arguments: Any) -> Any:
        """As when a change is heard of before the screen knows that the help is over."""
        answer = await attempt(shell, name, **arguments)
        await shell.show_changes()
        return answer

    monkeypatch.setattr(calls, "attempt", read_anew_at_once)
    async with helpdesk(demo_home, FixedClock(AFTERNOON.now())) as person:
        pilot = person.pilot
        await person.wait("helpdesk agent")
        await pilot.click("#demo-2")
        await person.wait("Customers")
        await person.wait("Duinrand Logistics")
        table = person.portal.screen.query_one(Customers).query_one(LineTable)
        await pilot.click(table, offset=(14, 2), times=2)
        await person.wait("Who is calling? Duinrand")
        await pilot.click("#callers", offset=(6, 2))
        await pilot.click("#field-reason TextInput", offset=(3, 0))
        await person.press(*"lost")
        await pilot.click("#field-said TextInput", offset=(3, 0))
        await person.press(*SAID)
        await pilot.click("#save")
        await person.wait("caller Marit", misses="Who is calling?")
        await pilot.click("#help-names", offset=(4, 0))
        await person.wait("Verified by")
        await pilot.click("#cancel")
        await person.wait(misses="Verified by")
        await pilot.click("#help-keys", offset=(1, 0))
        await pilot.click("#help-keys", offset=(12, 0))
        await person.wait("End the help for")
        await pilot.click("#yes")
        await person.wait("Customers", misses="caller Marit")
    assert [row[:2] for row in of_the_call(demo_home)] == [
        ("callers.verify", "done"),
        ("assistance.extend", "done"),
        ("assistance.end", "done"),
    ]
