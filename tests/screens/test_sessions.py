"""What a session means on the screen: no area without one, out when it ends, the password once more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from app.clock import FixedClock
from app.operations.core import OperationError, SignedOut, Visit, sessions
from app.portal import Portal
from app.screens.area import attempt, desk_of
from app.screens.password_prompt import PasswordPrompt
from app.screens.shell import AREAS, Shell
from app.screens.sign_in.screen import SignInScreen
from app.widgets.dialog import FormDialog
from app.widgets.form_field import FormField
from tests.factories import Factory
from tests.operations.three_customers import PASSWORD, PASSWORD_HASH
from tests.screens.harness import make_portal
from tests.screens.my_products.steps import Person, at_the_keyboard


@pytest.fixture
def visit(factory: Factory, account_id: int) -> Visit:
    """The visit of an admin who has a session."""
    login = factory.login(account_id, "admin", name="Anna Admin", password_hash=PASSWORD_HASH)
    visit = factory.visit("admin", account_id, login_id=login, person="Anna Admin")
    with visit.transaction():
        sessions.start(visit)
    return visit


def row_of(visit: Visit) -> tuple[Any, ...]:
    row = visit.store.row(
        "SELECT seen_at, checked_at, ended_by FROM session WHERE id = :id", id=visit.session_id
    )
    assert row is not None
    return row


def revoke(visit: Visit) -> None:
    """As another terminal of the same person does it."""
    elsewhere = replace(visit)
    with elsewhere.transaction():
        sessions.end(elsewhere, visit.session_id, "revoked")


async def asked(person: Person) -> asyncio.Task[Any]:
    """A sensitive change is begun, as a worker of an area does it; the dialog is open."""
    change = asyncio.create_task(attempt(person.portal.screen, "second_factor.begin"))
    await person.wait("Your password, please")
    return change


@pytest.mark.capability("DB-11")
async def test_without_a_session_no_key_opens_an_area(visit: Visit, tmp_path: Path) -> None:
    portal = make_portal(visit.store, visit.clock, tmp_path)
    async with portal.run_test(size=(80, 24)) as pilot:
        await portal.desk.opened()
        for number in range(len(AREAS) + 1):
            for key in (f"alt+{number}", str(number)):
                await pilot.press(key)
        for key in ("f4", "ctrl+k", "ctrl+g", "ctrl+j", "escape"):
            await pilot.press(key)
        assert [type(screen) for screen in portal.screen_stack] == [SignInScreen]
        for name in ("lines.page", "dashboard.overview", "profile.get"):
            with pytest.raises(SignedOut):
                await portal.desk.do(name)


@pytest.mark.capability("DB-11")
async def test_a_session_ended_elsewhere_leads_to_the_first_screen_with_the_reason(
    visit: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(visit, tmp_path) as person:
        revoke(visit)
        await person.press("4", sees="was ended", misses="Anna Admin")
        assert [type(screen) for screen in person.portal.screen_stack] == [SignInScreen]
        assert person.portal.desk.visit is None


async def test_it_leads_there_out_of_an_open_dialog_too(visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(visit, tmp_path) as person:
        await person.press("ctrl+k", sees="")
        revoke(visit)
        await person.wait("was ended")
        assert isinstance(person.portal.screen, SignInScreen)


async def test_keys_keep_the_session_and_the_clock_of_the_screen_does_not(
    visit: Visit, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_keyboard(visit, tmp_path) as person:
        began = clock.now()
        clock.advance(61)
        await person.portal.screen.areas["dashboard"].refresh_data()
        assert row_of(visit)[0] == began
        await person.press("4", sees="")
        await person.portal.desk.run(lambda: None)
        assert row_of(visit)[0] == began + 61
        clock.advance(59)
        await person.press("6", sees="")
        await person.portal.desk.run(lambda: None)
        assert row_of(visit)[0] == began + 61


async def test_leaving_the_portal_ends_the_session(visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(visit, tmp_path):
        assert row_of(visit)[2] == ""
    assert row_of(visit)[2] == "sign_out"


async def test_a_sensitive_change_waits_for_the_password(
    visit: Visit, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_keyboard(visit, tmp_path) as person:
        clock.advance(400)
        change = await asked(person)
        field = person.portal.screen.query_one("#password-again", Input)
        field.value = "wrong"
        await person.press("enter", sees="The password is wrong")
        assert isinstance(person.portal.screen, PasswordPrompt)
        assert field.value == ""
        field.value = PASSWORD
        await person.press("enter", misses="Your password, please", sees="")
        enrolment = await asyncio.wait_for(change, 5)
        assert enrolment.seed
        assert row_of(visit)[1] == clock.now()


async def test_who_does_not_give_it_changes_nothing(visit: Visit, clock: FixedClock, tmp_path: Path) -> None:
    async with at_the_keyboard(visit, tmp_path) as person:
        clock.advance(400)
        change = await asked(person)
        await person.press("escape", misses="Your password, please", sees="")
        assert await asyncio.wait_for(change, 5) is None
        assert not visit.store.rows("SELECT 1 FROM second_factor")
        assert "Give your password again" in [each.message[:24] for each in person.portal._notifications]


async def test_a_key_of_the_application_itself_does_not_hang(
    visit: Visit, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_keyboard(visit, tmp_path) as person:
        clock.advance(400)

        async def change() -> None:
            await attempt(person.portal.screen, "second_factor.begin")

        person.portal.call_later(change)
        await person.wait("Your password, please")
        person.portal.screen.query_one("#password-again", Input).value = PASSWORD
        await person.press("enter", misses="Your password, please", sees="")
        assert isinstance(person.portal.screen, Shell)
        assert isinstance(person.portal, Portal)


class SensitiveForm(FormDialog):
    """A form whose saving needs the password."""

    def fields(self) -> Iterable[FormField]:
        yield FormField("name", "Name")

    async def submit(self, values: dict[str, object]) -> object:
        try:
            return await desk_of(self).do("second_factor.begin")
        except OperationError as error:
            raise ValueError(error.message) from error


@pytest.mark.parametrize("key", ["enter", "ctrl+s"])
async def test_a_form_waits_for_the_password_too(
    key: str, visit: Visit, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_keyboard(visit, tmp_path) as person:
        clock.advance(400)
        results: list[Any] = []
        person.portal.push_screen(SensitiveForm("A form"), results.append)
        await person.wait("A form")
        await person.press("x", key, sees="Your password, please")
        person.portal.screen.query_one("#password-again", Input).value = PASSWORD
        await person.press("enter", misses="Your password, please", sees="")
        if not results:  # a key of the application itself is pressed once more
            assert key == "ctrl+s"
            await person.press(key, misses="A form")
        assert results[0].seed
