"""The portal through the SSH client that everybody has."""

from __future__ import annotations

import time

from benchmarks.pty_driver import Terminal
from tests.serving.conftest import PATIENCE, Served, eventually, sign_in


def test_a_person_signs_in_on_the_portals_own_screen_and_leaves(served: Served) -> None:
    with served.terminal() as terminal:
        sign_in(terminal)
        terminal.press(b"\x11")
        assert terminal.wait_exit() == 0
        assert terminal.whole
        assert "You have left the portal. Until next time.\r\n" in terminal.last_words
    end = served.events("session_end", reason="left")[-1]
    assert end["address"] == "127.0.0.1"
    assert end["bytes"] > 1000


def test_the_address_of_the_session_is_that_of_the_peer(served: Served) -> None:
    with served.terminal("-b", "127.0.0.7") as terminal:
        sign_in(terminal)
        eventually(lambda: "127.0.0.7" in addresses(served))
        terminal.press(b"\x11")
        terminal.wait_exit()
    assert served.events("connect", address="127.0.0.7")


def addresses(served: Served) -> list[str]:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(served.home / "loket.db")) as database:
        return [str(row[0]) for row in database.execute("SELECT address FROM session WHERE channel = 'ssh'")]


def assert_at_the_foot(terminal: Terminal, text: str) -> None:
    """The last line ends so, once all of it is painted."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if terminal.text().splitlines()[-1].rstrip().endswith(text):
            return
        terminal.read(quiet=0.05, limit=0.5)
    raise AssertionError(terminal.text())


def test_another_size_and_another_language_than_was_painted(served: Served) -> None:
    with served.terminal(size=(90, 30), LANG="nl_NL.UTF-8") as terminal:
        terminal.wait_for("F1 Hulp", PATIENCE)
        assert len(terminal.text().splitlines()) == 30
        assert_at_the_foot(terminal, "F1 Hulp")


def test_a_window_that_changes_is_painted_anew(served: Served) -> None:
    import fcntl
    import struct
    import termios

    with served.terminal() as terminal:
        terminal.wait_for("Password", PATIENCE)
        terminal.screen.resize(30, 100)
        fcntl.ioctl(terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        terminal.read(quiet=0.5, limit=5)
        assert_at_the_foot(terminal, "F1 Need help")
