"""Practising: a world that is thrown away over the real screens, which stay as they were."""

from __future__ import annotations

import hashlib
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.widgets import Input

from app.clock import FixedClock
from app.content import Content
from app.i18n import _, use_language
from app.operations.core import Visit
from app.screens.area import desk_of
from app.screens.shell import Shell
from app.screens.sign_in.screen import SignInScreen
from app.screens.top import TopLine
from app.settings import read_settings
from app.tours.practice_copies import FOLDER, MADE, practice_copy, throw_away
from tests.factories import Factory
from tests.made_once import made_once
from tests.screens.harness import LARGE, make_portal, opened, prepared, settled, shown
from tests.screens.my_products.steps import Person
from tests.tours.guiding import at_step, until

NOON = FixedClock(int(datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp()))
MARK = "PRACTICE – nothing here is real"


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Path:
    """A practice folder with the world of the tests' day in it: making it takes seconds."""

    def make(home: Path) -> None:
        settings = read_settings({"LOKET_HOME": str(home)})
        throw_away(practice_copy(settings, content, NOON, "", "en")[0])

    return made_once(tmp_path_factory, "practice-at-noon", make) / FOLDER


@pytest.fixture(autouse=True)
def made_already(world: Path, tmp_path: Path) -> None:
    """Practising in a test begins at once."""
    shutil.copytree(world, tmp_path / FOLDER)


def stored(visit: Visit) -> str:
    """A digest of everything in the real database."""
    tables = [
        row[0]
        for row in visit.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
    ]
    said = "".join(
        repr(visit.rows(f"SELECT * FROM {name}")) for name in sorted(tables) if "search" not in name
    )
    return hashlib.sha256(said.encode()).hexdigest()


def copies(home: Path) -> list[str]:
    """What lies in the folder of practices beside the cached world."""
    return [path.name for path in (home / FOLDER).iterdir() if not path.name.startswith((MADE, "."))]


async def test_there_and_back_leaves_everything_as_it_was(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    factory.line(admin_visit.account_id or 0, person="Lotte")
    async with opened(admin_visit, tmp_path, LARGE) as (portal, pilot):
        await pilot.press("3")
        await settled(pilot)
        await pilot.press("slash", *"Lot")
        await settled(pilot)
        before, real_desk = shown(portal), portal.desk
        focused = portal.screen.focused
        rows = stored(admin_visit)

        assert await portal.practice(login="admin")
        await settled(pilot)
        assert MARK in shown(portal).splitlines()[0]
        assert "Vuurtoren Watersport" in shown(portal)
        assert portal.desk is not real_desk
        await portal.desk.do("limits.set", line_id=1, limit_cents=20000)
        await pilot.press("3")
        await settled(pilot)
        assert "Jesse Mulder" in shown(portal)

        await pilot.press("f10")
        await settled(pilot)
        await settled(pilot)
        assert portal.desk is real_desk
        assert portal.practising is None
        assert shown(portal) == before
        assert portal.screen.focused is focused
        assert stored(admin_visit) == rows
        assert copies(tmp_path) == []


async def test_the_real_screens_keep_their_own_desk_meanwhile(admin_visit: Visit, tmp_path: Path) -> None:
    async with opened(admin_visit, tmp_path) as (portal, pilot):
        real = portal.screen
        assert isinstance(real, Shell)
        assert await portal.practice(login="agent")
        await settled(pilot)
        visits = [desk_of(screen).visit for screen in (real, portal.screen)]
        assert [visit.person for visit in visits if visit is not None] == ["Anna Admin", "Iris Blom"]
        await real.look_for_changes().wait()
        await real.show_visit()
        assert real.query_one(TopLine).person == "Anna Admin"


async def test_a_visitor_practises_at_a_first_screen_of_its_own(admin_visit: Visit, tmp_path: Path) -> None:
    portal = make_portal(admin_visit.store, admin_visit.clock, tmp_path)
    async with portal.run_test(size=LARGE) as pilot:
        await prepared(pilot)
        portal.screen.query_one("#who", Input).value = "half typed"
        assert await portal.practice(login="")
        await settled(pilot)
        assert MARK in shown(portal)
        assert isinstance(portal.screen, SignInScreen)
        assert portal.screen.logins, "it says who there is to be"
        (told,) = portal._notifications
        assert re.search(r"^(\w{4}-){6}\w{4}$", told.message, re.MULTILINE), "a code to practise with"
        await pilot.click("#demo-0")
        await settled(pilot)
        await settled(pilot)
        assert "Vuurtoren Watersport" in shown(portal)
        await pilot.press("ctrl+l")
        await settled(pilot)
        assert MARK in shown(portal)
        await portal.leave_practice()
        await settled(pilot)
        assert portal.screen.query_one("#who", Input).value == "half typed"


async def test_what_would_be_sent_is_told_and_not_sent(admin_visit: Visit, tmp_path: Path) -> None:
    async with opened(admin_visit, tmp_path, LARGE) as (portal, pilot):
        assert await portal.practice(login="admin")
        await settled(pilot)
        await portal.desk.do("invitations.send", email="new@vuurtoren.example", name="New")
        await settled(pilot)
        (told,) = portal._notifications
        assert told.title == "Practice: this would go to new@vuurtoren.example"
        assert re.search(r"^(\w{4}-){6}\w{4}$", told.message, re.MULTILINE), "with its code"
        await portal.leave_practice()
        assert admin_visit.rows("SELECT 1 FROM message") == []
        assert not (tmp_path / "mail").exists()


async def test_the_end_of_the_session_ends_the_practice(admin_visit: Visit, tmp_path: Path) -> None:
    async with opened(admin_visit, tmp_path) as (portal, pilot):
        assert await portal.practice(login="admin")
        await settled(pilot)
        await portal.end_session("idle", "Nothing was done for a while.")
        await settled(pilot)
        assert portal.practising is None
        assert isinstance(portal.screen, SignInScreen)
        assert "Nothing was done for a while." in shown(portal)
        assert portal.desk.visit is None
        assert copies(tmp_path) == []


async def test_leaving_the_portal_throws_the_practice_away(admin_visit: Visit, tmp_path: Path) -> None:
    async with opened(admin_visit, tmp_path) as (portal, pilot):
        assert await portal.practice(login="admin")
        await settled(pilot)
        assert copies(tmp_path) != []
    assert copies(tmp_path) == []


async def test_keys_of_a_practice_keep_the_real_session(admin_visit: Visit, tmp_path: Path) -> None:
    async with opened(admin_visit, tmp_path) as (portal, pilot):
        real = portal.desk
        assert await portal.practice(login="admin")
        await settled(pilot)
        real.person_at = 0
        await pilot.press("3")
        assert real.person_at > 0


async def test_a_task_is_practised_to_its_last_button(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    factory.line(admin_visit.account_id or 0, person="Lotte", limit_cents=5000)
    async with opened(admin_visit, tmp_path) as (portal, pilot):
        rows = stored(admin_visit)
        assert await portal.practice("mailings")
        person = Person(portal, pilot)
        await person.wait("My Data")
        await person.press("2")
        await at_step(person, "tab")
        await person.press("f10")
        await settled(pilot)
        assert portal.guide is None, "the task ends with the practice"
        assert MARK not in shown(portal)
        assert stored(admin_visit) == rows


@pytest.mark.parametrize("language", ["en", "nl", "de"])
async def test_the_mark_is_in_every_language(language: str, admin_visit: Visit, tmp_path: Path) -> None:
    async with opened(admin_visit, tmp_path, (60, 20), language) as (portal, pilot):
        assert await portal.practice(login="employee")
        await settled(pilot)
        with use_language(language):
            said = _(MARK)
        assert (await Person(portal, pilot).wait(said)).lstrip().startswith(said)


async def test_a_task_is_practised_from_the_list_of_tasks(admin_visit: Visit, tmp_path: Path) -> None:
    async with opened(admin_visit, tmp_path) as (portal, pilot):
        person = Person(portal, pilot)
        await person.press("question_mark", sees="What do you want to do?")
        await person.press(*"newsletters", sees="Switch newsletters")
        await person.press("f3", sees="PRACTICE")
        await until(person, lambda: portal.guide is not None and portal.guide.tour.id == "mailings")
        await person.press("f10", misses="PRACTICE")
