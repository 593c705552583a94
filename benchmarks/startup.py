"""From the command to the first screen, and from sign-in to the areas, on a real terminal of 120x40.

`python -m benchmarks.startup` prints the figures. The programs take turns, so that a busy machine is busy for
all of them; a start is over when nothing more is written. The database is the demonstration's.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from benchmarks.__main__ import table
from benchmarks.pty_driver import Terminal

ROUNDS = 15
IDLE_SECONDS = 5.0
TURNS = 5
"""How often each area is opened after its first visit."""
PROGRAMS = {
    "portal": ["-m", "app"],
    "plain Textual, same widgets": ["-m", "benchmarks.startup_plain"],
    "empty Textual application": ["-m", "benchmarks.startup_plain", "empty"],
}
SETTLED = 0.35
"""Seconds without a byte after which a start counts as over."""
LONGEST = 20.0

Row = dict[str, Any]


def run(rounds: int = ROUNDS) -> list[Row]:
    """Measure; each row has name, value, unit, and where it applies floor, ratio, target and ok."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"LOKET_HOME": folder}
        subprocess.run(
            [sys.executable, "-m", "app", "demo", "create", "--json"],
            env=os.environ | environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return start_rows(environment, rounds) + session_rows(environment)


def start_rows(environment: dict[str, str], rounds: int) -> list[Row]:
    """Sign-in screen settled, beside the floors of the same rounds."""
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _round in range(rounds + 1):
        for name, command in PROGRAMS.items():
            times[name].append(start_of(command, environment))
    # The first round fills the caches of the disk.
    medians = {name: statistics.median(found[1:]) for name, found in times.items()}
    # Within a round the machine is about as busy for each.
    ratios = {
        name: [portal / other for portal, other in zip(times["portal"][1:], found[1:], strict=True)]
        for name, found in times.items()
    }
    rows = []
    for floor, target in (("plain Textual, same widgets", 1.1), ("empty Textual application", None)):
        row: Row = {
            "name": f"sign-in screen settled, beside {floor}",
            "value": round(medians["portal"]),
            "unit": "ms",
            "floor": round(medians[floor]),
            "ratio": round(statistics.median(ratios[floor]), 2),
        }
        if target is not None:
            row |= {"target": f"≤ {target} x", "ok": row["ratio"] <= target}
        rows.append(row)
    return rows


def start_of(command: list[str], environment: dict[str, str]) -> float:
    """Milliseconds until the program has written its last byte."""
    begin = time.perf_counter()
    with Terminal([sys.executable, *command], 120, 40, environment) as terminal:
        last = 0.0
        while time.perf_counter() - begin < LONGEST:
            answer = terminal.read(quiet=SETTLED, limit=LONGEST, start=begin)
            last = answer.last or last
            if "Password" in terminal.text():
                return last
        raise RuntimeError(f"{command} did not start:\n{terminal.text()}")


def session_rows(environment: dict[str, str]) -> list[Row]:
    """Sign in as the demonstration's admin, walk the areas, and do nothing."""
    with Terminal([sys.executable, "-m", "app"], 120, 40, environment) as terminal:
        terminal.wait_for("Password")
        terminal.read(quiet=1.5)
        terminal.press(b"admin\r")
        for letter in "Herfststorm-2026":
            terminal.press(letter.encode(), quiet=0.01)
        begin = time.perf_counter()
        os.write(terminal.fd, b"\r")
        terminal.wait_for("Shared data")
        signed_in = (time.perf_counter() - begin) * 1000
        terminal.read(quiet=1.0)
        idle = len(terminal.read(quiet=IDLE_SECONDS, limit=IDLE_SECONDS).data)
        memory, whole = terminal.memory() / 1024, terminal.memory("Rss") / 1024
        first, after = areas(terminal)
        idle_after = len(terminal.read(quiet=IDLE_SECONDS, limit=IDLE_SECONDS).data)
    one_hash = hash_time()
    return [
        figure("sign-in to Dashboard, less one hash", round(max(signed_in - one_hash, 0)), "ms"),
        figure("first visit of an area", round(first), "ms"),
        figure("area again", round(after), "ms", 100),
        figure("whole process on the Dashboard, PSS", round(memory, 1), "MiB", 45),
        figure("the same with nothing shared, RSS", round(whole, 1), "MiB"),
        figure(f"idle on the Dashboard, {IDLE_SECONDS:.0f} s", idle, "bytes", 0),
        figure(f"idle on the last area, {IDLE_SECONDS:.0f} s", idle_after, "bytes", 0),
    ]


def figure(name: str, value: float, unit: str, most: float | None = None) -> Row:
    """One row; `most` is the target."""
    row: Row = {"name": name, "value": value, "unit": unit}
    return row if most is None else row | {"target": f"≤ {most}", "ok": value <= most}


def areas(terminal: Terminal) -> tuple[float, float]:
    """Medians of the first visits and of the later ones, in ms to the last byte."""
    keys = [f"\x1b{number}".encode() for number in (2, 3, 4, 5, 6, 1)]
    first = [terminal.press(key, quiet=0.4).last for key in keys]
    later = [terminal.press(key, quiet=0.25).last for _turn in range(TURNS) for key in keys]
    return statistics.median(first[:-1]), statistics.median(later)


def hash_time() -> float:
    """Milliseconds for checking one password as the portal does."""
    from app.operations.core.passwords import hash_password, verify

    stored = hash_password("Herfststorm-2026")
    times = []
    for _turn in range(5):
        begin = time.perf_counter()
        verify(stored, "Herfststorm-2026")
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    print(table([{"benchmark": "startup", **row} for row in run()]))
