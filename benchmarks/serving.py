"""The portal over SSH with the stock client, on one machine, beside a server that only prints one screen.

`python -m benchmarks.serving` prints the figures. Programs take turns round by round, so that a busy machine
is busy for all of them; clients, servers and sessions share its cores, so times are upper bounds.
"""

from __future__ import annotations

import os
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from app.serving.merging import KERNEL
from benchmarks.__main__ import judged, table
from benchmarks.serving_client import PAINTED, Client, children, ended, processor, pss, ssh

ROUNDS = 15
KEYS = 60
"""Of each of those who type."""
IDLE, TYPING, LOGINS = 20, 5, 8
STUCK_SECONDS = 3.0
IDLE_SECONDS = 10.0
MOST, MORE = 50, 5
SCANS, SCANS_SECONDS = 3, 600.0
"""So often must the kernel have looked at all pages, in its own time: a page that changes is not merged."""
PASSWORD = b"Herfststorm-2026"
DOWN, UP = b"\x1b[B", b"\x1b[A"

Row = dict[str, Any]


def run(rounds: int = ROUNDS) -> list[Row]:
    """Measure; each row has name, value, unit, and where it applies floor, ratio, target and ok."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        environment = os.environ | {"LOKET_HOME": str(home), "LANG": "C.UTF-8"}
        command = [sys.executable, "-m", "app", "demo", "create", "--json"]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
        with serving(environment, "--pool", "3") as (server, port):
            screen = Path(folder) / "screen"
            screen.write_bytes(screen_of(port))
            rows = start_rows(environment, home, screen, port, rounds)
            parts = {
                "bytes": byte_rows,
                "memory": lambda *at: memory_rows(environment, *at),
                "keys": key_rows,
                "many": many_rows,
                "ends": end_rows,
            }
            for name, part in parts.items():
                begin = time.perf_counter()
                rows += part(server, port)
                print(f"serving, {name}: {time.perf_counter() - begin:.0f} s", file=sys.stderr)
        return rows


@contextmanager
def serving(environment: dict[str, str], *options: str) -> Iterator[tuple[int, int]]:
    """`loket serve`: its process id and its port."""
    command = [sys.executable, "-m", "app", "serve", "--host", "127.0.0.1", "--port", "0", *options]
    with started(command, environment) as found:
        yield found


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """A server that says where it listens."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.pid, int(process.stdout.readline().split()[2])
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def screen_of(port: int) -> bytes:
    """The sign-in screen as it is sent: what the floor prints."""
    with Client(ssh(port)) as client:
        found = b""
        while PAINTED not in found:
            found += client.read(1)
        return found + client.quiet()


# Start


def start_rows(environment: dict[str, str], home: Path, screen: Path, port: int, rounds: int) -> list[Row]:
    """From the start of `ssh` to the complete sign-in screen."""
    floor = [sys.executable, "-m", "benchmarks.serving_floor", str(home), str(screen)]
    with serving(environment, "--pool", "0") as (_pid, bare), started(floor, environment) as (_floor, lowest):
        programs = {
            "floor": ssh(lowest),
            "painted ahead": ssh(port),
            "not painted ahead": ssh(bare),
            "the portal without SSH": [sys.executable, "-m", "app"],
        }
        times: dict[str, list[float]] = {name: [] for name in programs}
        for _round in range(rounds + 1):
            for name, command in programs.items():
                with Client(command, LOKET_HOME=str(home)) as client:
                    times[name].append(client.until(PAINTED))
                time.sleep(0.4)  # the next screen is painted meanwhile, as it is when people come one by one
    medians = {name: statistics.median(found[1:]) for name, found in times.items()}
    rows = [start_row(name, medians, times) for name in ("painted ahead", "not painted ahead")]
    rows[0] |= {"target": "≤ 1.5 x", "ok": rows[0]["ratio"] <= 1.5}
    rows[1] |= {"target": "≤ 10 x", "ok": rows[1]["ratio"] <= 10}
    return [*rows, start_row("the portal without SSH", medians, times)]


def start_row(name: str, medians: dict[str, float], times: dict[str, list[float]]) -> Row:
    """One way to start beside the floor: the ratio is the median of each round's."""
    pairs = zip(times[name][1:], times["floor"][1:], strict=True)
    return {
        "name": f"complete sign-in screen, {name}",
        "value": round(medians[name], 1),
        "unit": "ms",
        "floor": round(medians["floor"], 1),
        "ratio": round(statistics.median(mine / floor for mine, floor in pairs), 2),
    }


# Keys


def signed_in(command: list[str], **variables: str) -> Client:
    """A client on the largest list: the lines of the demonstration's customer."""
    client = Client(command, **variables)
    client.until(PAINTED)
    client.quiet()
    client.type(b"admin\t")
    client.quiet()
    client.type(PASSWORD + b"\r")
    client.until(b"Shared data", 60, time.perf_counter())
    client.quiet(0.6)
    client.type(b"\x1b3")
    client.quiet(0.6)
    return client


def byte_rows(_server: int, port: int) -> list[Row]:
    """Bytes to the terminal of one character in a field, and of one cursor move in a list."""
    with Client(ssh(port)) as client:
        client.until(PAINTED)
        client.quiet()
        client.press(b"a")
        client.quiet(0.1)
        typed = [sent(client, b"a") for _key in range(20)]
    with signed_in(ssh(port)) as client:
        moved = [sent(client, DOWN if turn < 8 else UP) for turn in range(16)]
    return [
        {
            "name": "a character in a field",
            "value": int(statistics.median(typed)),
            "unit": "bytes",
            "goal": 300,
        },
        {
            "name": "a cursor move in a list",
            "value": int(statistics.median(moved)),
            "unit": "bytes",
            "goal": 2100,
        },
    ]


def sent(client: Client, key: bytes) -> int:
    """Bytes that one key brings."""
    before = client.bytes
    client.type(key)
    client.quiet(0.08)
    return client.bytes - before


def key_rows(server: int, port: int) -> list[Row]:
    """Key to paint for those who type, while others idle, come in, and one is stuck."""
    with ExitStack() as stack:
        for _idle in range(IDLE):
            stack.enter_context(painted(port))
        typing = [stack.enter_context(signed_in(ssh(port))) for _each in range(TYPING)]
        calm = sorted(pressed(typing))
        alone = signed_in([sys.executable, "-m", "app"], LOKET_HOME=home_of(server))
        floor = sorted(pressed([stack.enter_context(alone)]))
        stuck = busiest(server, typing[0])
        others = typing[1:]
        logins = threading.Thread(target=come_in, args=(port,))
        os.kill(stuck, signal.SIGSTOP)
        threading.Timer(STUCK_SECONDS, os.kill, (stuck, signal.SIGCONT)).start()
        logins.start()
        busy = sorted(pressed(others))
        logins.join()
        typing[0].quiet()
    middle, slow = statistics.median(floor), floor[int(len(floor) * 0.99)]
    return [
        key_row(
            f"key to paint, {IDLE} idle and {TYPING} typing, median", statistics.median(calm), 10, middle
        ),
        key_row("the same, 99th percentile", calm[int(len(calm) * 0.99)], 40, slow),
        key_row(f"with {LOGINS} sign-ins and a neighbour stuck, median", statistics.median(busy), 10, middle),
        key_row("the same, 99th percentile", busy[int(len(busy) * 0.99)], 40, slow),
    ]


def key_row(name: str, value: float, goal: float, floor: float | None = None) -> Row:
    """One row of milliseconds; the floor of a key is the same portal on a terminal without SSH."""
    row: Row = {"name": name, "value": round(value, 1), "unit": "ms", "goal": goal}
    return row if floor is None else row | {"floor": round(floor, 1), "ratio": round(value / floor, 2)}


def home_of(server: int) -> str:
    """The folder that a server works in."""
    variables = Path(f"/proc/{server}/environ").read_bytes().split(b"\0")
    return next(each for each in variables if each.startswith(b"LOKET_HOME=")).decode().partition("=")[2]


def painted(port: int) -> Client:
    """Somebody who looks at the sign-in screen."""
    client = Client(ssh(port))
    client.until(PAINTED)
    return client


def pressed(clients: list[Client]) -> list[float]:
    """Milliseconds of each key; people take turns, with a human pause between the keys."""
    found: list[float] = []
    lock = threading.Lock()

    def types(client: Client) -> None:
        for turn in range(KEYS):
            took = client.press(DOWN if turn % 16 < 8 else UP)
            client.quiet(0.01)
            with lock:
                found.append(took)
            time.sleep(0.12)

    threads = [threading.Thread(target=types, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def come_in(port: int) -> None:
    """People who sign in meanwhile."""
    for _login in range(LOGINS):
        with Client(ssh(port)) as client:
            client.until(PAINTED)
            client.type(b"agent\t")
            client.quiet(0.1)
            client.type(PASSWORD + b"\r")
            client.quiet(0.5, 2)


def busiest(server: int, client: Client) -> int:
    """The process of the session that this client is in."""
    sessions = children(children(server)[0])
    before = {pid: processor(pid) for pid in sessions}
    for _key in range(4):
        client.press(DOWN)
        client.press(UP)
    return max(sessions, key=lambda pid: processor(pid) - before[pid] if not ended(pid) else -1)


# Many


def everything(server: int) -> list[int]:
    """The server, the zygote and all sessions."""
    zygote = children(server)[0]
    return [server, zygote, *children(zygote)]


def memory_rows(environment: dict[str, str], server: int, port: int) -> list[Row]:
    """Proportional memory of each further session on the largest screen, also merged by the kernel."""
    name = "memory of one more session, PSS"
    row = {"name": name, "value": memory(server, port, rest), "unit": "MiB", "goal": 25}
    if not (KERNEL.exists() and KERNEL.read_text().strip() == "1"):
        print(f"serving: not merged by the kernel, for {KERNEL} does not hold 1", file=sys.stderr)
        return [row]
    with serving(environment | {"LOKET_MERGE_MEMORY": "yes"}, "--pool", "3") as merging:
        return [row, row | {"name": f"{name}, merged by the kernel", "value": memory(*merging, scanned)}]


def scanned() -> None:
    """Wait until the kernel has looked at all pages often enough."""
    scans = KERNEL.with_name("full_scans")
    last = int(scans.read_text()) + SCANS
    end = time.monotonic() + SCANS_SECONDS
    while int(scans.read_text()) < last and time.monotonic() < end:
        time.sleep(1.0)


def rest() -> None:
    """Let everything that was begun come to its end."""
    time.sleep(3.0)


def memory(server: int, port: int, wait: Callable[[], None]) -> float:
    """MiB of each further session, after what is waited for when the last one has come."""
    with signed_in(ssh(port)):
        wait()
        before = sum(map(pss, everything(server)))
        with ExitStack() as stack:
            for _each in range(MORE):
                stack.enter_context(signed_in(ssh(port)))
            wait()
            added = sum(map(pss, everything(server))) - before
    return round(added / MORE / 1024, 1)


def many_rows(server: int, port: int) -> list[Row]:
    """So many at once: when the last one is painted, and what they cost while they do nothing."""
    begin = time.perf_counter()
    with ExitStack() as stack:
        clients = [stack.enter_context(Client(ssh(port))) for _each in range(MOST)]
        all_painted(clients)
        last = time.perf_counter() - begin
        time.sleep(3.0)
        for client in clients:
            client.pump()
        processes = everything(server)
        before, then = sum(map(processor, processes)), time.perf_counter()
        time.sleep(IDLE_SECONDS)
        used = (sum(map(processor, processes)) - before) / 1e9 / (time.perf_counter() - then)
    return [
        {"name": f"{MOST} people at once, the last one painted", "value": round(last, 1), "unit": "s"},
        {"name": "idle session", "value": round(used / MOST * 100, 4), "unit": "% of a core", "goal": 0.05},
    ]


def all_painted(clients: list[Client]) -> None:
    """Read what comes, whoever it comes to, until all have their screen."""
    seen = dict.fromkeys(clients, b"")
    end = time.perf_counter() + 120
    while seen:
        if time.perf_counter() > end:
            raise TimeoutError(f"{len(seen)} people have no screen")
        for client in select.select(list(seen), [], [], 1.0)[0]:
            seen[client] = seen[client][-64:] + client.read(0)
            if PAINTED in seen[client]:
                del seen[client]


def end_rows(server: int, port: int) -> list[Row]:
    """From the death of a client to that of its process."""
    times = []
    for _turn in range(9):
        with signed_in(ssh(port)) as client:
            pid = busiest(server, client)
            begin = time.perf_counter()
            client.process.kill()
            while not ended(pid) and time.perf_counter() - begin < 5:
                time.sleep(0.001)
            times.append((time.perf_counter() - begin) * 1000)
    return [key_row("client killed to process gone", statistics.median(times), 50)]


if __name__ == "__main__":
    print(table([judged(row) for row in run()]))
