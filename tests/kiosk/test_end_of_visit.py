"""A visit ends by itself, and what a kiosk does not have cannot be reached in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from app.clock import FixedClock
from app.kiosk.codes import LEAVE, NEXT, RESTART
from app.operations.core import Visit, perform
from app.secret import Secret
from app.store import Store
from tests.databases.stored import stored_bytes
from tests.factories import Factory
from tests.kiosk.visitor import ADDRESS, Visitor, at_the_kiosk, login
from tests.screens.harness import LARGE
from tests.screens.read_qr import read_qr


@pytest.fixture(autouse=True)
def people(factory: Factory, account_id: int) -> int:
    """An admin with a line, an agent and a supervisor."""
    login(factory, None, "agent", "arie")
    login(factory, None, "supervisor", "saskia")
    factory.line(account_id, person="Emma Employee")
    return login(factory, account_id, "admin", "anna")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The watches look more often, so that nobody waits."""
    monkeypatch.setattr("app.screens.idle.LOOK_SECONDS", 0.02)
    monkeypatch.setattr("app.kiosk.idle.LOOK_SECONDS", 0.02)


async def over(visitor: Visitor) -> int | None:
    """Wait until the process is about to end; its exit code."""
    for _turn in range(400):
        await visitor.pilot.pause(0.02)
        if visitor.portal.over:
            return visitor.portal.return_code
    raise AssertionError(f"the visit goes on:\n{visitor.screen}")


def sessions(store: Store) -> list[tuple[str, str, str]]:
    rows = store.rows("SELECT channel, address, coalesce(ended_by, '') FROM session ORDER BY started_at")
    return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]


@pytest.mark.capability("KI-02")
async def test_who_walks_away_is_warned_with_a_countdown_and_signed_out(
    store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_kiosk(store, clock, tmp_path) as visitor:
        await visitor.sign_in("anna")
        clock.advance(69)
        await visitor.pilot.pause(0.1)
        assert visitor.screens == ["KioskShell"]
        clock.advance(1)
        await visitor.wait("starts anew in 20 seconds")
        clock.advance(19)
        await visitor.wait("starts anew in 1 second.")
        assert "wiped for the next visitor" in visitor.screen
        clock.advance(1)
        assert await over(visitor) == NEXT
    assert sessions(store) == [("kiosk", ADDRESS, "idle")]


@pytest.mark.capability("KI-02")
async def test_a_key_during_the_warning_goes_on(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    async with at_the_kiosk(store, clock, tmp_path) as visitor:
        await visitor.sign_in("anna")
        clock.advance(80)
        await visitor.wait("starts anew")
        await visitor.press("x", misses="starts anew")
        assert visitor.screens == ["KioskShell"]
        assert sessions(store)[0][2] == ""


@pytest.mark.capability("KI-02")
async def test_what_was_begun_without_signing_in_ends_too_and_an_untouched_page_does_not(
    store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_kiosk(store, clock, tmp_path) as visitor:
        clock.advance(1000)
        await visitor.pilot.pause(0.1)
        assert not visitor.portal.over
        await visitor.press("1", sees="Password")
        await visitor.press(*"anna", sees="anna")
        clock.advance(75)
        await visitor.wait("starts anew in 15 seconds")
        clock.advance(15)
        assert await over(visitor) == NEXT


async def test_signing_out_ends_the_process_by_key_and_by_touch(
    store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    for way in ("key", "touch"):
        async with at_the_kiosk(store, clock, tmp_path) as visitor:
            await visitor.sign_in("anna")
            if way == "key":
                await visitor.press("ctrl+l")
            else:
                await visitor.pilot.click("#kiosk-sign-out")
            assert await over(visitor) == NEXT
    assert [by for _channel, _address, by in sessions(store)] == ["sign_out", "sign_out"]


@pytest.mark.capability("KI-07")
async def test_there_is_no_way_out_no_palette_no_file_and_no_clipboard_for_who_is_signed_in(
    store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_kiosk(store, clock, tmp_path, LARGE) as visitor:
        await visitor.sign_in("anna")
        await visitor.press("3", sees="Emma Employee", misses="Export")
        for key in ("ctrl+q", "ctrl+k", "colon", "ctrl+p", "e", "ctrl+c", "ctrl+z", "f10", "ctrl+backslash"):
            await visitor.press(key)
            assert visitor.screens == ["KioskShell"], key
        await visitor.press("question_mark", sees="What do you want to do?", misses="practise")
        await visitor.press("f3")
        await visitor.press("escape", misses="What do you want")
        assert visitor.portal.practising is None
        visitor.portal.copy_to_clipboard("Emma")
        assert visitor.portal.clipboard == ""
        assert not (tmp_path / "exports").exists()
        assert not visitor.portal.over


@pytest.mark.capability("KI-07")
async def test_no_draft_of_a_kiosk_is_kept_and_none_from_elsewhere_is_shown(
    store: Store, clock: FixedClock, factory: Factory, account_id: int, people: int, tmp_path: Path
) -> None:
    from app.operations.core import drafts

    elsewhere = factory.visit("admin", account_id, login_id=people)
    drafts.keep(elsewhere, "order_line", "", {"person": "Typed at home"})
    at_kiosk = factory.visit("admin", account_id, login_id=people)
    at_kiosk.channel = "kiosk"
    drafts.keep(at_kiosk, "note", "account:1", {"text": "typed in the shop"})
    assert drafts.find(at_kiosk, "order_line", "") is None
    drafts.drop(at_kiosk, "order_line", "")
    assert [row[0] for row in store.rows("SELECT form FROM draft")] == ["order_line"]


@pytest.mark.capability("KI-03")
async def test_a_customer_with_a_list_of_addresses_is_refused_in_neutral_words_with_ways_to_people(
    store: Store, clock: FixedClock, admin_visit: Visit, tmp_path: Path
) -> None:
    perform(admin_visit, "allowed_addresses.add", network="127.0.0.0/8")
    texts = []
    async with at_the_kiosk(store, clock, tmp_path) as visitor:
        for name in ("anna", "nobody"):
            shown = " ".join((await visitor.sign_in(name, sees="Sign-in failed.")).replace("│", "").split())
            texts.append(shown.replace(name, ""))
            assert "+31 67 000 0133, service@noordkade.example" in shown
            assert visitor.portal.screen.query_one("#password", Input).value == ""
            await visitor.press("alt+0", sees="To read without")
    assert texts[0] == texts[1], "who is kept out for the address learns nothing"


@pytest.mark.parametrize(("key", "code"), [("l", LEAVE), ("r", RESTART), ("b", NEXT)])
async def test_a_supervisor_leaves_the_kiosk_or_starts_it_anew(
    store: Store, clock: FixedClock, tmp_path: Path, key: str, code: int
) -> None:
    button = {"l": "leave", "r": "restart", "b": "back"}[key]
    async with at_the_kiosk(store, clock, tmp_path) as visitor:
        await visitor.press("ctrl+o", sees="For supervisors")
        await visitor.fill("saskia")
        await visitor.wait("Leave the kiosk")
        await visitor.pilot.click(f"#{button}")
        assert await over(visitor) == code
    assert [by for _channel, _address, by in sessions(store)] == ["sign_out"]


async def test_nobody_else_gets_behind_the_supervisors_door(
    store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    async with at_the_kiosk(store, clock, tmp_path) as visitor:
        for name in ("anna", "arie", "nobody"):
            await visitor.press("ctrl+o", sees="For supervisors")
            await visitor.fill(name)
            await visitor.wait("Sign-in failed.")
            assert visitor.portal.desk.visit is None
            await visitor.press("escape", sees="To read without")
        assert not visitor.portal.over
    assert {by for _channel, _address, by in sessions(store)} == {"sign_out"}


@pytest.mark.capability("KI-05")
async def test_what_is_owed_is_paid_by_a_picture_that_goes_with_the_visit(
    store: Store, factory: Factory, clock: FixedClock, tmp_path: Path
) -> None:
    perform(factory.system, "billing.run", month=202610)
    async with at_the_kiosk(store, clock, tmp_path) as visitor:
        await visitor.sign_in("anna")
        await visitor.press("2", sees="Customer since")
        await visitor.press("i", sees="to pay on 1 invoice")
        page = await visitor.press("w", sees="Scan the picture")
        assert "NL91 ABNA 0417 1643 00" in page
        told = read_qr(visitor.portal).splitlines()
        assert told[:4] == ["BCD", "002", "2", "SCT"]
        assert told[5:8] == ["Noordkade Telecom", "NL91ABNA0417164300", "EUR13.92"]
        clock.advance(90)
        assert await over(visitor) == NEXT


@pytest.mark.capability("KI-06", "MP-36", "BX-25")
async def test_the_picture_of_an_esim_goes_by_itself_and_stands_in_no_log(
    store: Store, factory: Factory, account_id: int, clock: FixedClock, tmp_path: Path
) -> None:
    line = factory.line(account_id, person="Aaltje First", number="+31600000001")
    factory.insert(
        "sim",
        {"line_id": line, "kind": "esim", "role": "main", "status": "active", "iccid": "89310", "label": ""},
    )
    code = "LPA:1$smdp.example.org$04386-AGYFT-A74Y8"
    perform(factory.system, "esim.provide", iccid="89310", activation_code=Secret(code))
    async with at_the_kiosk(store, clock, tmp_path) as visitor:
        await visitor.sign_in("anna")
        await visitor.press("3", sees="Aaltje First")
        await visitor.press("enter", sees="Overview")
        await visitor.press("c", sees="ready to be activated")
        await visitor.press("down", "enter", sees="Shown for 60 s")
        assert read_qr(visitor.portal) == code
        clock.advance(60)
        await visitor.wait("ready to be activated", "04386-AGYFT")
        assert visitor.screens == ["KioskShell"]
    assert b"04386-AGYFT" not in logged(tmp_path) + stored_bytes(store)


def logged(folder: Path) -> bytes:
    """All that was written into logs."""
    return b"".join(path.read_bytes() for path in folder.rglob("*.log"))
