"""Header, areas and the line of keys."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from app.operations.core import Visit, perform
from app.screens.shell import AREAS, Shell
from app.screens.sign_in.screen import SignInScreen
from tests.factories import Factory
from tests.screens.harness import LARGE, SMALL, make_portal, opened, settled, shown, typed
from tests.screens.my_products.steps import at_the_keyboard

TELL_TALE = {
    "dashboard": "Cost limits outside the EU",
    "my_data": "Customer since",
    "my_products": "Web hosting & domains",
    "info": "Usage costs and country classification",
    "services": "Order a mobile line",
    "support": "Reach us",
}
"""A text that only this area shows."""


@pytest.mark.capability("DB-01", "DB-02")
async def test_start_page_comes_first_and_each_area_has_one_key(admin_visit: Visit, tmp_path: Path) -> None:
    async with opened(admin_visit, tmp_path, LARGE) as (portal, pilot):
        assert portal.screen.current == "dashboard"
        assert TELL_TALE["dashboard"] in shown(portal)
        tabs = shown(portal).splitlines()[1].split("   ")
        assert [tab.strip() for tab in tabs] == [
            f"{number} {title}" for number, (title, _class) in enumerate(AREAS.values(), 1)
        ]
        assert len(AREAS) == 6
        for number, name in list(enumerate(AREAS, 1))[::-1]:
            await pilot.press(str(number))
            await settled(pilot)
            assert portal.screen.current == name
            assert TELL_TALE[name] in shown(portal)
            others = [text for other, text in TELL_TALE.items() if other != name]
            assert not any(text in shown(portal) for text in others)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_alt_opens_areas_even_from_a_text_field(
    admin_visit: Visit, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(admin_visit, tmp_path, size) as (portal, pilot):
        await pilot.press("4")
        await typed(pilot, "ja5")
        await settled(pilot)
        assert portal.screen.query_one("#info-text", Input).value == "ja5"
        await pilot.press("alt+6")
        await settled(pilot)
        assert portal.screen.current == "support"


async def test_areas_open_by_mouse(admin_visit: Visit, tmp_path: Path) -> None:
    async with opened(admin_visit, tmp_path, SMALL) as (portal, pilot):
        titles = shown(portal).splitlines()[1]
        for number, (name, (title, _class)) in enumerate(AREAS.items(), 1):
            await pilot.click("#area-tabs", offset=(titles.index(f"{number} {title}") + 1, 0))
            await settled(pilot)
            assert portal.screen.current == name


@pytest.mark.capability("DB-03")
async def test_home_comes_back_from_anywhere(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    factory.line(account_id, person="Deep Down")
    async with opened(admin_visit, tmp_path, SMALL) as (portal, pilot):
        for keys in (["3", "enter", "l"], ["3", "f"], ["4", "/"], ["2"], ["5"], ["6"]):
            await pilot.press(*keys)
            await settled(pilot)
            assert portal.screen.current != "dashboard"
            await pilot.press("f4")
            await settled(pilot)
            assert portal.screen.current == "dashboard"
            assert TELL_TALE["dashboard"] in shown(portal)


@pytest.mark.capability("DB-03")
async def test_home_does_not_lose_a_form_in_silence(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await person.press("3", sees="No lines")
        await person.press("n", sees="Order a new line")
        await person.press(*"Nina", sees="Nina")
        for key in ("f4", "alt+0"):
            await person.press(key, sees="Leave without saving?")
            await person.press("escape", sees="Nina", misses="Leave without saving?")
        await person.press("f4", sees="Leave without saving?")
        await person.press("ctrl+s", sees=TELL_TALE["dashboard"], misses="Order a new line")
        assert [type(screen) for screen in person.portal.screen_stack] == [Shell]


@pytest.mark.capability("DB-03")
async def test_home_leads_out_of_dialogs_over_dialogs(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        for keys in (["3", "n", "f1"], ["2", "colon"], ["question_mark", "f1"], ["3", "n"], ["ctrl+j"]):
            for key in keys:
                await person.press(key)
                await settled(person.pilot)
            assert len(person.portal.screen_stack) > 1, keys
            await person.press("alt+0", sees=TELL_TALE["dashboard"])
            assert [type(screen) for screen in person.portal.screen_stack] == [Shell], keys


@pytest.mark.capability("DB-11")
async def test_without_a_session_only_the_sign_in_screen_shows(
    factory: Factory, account_id: int, admin_visit: Visit, tmp_path: Path
) -> None:
    factory.line(account_id, person="Secret Person")
    portal = make_portal(admin_visit.store, admin_visit.clock, tmp_path)
    keys = [*"0123456789abcdefghijklmnopqrstuvwxyz:?/[]<>", *(f"f{number}" for number in range(1, 13))]
    keys += [f"{lead}+{each}" for lead in ("ctrl", "alt") for each in "abcdefghijklmnoprstuvwxyz0123456789"]
    keys += ["escape", "enter", "space", "pagedown", "end", "shift+tab", "down"]
    async with portal.run_test(size=SMALL) as pilot:
        await portal.desk.opened()
        for key in keys:
            await pilot.press(key)
            assert isinstance(portal.screen_stack[0], SignInScreen), key
            for over in portal.screen_stack[1:]:
                assert type(over).__module__.startswith(("app.screens.sign_in.", "app.tours.")), key
                await pilot.press("escape")
        await settled(pilot)
        assert len(portal.screen_stack) == 1
        assert portal.desk.visit is None
        assert "Password" in shown(portal) or "Passwort" in shown(portal)
        assert "Secret" not in shown(portal)
        assert "Molenwerf" not in shown(portal)


@pytest.mark.capability("DB-11")
async def test_signing_out_leaves_nothing_of_the_visit(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    factory.line(account_id, person="Secret Person")
    async with opened(admin_visit, tmp_path, SMALL) as (portal, pilot):
        await pilot.press("3")
        await settled(pilot)
        assert "Secret" in shown(portal)
        await pilot.press("ctrl+l")
        await settled(pilot)
        assert "Password" in shown(portal) or "Passwort" in shown(portal)
        assert portal.desk.visit is None
        assert len(portal.screen_stack) == 1
        await pilot.press("3", "0", "f4", "escape")
        await settled(pilot)
        assert "Secret" not in shown(portal)
    row = admin_visit.store.row("SELECT operation FROM audit ORDER BY seq DESC LIMIT 1")
    assert row == ("signin.sign_out",)


async def test_account_and_person_are_shown_top_right(admin_visit: Visit, tmp_path: Path) -> None:
    visit = replace(admin_visit, account_name="Molenwerf Bouw B.V.")
    async with opened(visit, tmp_path, SMALL) as (portal, _pilot):
        top = shown(portal).splitlines()[0]
        assert top.strip().startswith("Noordkade Telecom")
        assert top.endswith("Anna Admin")
        assert "Molenwerf Bouw" in top


def painted(portal: object, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is handed to the terminal from now on."""
    found: list[object] = []
    display = portal._display  # type: ignore[attr-defined]

    def note(screen: object, renderable: object) -> None:
        found.append(renderable)
        display(screen, renderable)

    monkeypatch.setattr(portal, "_display", note)
    return found


@pytest.mark.capability("BX-52")
async def test_a_change_made_elsewhere_shows_within_two_seconds(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    line = factory.line(account_id, person="Lea Live")
    elsewhere = factory.visit("admin", account_id, login_id=admin_visit.login_id, person="Other Window")
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lea")
        await person.press("l", sees="€50 ")
        await asyncio.to_thread(perform, elsewhere, "limits.set", line_id=line, limit_cents=20000)
        begin = time.monotonic()
        await person.wait("€200 ")
        assert time.monotonic() - begin < 2


@pytest.mark.capability("BX-52")
async def test_nothing_is_painted_while_nothing_changes(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory.line(account_id)
    async with opened(admin_visit, tmp_path, SMALL) as (portal, pilot):
        for keys in (["3", "enter", "u"], ["2"], ["1"]):
            await pilot.press(*keys)
            await settled(pilot)
            await pilot.pause(0.3)
            found = painted(portal, monkeypatch)
            await pilot.pause(1.3)
            assert found == [], f"after {keys}"
            monkeypatch.undo()


async def test_what_cannot_be_used_now_is_told_apart_in_the_foot(admin_visit: Visit, tmp_path: Path) -> None:
    async with opened(admin_visit, tmp_path, SMALL) as (portal, _pilot):
        foot = shown(portal).splitlines()[-1]
        assert foot.endswith("? Need help")
        assert "^K Search" in foot


async def test_the_key_of_an_area_pressed_again_goes_to_its_first_page(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    for number in range(3):
        factory.line(admin_visit.account_id or 0, number=f"+3161234567{number}")
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("3", sees="3 lines")
        await person.press("enter", sees="Overview", misses="3 lines")
        await person.press("1", "3", sees="Overview", misses="3 lines")
        await person.press("3", sees="3 lines", misses="Overview")
        await person.press("b", sees="group", misses="3 lines")
        await person.press("3", sees="3 lines")


async def test_an_area_that_is_taken_away_has_a_place(admin_visit: Visit, tmp_path: Path) -> None:
    async with opened(admin_visit, tmp_path) as (portal, pilot):
        await pilot.press("3")
        await settled(pilot)
        shell = portal.screen
        assert isinstance(shell, Shell)
        assert shell.place == "my_products/lines"
        await shell.query("#product-sections").remove()
        assert shell.place == "my_products"
        await pilot.press("1")
        await settled(pilot)
        assert shell.place == "dashboard"
