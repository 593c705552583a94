"""`loket kiosk` on a real terminal: nobody gets out of it, and nothing of a visitor is there for the next."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.kiosk.wipe import WIPE
from app.store import Store
from benchmarks.pty_driver import Terminal
from tests.factories import Factory
from tests.hostile.portal import ROOT, foreign, home_of
from tests.kiosk.keyboard import EVERY, pressed
from tests.kiosk.visitor import PASSWORD, login

PATIENCE = 40
COLUMNS, ROWS = 80, 24
HOME_KEY = b"\x1b0"
START = "3  No login yet?"
STARTS = {"nl": "3  Nog geen login?", "en": START, "de": "3  Noch kein Login?"}
"""What only the start page says, at the beginning of a large button."""
HOURS = "08:00 – 20:00"
SCREENS = {
    b"": START,
    b"1": "Forgot user name",
    b"2": "Send the mail",
    b"3": "this works once",
    b"4": "Mon – Fri",
    b"5": "Country, code or number",
    b"6": "Words, as in a question",
    b"7": "The shop is closed",
    b"\x0f": "For supervisors",
}
"""The keys of the start page to what they open, in English; the first one opens nothing."""
EXPECTED = {
    "loket.db",
    "loket.db-changed",
    "loket.db-wal",
    "loket.db-shm",
    "keys",
    "audit-heads",
    "log",
    "loket.log",
}
"""What lies in the home of a portal that works."""


class Kiosk:
    """The program, every byte that it wrote, and its processes."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.written = bytearray()
        read = terminal.read

        def noting(quiet: float = 0.06, limit: float = 5.0, start: float = 0.0) -> object:
            answer = read(quiet, limit, start)
            self.written.extend(answer.data)
            return answer

        terminal.read = noting  # type: ignore[method-assign, assignment]

    def wait(self, text: str) -> None:
        self.terminal.wait_for(text, PATIENCE)

    def press(self, keys: bytes, sees: str = "") -> None:
        """Press, and wait for what shall show; where nothing shall change, not for long."""
        self.terminal.press(keys, limit=0.3)
        if sees:
            self.wait(sees)

    def shows(self, *texts: str) -> bool:
        """Whether one of the texts comes to stand on the screen, within a while."""
        until = time.monotonic() + PATIENCE / 4
        while time.monotonic() < until:
            if any(text in self.terminal.text() for text in texts):
                return True
            self.terminal.read(0.02, 0.2)
        return False

    def wait_until(self, true: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < until, self.terminal.text()
            self.terminal.read(0.02, 0.1)

    @property
    def visitor(self) -> int:
        """The process of the present visitor; 0 between two."""
        found = processes_below(self.terminal.pid)
        return found[0][0] if found else 0

    def is_closed(self) -> str:
        """What is wrong: that it ended, or that something runs that is no visitor's process."""
        if os.waitpid(self.terminal.pid, os.WNOHANG)[0]:
            return "the kiosk ended"
        others = [words for _pid, words in processes_below(self.terminal.pid) if words[1:] != VISITOR]
        return f"started {others}" if others else ""


VISITOR = ["-I", "-m", "app.kiosk"]


def processes_below(pid: int) -> list[tuple[int, list[str]]]:
    """The processes that a process has started, and those that they have, with their command lines."""
    found = []
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        words = Path(f"/proc/{child}/cmdline").read_text().split("\0")[:-1]
        found += [(int(child), words), *processes_below(int(child))]
    return found


@pytest.fixture
def kiosk(store: Store, factory: Factory, account_id: int) -> Iterator[Kiosk]:
    """A kiosk whose customers have an admin, a line and a supervisor."""
    factory.line(account_id, person="Emma Employee", number="+31670042001")
    login(factory, account_id, "admin", "anna")
    login(factory, None, "supervisor", "saskia")
    variables = {"LOKET_HOME": str(home_of(store)), "PYTHONPATH": str(ROOT)}
    with Terminal([sys.executable, "-m", "app", "kiosk"], COLUMNS, ROWS, variables) as terminal:
        kiosk = Kiosk(terminal)
        kiosk.wait("Wachtwoord vergeten")
        kiosk.press(b"\x1bOQ", START)
        yield kiosk


def sign_in(kiosk: Kiosk, name: str, sees: str) -> None:
    kiosk.press(name.encode() + b"\r")
    kiosk.press(PASSWORD.encode() + b"\r", sees)


@pytest.mark.capability("KI-02", "KI-07")
def test_the_next_visitor_finds_nothing_of_the_last_one(kiosk: Kiosk, store: Store) -> None:
    first = kiosk.visitor
    kiosk.press(b"6", "Words, as in a question")
    kiosk.press(b"/")
    kiosk.press(b"secretword", "secretword")
    kiosk.press(HOME_KEY, START)
    kiosk.press(b"1", "Password")
    sign_in(kiosk, "anna", "1 Dashboard")
    kiosk.press(b"3", "Emma Employee")
    kiosk.press(b"n", "Order a new line")
    kiosk.press(b"Half a form", "Half a form")
    kiosk.press(b"\x1b0", "Leave without saving?")
    kiosk.press(b"\x13", "1 Dashboard")
    kiosk.press(b"\x0c")  # signs out
    kiosk.wait_until(lambda: kiosk.visitor not in (0, first))
    assert not Path(f"/proc/{first}").exists(), "the memory of the visit is gone with its process"
    kiosk.wait("Wachtwoord vergeten")
    wiped = bytes(kiosk.written).rfind(WIPE)
    assert wiped > bytes(kiosk.written).rfind(b"Half a form")
    assert store.rows("SELECT count(*) FROM draft")[0][0] == 0
    # The next person tries what there is: back, history, finder, forms, the same pages.
    since = len(kiosk.written)
    kiosk.press(b"\x1bOQ", START)
    for key in (b"\x1b", b"\x7f", b"\x1b[D", b"\x1b[1;3D", b"\x0b", b":", b"\x12", b"\x16", b"\x1b[A"):
        kiosk.press(key)
    kiosk.press(HOME_KEY)
    kiosk.press(b"6", "Words, as in a question")
    kiosk.press(b"/")
    kiosk.press(b"\x1b[A\x16")
    kiosk.press(HOME_KEY, START)
    kiosk.press(b"1", "Password")
    kiosk.press(b"\x1b[A\x16\x1b[200~\x1b[201~")
    kiosk.press(HOME_KEY, START)
    later = bytes(kiosk.written[since:])
    for word in (
        b"anna",
        b"Anna",
        b"Emma",
        b"Half",
        b"secretword",
        b"Molenwerf",
        b"70042001",
        PASSWORD.encode(),
    ):
        assert word not in later, word
    assert kiosk.is_closed() == ""


def test_a_killed_visitor_is_followed_by_a_fresh_one_and_a_stopped_kiosk_leaves_a_clean_terminal(
    kiosk: Kiosk,
) -> None:
    first = kiosk.visitor
    os.kill(first, signal.SIGKILL)
    kiosk.wait_until(lambda: kiosk.visitor not in (0, first))
    kiosk.wait("Wachtwoord vergeten")
    second = kiosk.visitor
    os.kill(kiosk.terminal.pid, signal.SIGTERM)
    assert kiosk.terminal.wait_exit(PATIENCE) == 128 + signal.SIGTERM
    assert bytes(kiosk.written).rstrip().endswith(WIPE + b"\x1b[?25h")
    assert not Path(f"/proc/{second}").exists()


def test_a_visitor_does_not_outlive_a_killed_kiosk(kiosk: Kiosk) -> None:
    visitor = kiosk.visitor
    os.kill(kiosk.terminal.pid, signal.SIGKILL)
    kiosk.wait_until(lambda: not Path(f"/proc/{visitor}").exists())


def test_a_supervisor_gets_the_terminal_and_can_start_the_kiosk_anew(kiosk: Kiosk) -> None:
    first = kiosk.visitor
    for chosen, key in (("Start anew", b"\x1b[B\r"), ("Leave the kiosk", b"\x1b[B\x1b[B\r")):
        kiosk.press(b"\x0f", "For supervisors")
        sign_in(kiosk, "saskia", chosen)
        kiosk.press(key)
        if chosen == "Start anew":
            kiosk.wait_until(lambda: kiosk.visitor not in (0, first))
            kiosk.wait("Wachtwoord vergeten")
            kiosk.press(b"\x1bOQ", START)
    assert kiosk.terminal.wait_exit(PATIENCE) == 0
    assert kiosk.terminal.text().strip() == ""


def to_start_page(kiosk: Kiosk) -> None:
    """Whatever was pressed: home leads to the start page; then F2 leads through the languages to English.

    Keys are heard in their order: once the hours stand there, nothing that was pressed before is on its way.
    """
    for _turn in range(4):
        kiosk.press(HOME_KEY)
        kiosk.press(b"4")
        if kiosk.shows(HOURS):
            break
    kiosk.press(HOME_KEY)
    for _turn in range(4):
        assert kiosk.shows(*STARTS.values()), kiosk.terminal.text()
        if START in kiosk.terminal.text():
            return
        here = next(each for each in STARTS.values() if each in kiosk.terminal.text())
        kiosk.press(b"\x1bOQ")
        assert kiosk.shows(*(each for each in STARTS.values() if each != here)), here
    raise AssertionError(f"this is not the start page:\n{kiosk.terminal.text()}")


def sweep(kiosk: Kiosk, home: Path, draw: random.Random, keys: list[bytes], burst: int) -> None:
    """Press keys on every public screen, burst after burst; what a kiosk must not have ends the test."""
    for begin in range(0, len(keys), burst):
        screen = list(SCREENS)[(begin // burst) % len(SCREENS)]
        to_start_page(kiosk)
        kiosk.press(screen, SCREENS[screen])
        told = b"".join(keys[begin : begin + burst])
        kiosk.terminal.press(told, quiet=0.05, limit=2.0)
        assert kiosk.is_closed() == "", (screen, told)
        assert "Search and commands" not in kiosk.terminal.text(), (screen, told)
    left_over = {path.name for path in home.iterdir()} - EXPECTED
    assert left_over == set(), "something was written"
    errors = home / "log" / "errors.log"
    assert (errors.read_text() if errors.exists() else "") == ""
    assert foreign(bytes(kiosk.written).replace(WIPE, b"")) == []


@pytest.mark.capability("KI-07")
def test_no_key_and_no_click_leads_out_of_the_public_screens(kiosk: Kiosk, store: Store) -> None:
    draw = random.Random(20261122)
    known = kiosk.visitor
    keys = draw.sample(EVERY, 350) + pressed(draw, 100, COLUMNS, ROWS)
    sweep(kiosk, home_of(store), draw, keys, burst=25)
    to_start_page(kiosk)
    assert kiosk.visitor == known, "nothing that was pressed ended the process"


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_ten_thousand_keys_lead_nowhere(kiosk: Kiosk, store: Store) -> None:
    draw = random.Random(time.time_ns())
    keys = [each for screen in SCREENS for each in draw.sample(EVERY, len(EVERY))]
    keys += pressed(draw, max(10_000 - len(keys), 2_000), COLUMNS, ROWS)
    sweep(kiosk, home_of(store), draw, keys, burst=100)
    to_start_page(kiosk)
