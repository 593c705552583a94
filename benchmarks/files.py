"""`python -m benchmarks.files`: files over SSH for OpenSSH's `sftp`: a long listing, a month, a long file.

The floor is the same library serving a real folder with files of the same names and sizes from this disk.
Both are measured within one connection that is open already (ControlMaster), so no sign-in is in the figures.
Each figure is the median of rounds in turns; `LOKET_BENCH_LINES` is how many lines the customer has.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.clock import FixedClock, month_bounds, month_of
from app.content import load_content
from app.operations.core.passwords import hash_password
from app.settings import shipped_content
from app.store import Store
from app.store.schema import ensure_schema
from tests.factories import DAY, Factory

LINES = int(os.environ.get("LOKET_BENCH_LINES", "10000"))
RECORDS = 50_000
"""Of the line with the long file."""
ROUNDS = 5
PASSWORD = "Herfststorm-2026"
OPTIONS = ("-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null")
QUIET = ("-o", "LogLevel=ERROR", "-o", "IdentityFile=none", "-o", "IdentityAgent=none")
NOW = "!date +%s%N"
ZONE = "Europe/Amsterdam"


def fill(home: Path) -> str:
    """A customer with many lines, each with a little use, and one with very much; the folder of the month."""
    now = int(datetime.now(UTC).timestamp())
    store = Store(f"sqlite:///{home / 'loket.db'}", home)
    ensure_schema(store)
    factory = Factory(store, load_content(shipped_content()), FixedClock(now))
    account = factory.account("Bench B.V.")
    factory.login(account, "admin", user_name="bench", password_hash=hash_password(PASSWORD))
    start = max(month_bounds(month_of(now, ZONE), ZONE)[0], now - DAY)
    for _copied in range(2):
        line = factory.line(account)
        for minute in range(220 if _copied == 0 else 2):
            factory.usage(line, "voice", 61, start=start + minute, number=31612345678)
    store.close()
    with sqlite3.connect(home / "loket.db") as database:
        copy_lines(database, line, LINES - 2)
        copy_records(database, line - 1, RECORDS)
    month = month_of(now, ZONE)
    return f"/usage/{month // 100}-{month % 100:02}"


def copy_lines(database: sqlite3.Connection, line: int, times: int) -> None:
    """More lines like one, with its counter."""
    for table, key in (("line", "id"), ("counter", "line_id")):
        rows = database.execute(f"SELECT * FROM {table} WHERE {key} = ?", (line,))
        names = [column[0] for column in rows.description]
        values = dict(zip(names, rows.fetchone(), strict=True))
        marks = ", ".join("?" * len(names))
        own = [{key: 10_000 + n, "number": f"+4915{n:08}"} for n in range(times)]
        made = ([each.get(name, values[name]) for name in names] for each in own)
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", made)


def copy_records(database: sqlite3.Connection, line: int, times: int) -> None:
    """More records of the first line."""
    for table, key in (("usage_record", "id"), ("rated_record", "usage_id")):
        first = "SELECT min(id) FROM usage_record WHERE line_id = ?"
        rows = database.execute(f"SELECT * FROM {table} WHERE {key} = ({first})", (line,))
        names = [column[0] for column in rows.description]
        values = dict(zip(names, rows.fetchone(), strict=True))
        own = [{key: 10_000 + n, "external_id": f"b{n}", "tie": 10_000_000 + n} for n in range(times)]
        made = ([each.get(name, values[name]) for name in names] for each in own)
        database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", made)


@contextmanager
def served(argv: list[str], home: Path) -> Iterator[tuple[int, int]]:
    """A server; its port and its process."""
    process = subprocess.Popen(
        argv, env={**os.environ, "LOKET_HOME": str(home)}, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline().split()[2]), process.pid
    finally:
        process.terminate()
        process.wait()


@contextmanager
def connected(port: int, folder: Path) -> Iterator[list[str]]:
    """One open connection; what `sftp` needs to use it."""
    path, asking = folder / f"c{port}", folder / "ask"
    asking.write_text(f"#!/bin/sh\necho '{PASSWORD}'\n")
    asking.chmod(0o700)
    environment = {**os.environ, "SSH_ASKPASS": str(asking), "SSH_ASKPASS_REQUIRE": "force"}
    shared = [*OPTIONS, *QUIET, "-o", f"ControlPath={path}"]
    master = ["/usr/bin/ssh", *shared, "-M", "-N", "-f", "-p", str(port), "bench@127.0.0.1"]
    subprocess.run(master, env=environment, check=True)
    try:
        yield [
            "/usr/bin/sftp",
            "-q",
            *shared,
            "-P",
            str(port),
            "-b",
            str(folder / "batch"),
            "bench@127.0.0.1",
        ]
    finally:
        subprocess.run(
            ["/usr/bin/ssh", *shared, "-O", "exit", "bench@127.0.0.1"], capture_output=True, check=False
        )


def took(sftp: list[str], folder: Path, *lines: str) -> tuple[float, str]:
    """Milliseconds of one run of `sftp`, and what it printed."""
    (folder / "batch").write_text("\n".join(lines) + "\n")
    begin = time.perf_counter()
    done = subprocess.run(sftp, cwd=folder, capture_output=True, text=True, check=True)
    return (time.perf_counter() - begin) * 1000, done.stdout


def twice(sftp: list[str], folder: Path, command: str) -> tuple[float, float]:
    """Milliseconds of a command within one run, and of the same command right after it."""
    said = took(sftp, folder, "pwd", *(NOW, command) * 2, NOW)[1]
    first, second, third = [int(line) for line in said.splitlines() if line.isdigit()]
    return (second - first) / 1e6, (third - second) / 1e6


def real_folder(folder: Path, names: list[str], month: str, sizes: dict[str, int]) -> None:
    """The same names and sizes on the disk."""
    (folder / month.strip("/")).mkdir(parents=True)
    for name in names:
        (folder / month.strip("/") / name).write_bytes(b"x" * sizes.get(name, 1000))


def run() -> list[dict[str, Any]]:
    """The figures."""
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        folder = Path(temporary)
        home = folder / "home"
        home.mkdir()
        month = fill(home)
        port, server = stack.enter_context(
            served([sys.executable, "-m", "app", "serve", "--host", "127.0.0.1", "--port", "0"], home)
        )
        ours = stack.enter_context(connected(port, folder))
        listed = took(ours, folder, f"ls -1 {month}")[1]
        names = [line.rpartition("/")[2] for line in listed.splitlines() if line.endswith(".csv")]
        assert len(names) == LINES, len(names)
        long, short = min(names), min(name for name in names if name.startswith("4915"))
        made, sent = twice(ours, folder, f"get {month}/{long} {long}")
        size = (folder / long).stat().st_size
        took(ours, folder, f"get {month}/{short} {short}")
        real_folder(folder / "real", names, month, {long: size, short: (folder / short).stat().st_size})
        floor_argv = [sys.executable, "-m", "benchmarks.files_floor", str(folder / "real")]
        floor = stack.enter_context(connected(stack.enter_context(served(floor_argv, home))[0], folder))
        rounds: dict[str, list[list[float]]] = {"open": [[], []], "list": [[], []], "short": [[], []]}
        commands = {"open": "pwd", "list": f"ls -l {month}", "short": f"get {month}/{short} {short}"}
        for _round in range(ROUNDS):
            for name, command in commands.items():
                for side, sftp in enumerate((ours, floor)):
                    rounds[name][side].append(took(sftp, folder, command)[0])
        copied = twice(floor, folder, f"get {month}/{long} {long}")[1]
        most = memory(server)
    return [
        row(f"sftp: a channel opens ({LINES:,} lines)", rounds["open"], "ms"),
        row(f"sftp: ls -l of {LINES:,} files", rounds["list"], "ms", target=3.0),
        row("sftp: fetch a line of 2 records", rounds["short"], "ms"),
        {
            "name": f"sftp: make and fetch {RECORDS:,} records ({size / 1e6:.0f} MB)",
            "value": round(made),
            "unit": "ms",
        },
        row("sftp: fetch them once more", [[sent], [copied]], "ms"),
        {"name": "sftp: the server's memory at most", "value": most, "unit": "MB"},
    ]


def row(name: str, sides: list[list[float]], unit: str, target: float | None = None) -> dict[str, Any]:
    """Medians of both sides, and whether their ratio is within the target."""
    value, floor = (statistics.median(side) for side in sides)
    told: dict[str, Any] = {"name": name, "value": round(value), "unit": unit, "floor": round(floor)}
    told["ratio"] = round(value / floor, 2)
    if target is not None:
        told |= {"target": f"<= {target} x", "ok": value <= target * floor}
    return told


def memory(pid: int) -> int:
    """Resident megabytes at their highest; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    for told in run():
        print(told)
