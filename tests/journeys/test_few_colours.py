"""With a terminal's sixteen colours what lies behind a dialog can still be read."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.pty_driver import Terminal

SIXTEEN = {"TERM": "xterm-16color", "COLORTERM": ""}


def test_the_row_of_the_cursor_is_read_behind_a_dialog(demo_home: Path) -> None:
    variables = {"LOKET_HOME": str(demo_home), **SIXTEEN}
    with Terminal([sys.executable, "-m", "app"], 120, 40, variables) as terminal:
        terminal.wait_for("Password", limit=60)
        terminal.press(b"agent\t", quiet=0.2)
        terminal.press(b"Herfststorm-2026\r", quiet=0.2)
        terminal.wait_for("100063", limit=60)
        terminal.read(quiet=0.5)
        terminal.press(b"\r", quiet=0.5)
        terminal.wait_for("Wie belt er?", limit=30)
        terminal.read(quiet=0.5)
        lines = terminal.text().splitlines()
        row = next(number for number, line in enumerate(lines) if "Bakkerij" in line)
        cells = terminal.screen.buffer[row]
        name = range(lines[row].index("Bakkerij"), lines[row].index("Molenrad"))
        assert all(cells[column].fg != cells[column].bg for column in name)
