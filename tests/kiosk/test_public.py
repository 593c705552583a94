"""What a kiosk shows to whoever comes, before anybody has signed in."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Button

from app.clock import FixedClock
from app.store import Store
from tests.factories import Factory
from tests.kiosk.visitor import at_the_kiosk, login
from tests.screens.harness import LARGE, SMALL, typed

READ = {
    "4": ("Mon – Fri", "service@noordkade.example", "08:00 – 20:00"),
    "5": ("Country, code or number", "Usage costs and country classification"),
    "6": ("Top questions", "Words, as in a question"),
    "7": ("The shop is closed", "Maintenance"),
}
"""Key of the start page to what stands on the page that it opens."""
PERSONAL = ("Molenwerf", "Emma", "+3167")


@pytest.fixture(autouse=True)
def somebody(factory: Factory, account_id: int) -> None:
    """A customer with a line: nothing of it may show."""
    factory.line(account_id, person="Emma Employee")
    login(factory, account_id, "admin", "anna")


@pytest.mark.capability("KI-01")
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_while_idle_only_the_ways_in_and_what_anybody_may_read_show(
    store: Store, clock: FixedClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_kiosk(store, clock, tmp_path, size) as visitor:
        shown = await visitor.wait("No login yet?")
        labels = [str(button.label).lstrip("1234567 ") for button in visitor.portal.screen.query(Button)]
        assert labels == [
            *("Nederlands", "English", "Deutsch"),
            *("Sign in", "Forgot password", "No login yet?", "Contact and hours"),
            *("Prices", "Articles", "Status"),
        ]
        for button in visitor.portal.screen.query(Button).results(Button):
            assert button.region.height >= 3, "a finger is larger"
            assert visitor.portal.screen.region.contains_region(button.region)
        assert not any(word in shown for word in (*PERSONAL, "Quit", "Export", "Search"))


@pytest.mark.capability("KI-01")
async def test_each_way_in_opens_by_key_and_by_touch(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    ways = {
        "1": ("sign_in", "Password"),
        "2": ("forgot_password", "Send the mail"),
        "3": ("no_login", "once"),
    }
    async with at_the_kiosk(store, clock, tmp_path) as visitor:
        for key, (name, sees) in ways.items():
            await visitor.press(key, sees=sees)
            await visitor.press("alt+0", sees="To read without")
            await visitor.pilot.click(f"#kiosk-{name}")
            await visitor.wait(sees)
            await visitor.press("alt+0", sees="To read without")
            assert visitor.screens == ["StartScreen"]


@pytest.mark.capability("KI-02", "KI-04", "DB-03")
async def test_what_is_public_is_read_without_signing_in_and_home_leads_back(
    store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_kiosk(store, clock, tmp_path) as visitor:
        for key, words in READ.items():
            for word in words:
                shown = await visitor.press(key, sees=word)
                assert visitor.portal.desk.visit is None
                assert not any(each in shown for each in PERSONAL)
                await visitor.pilot.click("#kiosk-home")
                await visitor.wait("To read without")
                assert visitor.screens == ["StartScreen"]


@pytest.mark.capability("KI-04")
async def test_an_article_and_the_price_of_a_country(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    async with at_the_kiosk(store, clock, tmp_path, LARGE) as visitor:
        await visitor.press("6", sees="Set the cost limit outside the EU")
        await visitor.press("slash", *"cost", sees="Articles")
        await visitor.press("enter")
        await visitor.press("enter", sees="Related articles", misses="Was this article helpful?")
        await visitor.press("escape", sees="No data abroad: what to check")
        await visitor.press("alt+0", "5", sees="Country, code")
        await typed(visitor.pilot, "morocco")
        await visitor.press("enter", sees="From Morocco")
        rows = store.rows("SELECT count(*) FROM audit")
        assert rows[0][0] == 0, "reading what is public is written down nowhere, and nothing is refused"


async def test_what_is_not_public_is_refused_to_who_has_not_signed_in(
    store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    from app.operations.core import Refused

    async with at_the_kiosk(store, clock, tmp_path) as visitor:
        for name in (
            "lines.page",
            "search.everything",
            "dashboard.overview",
            "export.rows",
            "privacy.export",
        ):
            with pytest.raises(Refused):
                await visitor.portal.desk.do(name, **({"text": "emma"} if name.startswith("search") else {}))


async def test_each_language_by_touch(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    async with at_the_kiosk(store, clock, tmp_path) as visitor:
        await visitor.pilot.click("#language-nl")
        await visitor.wait("Wachtwoord vergeten")
        await visitor.press("7", sees="De winkel is gesloten")
        await visitor.press("escape")
        await visitor.press("f2", sees="Forgot password")


async def test_a_fault_stands_on_the_start_page(
    store: Store, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.content.status import StatusNotice
    from app.content.texts import Texts

    fault = StatusNotice(
        "fault", clock.now() - 60, None, Texts("No calls in Zeeland", "", ""), Texts("", "", "")
    )
    monkeypatch.setattr("app.operations.status.read_status", lambda _folder, _errors: (fault,))
    async with at_the_kiosk(store, clock, tmp_path) as visitor:
        await visitor.wait("No calls in Zeeland")
        assert visitor.screens == ["StartScreen"]


async def test_help_on_the_start_page_shows_how_a_visitor_gets_in(
    store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_kiosk(store, clock, tmp_path) as visitor:
        await visitor.press("question_mark", sees="I forgot my password", misses="practise")
        await visitor.press(*"forgot", "enter", sees="a code for a new password comes")
        assert visitor.screens == ["StartScreen", "KioskSignIn"]
        await visitor.press("f4", sees="Send the mail")
