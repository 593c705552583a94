"""However a session ends: the program is gone soon, the terminal whole, what was typed is kept."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.operations.core.passwords import hash_password
from app.store import Store
from benchmarks.pty_driver import Terminal
from tests.factories import Factory
from tests.hostile.portal import PASSWORD, ROOT, home_of, running, settle, sign_in

TEXT = "Kees called, the provider is gone"
AT_MOST = 2.0
BUSY = 1.0
"""A machine that runs several tests at once may be a little later."""
RESTORED, CURSOR_SHOWN, NO_MOUSE, NO_KITTY = b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1003l", b"\x1b[<u"


@pytest.fixture(scope="module")
def stored_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def home(store: Store, factory: Factory, account_id: int, stored_hash: str) -> Path:
    """An admin of a customer."""
    factory.login(account_id, "admin", user_name="anna", name="Anna Admin", password_hash=stored_hash)
    with store.transaction() as tx:
        tx.execute(
            "UPDATE account SET street = 'Kade 1', postcode = '2042 ZZ', city = 'Delft', country = 'NL'"
        )
    return home_of(store)


def open_form(terminal: Terminal) -> None:
    """From the first screen to the form of the customer's own data."""
    sign_in(terminal, "anna")
    terminal.press(b"2")
    terminal.wait_for("Contact person", 30)
    terminal.press(b"\x1b[B" * 3)
    terminal.press(b"\r")
    terminal.wait_for("Save", 30)
    settle(terminal)


def type_text(terminal: Terminal, store: Store, text: str = TEXT) -> None:
    """Type, and wait until it is kept."""
    terminal.press(text.encode())
    terminal.wait_for(text[-10:], 30)
    until = time.monotonic() + 30
    while time.monotonic() < until and text not in kept(store):
        terminal.read(quiet=0.1, limit=0.2)
    assert text in kept(store)


def kept(store: Store) -> str:
    """All drafts there are."""
    return " ".join(str(fields) for (fields,) in store.rows("SELECT fields FROM draft"))


def gone(pid: int) -> tuple[float, int]:
    """Wait until a program that nobody reads from is gone; seconds and exit code."""
    begin = time.monotonic()
    while time.monotonic() - begin < 30:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return time.monotonic() - begin, os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    raise AssertionError("it is still there")


def whole(written: bytes) -> bool:
    """Whether the terminal is as it was before."""
    since = written[written.rfind(b"\x1b[?1049h") :]
    return all(each in since for each in (RESTORED, CURSOR_SHOWN, NO_MOUSE, NO_KITTY))


def ends(terminal: Terminal) -> float:
    """Wait for the end of a program whose terminal is read; seconds."""
    begin = time.monotonic()
    assert terminal.wait_exit(30) is not None
    return time.monotonic() - begin


@contextlib.contextmanager
def held(home: Path) -> Iterator[None]:
    """Another program writes and does not end."""
    other = sqlite3.connect(home / "loket.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@pytest.mark.capability("BX-06")
def test_the_terminal_is_gone_and_the_text_is_there_at_the_next_sign_in(home: Path, store: Store) -> None:
    """The window is closed, or whatever carried the connection was killed: the terminal hangs up."""
    with running(home) as (terminal, _written):
        open_form(terminal)
        # Sent at once, and the line is cut before the form has paused.
        terminal.press(TEXT.encode())
        terminal.wait_for(TEXT[-10:], 30)
        os.dup2(os.open(os.devnull, os.O_RDWR), terminal.fd)
        took, code = gone(terminal.pid)
        assert took < AT_MOST + BUSY
        assert code == 128 + signal.SIGHUP
    assert TEXT in kept(store)
    with running(home) as (terminal, _written):
        sign_in(terminal, "anna")
        terminal.press(b"2")
        terminal.wait_for("Contact person", 30)
        terminal.press(b"\x1b[B" * 3)
        terminal.press(b"\r")
        terminal.wait_for("Take up what you typed?", 30)
        terminal.press(b"\r")
        terminal.wait_for(TEXT[-10:], 30)


@pytest.mark.parametrize("how", ["SIGTERM", "quit"])
def test_a_database_that_is_held_holds_nobody(home: Path, store: Store, how: str) -> None:
    with running(home) as (terminal, written):
        open_form(terminal)
        type_text(terminal, store)
        with held(home):
            if how == "quit":
                terminal.press(b"\x11", quiet=0.01, limit=0.02)
            else:
                os.kill(terminal.pid, signal.SIGTERM)
            assert ends(terminal) < AT_MOST + BUSY
        assert whole(written)
    assert TEXT in kept(store)
    assert store.damage() == []


def test_a_terminal_that_takes_nothing_holds_nobody(home: Path, store: Store) -> None:
    """A network that was lost: nothing is acknowledged, nothing refused."""
    with running(home) as (terminal, _written):
        open_form(terminal)
        type_text(terminal, store)
        for turn in range(40):  # frames that nobody reads
            os.write(terminal.fd, b"\x1b[Z" if turn % 2 else b"\t")
            time.sleep(0.02)
        os.kill(terminal.pid, signal.SIGHUP)
        took, _code = gone(terminal.pid)
        assert took < AT_MOST + BUSY
    assert TEXT in kept(store)


def trap(home: Path, does: str) -> str:
    """A path on which the module of one area does something bad when it is loaded."""
    (home / "sitecustomize.py").write_text(
        "import sys\n"
        "class Trap:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('app.screens.finder', 'app.screens.password_prompt', 'app.models'):\n"
        f"            {does}\n"
        "sys.meta_path.insert(0, Trap())\n"
    )
    return f"{home}{os.pathsep}{ROOT}"


def test_a_program_that_is_stuck_ends_too(home: Path) -> None:
    search = trap(home, "while True: pass")
    with running(home, PYTHONPATH=search) as (terminal, written):
        sign_in(terminal, "anna")
        terminal.press(b"\x0b", quiet=0.2, limit=0.5)
        os.kill(terminal.pid, signal.SIGTERM)
        assert ends(terminal) < AT_MOST + BUSY
        assert whole(written)


@pytest.mark.capability("BX-06")
def test_a_crash_keeps_what_was_typed(home: Path, store: Store) -> None:
    search = trap(home, "raise RuntimeError('broken')")
    with running(home, PYTHONPATH=search) as (terminal, written):
        open_form(terminal)
        type_text(terminal, store)
        terminal.press(b"\x13", quiet=0.01, limit=0.02)
        assert ends(terminal) < AT_MOST + BUSY
        assert whole(written)
        assert b"Error number: " in written


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], capture_output=True
    ).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_is_told_and_all_goes_on_when_there_is_room(
    home: Path, store: Store, small_disk: Path, account_id: int
) -> None:
    with store.transaction():
        pass
    store._writer().execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[attr-defined]
    store.close()
    for each in home.iterdir():
        if each.is_file():
            (small_disk / each.name).write_bytes(each.read_bytes())
    there = Store(f"sqlite:///{small_disk}/loket.db")
    with running(small_disk) as (terminal, written):
        open_form(terminal)
        type_text(terminal, there, "Carla")
        full = small_disk / "full"
        with full.open("wb", buffering=0) as rest, contextlib.suppress(OSError):
            while rest.write(b"x" * 1024):
                pass
        terminal.press(b"\x13")
        terminal.wait_for("disk is full", 30)
        full.unlink()
        terminal.press(b"\x13")
        until = time.monotonic() + 30
        while "Carla" not in str(there.row("SELECT * FROM account")):
            terminal.read(quiet=0.1, limit=0.3)
            assert time.monotonic() < until, terminal.text()
        settle(terminal)
        full.write_bytes(b"x" * 1024)
        os.kill(terminal.pid, signal.SIGTERM)
        assert ends(terminal) < AT_MOST + BUSY
        assert whole(written)
    assert there.damage() == []
    there.close()


def test_a_terminal_that_was_frozen_is_painted_anew(home: Path) -> None:
    """Frames that nobody takes are not kept for ever; what is shown afterwards is what there is."""
    with running(home, 140, 50) as (terminal, written):
        sign_in(terminal, "anna")
        terminal.press(b"2")
        terminal.wait_for("Contact person", 30)
        settle(terminal, 0.5)
        before, count = terminal.text(), len(written)
        for turn in range(100):
            os.write(terminal.fd, b"42"[turn % 2 : turn % 2 + 1])
            time.sleep(0.06)
        settle(terminal, 1.0, 30)
        assert terminal.text() == before
        assert len(written) - count < 220_000, "all frames were kept"
