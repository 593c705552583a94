"""The portal in a real Chromium: sign in, read, scan a picture, save a file; and a kiosk in it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.operations.core import perform
from app.store import Store
from tests.factories import DAY, GB, NOVEMBER, Factory
from tests.hostile.portal import home_of
from tests.kiosk.visitor import PASSWORD, login
from tests.serving.web.browser import Screen, at_the_browser, needs_chromium
from tests.serving.web.server import served

pytestmark = [needs_chromium, pytest.mark.timeout(600)]


@pytest.fixture
def home(store: Store, factory: Factory, account_id: int) -> Path:
    """A customer with an admin, a line and what it used; the clock of the server is the real one."""
    line = factory.line(account_id, person="Emma Employee", number="+31670042001")
    factory.usage(line, "data", 2 * GB, NOVEMBER + DAY)
    login(factory, account_id, "admin", "anna")
    perform(factory.system, "billing.run", month=202610)
    return home_of(store)


@pytest.mark.capability("BX-54")
def test_sign_in_read_scan_and_save(home: Path, store: Store) -> None:
    with served(home) as server, at_the_browser(server.origin) as screen:
        screen.sign_in("anna", PASSWORD)
        # Reading
        screen.press("3", sees="Emma Employee")
        screen.press("Enter", sees="Data per day")
        assert "2 / 6 GB" in screen.text
        # A file
        screen.press("Escape", sees="e Export")
        with screen.page.expect_download() as saving:
            screen.press("e", sees="for a spreadsheet")
            screen.press("Enter", sees="Your browser saves lines-page-")
        file = saving.value
        assert file.suggested_filename.startswith("lines-page-")
        assert file.suggested_filename.endswith(".csv")
        rows = list(csv.DictReader(Path(file.path()).read_text(encoding="utf-8").splitlines()))
        assert [row["person"] for row in rows] == ["Emma Employee"]
        again = screen.page.request.get(file.url)
        assert again.status == 404, "a file is handed over once"
        assert not list(home.glob("exports/**/*.csv")), "no copy stays"
        # A picture for a phone
        screen.press("5", sees="Web shop")
        screen.press("Tab")
        screen.press("Enter", sees="Without signing in again")
        scanned = screen.read_qr()
        assert scanned.startswith("https://shop.noordkade.example/enter#")
        screen.press("Escape", misses="Without signing in again")
        # Paying
        screen.press("2", sees="Customer since")
        screen.press("i", sees="to pay on 1 invoice")
        screen.press("w", sees="Scan the picture")
        transfer = screen.read_qr().splitlines()
        assert transfer[5:8] == ["Noordkade Telecom", "NL91ABNA0417164300", "EUR13.92"]
        screen.press("Escape", misses="Scan the picture")
        # Nobody else is told of the visit, and nobody's secret is written down.
        assert {url.split("://")[1].split("/")[0] for url in screen.requests} == {f"127.0.0.1:{server.port}"}
        rows = store.rows("SELECT channel, address FROM session")
        assert [(row[0], row[1]) for row in rows] == [("web", "127.0.0.1")]
        server.wait_for_sessions(1)
        screen.page.close()
        server.wait_for_sessions(0)
        code = scanned.partition("#")[2]
        logs = [path.read_text(errors="replace") for path in home.rglob("*.log")]
        assert not any(code in log or PASSWORD in log for log in logs)


@pytest.mark.capability("KI-07")
def test_a_kiosk_in_a_browser_has_no_way_out_and_begins_anew_by_itself(home: Path) -> None:
    with served(home, "--kiosk") as server, at_the_browser(server.origin) as screen:
        screen.wait("Wachtwoord vergeten")
        screen.press("F2", sees="To read without signing in")
        first, entries = server.wait_for_sessions(1), screen.page.evaluate("history.length")
        screen.press("4", sees="www.noordkade.example")
        click_links(screen)
        for key in (
            *("Control+o", "Control+p", "Control+s", "Control+u", "Control+f", "Control+h", "Control+j"),
            *("Control+d", "Control+l", "Control+r", "Control+Shift+i", "Control+Shift+j", "Control+q"),
            *(f"F{number}" for number in range(1, 13)),
            *("Alt+ArrowLeft", "Alt+ArrowRight", "Alt+Home", "Alt+d", "Meta+l", "ContextMenu", "Shift+F10"),
        ):
            screen.page.keyboard.press(key)
        assert len(screen.page.context.pages) == 1
        assert screen.page.url.rstrip("/") == server.origin
        assert screen.sessions == 1, "the page was left, or loaded anew"
        assert server.sessions() == first
        # A visit, and what the next one finds of it
        screen.press_until("Escape", "Alt+0", "1", sees="F6 ")
        screen.type("anna", sees="anna")
        screen.press("Enter")
        screen.type(PASSWORD, sees="•")
        screen.press("Enter", sees="1 Dashboard")
        screen.press("Control+l")
        screen.wait("Wachtwoord vergeten", misses="Dashboard")
        assert screen.sessions == 2
        assert set(server.wait_for_sessions(1)).isdisjoint(first)
        assert screen.page.evaluate("history.length") == entries, "there is no page to go back to"
        assert "anna" not in screen.text.lower()
        assert "anna" not in screen.page.content().lower()
        assert screen.page.evaluate("navigator.clipboard.readText()") == ""


def click_links(screen: Screen) -> None:
    """Click on what the terminal makes a link of."""
    box = screen.page.locator(".xterm-screen").bounding_box()
    assert box is not None
    width, height = box["width"] / screen.terminal.columns, box["height"] / screen.terminal.lines
    for y, line in enumerate(screen.terminal.display):
        if "https://" in line:
            x = line.index("https://") + 3
            screen.page.mouse.move(box["x"] + width * x, box["y"] + height * (y + 0.5))
            screen.page.mouse.click(box["x"] + width * x, box["y"] + height * (y + 0.5))
