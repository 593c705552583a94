"""Half a form over SSH, a connection that is cut, and the text at the next sign-in."""

from __future__ import annotations

import os
import signal

import pytest

from tests.serving.conftest import PATIENCE, Person, Served, eventually, gone, sign_in

TEXT = "Kees, until the move"


def open_form(terminal: Person) -> None:
    """From the first screen to the form of the customer's own data."""
    sign_in(terminal)
    terminal.press(b"\x1b2")
    terminal.wait_for("Contact person", PATIENCE)
    terminal.press(b"\x1b[B" * 3)
    terminal.press(b"\r")


@pytest.mark.capability("BX-06")
def test_a_killed_client_loses_nothing_that_was_typed(served: Served) -> None:
    with served.terminal() as terminal:
        open_form(terminal)
        terminal.wait_for("Save", PATIENCE)
        pid = int(served.events("session")[-1]["pid"])
        # All of it in one go, and the line is cut before the form has paused.
        terminal.press(TEXT.encode())
        terminal.wait_for(TEXT, PATIENCE)
        os.kill(terminal.pid, signal.SIGKILL)
        eventually(lambda: gone(pid))
    with served.terminal() as terminal:
        open_form(terminal)
        terminal.wait_for("Take up what you typed?", PATIENCE)
        terminal.press(b"\r")
        terminal.wait_for(TEXT, PATIENCE)
        terminal.press(b" of 2027")
        terminal.wait_for(f"{TEXT} of 2027", PATIENCE)
