"""People of an account and the security of a login, by keys alone at 80 by 24, with two at work at once."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from app import worker
from app.content import Content
from app.settings import read_settings
from app.store import Store
from tests.journeys.conftest import AFTERNOON, PASSWORD, sign_in
from tests.screens.harness import SMALL
from tests.screens.my_products.steps import Person
from tests.screens.sign_in.conftest import keys_of

Start = Callable[..., AbstractAsyncContextManager[Person]]
CODE = re.compile(r"^ +((?:[0-9A-Z]{4}-){6}[0-9A-Z]{4})\r?$", re.MULTILINE)
NEW = "Rietkraag-7-ijsvogel"


def delivered(home: Path, content: Content, to: str) -> str:
    """The code in the newest mail to somebody, as the worker delivered it."""
    settings = read_settings({"LOKET_HOME": str(home)})
    store = Store(settings.database_url)
    try:
        worker.run_once(store, content, AFTERNOON, settings, turns=False)
    finally:
        store.close()
    found = []
    for file in sorted((home / "mail" / "new").iterdir(), key=lambda each: each.stat().st_mtime_ns):
        mail = message_from_bytes(file.read_bytes(), policy=default)
        assert isinstance(mail, EmailMessage)
        if mail["To"] == to:
            found += CODE.findall(str(mail.get_content()))
    return str(found[-1])


def free_line(home: Path) -> tuple[str, str]:
    """Number and person of an active line of the main customer that is nobody's own."""
    with contextlib.closing(sqlite3.connect(home / "loket.db")) as database:
        row = database.execute(
            "SELECT line.number, person FROM line JOIN account ON account.id = account_id"
            " WHERE account.number = '100042' AND line.status = 'active' AND NOT EXISTS"
            " (SELECT 1 FROM login WHERE line_id = line.id) ORDER BY line.id DESC LIMIT 1"
        ).fetchone()
    return str(row[0]), str(row[1])


async def cursor_on(person: Person, text: str) -> None:
    """Down the list until the cursor is on the row with this text."""
    await person.press("home")
    for _turn in range(20):
        if any(line.startswith(" ›") and text in line for line in person.screen.splitlines()):
            return
        await person.press("down")
    raise AssertionError(person.screen)


@pytest.mark.capability("MD-29", "LA-27", "LA-30", "LA-34")
async def test_an_employee_is_invited_joins_and_is_given_one_area(
    demo_portal: Start, demo_home: Path, content: Content
) -> None:
    number, user = free_line(demo_home)
    async with demo_portal(SMALL) as holder, demo_portal(SMALL) as employee:
        await sign_in(holder, "director", sees="Shared data")
        await holder.press("2", sees="Telephone password")
        await holder.press("p", sees="Marit Duinker")
        await holder.press("n", sees="Invite somebody")
        await holder.press(*keys_of("zoe@duinrand.example"), "down", *keys_of("Zoe Nieuw"), "down")
        await holder.press(*number[-9:], "ctrl+s", sees="invited: Zoe Nieuw", misses="Invite somebody")
        assert "until 27 Nov 2026" in holder.screen

        code = delivered(demo_home, content, "zoe@duinrand.example")
        await employee.press("f3", sees="Type the code")
        await employee.press(*keys_of(code), "enter", sees="Complete your login")
        await employee.press(
            "tab", "tab", "tab", *keys_of(NEW), "tab", *keys_of(NEW), "enter", sees="Sign in as"
        )
        await employee.press(*keys_of(NEW), "enter", sees="1 Dashboard")

        page = await employee.press("2", sees="Zoe Nieuw")
        assert "Login  Security" in page
        assert not any(tab in page for tab in ("Account ", "People", "Contacts", "Activity"))
        page = await employee.press("3", sees=user)
        assert not any(other in page for other in ("Youssef", "Marit", "State"))

        page = await holder.wait("Zoe Nieuw", misses="invited: Zoe")
        assert "+31 6 " in page
        await cursor_on(holder, "Zoe Nieuw")
        await holder.press("r", sees="What Zoe Nieuw may do")
        await holder.press("right", sees="see lines and usage")
        await holder.press("down", "space", sees="☑ yes")
        await holder.press("ctrl+s", sees="sub-account", misses="What Zoe Nieuw")
        assert "May: see lines and usage." in await holder.wait("May:")

        await employee.press("escape", sees="State")
        await employee.press("slash", *"youssef", sees="Youssef El A")
        page = await employee.press("enter", "2", sees="User name")
        assert "People" not in page


@pytest.mark.capability("MD-09", "BX-38")
async def test_a_password_is_changed_and_another_session_ended(demo_portal: Start, demo_home: Path) -> None:
    async with demo_portal(SMALL) as here, demo_portal(SMALL) as there:
        await sign_in(there, "admin", sees="Shared data")
        await sign_in(here, "admin", sees="Shared data")
        await here.press("2", sees="Telephone password")
        await here.press("s", sees="2 open")
        await cursor_on(here, "Sessions")
        await here.press("enter", sees="this one")
        await here.press("o", sees="End all other sessions?")
        await here.press("enter", misses="other sessions?")
        await here.press("escape", sees="1 open")
        await there.wait(sees="This session was ended")

        await here.press("home", "enter", sees="Change your password")
        form = await here.press(*keys_of(PASSWORD), "tab", sees="○ At least 12 characters")
        assert "○ A capital letter" in form
        form = await here.press(*keys_of(NEW), sees="✓ At least 12 characters")
        assert "✓ A capital letter" in form
        assert "○ Typed twice the same" in form
        await here.press("tab", *keys_of(NEW), sees="✓ Typed twice the same")
        await here.press("enter", sees="set on 20 Nov 2026", misses="Change your password")
        assert NEW not in here.screen

        await sign_in(there, "admin", sees="Sign-in failed")
        await there.press(*keys_of(NEW), "enter", sees="Shared data")
