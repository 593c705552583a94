"""Hostile data, signals, crashes and broken databases, with the real program on a real terminal."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from app.operations.core.passwords import hash_password
from app.store import Store
from tests.factories import DAY, GB, NOVEMBER, Factory
from tests.hostile.portal import PASSWORD, foreign, home_of, running, settle, sign_in
from tests.hostile.strings import HOSTILE

RESTORED = b"\x1b[?1049l"
CURSOR_SHOWN = b"\x1b[?25h"


@pytest.fixture(scope="module")
def stored_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def hostile_home(store: Store, factory: Factory, stored_hash: str) -> Path:
    """Every hostile text in every field that people or networks fill."""
    account = factory.account(HOSTILE[0] + HOSTILE[9])
    for index, text in enumerate(HOSTILE):
        group = factory.group(account, f"{text} {index}")
        line = factory.line(account, person=text, department=text, group_id=group, bundles=1)
        factory.usage(line, "data", 5 * GB + index, NOVEMBER + DAY)
        factory.insert(
            "message",
            {
                "key": f"hostile-{index}",
                "channel": "sms",
                "recipient": "+31600000000",
                "subject": text,
                "body": text,
                "account_id": account,
                "line_id": line,
                "status": "sent",
                "created_at": NOVEMBER + DAY,
                "not_before": 0,
                "attempts": 0,
                "claimed_at": None,
                "sent_at": None,
                "error": "",
            },
        )
    factory.login(account, "holder", user_name="anna", name=HOSTILE[2], password_hash=stored_hash)
    return home_of(store)


def test_no_byte_of_data_acts_on_the_terminal(hostile_home: Path) -> None:
    with running(hostile_home) as (terminal, written):
        sign_in(terminal, "anna")
        for key in (
            "2",
            "3",
            "b",
            "b",
            "\r",
            *"olbfumi",
            "\x1b6",
            "\x1b5",
            "\x1b4",
            "1",
            "\x0b",
            "red",
            "\x1b",
        ):
            terminal.press(key.encode(), quiet=0.12, limit=0.6)
        for _line in HOSTILE:
            for key in (b"3", b"\x1b[B", b"\r", b"m", b"\x7f"):
                terminal.press(key, quiet=0.12, limit=0.6)
        assert terminal.wait_exit(0.05) is None, "the portal ended"
        assert foreign(bytes(written)) == []
        assert "owned" in terminal.text() or b"owned" in written, "the texts were never shown"
        assert b"[@click=app" in written


def test_what_is_typed_before_anything_shows_goes_where_it_belongs(
    store: Store, factory: Factory, account_id: int, stored_hash: str
) -> None:
    factory.login(account_id, "holder", user_name="anna", password_hash=stored_hash)
    with running(home_of(store)) as (terminal, _written):
        os.write(terminal.fd, b"anna\t" + PASSWORD.encode() + b"\r")
        terminal.wait_for("1 Dashboard")


@pytest.mark.parametrize(
    ("number", "where"),
    [(signal.SIGTERM, "sign-in"), (signal.SIGHUP, "dashboard"), (signal.SIGTERM, "dialog")],
)
def test_a_signal_leaves_the_terminal_as_it_was(
    store: Store, factory: Factory, account_id: int, stored_hash: str, number: int, where: str
) -> None:
    factory.login(account_id, "holder", user_name="anna", password_hash=stored_hash)
    with running(home_of(store), 80, 24) as (terminal, written):
        terminal.wait_for("Password")
        if where != "sign-in":
            sign_in(terminal, "anna")
        if where == "dialog":
            terminal.press(b"\x0b")
            terminal.wait_for("Search and commands")
        begin = time.monotonic()
        os.kill(terminal.pid, number)
        assert terminal.wait_exit(4) == 128 + number
        assert time.monotonic() - begin < 2.5
        assert RESTORED in written
        assert CURSOR_SHOWN in written
        assert bytes(written).rfind(RESTORED) > bytes(written).rfind(b"\x1b[?1049h")


def test_a_crash_shows_a_number_and_nothing_else(
    store: Store, factory: Factory, account_id: int, stored_hash: str
) -> None:
    factory.login(account_id, "holder", user_name="anna", password_hash=stored_hash)
    home = home_of(store)
    (home / "sitecustomize.py").write_text(
        "import sys\n"
        "class Trap:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'app.screens.support.area':\n"
        "            secret = 'SECRET-LOCAL'\n"
        "            raise RuntimeError('select password_hash from login')\n"
        "sys.meta_path.insert(0, Trap())\n"
    )
    search = f"{home}{os.pathsep}{Path(__file__).resolve().parents[2]}"
    with running(home, 80, 24, PYTHONPATH=search) as (terminal, written):
        sign_in(terminal, "anna")
        terminal.press(b"6")
        assert terminal.wait_exit(5) == 1
        shown = bytes(written)[bytes(written).rfind(RESTORED) :]
        assert b"Error number: " in shown
        for word in (b"SECRET", b"select", b"Traceback", b"File ", b"RuntimeError"):
            assert word not in shown
    assert "RuntimeError" in (home / "log" / "errors.log").read_text()


def test_no_colour_where_none_is_wanted(
    store: Store, factory: Factory, account_id: int, stored_hash: str
) -> None:
    factory.login(account_id, "holder", user_name="anna", password_hash=stored_hash)
    with running(home_of(store), 80, 24, NO_COLOR="1") as (terminal, written):
        sign_in(terminal, "anna")
        terminal.press(b"3", quiet=0.2, limit=2)
    colours = set()
    for part in bytes(written).split(b"\x1b[")[1:]:
        body, found, _rest = part.partition(b"m")
        if found and body.startswith((b"38;2;", b"48;2;")) and body.replace(b";", b"").isdigit():
            colours.add(body)
    for colour in colours:
        numbers = colour.split(b";")
        places = [index for index, each in enumerate(numbers) if each in (b"38", b"48")]
        for place in places:
            red, green, blue = numbers[place + 2 : place + 5]
            assert red == green == blue, colour


@pytest.mark.parametrize("broken", ["locked", "damaged", "no folder"])
def test_a_database_that_cannot_be_used_is_told_on_the_first_screen(
    store: Store, tmp_path: Path, broken: str
) -> None:
    home = home_of(store)
    if broken == "damaged":
        store.close()
        (home / "loket.db").write_bytes(b"this is no database" * 500)
        for extra in home.glob("loket.db-*"):
            extra.unlink()
    environment = {}
    if broken == "no folder":
        (home / "file").write_text("a file where a folder should be")
        environment["LOKET_DATABASE_URL"] = f"sqlite:///{home}/file/loket.db"
    held = None
    if broken == "locked":
        held = sqlite3.connect(home / "loket.db", isolation_level=None)
        held.execute("BEGIN EXCLUSIVE")
    with running(home, 100, 30, **environment) as (terminal, _written):
        terminal.wait_for("Password")
        settle(terminal)
        terminal.press(b"anna\r", quiet=0.2)
        terminal.press(PASSWORD.encode() + b"\r")
        until = time.monotonic() + 14
        text = ""
        while time.monotonic() < until:
            terminal.read(quiet=0.1, limit=0.5)
            text = " ".join(terminal.text().split())
            if "atabase" in text or "folder" in text or "loket.db" in text:
                break
        assert terminal.wait_exit(0.05) is None, text
        assert "atabase" in text or "loket.db" in text, terminal.text()
        assert "Traceback" not in text
    if held is not None:
        held.close()
