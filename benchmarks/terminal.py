"""Keys on a real pseudo-terminal at 120x40: lists of 1,000 and of 1,000,000 rows beside plain Textual.

`python -m benchmarks.terminal` prints the figures. Milliseconds run from writing the key to the last byte of
the answer. Absolute times depend on the machine and on what else it does; the ratio to the floor counts.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.pty_driver import Answer, Terminal
from benchmarks.terminal_list import make_database

DOWN, UP, PAGE_DOWN, PAGE_UP, ESCAPE, TAB = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[5~", b"\x1b", b"\t"
IDLE_SECONDS = 5.0
PAGE_TURNS = 200
"""Pages for the comparison of the two lists."""
PROGRAMS = {
    "floor": ("benchmarks.terminal_floor", 1_000),
    "list of 1,000": ("benchmarks.terminal_list", 1_000),
    "list of 1,000,000": ("benchmarks.terminal_list", 1_000_000),
}
GOALS = {
    "cursor p50": 4, "cursor p95": 8, "cursor bytes": 500, "page p50": 8, "page p95": 20, "typed p50": 6,
    "typed p95": 10, "typed bytes": 400, "idle bytes": 0,
}  # fmt: skip

Row = dict[str, object]


def run(million: int = 1_000_000) -> list[Row]:
    """Measure every program; each row has name, value, unit, floor (of the same run) and goal."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (module, rows) in PROGRAMS.items():
            count = min(rows, million)
            database = Path(folder) / f"{count}.sqlite"
            if not database.exists():
                make_database(database, count)
            found[name] = measure(module, database)
        growth = page_growth(*(Path(folder) / f"{min(rows, million)}.sqlite" for rows in (1_000, 1_000_000)))
    rows_out: list[Row] = []
    for name, figures in found.items():
        if name == "floor":
            continue
        rows_out += [
            row(f"{name}: {figure}", value, found["floor"][figure]) for figure, value in figures.items()
        ]
    rows_out.append(
        {
            "name": "page p50, 1,000,000 to 1,000 rows",
            "value": round(growth, 2),
            "unit": "x",
            "goal": 1.25,
        }
    )
    return rows_out


def page_growth(small: Path, large: Path) -> float:
    """How much longer a page takes in the larger database.

    Both lists are open at once and take turns at every key, so that a busy machine is busy for both.
    """
    commands = [[sys.executable, "-m", "benchmarks.terminal_list", str(path)] for path in (small, large)]
    times: list[list[float]] = [[], []]
    with Terminal(commands[0]) as first, Terminal(commands[1]) as second:
        for terminal in (first, second):
            terminal.wait_for("Customer 7919")
            terminal.read(quiet=0.5)
        for turn in range(PAGE_TURNS):
            for found, terminal in zip(times, (first, second), strict=True):
                answer = terminal.press(PAGE_DOWN if turn % 20 < 10 else PAGE_UP)
                if answer.data:
                    found.append(answer.last)
    return statistics.median(times[1]) / statistics.median(times[0])


def row(name: str, value: float, floor: float) -> Row:
    """Return one line of the table."""
    figure = name.split(": ")[1]
    unit = "bytes" if "bytes" in figure else "kB" if "memory" in figure else "ms"
    return {
        "name": name,
        "value": round(value, 1),
        "unit": unit,
        "floor": round(floor, 1),
        "goal": GOALS.get(figure),
    }


def measure(module: str, database: Path) -> dict[str, float]:
    """Start a program, press keys, and return its figures."""
    with Terminal([sys.executable, "-m", module, str(database)]) as terminal:
        started = terminal.wait_for("Customer 7919") * 1000
        terminal.read(quiet=0.5)
        figures = {"first rows": started}
        figures |= series("cursor", lambda turn: terminal.press(DOWN if turn % 50 < 25 else UP), 100)
        figures |= series("page", lambda turn: terminal.press(PAGE_DOWN if turn % 20 < 10 else PAGE_UP), 60)
        terminal.press(TAB)
        terminal.press(b"x")
        figures |= series("typed", lambda _turn: terminal.press(b"a"), 24)
        figures["idle bytes"] = len(terminal.read(quiet=IDLE_SECONDS, limit=IDLE_SECONDS).data)
        figures["memory"] = terminal.memory()
        return figures


def series(name: str, press: Callable[[int], Answer], count: int) -> dict[str, float]:
    """Press `count` times; return median and 95th percentile of the last byte, and the median bytes."""
    answers = [press(turn) for turn in range(count)]
    answered = [answer for answer in answers if answer.data]
    times = sorted(answer.last for answer in answered)
    return {
        f"{name} p50": statistics.median(times),
        f"{name} p95": times[int(len(times) * 0.95)],
        f"{name} bytes": statistics.median(len(answer.data) for answer in answered),
    }


def main() -> None:
    """Print the table."""
    print(f"{'':44} {'value':>10} {'floor':>10} {'goal':>8}")
    for each in run():
        goal = "" if each.get("goal") is None else each["goal"]
        figures = f"{each['value']!s:>10} {each.get('floor', '')!s:>10} {goal!s:>8} {each['unit']}"
        print(f"{each['name']!s:44} {figures}")


if __name__ == "__main__":
    main()
