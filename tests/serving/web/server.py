"""`loket web` as a program of its own, over a database of a test's own."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 30.0


@dataclass
class Running:
    """A server, and where it is."""

    process: subprocess.Popen[str]
    port: int
    scheme: str = "http"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def sessions(self) -> list[int]:
        """The processes of open sessions: those below the one that forks."""
        return [
            child
            for below in children(self.process.pid)
            if "app.serving.zygote" in Path(f"/proc/{below}/cmdline").read_text()
            for child in children(below)
        ]

    def wait_for_sessions(self, wanted: int) -> list[int]:
        """Wait until so many sessions run."""
        until = time.monotonic() + PATIENCE
        while len(found := self.sessions()) != wanted:
            assert time.monotonic() < until, f"{len(found)} sessions, not {wanted}"
            time.sleep(0.05)
        return found

    def stop(self) -> int:
        """Tell it to stop; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


def children(pid: int) -> list[int]:
    """The processes that a process has started, on all of its threads."""
    try:
        return [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except (FileNotFoundError, ProcessLookupError):
        return []


@contextmanager
def served(home: Path, *options: str, **variables: str) -> Iterator[Running]:
    """A server at a free port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "web", "--port", "0", *options],
        env={
            **os.environ,
            "LOKET_HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "SECRET_OF_SERVER": "x",
            **variables,
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Running(process, int(first_line(process).split()[2]))
    finally:
        process.kill()
        process.wait()


def first_line(process: subprocess.Popen[str]) -> str:
    """What it says once it is ready."""
    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        assert selector.select(PATIENCE), "the server is not ready"
    line = process.stdout.readline()
    assert line.startswith("ready "), line
    return line
