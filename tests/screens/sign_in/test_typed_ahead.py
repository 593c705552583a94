"""Who knows the way types on while the password is checked: nothing of it is lost or goes astray."""

from __future__ import annotations

import pytest
from textual.events import Key
from textual.widgets import Input

from app.operations.core.passwords import hash_password
from tests.factories import Factory
from tests.screens.my_products.steps import Person
from tests.screens.sign_in.conftest import Door

PASSWORD = "Wilgenkatje3otter"


@pytest.fixture(autouse=True)
def anna(door: Door, factory: Factory, account_id: int) -> int:
    return factory.login(account_id, "holder", user_name="anna", password_hash=hash_password(PASSWORD))


def burst(person: Person, *keys: str) -> None:
    """All at once, as a slow line brings it."""
    for key in keys:
        person.portal.post_message(Key(key, key if len(key) == 1 else None))


async def test_keys_after_the_password_are_for_the_portal(door: Door) -> None:
    async with door() as person:
        person.portal.screen.query_one("#who").focus()
        burst(person, *"anna", "enter", *PASSWORD, "enter", "enter", "2")
        await person.wait("Customer since")


async def test_after_a_wrong_password_they_are_the_next_try(door: Door) -> None:
    async with door() as person:
        person.portal.screen.query_one("#who").focus()
        burst(person, *"anna", "enter", *"wrong", "enter", *PASSWORD)
        for _turn in range(200):
            await person.pilot.pause(0.02)
            if person.portal.screen.query_one("#password", Input).value == PASSWORD:
                break
        assert person.portal.screen.query_one("#password", Input).value == PASSWORD
        await person.press("enter", sees="1 Dashboard")
