"""Nobody is there: a warning, then a wiped screen. Keys and clicks count, what runs by itself does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from app.clock import FixedClock
from app.operations.core import Visit, sessions
from app.screens.idle import IdleWarning
from app.screens.shell import Shell
from app.screens.sign_in.screen import SignInScreen
from tests.factories import Factory
from tests.screens.harness import opened
from tests.screens.my_products.steps import Person, at_the_keyboard
from tests.screens.test_operation_form import open_form


@pytest.fixture
def visit(factory: Factory, account_id: int) -> Visit:
    """The visit of an admin who has a session."""
    login = factory.login(account_id, "admin", name="Anna Admin")
    visit = factory.visit("admin", account_id, login_id=login, person="Anna Admin")
    with visit.transaction():
        sessions.start(visit)
    return visit


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The watch looks more often, so that nobody waits."""
    monkeypatch.setattr("app.screens.idle.LOOK_SECONDS", 0.02)


def ended(visit: Visit) -> str:
    row = visit.store.row("SELECT ended_by FROM session WHERE id = :id", id=visit.session_id)
    assert row is not None
    return str(row[0])


@pytest.mark.capability("DB-11")
async def test_a_minute_before_it_is_said_and_then_the_screen_is_wiped(
    visit: Visit, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_keyboard(visit, tmp_path) as person:
        clock.advance(539)
        await person.pilot.pause(0.1)
        assert isinstance(person.portal.screen, Shell)
        clock.advance(1)
        await person.wait("signed out in 60 seconds")
        clock.advance(59)
        await person.wait("signed out in 1 second.")
        clock.advance(1)
        shown = await person.wait("Nothing was done for a while.")
        assert [type(screen) for screen in person.portal.screen_stack] == [SignInScreen]
        assert "Anna Admin" not in shown
        assert {field.value for field in person.portal.screen.query(Input)} == {""}
        assert person.portal.desk.visit is None
        assert ended(visit) == "idle"


async def test_any_key_stays_and_does_nothing_else(visit: Visit, clock: FixedClock, tmp_path: Path) -> None:
    async with at_the_keyboard(visit, tmp_path) as person:
        clock.advance(560)
        await person.wait("Are you still there?")
        await person.press("3", misses="Are you still there?", sees="1 Dashboard")
        assert isinstance(person.portal.screen, Shell)
        assert person.portal.screen.current == "dashboard"
        clock.advance(530)
        await person.pilot.pause(0.1)
        assert not isinstance(person.portal.screen, IdleWarning)
        assert ended(visit) == ""


async def test_it_warns_over_an_open_dialog_and_closes_it_too(
    visit: Visit, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_keyboard(visit, tmp_path) as person:
        await person.press("ctrl+k", sees="Search and commands")
        clock.advance(550)
        await person.wait("Are you still there?")
        await person.press("x", misses="Are you still there?", sees="Search and commands")
        clock.advance(601)
        await person.wait("Nothing was done for a while.", misses="Search and commands")


async def test_what_was_typed_into_a_form_is_kept(visit: Visit, clock: FixedClock, tmp_path: Path) -> None:
    async with at_the_keyboard(visit, tmp_path) as person:
        form = await open_form(person)
        form.query_one("#field-street").query_one(Input).focus()
        await person.press("end", *"Kade9", sees="Kade9")
        clock.advance(601)
        await person.wait("Nothing was done for a while.", misses="Kade9")
        assert isinstance(person.portal.screen, SignInScreen)
        await person.portal.desk.run(lambda: None)
        kept = visit.store.row("SELECT form, fields FROM draft WHERE login_id = :id", id=visit.login_id)
        assert kept is not None
        assert kept[0] == "account.edit"
        assert "Kade9" in kept[1]


async def test_the_live_look_at_the_database_is_no_person(
    visit: Visit, clock: FixedClock, tmp_path: Path, factory: Factory, account_id: int
) -> None:
    async with at_the_keyboard(visit, tmp_path) as person:
        shell = person.portal.screen
        assert isinstance(shell, Shell)
        clock.advance(550)
        factory.line(account_id, person="Somebody New")
        await shell.look_for_changes().wait()
        clock.advance(51)
        await person.wait("Nothing was done for a while.")


async def test_after_twelve_hours_it_is_over_whatever_is_done(
    visit: Visit, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_keyboard(visit, tmp_path) as person:
        ends_at = clock.now() + visit.content.access.sessions.longest_seconds
        while clock.now() < ends_at - 200:
            clock.advance(min(500, ends_at - 200 - clock.now()))
            await person.press("f24")
        await person.pilot.pause(0.1)
        assert any("ends in 3 minutes" in note.message for note in person.portal._notifications)
        clock.advance(200)
        await person.press("f24", sees="as long as it may")
        assert ended(visit) == "too_old"


async def test_an_agent_has_longer(factory: Factory, clock: FixedClock, tmp_path: Path) -> None:
    login = factory.login(None, staff_role="agent", name="Arie Agent")
    agent = factory.visit("agent", None, login_id=login, person="Arie Agent")
    with agent.transaction():
        sessions.start(agent)
    async with opened(agent, tmp_path) as (portal, pilot):
        person = Person(portal, pilot)
        clock.advance(700)
        await pilot.pause(0.1)
        assert isinstance(portal.screen, Shell)
        clock.advance(145)
        await person.wait("Are you still there?")


async def test_without_a_session_nothing_is_watched(
    admin_visit: Visit, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        clock.advance(5000)
        await person.pilot.pause(0.1)
        assert isinstance(person.portal.screen, Shell)
