"""A real server with the demonstration behind it, and real clients before it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from benchmarks.pty_driver import Answer, Terminal
from tests.journeys.conftest import make_demo
from tests.made_once import made_once

PATIENCE = 30.0
"""Seconds until something surely does not come any more, on a busy machine."""
PASSWORD = "Herfststorm-2026"
QUIET = ("-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null")
QUIET += ("-o", "LogLevel=ERROR", "-o", "SendEnv=LANG LC_* COLORTERM LOKET_* EVIL")
# The test's own folder of keys must not offer the developer's.
NO_KEYS = ("-o", "IdentitiesOnly=yes", "-o", "IdentityFile=/dev/null", "-o", "IdentityAgent=none")


class Person(Terminal):
    """Somebody at a terminal, and everything that was ever written on it."""

    def read(self, quiet: float = 0.06, limit: float = 5.0, start: float = 0.0) -> Answer:
        answer = super().read(quiet, limit, start)
        self.written = getattr(self, "written", b"") + answer.data
        return answer

    @property
    def whole(self) -> bool:
        """Whether the terminal is as before: the first screen, a cursor, no mouse, keys as usual."""
        pairs = [(b"\x1b[?%dh" % mode, b"\x1b[?%dl" % mode) for mode in (1049, 1000, 1003, 1006, 2004, 1004)]
        pairs += [(b"\x1b[?25l", b"\x1b[?25h"), (b"\x1b[?7l", b"\x1b[?7h"), (b"\x1b[>25u", b"\x1b[<u")]
        return all(self.written.rfind(on) < self.written.rfind(off) for on, off in pairs)

    @property
    def last_words(self) -> str:
        """What stands there after the portal has left the screen."""
        return re.sub(r"\x1b\[[?<]?[0-9]*[a-z]", "", self.written.rpartition(b"\x1b[?1049l")[2].decode())

    def wait_exit(self, limit: float = PATIENCE) -> int | None:
        code = super().wait_exit(limit)
        self.read(quiet=0.05, limit=1)
        return code


class Served:
    """`loket serve` as its own process."""

    def __init__(self, home: Path, *options: str, environment: dict[str, str] | None = None) -> None:
        self.home = home
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TZ") if name in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--host", "127.0.0.1", "--port", "0", *options],
            env=kept | {"LOKET_HOME": str(home), "LANG": "C.UTF-8"} | (environment or {}),
            stdout=subprocess.PIPE,
            stderr=(home / "server.err").open("wb"),
            text=True,
        )
        assert self.process.stdout is not None
        said = self.process.stdout.readline().split()
        assert said[:1] == ["ready"], (said, (home / "server.err").read_text())
        self.port = int(said[2])

    def command(self, *more: str, user: str = "portal", address: str = "127.0.0.1") -> list[str]:
        """`ssh` of OpenSSH, with nothing of the machine's own settings."""
        return ["/usr/bin/ssh", *QUIET, *NO_KEYS, "-p", str(self.port), *more, f"{user}@{address}"]

    def terminal(
        self, *more: str, user: str = "portal", size: tuple[int, int] = (120, 40), **variables: str
    ) -> Person:
        """The same on a terminal, to be opened with `with`."""
        return Person(self.command(*more, user=user), *size, {"LANG": "C.UTF-8", **variables})

    def log(self) -> list[dict[str, Any]]:
        """What the journal says."""
        path = self.home / "log" / "ssh.log"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def events(self, event: str, **fields: Any) -> list[dict[str, Any]]:
        """Lines of the journal of one kind."""
        found = [line for line in self.log() if line["event"] == event]
        return [line for line in found if all(line.get(name) == value for name, value in fields.items())]

    def zygote(self) -> int:
        """The process that forks."""
        return next(pid for pid in children_of(self.process.pid))

    def sessions(self) -> list[int]:
        """The processes of sessions, those that wait for somebody too."""
        return children_of(self.zygote())

    def stop(self, number: int = signal.SIGTERM) -> int:
        """End it; its exit code."""
        self.process.send_signal(number)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            assert self.process.stdout is not None
            self.process.stdout.close()


def children_of(pid: int) -> list[int]:
    """The process ids of the children of a process."""
    with suppress(OSError):
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def eventually(true: Callable[[], Any], seconds: float = PATIENCE) -> float:
    """Wait until something is true; the seconds that took."""
    begin = time.monotonic()
    while not true():
        assert time.monotonic() - begin < seconds, "it did not happen"
        time.sleep(0.02)
    return time.monotonic() - begin


def gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has asked after yet counts as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def sign_in(terminal: Terminal, who: str = "admin", until: str = "Shared data") -> None:
    """Sign in on the portal's own screen."""
    terminal.wait_for("Password", PATIENCE)
    terminal.press(who.encode() + b"\t", quiet=0.1)
    terminal.press(PASSWORD.encode() + b"\r", quiet=0.1)
    terminal.wait_for(until, PATIENCE)


@pytest.fixture(scope="session")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """`new_home()`: a folder with the demonstration in it."""
    template = made_once(tmp_path_factory, "demo-template", make_demo)

    def make() -> Path:
        home = tmp_path_factory.mktemp("served") / "home"
        shutil.copytree(template, home)
        return home

    return make


@pytest.fixture(scope="session")
def served(new_home: Callable[[], Path]) -> Iterator[Served]:
    """One server for all tests that leave it whole."""
    server = Served(new_home())
    yield server
    server.stop()


@pytest.fixture
def start(new_home: Callable[[], Path]) -> Iterator[Callable[..., Served]]:
    """`start(*options)`: a server of this test's own."""
    begun: list[Served] = []

    def begin(*options: str, home: Path | None = None, **environment: str) -> Served:
        begun.append(Served(home or new_home(), *options, environment=environment))
        return begun[-1]

    yield begin
    for server in begun:
        if server.process.poll() is None:
            server.stop(signal.SIGKILL)
