"""Connection of a line: values for a device, a password on demand, a link to the administration."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.operations.core import Visit, perform
from app.screens.my_products import connection
from app.secret import Secret
from tests.factories import Factory
from tests.in_each import AT_EACH
from tests.screens.harness import LARGE, SMALL
from tests.screens.my_products.steps import at_the_keyboard
from tests.screens.read_qr import read_qr

PASSWORD = "kade-4G-133"


@pytest.fixture
def line(factory: Factory, admin_visit: Visit) -> int:
    return factory.line(admin_visit.account_id, number="+31670009999", person="Wim Device")


@pytest.mark.capability("MD-31")
@pytest.mark.parametrize("size", AT_EACH)
async def test_connection_data_shows_and_the_password_only_when_asked_for(
    admin_visit: Visit, line: int, tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "SHOWN_SECONDS", 1)
    async with at_the_keyboard(admin_visit, tmp_path, size) as person:
        await person.open_line("Wim")
        page = await person.press("c", sees="internet.noordkade.example")
        assert "mobiel" in page
        assert "8080" in page
        assert connection.HIDDEN in page
        assert PASSWORD not in page
        await person.press("down", "down", "down", sees="Enter shows it")
        await person.press("enter", sees=PASSWORD)
        await person.wait(connection.HIDDEN, misses=PASSWORD)
        # Asked for again, and hidden again by the same key.
        monkeypatch.setattr(connection, "SHOWN_SECONDS", 600)
        await person.press("enter", sees=PASSWORD)
        await person.press("enter", misses=PASSWORD)
    shown = [
        row for row in admin_visit.store.rows("SELECT operation, object FROM audit") if "reveal" in row[0]
    ]
    assert shown == [("connection.reveal", f"line:{line}")] * 2


@pytest.mark.capability("MP-03", "LA-18")
async def test_the_administration_of_a_line_is_entered_with_a_picture_or_a_copied_link(
    admin_visit: Visit, line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = admin_visit.clock
    assert isinstance(clock, FixedClock)
    async with at_the_keyboard(admin_visit, tmp_path, SMALL) as person:
        copied: list[str] = []
        monkeypatch.setattr(person.portal, "copy_to_clipboard", copied.append)
        await person.open_line("Wim")
        await person.press("c", sees="internet.noordkade.example")
        await person.press("end", sees="Device management")
        await person.wait("works once")
        await person.press("enter", sees="for 60 s")
        link = read_qr(person.portal)
        assert link.startswith("https://devices.noordkade.example/enter#")
        await person.press("tab", "enter", sees="Sent")
        assert copied == [link]
        clock.advance(60)
        page = await person.wait("run out", misses=link.partition("#")[2])
        assert "Copy" not in page
        await person.press("tab", "enter", sees="for 60 s")
        code = read_qr(person.portal).partition("#")[2]
    host = replace(admin_visit, role="system", login_id=None, account_id=None, touched=[])
    found = perform(host, "handover.redeem", code=Secret(code))
    assert (found.site, found.product) == ("devices", "line:+31670009999")
    # What can be used is nowhere but on that screen: not in the log, not in the database.
    for (text,) in admin_visit.store.rows("SELECT coalesce(text, '') FROM audit_personal"):
        assert code not in text
    assert all(code not in str(row) for row in admin_visit.store.rows("SELECT * FROM access_code"))


async def test_on_a_call_the_password_can_be_shown_but_no_site_is_entered(
    assisting_visit: Visit, factory: Factory, tmp_path: Path
) -> None:
    factory.line(assisting_visit.account_id, number="+31670009998", person="Wim Device")
    async with at_the_keyboard(assisting_visit, tmp_path, LARGE) as person:
        await person.open_line("Wim")
        await person.press("c", sees="internet.noordkade.example")
        assert "Device management" not in person.screen
        await person.press("down", "down", "down", sees="Enter shows it")
        await person.press("enter", sees=PASSWORD)
    row = assisting_visit.store.row("SELECT assistance_id IS NOT NULL FROM audit ORDER BY seq DESC LIMIT 1")
    assert row == (1,)
