"""My Data: who, for whom, in which language and colours."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.i18n import language
from app.operations.core import Visit
from tests.factories import Factory
from tests.screens.harness import LARGE
from tests.screens.my_products.steps import at_the_keyboard


async def test_account_login_and_members_show(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    factory.login(account_id, "holder", name="Hanna Holder")
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        page = await person.press("2", sees="Hanna Holder")
        for text in ("Molenwerf Bouw B.V.", "Anna Admin", "administrator", "contract holder"):
            assert text in page


@pytest.mark.capability("IN-17")
async def test_every_area_follows_the_language(admin_visit: Visit, tmp_path: Path) -> None:
    words = {
        "nl": ("Taal en kleuren", "Gedeelde data", "Kostenlimiet", "Tarief"),
        "de": ("Sprache und Farben", "Gemeinsame", "Kostenlimit", "Tarif"),
    }
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        for code, (looks, pools, limits, tariff) in words.items():
            await choose(person, code)
            await person.wait(pools)
            page = await person.press("2", sees=looks)
            assert "Language" not in page
            page = await person.press("1", sees=pools, misses=looks)
            assert limits in page
            assert "Shared data" not in page
            await person.press("4", sees=tariff)
            await person.press("alt+6", sees="BERICHT AAN")
            assert language() == code
    stored = admin_visit.store.row("SELECT language FROM login WHERE id = :id", id=admin_visit.login_id)
    assert stored == ("de",)


async def choose(person: object, code: str) -> None:
    """Take a language in My Data."""
    from textual.widgets import Select

    await person.press("2", sees="Anna Admin")  # type: ignore[attr-defined]
    select = person.portal.screen.query_one("#my-language", Select)  # type: ignore[attr-defined]
    select.value = code
    for _turn in range(20):
        await person.pilot.pause(0.05)  # type: ignore[attr-defined]
        if language() == code:
            return
    raise AssertionError(f"the language is not {code}")


async def test_the_theme_is_kept_for_the_next_sign_in(admin_visit: Visit, tmp_path: Path) -> None:
    from textual.widgets import Select

    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await person.press("2", sees="Dark")
        person.portal.screen.query_one("#my-theme", Select).value = "light"
        await person.wait("1 Dashboard")
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


async def test_a_user_sees_the_own_login_only(user_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(user_visit, tmp_path, LARGE) as person:
        page = await person.press("2", sees="My login")
        assert "Emma Employee" in page
        assert "Who may act" not in page
        assert "What was done" not in page
