"""What a session costs that nobody touches, and how soon it shows what others commit.

`python -m benchmarks.idle` prints the figures: processor time and wake-ups of sessions on real terminals of
120x40 that show the Dashboard, over a quiet minute, and the time from a commit to the last byte of its paint.
The database is the demonstration's.
"""

from __future__ import annotations

import contextlib
import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from app.store import Store
from benchmarks.__main__ import table
from benchmarks.pty_driver import Terminal

SESSIONS = (1, 10)
QUIET_SECONDS = 60.0
SETTLED_SECONDS = 25.0
"""The note on the last sign-in has gone by then."""
COMMITS = 8
PASSWORD = "Herfststorm-2026"
SPENT_AT_MOST = 0.05
"""Percent of one core a session may cost."""

Row = dict[str, Any]


def run(quiet: float = QUIET_SECONDS) -> list[Row]:
    """Measure; each row has name, value and unit, and a target where there is one."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "app", "demo", "create", "--json"],
            env=os.environ | {"LOKET_HOME": folder},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return [row for count in SESSIONS for row in rows_for(Path(folder), count, quiet)]


def rows_for(home: Path, count: int, quiet: float) -> list[Row]:
    """The figures of so many sessions at once."""
    with contextlib.ExitStack() as stack:
        sessions = [stack.enter_context(session(home)) for _each in range(count)]
        for terminal in sessions:
            show_dashboard(terminal)
        read_all(sessions, SETTLED_SECONDS)
        before = [(spent(terminal.pid), wake_ups(terminal.pid)) for terminal in sessions]
        painted = read_all(sessions, quiet)
        after = [(spent(terminal.pid), wake_ups(terminal.pid)) for terminal in sessions]
        percent = statistics.mean(
            (new[0] - old[0]) / quiet * 100 for old, new in zip(before, after, strict=True)
        )
        woken = statistics.mean((new[1] - old[1]) / quiet for old, new in zip(before, after, strict=True))
        delays = [delay for _turn in range(COMMITS) for delay in commit_to_paint(home, sessions)]
    name = f"{count} idle session{'' if count == 1 else 's'}"
    return [
        {"name": f"{name}: processor, each", "value": round(percent, 4), "unit": "% of a core",
         "goal": SPENT_AT_MOST},
        {"name": f"{name}: wake-ups, each", "value": round(woken, 3), "unit": "1/s", "goal": 0.1},
        {"name": f"{name}: bytes painted, all", "value": painted, "unit": "bytes", "goal": 0},
        {"name": f"{name}: commit to paint, median", "value": round(statistics.median(delays)), "unit": "ms"},
        {"name": f"{name}: commit to paint, longest", "value": round(max(delays)), "unit": "ms",
         "goal": 2000},
    ]  # fmt: skip


def session(home: Path) -> Terminal:
    """A portal that is about to start."""
    return Terminal([sys.executable, "-m", "app"], 120, 40, {"LOKET_HOME": str(home)})


def show_dashboard(terminal: Terminal) -> None:
    """Sign in as the customer's administrator."""
    terminal.wait_for("Password", 30)
    read_all([terminal], 1.5)
    terminal.press(b"admin\t")
    terminal.press(PASSWORD.encode() + b"\r")
    terminal.wait_for("Cost limit", 30)
    terminal.press(b"\x1b")  # the offer to be shown around


def read_all(sessions: list[Terminal], seconds: float) -> int:
    """Read what the sessions paint for so long; how many bytes."""
    by_fd, found = {terminal.fd: terminal for terminal in sessions}, 0
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        for fd in select.select(list(by_fd), [], [], left)[0]:
            found += len(by_fd[fd].read(0.0, 0.05).data)
    return found


def commit_to_paint(home: Path, sessions: list[Terminal]) -> list[float]:
    """Milliseconds from a commit that changes every Dashboard to the last byte of each paint of it."""
    store = Store(f"sqlite:///{home / 'loket.db'}")
    with store.transaction() as tx:
        tx.execute(
            "UPDATE counter SET standard_micro = standard_micro + 1230000"
            " WHERE month = (SELECT max(month) FROM counter)"
        )
    begin = time.monotonic()
    store.close()
    by_fd = {terminal.fd: terminal for terminal in sessions}
    last: dict[int, float] = {}
    while time.monotonic() - begin < 4:
        for fd in select.select(list(by_fd), [], [], 0.2)[0]:
            by_fd[fd].read(0.0, 0.05)
            last[fd] = (time.monotonic() - begin) * 1000
        if len(last) == len(by_fd) and (time.monotonic() - begin) * 1000 - max(last.values()) > 300:
            break
    read_all(sessions, 2.0)
    return [last.get(fd, float("inf")) for fd in by_fd]


def tasks(pid: int) -> list[Path]:
    """The threads of a program."""
    return list(Path(f"/proc/{pid}/task").iterdir())


def spent(pid: int) -> float:
    """Seconds of processor time that a program has used."""
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks(pid)) / 1e9


def wake_ups(pid: int) -> int:
    """How often a program has gone to sleep, and so been woken."""
    lines = [line for task in tasks(pid) for line in (task / "status").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))


def main() -> None:
    """Print the table."""
    print(table(run()))


if __name__ == "__main__":
    main()
