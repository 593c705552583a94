"""After the password: for which customer, when one was last here, and changing to another customer later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.clock import FixedClock
from app.operations.core.passwords import hash_password
from app.store import Store
from tests.factories import Factory
from tests.screens.my_products.steps import Person
from tests.screens.sign_in.conftest import Door, door, keys_of

__all__ = ["door"]

PASSWORD = "Wilgenkatje-3-otter"


@pytest.fixture
def both(door: Door, factory: Factory, account_id: int) -> tuple[int, int]:
    """Anna is the holder of one customer, with two lines, and an employee of another."""
    login = factory.login(
        account_id, "holder", user_name="anna", name="Anna Admin", password_hash=hash_password(PASSWORD)
    )
    other = factory.account("Tweede Huis V.O.F.", number="C80808")
    own = factory.line(other, person="Anna Admin")
    for name in ("Bram Bos", "Carla Claes"):
        factory.line(account_id, person=name)
    factory.insert("membership", {"login_id": login, "account_id": other, "role": "user"})
    with factory.system.transaction() as tx:
        tx.execute("UPDATE login SET line_id = :line WHERE id = :login", line=own, login=login)
    return account_id, other


async def sign_in(person: Person, who: str = "anna", **waits: str) -> str:
    await person.press(*keys_of(who), "enter")
    return await person.press(*keys_of(PASSWORD), "enter", **waits)


async def noted(person: Person, text: str) -> None:
    """Wait until a note at the corner says it."""
    for _turn in range(200):
        if any(text in note.message for note in person.portal._notifications):
            return
        await person.pilot.pause(0.01)
    raise AssertionError([note.message for note in person.portal._notifications])


@pytest.mark.capability("BX-01")
async def test_who_acts_for_several_customers_chooses_one(door: Door, both: tuple[int, int]) -> None:
    async with door() as person:
        asked = await sign_in(person, sees="For which customer?")
        assert "Molenwerf Bouw B.V." in asked
        assert "Tweede Huis V.O.F." in asked
        await person.press("down", "enter", sees="1 Dashboard", misses="For which customer?")
        visit = person.portal.desk.visit
        assert visit is not None
        assert (visit.account_id, visit.role) == (both[1], "user")
        assert "Tweede Huis" in person.screen


async def test_a_customer_number_says_which(door: Door, both: tuple[int, int], store: Store) -> None:
    number = store.row("SELECT number FROM account WHERE id = :id", id=both[0])
    assert number is not None
    async with door('"customer_number", "user_name"') as person:
        await sign_in(person, number[0].lower(), sees="1 Dashboard")


async def test_one_who_does_not_choose_starts_with_the_first(door: Door, both: tuple[int, int]) -> None:
    async with door() as person:
        await sign_in(person, sees="For which customer?")
        await person.press("escape", sees="1 Dashboard")
        visit = person.portal.desk.visit
        assert visit is not None
        assert visit.account_id == both[0]


@pytest.mark.capability("BX-01")
async def test_after_a_change_every_screen_shows_the_other_customer_and_rights_follow(
    door: Door, both: tuple[int, int]
) -> None:
    async with door() as person:
        await sign_in(person, sees="For which customer?")
        await person.press("enter", sees="1 Dashboard", misses="For which customer?")
        await person.press("3", sees="Bram Bos")
        assert "Carla Claes" in person.screen
        await person.press("ctrl+g", sees="Tweede Huis V.O.F.")
        await person.press("end", "enter", sees="Tweede Huis", misses="Molenwerf")
        visit = person.portal.desk.visit
        assert visit is not None
        assert (visit.account_id, visit.role) == (both[1], "user")
        for key in "23456":
            shown = await person.press(key)
            await person.pilot.pause()
            for text in ("Molenwerf", "Bram Bos", "Carla Claes"):
                assert text not in shown, key
        await person.press("ctrl+g", sees="Molenwerf Bouw B.V.")
        await person.press("end", "enter", sees="Molenwerf", misses="Tweede Huis")
        assert person.portal.desk.visit is not None
        assert person.portal.desk.visit.role == "holder"


async def test_a_customer_who_lets_nobody_in_from_here_is_not_opened(
    door: Door, both: tuple[int, int], factory: Factory
) -> None:
    async with door() as person:
        await sign_in(person, sees="For which customer?")
        await person.press("enter", sees="1 Dashboard", misses="For which customer?")
        values = {"account_id": both[1], "network": "192.0.2.0/24", "label": "", "created_at": 1}
        factory.insert("allowed_address", values)
        person.portal.desk.visit.address = "198.51.100.7"  # type: ignore[union-attr]
        await person.press("ctrl+g", sees="Tweede Huis V.O.F.")
        await person.press("end", "enter", misses="Tweede Huis V.O.F.")
        await noted(person, "does not let anybody in")
        assert "Molenwerf" in person.screen


@pytest.mark.capability("LA-33")
async def test_who_has_linked_no_number_is_reminded_until_one_is_linked(
    door: Door, factory: Factory, account_id: int
) -> None:
    login = factory.login(account_id, "user", user_name="anna", password_hash=hash_password(PASSWORD))
    async with door() as person:
        await sign_in(person, sees="No mobile number is linked to your login.")
        line = factory.line(account_id)
        with factory.system.transaction() as tx:
            tx.execute("UPDATE login SET line_id = :line WHERE id = :login", line=line, login=login)
        await person.press("ctrl+l", sees="F3 I have a code")
        await sign_in(person, sees="1 Dashboard", misses="No mobile number is linked")


@pytest.mark.capability("BX-38")
async def test_the_last_sign_in_is_told(
    door: Door, factory: Factory, account_id: int, clock: FixedClock
) -> None:
    factory.login(account_id, "holder", user_name="anna", password_hash=hash_password(PASSWORD))
    async with door() as person:
        await sign_in(person, sees="1 Dashboard")
        await person.pilot.pause(0.1)
        assert not any("Last sign-in" in note.message for note in person.portal._notifications)
        await person.press("ctrl+l", sees="F3 I have a code")
        clock.advance(86_400)
        await sign_in(person, sees="1 Dashboard")
        await noted(person, "Last sign-in: 21 Nov 2026 13:00")


@pytest.mark.capability("HB-06")
async def test_the_first_time_the_tour_of_the_portal_is_offered_and_only_then(
    door: Door, factory: Factory, account_id: int
) -> None:
    factory.login(
        account_id, "holder", user_name="anna", name="Anna Admin", password_hash=hash_password(PASSWORD)
    )
    async with door() as person:
        content = person.portal.desk.content
        assert content is not None
        tours = content.tours
        tours.tours = {id: replace(tour, introduces=id == "mailings") for id, tour in tours.tours.items()}
        tours.reload = lambda: False  # type: ignore[method-assign]
        await sign_in(person, sees="1 Dashboard")
        await noted(person, "Press F1, then Enter: “Switch newsletters and notices on or off”")
        await person.press("f1", sees="To begin with")
        await person.press("enter", sees="This task goes on in My Data")
        await person.press("escape", "ctrl+l", sees="Forgot password")
        person.portal.clear_notifications()
        await sign_in(person, sees="1 Dashboard")
        await noted(person, "Last sign-in")
        assert not any(note.title == "New here?" for note in person.portal._notifications)
