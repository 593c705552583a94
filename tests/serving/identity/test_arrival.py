"""Whom the door of a connection has let in: past the sign-in, asked what is left, out with the visit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from app.clock import FixedClock
from app.content.operator import read_operator
from app.i18n import set_language
from app.identity import Identity
from app.operations.core import perform
from app.screens.shell import Shell
from app.serving.arrival import ArrivalPortal
from app.serving.identity import Door
from tests.factories import Factory
from tests.operations.three_customers import PASSWORD, PASSWORD_HASH
from tests.screens.harness import settled
from tests.screens.my_products.steps import Person
from tests.serving.identity.people import KEY, Doors, code, factor_on, taken


@asynccontextmanager
async def arrived(door: Door, identity: Identity | None) -> AsyncIterator[tuple[ArrivalPortal, Person]]:
    """The portal as the child opens it for an identity."""
    settings = replace(door.settings, database_url=door.store.url)
    portal = ArrivalPortal(settings, read_operator(settings.content, []), door.clock, arrival=identity)
    async with portal.run_test(size=(100, 30)) as pilot:
        await portal.desk.opened()
        yield portal, Person(portal, pilot)
    set_language("en")


async def test_nothing_is_asked_of_who_is_in(door: Doors, anna: int, checked: list[bool]) -> None:
    here = door()
    identity = here.password("anna", PASSWORD)
    assert isinstance(identity, Identity)
    async with arrived(here, identity) as (portal, person):
        await person.wait("Dashboard")
        assert isinstance(portal.screen, Shell)
        assert portal.desk.visit is not None
        assert portal.desk.visit.session_id == identity.session_id
        await person.press("2", "s", sees="1 open")
    # The screen has gone, the connection has not: another channel of it goes on.
    assert taken(here, identity).login_id == anna


async def test_who_is_in_before_the_styles_are_read_sees_the_areas_all_the_same(
    door: Doors, anna: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    later: list[tuple[Any, ...]] = []
    monkeypatch.setattr(ArrivalPortal, "call_after_refresh", lambda _portal, *call: later.append(call))
    here = door()
    async with arrived(here, here.by_key("anna", KEY)) as (portal, person):
        while not isinstance(portal.screen, Shell):
            await person.pilot.pause()
        monkeypatch.undo()
        for call in later:
            portal.call_after_refresh(*call)
        await person.wait("Dashboard")


async def test_the_code_is_asked_on_the_portals_own_screen_after_a_key(
    door: Doors, factory: Factory, anna: int, clock: FixedClock
) -> None:
    factor_on(factory, anna)
    here = door()
    async with arrived(here, here.by_key("anna", KEY)) as (portal, person):
        page = await person.wait("One-time password")
        assert "User name" not in page
        await person.press(*"000000", "enter", sees="wrong")
        await person.press("end", "ctrl+u", *code(clock), "enter", sees="Dashboard")
        assert portal.desk.visit is not None
        assert portal.desk.visit.channel == "ssh"
        mine = portal.desk.visit.session_id
    # Nobody else works in the session that this screen began.
    assert here.store.row("SELECT ended_by FROM session WHERE id = :id", id=mine) == ("sign_out",)


async def test_who_does_not_answer_leaves(door: Doors, factory: Factory, anna: int) -> None:
    factor_on(factory, anna)
    here = door()
    async with arrived(here, here.by_key("anna", KEY)) as (portal, person):
        await person.wait("One-time password")
        await person.pilot.press("escape")
        await ended(portal, person.pilot)
    assert here.store.row("SELECT count(*) FROM session") == (0,)


async def test_signing_out_ends_the_portal(door: Doors, anna: int) -> None:
    here = door()
    identity = here.by_key("anna", KEY)
    async with arrived(here, identity) as (portal, person):
        await person.wait("Dashboard")
        await person.pilot.press("ctrl+l")
        await ended(portal, person.pilot)
    assert here.store.row("SELECT ended_by FROM session") == ("sign_out",)


async def test_a_session_that_was_ended_elsewhere_ends_the_portal_with_the_reason(
    door: Doors, factory: Factory, anna: int, account: int
) -> None:
    here = door()
    identity = here.by_key("anna", KEY)
    async with arrived(here, identity) as (portal, person):
        await person.wait("Dashboard")
        other = factory.visit("holder", account, login_id=anna)
        perform(other, "sessions.end", session=identity.session_id)
        await person.pilot.press("2")
        await ended(portal, person.pilot)
        assert "This session was ended" in portal.parting


async def test_what_is_worth_nothing_any_more_says_so_and_ends(
    door: Doors, factory: Factory, anna: int, clock: FixedClock
) -> None:
    factor_on(factory, anna)
    here = door()
    unfinished = here.by_key("anna", KEY)
    clock.advance(600)
    async with arrived(here, unfinished) as (portal, person):
        await ended(portal, person.pilot)
        assert any("too long" in str(each) for each in portal._exit_renderables)


@pytest.mark.parametrize("who, asks", [("eva", True), ("C70001", False)])
async def test_who_acts_for_several_is_asked_for_which_unless_the_number_was_said(
    who: str, asks: bool, door: Doors, factory: Factory, anna: int, account: int, checked: list[bool]
) -> None:
    other = factory.account("Second")
    if asks:
        login = factory.login(account, "admin", user_name="eva", password_hash=PASSWORD_HASH)
    else:
        login = anna
    factory.insert("membership", {"login_id": login, "account_id": other, "role": "admin"})
    here = door()
    identity = here.password(who, PASSWORD)
    assert isinstance(identity, Identity)
    async with arrived(here, identity) as (portal, person):
        if asks:
            await person.wait("For which customer?")
            await person.press("enter", sees="Dashboard")
        else:
            await person.wait("Dashboard")
        assert portal.desk.visit is not None
        assert portal.desk.visit.account_id == account


async def test_without_an_arrival_it_is_the_portal_as_it_is(door: Doors, anna: int) -> None:
    async with arrived(door(), None) as (portal, person):
        await person.wait("User name")
        await settled(person.pilot)
        assert portal.is_running


async def ended(portal: ArrivalPortal, pilot: Pilot[Any]) -> None:
    """Wait until the portal has decided to end."""
    for _turn in range(400):
        if portal._exit:
            return
        await pilot.pause(0.05)
    raise AssertionError("the portal goes on")
