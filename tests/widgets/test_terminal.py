"""The application on a real pseudo-terminal: Esc, crashes, signals, and what is left of the terminal."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from benchmarks.pty_driver import Terminal
from tests.hostile.portal import settle

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
import time
from pathlib import Path
from textual.widgets import Input, Label
from app.widgets.base_app import SafeApp
class Small(SafeApp):
    BINDINGS = [("x", "crash", ""), ("escape", "esc", ""), ("ctrl+z", "suspend_process", "")]
    AUTO_FOCUS = None
    def compose(self):
        yield Label("ready \\x1b]0;owned\\x07 \\u202e", markup=False)
        yield Input()
    def action_esc(self):
        self.query_one(Label).update("escaped")
    def action_crash(self):
        password = "SECRET-LOCAL"
        raise RuntimeError("SQL: select * from login")
app = Small(log_folder=Path(sys.argv[1]))
app.run()
sys.exit(app.return_code)
"""
RESTORED = b"\x1b[?1049l"


@pytest.fixture
def terminal(tmp_path: Path):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    with Terminal(
        [sys.executable, str(program), str(tmp_path / "log")], 80, 24, {"PYTHONPATH": str(ROOT)}
    ) as running:
        running.wait_for("ready")
        settle(running)
        yield running


def ended(terminal: Terminal) -> tuple[int | None, bytes]:
    data = b""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        data += terminal.read(quiet=0.02, limit=0.05).data
        if pid:
            return os.waitstatus_to_exitcode(status), data
        time.sleep(0.01)
    return None, data


def test_a_lone_escape_is_known_at_once_and_nothing_is_sent_while_idle(terminal: Terminal) -> None:
    assert "ready ␛]0;owned␇ ⇄" in terminal.text()
    assert terminal.press(b"\x1b").first < 80  # Textual's own driver needs 110 ms or more
    assert "escaped" in terminal.text()
    assert terminal.read(quiet=1, limit=1).data == b""


def test_a_focused_field_does_not_blink(terminal: Terminal) -> None:
    terminal.press(b"\t")
    settle(terminal)
    assert terminal.read(quiet=1.2, limit=1.2).data == b""


def test_a_crash_shows_a_number_and_nothing_else(terminal: Terminal, tmp_path: Path) -> None:
    os.write(terminal.fd, b"x")
    code, data = ended(terminal)
    assert code == 1
    after = data.split(RESTORED, 1)[1]
    assert b"Error number:" in after
    assert b"SECRET" not in data
    assert b"SQL" not in data
    assert b"Traceback" not in data
    log = (tmp_path / "log" / "errors.log").read_text()
    assert "SQL: select * from login" in log
    assert "SECRET-LOCAL" not in log.replace('password = "SECRET-LOCAL"', "")
    assert (tmp_path / "log" / "errors.log").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_whole(terminal: Terminal, number: signal.Signals) -> None:
    os.kill(terminal.pid, number)
    code, data = ended(terminal)
    assert code == 128 + number
    assert RESTORED in data
    assert b"\x1b[?25h" in data


def test_the_session_cannot_be_stopped(terminal: Terminal) -> None:
    terminal.press(b"\x1a", limit=0.3)
    os.kill(terminal.pid, signal.SIGTSTP)
    terminal.press(b"\x1b")
    assert "escaped" in terminal.text()


def test_no_colour(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    variables = {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    with Terminal([sys.executable, str(program), str(tmp_path)], 80, 24, variables) as running:
        running.wait_for("ready")
        colours = {cell.fg for line in running.screen.buffer.values() for cell in line.values()}
    greys = {
        colour
        for colour in colours
        if colour == "default" or len({colour[i : i + 2] for i in (0, 2, 4)}) == 1
    }
    assert colours == greys
