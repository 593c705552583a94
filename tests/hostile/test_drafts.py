"""What was typed survives a connection that is lost, with the real program on a real terminal."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from app.operations.core.passwords import hash_password
from app.store import Store
from benchmarks.pty_driver import Terminal
from tests.factories import Factory
from tests.hostile.portal import PASSWORD, home_of, running, sign_in

TEXT = "Kees says the provider is gone"


@pytest.fixture
def home(store: Store, factory: Factory, account_id: int) -> Path:
    """An agent, and a customer whose holder has lost an address."""
    factory.login(account_id, "holder", name="Hanna Holder")
    stored = hash_password(PASSWORD)
    factory.login(None, staff_role="agent", user_name="arie", name="Arie Agent", password_hash=stored)
    return home_of(store)


def open_form(terminal: Terminal) -> None:
    """From the customers to the form for a lost address."""
    sign_in(terminal, "arie", sees="Molenwerf")
    for key, sees in ((b"l", "Who cannot get in?"), (b"\r", "What is lost?"), (b"\r", "What happened")):
        terminal.press(key)
        terminal.wait_for(sees)
    terminal.read(quiet=0.3, limit=2)


@pytest.mark.capability("BX-06")
@pytest.mark.parametrize(
    ("number", "pause"),
    [
        (signal.SIGKILL, 1.6),
        pytest.param(signal.SIGHUP, 0.2, marks=pytest.mark.long),
        pytest.param(signal.SIGTERM, 0.2, marks=pytest.mark.long),
    ],
)
def test_what_was_typed_is_there_after_signing_in_again(
    home: Path, store: Store, number: int, pause: float
) -> None:
    with running(home, 100, 34) as (terminal, _written):
        open_form(terminal)
        terminal.press(b"\t" * 5)  # past the four checks and the address
        terminal.press(TEXT.encode())
        terminal.read(quiet=pause, limit=pause + 2)
        os.kill(terminal.pid, number)
        terminal.wait_exit(4)
    assert len(store.rows("SELECT 1 FROM draft")) == 1
    with running(home, 100, 34) as (terminal, _written):
        open_form(terminal)
        terminal.wait_for("Take up what you typed?")
        terminal.press(b"\r")
        terminal.wait_for(TEXT)
    assert store.rows("SELECT operation FROM audit WHERE operation LIKE '%draft%'") == []
