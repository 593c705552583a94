"""My Data: its tabs, by right; one's own login, its language and colours."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.i18n import language
from app.operations.core import Visit
from app.screens.my_data.area import PLACES, MyDataArea
from tests.factories import Factory
from tests.screens.harness import LARGE, SMALL
from tests.screens.my_products.steps import Person, at_the_keyboard


def tabs(page: str) -> list[str]:
    """The titles in the line of tabs."""
    line = next(line for line in page.splitlines() if "Login" in line)
    return line.split()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_every_tab_has_a_key_and_a_place_in_the_round(
    admin_visit: Visit, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, size) as person:
        await person.press("2", sees="Customer since")
        area = person.portal.screen.query_one("#my-data")
        shown = [place.name for place in area.places()]
        assert {"account", "login", "contacts", "notices", "requests", "activity"} <= set(shown)
        assert len({place.key for place in PLACES}) == len(PLACES)
        for place in reversed(area.places()):
            await person.press(place.key)
            assert area.current == place.name
        seen = []
        for _turn in shown:
            await person.press("right")
            seen.append(area.current)
        assert sorted(seen) == sorted(shown)
        await person.press("2", sees="Customer since")
        assert area.current == shown[0]


async def test_the_same_key_again_shows_the_first_tab(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("2", sees="Customer since")
        await person.press("l", sees="User name", misses="Customer since")
        await person.press("1", "2", sees="User name")
        await person.press("2", sees="Customer since")


async def test_of_two_tabs_the_one_asked_for_last_stays(
    admin_visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("2", sees="Customer since")
        area = person.portal.screen.query_one(MyDataArea)
        read = asyncio.Event()
        monkeypatch.setattr(area.panels["account"], "renew", read.wait)
        with person.portal._context():
            slow = asyncio.create_task(area.open_tab("account"))
            await asyncio.sleep(0)
            await area.open_tab("login")
            read.set()
            await slow
        assert area.current == "login"
        assert [name for name, panel in area.panels.items() if panel.display] == ["login"]


async def test_an_employee_sees_the_own_login_only(user_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(user_visit, tmp_path, LARGE) as person:
        page = await person.press("2", sees="Emma Employee")
        assert not {"Account", "Contacts", "Notices", "Activity"} & set(tabs(page))
        for key in ("a", "c", "o", "y", "right", "left"):
            page = await person.press(key, sees="Emma Employee")
            assert "Customer since" not in page


async def test_staff_without_a_customer_see_the_own_login_only(agent_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(agent_visit, tmp_path) as person:
        page = await person.press("2", sees="Arie Agent")
        assert "none is open" in page
        assert not {"Account", "Contacts", "Notices", "Activity"} & set(tabs(page))


async def test_a_reseller_reads_and_is_told_who_may_change(
    factory: Factory, account_id: int, tmp_path: Path
) -> None:
    login = factory.login(account_id, "reseller", name="Rein Reseller")
    visit = factory.visit("reseller", account_id, login_id=login, person="Rein Reseller")
    async with at_the_keyboard(visit, tmp_path) as person:
        page = await person.press("2", sees="Customer since")
        assert not {"Contacts", "Notices"} & set(tabs(page))
        await person.press(*["down"] * 4, "enter", sees="Only an administrator of your account can change")
        assert len(person.portal.screen_stack) == 1


@pytest.mark.capability("IN-17")
async def test_every_area_follows_the_language(admin_visit: Visit, tmp_path: Path) -> None:
    words = {
        "nl": ("Kleuren", "Gedeelde data", "Kostenlimiet", "Tarief"),
        "de": ("Farben", "Gemeinsame", "Kostenlimit", "Tarif"),
    }
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        for code, (looks, pools, limits, tariff) in words.items():
            await choose(person, "Language Taal", {"nl": "Nederlands", "de": "Deutsch"}[code])
            for _turn in range(100):
                await person.pilot.pause(0.05)
                if language() == code:
                    break
            await person.wait(pools)
            await person.press("2")
            page = await person.press("l", sees=looks)
            assert "Language" not in page
            page = await person.press("1", sees=pools, misses=looks)
            assert limits in page
            assert "Shared data" not in page
            await person.press("4", sees=tariff)
            await person.press("alt+6", sees="BERICHT AAN")
            assert language() == code
    stored = admin_visit.store.row("SELECT language FROM login WHERE id = :id", id=admin_visit.login_id)
    assert stored == ("de",)


async def choose(person: Person, labels: str, wanted: str) -> None:
    """Take a language or colours under Login: the row with one of the labels, then the option."""
    await person.press("2")
    await person.press("l", sees="Anna Admin")
    table = person.portal.screen.query_one("#my-login LineTable")
    row = next(index for index, cells in enumerate(table.source.rows) if cells[0] in labels.split())
    await person.press("home", *["down"] * row, "enter", sees=wanted)
    options = person.portal.screen.query_one("#choices")
    index = next(index for index, cells in enumerate(options.source.rows) if cells[1] == wanted)
    await person.press("home", *["down"] * index, "enter")


async def test_the_theme_is_kept_for_the_next_sign_in(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await choose(person, "Colours", "Light")
        for _turn in range(40):
            await person.pilot.pause(0.05)
            if person.portal.theme == "light":
                break
        assert person.portal.theme == "light"
    stored = admin_visit.store.row("SELECT theme FROM login WHERE id = :id", id=admin_visit.login_id)
    assert stored == ("light",)
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await person.portal.show_shell()
        assert person.portal.theme == "light"
