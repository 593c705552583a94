"""Balloons on a real terminal: what one costs to show, to move and to leave, and what a key costs under it.

`python -m benchmarks.balloons` prints the figures. Keys are measured in turns with and without the balloon,
so that a busy machine is busy for both; milliseconds run from writing the key to the last byte. "work" is
what the program computed for a key: other programs on the machine do not count in it.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import NamedTuple

from benchmarks.__main__ import table
from benchmarks.pty_driver import Answer, Terminal

SHOW, MOVE, REWORD, HIDE = b"\x1b[20~", b"\x1b[21~", b"\x1b[23~", b"\x1b[24~"
BACKSPACE = b"\x7f"
SIZES = ((80, 24), (120, 40))
ROUNDS = 12
KEYS = 8
"""Typed with the balloon, then as many without, in every round."""
MOST_MS, MOST_BYTES, MOST_SLOWER = 30, 12_000, 3.0
"""At 80x24; the last for the 95th percentile of a key."""
FRAME = b"\x1b[?2026h"

IDLE_MS = 3.0
"""Of work in a second: the program waits for keys."""
LOAD_SECONDS = 30.0

Row = dict[str, object]


class Key(NamedTuple):
    """Milliseconds from writing a key to the last byte, and what the program computed for it."""

    last: float
    work: float


def run(rounds: int = ROUNDS) -> list[Row]:
    """Measure on the first screen at both sizes; each row has name, value, unit, and may have a target."""
    rows: list[Row] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            rows += measure(Path(folder), size, rounds)
    return rows


def measure(home: Path, size: tuple[int, int], rounds: int) -> list[Row]:
    """The figures at one size."""
    answers: dict[str, list[Answer]] = {name: [] for name in ("show", "move", "reword", "leave")}
    keys: dict[str, list[Key]] = {"with": [], "without": []}
    command = [sys.executable, "-m", "benchmarks.balloons_program"]
    with Terminal(command, *size, {"LOKET_HOME": str(home)}) as terminal:
        terminal.wait_for("Password")
        loaded(terminal)
        before = work(terminal)
        first = terminal.press(SHOW, quiet=0.3)
        computed = work(terminal) - before
        terminal.press(HIDE, quiet=0.1)
        for _round in range(rounds):
            answers["show"].append(terminal.press(SHOW))
            keys["with"] += typed(terminal)
            answers["move"].append(terminal.press(MOVE))
            answers["reword"].append(terminal.press(REWORD))
            answers["leave"].append(terminal.press(HIDE))
            keys["without"] += typed(terminal)
    judged = size == SIZES[0]
    return [*shown_rows(size, (first, computed), answers, judged), *key_rows(size, keys, judged)]


def work(terminal: Terminal) -> float:
    """Milliseconds that the program has computed so far, in all its threads."""
    threads = Path(f"/proc/{terminal.pid}/task").glob("*/schedstat")
    return sum(int(each.read_text().split()[0]) for each in threads) / 1e6


def loaded(terminal: Terminal) -> None:
    """Wait until the program has loaded what it loads behind its first screen, and does nothing."""
    before, end = -IDLE_MS, time.perf_counter() + LOAD_SECONDS
    while (now := work(terminal)) - before >= IDLE_MS and time.perf_counter() < end:
        before = now
        terminal.read(quiet=1.0, limit=1.0)


def typed(terminal: Terminal) -> list[Key]:
    """Milliseconds of each letter; what was typed is taken away again."""
    times = []
    for _turn in range(KEYS):
        before = work(terminal)
        answer = terminal.press(b"a")
        times.append(Key(answer.last, work(terminal) - before))
    for _turn in range(KEYS):
        terminal.press(BACKSPACE, quiet=0.01)
    return times


def shown_rows(
    size: tuple[int, int], first: tuple[Answer, float], answers: dict[str, list[Answer]], judged: bool
) -> list[Row]:
    """Milliseconds, bytes and paints of each thing that is done with a balloon."""
    at = f"{size[0]}x{size[1]}"
    answer, computed = first
    limit: Row = {"target": f"≤ {MOST_MS}", "ok": computed <= MOST_MS} if judged else {}
    rows: list[Row] = [
        {"name": f"the very first balloon, {at}", "value": round(answer.last, 1), "unit": "ms"},
        {"name": f"the very first balloon, {at}", "value": round(computed, 1), "unit": "ms of work", **limit},
        {"name": f"the very first balloon, {at}", "value": len(answer.data), "unit": "bytes"},
    ]
    for name, found in answers.items():
        limits = (MOST_MS, MOST_BYTES, 1) if judged and name == "show" else (None, None, None)
        values = (
            (round(statistics.median(each.last for each in found), 1), "ms"),
            (int(statistics.median(len(each.data) for each in found)), "bytes"),
            (int(statistics.median(each.data.count(FRAME) for each in found)), "paints"),
        )
        for (value, unit), most in zip(values, limits, strict=True):
            row: Row = {"name": f"{name}, {at}", "value": value, "unit": unit}
            rows.append(row if most is None else row | {"target": f"≤ {most}", "ok": value <= most})
    return rows


def key_rows(size: tuple[int, int], keys: dict[str, list[Key]], judged: bool) -> list[Row]:
    """Median and 95th percentile of a key with the balloon, and beside it without."""
    rows: list[Row] = []
    for (name, share), unit in product((("p50", 0.5), ("p95", 0.95)), ("ms", "ms of work")):
        times = {each: [key.work if "work" in unit else key.last for key in keys[each]] for each in keys}
        value, floor = (percentile(times[each], share) for each in ("with", "without"))
        row: Row = {
            "name": f"key under a balloon {name}, {size[0]}x{size[1]}",
            "value": round(value, 1),
            "unit": unit,
            "floor": round(floor, 1),
        }
        if judged and name == "p95":
            row |= {"target": f"≤ +{MOST_SLOWER:.0f} ms", "ok": value - floor <= MOST_SLOWER}
        rows.append(row)
    return rows


def percentile(times: list[float], share: float) -> float:
    """The time that `share` of the keys did not exceed."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


def main() -> None:
    """Print the table."""
    print(table(run()))


if __name__ == "__main__":
    main()
