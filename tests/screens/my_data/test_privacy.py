"""Privacy: all of one's data as files; erasure asked for after seeing what goes and what stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.core import Visit
from tests.factories import NOVEMBER, Factory
from tests.screens.harness import LARGE
from tests.screens.my_products.steps import Person, at_the_keyboard


def noted(person: Person) -> str:
    """The short messages at the corner."""
    return "\n".join(each.message for each in person.portal._notifications)


@pytest.mark.capability("BX-39")
async def test_the_holder_sees_what_goes_and_stays_and_asks(
    factory: Factory, account_id: int, tmp_path: Path
) -> None:
    login = factory.login(account_id, "holder", name="Hanna Holder")
    visit = factory.visit("holder", account_id, login_id=login, person="Hanna Holder")
    line = factory.line(account_id, status="ended")
    factory.usage(line, "voice", 60, start=NOVEMBER + 60, number=31699999999)
    async with at_the_keyboard(visit, tmp_path, LARGE) as person:
        await person.press("2")
        page = await person.press("v", sees="Erase my data")
        assert "numbers that were called" in page
        assert "31 Dec 2033" in page
        await person.press("down", "enter", sees="This cannot be undone")
        await person.press("enter", sees="requests and calls (1)")
        assert "Under Requests" in noted(person)
    row = visit.store.row("SELECT kind, status, asked_by FROM service_case")
    assert row == ("erasure", "waiting", login)


async def test_a_user_gets_their_own_data_only(user_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(user_visit, tmp_path, LARGE) as person:
        await person.press("2")
        await person.press("v", sees="my login and my line")
        await person.press("enter")
        for _turn in range(100):
            await person.pilot.pause(0.05)
            if "Written to" in noted(person):
                break
        assert "Written to" in noted(person)
        await person.press("down", "enter", sees="Only the contract holder can ask for this")
    exports = list((user_visit.store.folder / "exports").glob("login-*/*"))
    assert len(exports) == 1
    assert (exports[0] / "personal-data.txt").exists()
