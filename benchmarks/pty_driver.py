"""Runs a program on a real pseudo-terminal, presses keys and times what comes back, byte by byte."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path

import pyte


@dataclass
class Answer:
    """What one key brought: milliseconds to the first and the last byte, and the bytes."""

    first: float
    last: float
    data: bytes


@dataclass
class Terminal:
    """A program under a pseudo-terminal; use as a context manager.

    It answers the query for synchronised output as modern terminals do.
    """

    command: list[str]
    columns: int = 120
    rows: int = 40
    environment: dict[str, str] = field(default_factory=dict)
    pid: int = 0
    fd: int = -1

    def __enter__(self) -> Terminal:
        self.screen = pyte.Screen(self.columns, self.rows)
        self._stream = pyte.ByteStream(self.screen)
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            variables = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
            keep = {name: os.environ[name] for name in ("PATH", "HOME", "LOKET_HOME") if name in os.environ}
            os.execvpe(self.command[0], self.command, {**keep, **variables, **self.environment})
        size = struct.pack("HHHH", self.rows, self.columns, 0, 0)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, size)
        return self

    def __exit__(self, *_error: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def read(self, quiet: float = 0.06, limit: float = 5.0, start: float = 0.0) -> Answer:
        """Read until nothing has come for `quiet` seconds; times count from `start`."""
        start = start or time.perf_counter()
        first = last = 0.0
        chunks: list[bytes] = []
        wait = limit
        while time.perf_counter() - start < limit:
            if not select.select([self.fd], [], [], wait)[0]:
                break
            try:
                chunk = os.read(self.fd, 65536)
            except OSError:
                break
            last = (time.perf_counter() - start) * 1000
            first = first or last
            chunks.append(chunk)
            if b"\x1b[?2026$p" in chunk:
                os.write(self.fd, b"\x1b[?2026;2$y")
            wait = quiet
        data = b"".join(chunks)
        with contextlib.suppress(Exception):  # pyte is old and does not know every sequence
            self._stream.feed(data)
        return Answer(first, last, data)

    def press(self, keys: bytes, quiet: float = 0.04, limit: float = 3.0) -> Answer:
        """Send `keys` and read the answer."""
        start = time.perf_counter()
        os.write(self.fd, keys)
        return self.read(quiet, limit, start)

    def wait_for(self, text: str, limit: float = 15.0) -> float:
        """Read until `text` stands on the screen; return the seconds it took, or raise TimeoutError."""
        start = time.perf_counter()
        while time.perf_counter() - start < limit:
            self.read(quiet=0.02, limit=0.2)
            if text in self.text():
                return time.perf_counter() - start
        raise TimeoutError(f"{text!r} did not appear; the screen shows:\n{self.text()}")

    def text(self) -> str:
        """Return what the screen shows, line by line."""
        return "\n".join(self.screen.display)

    def memory(self, kind: str = "Pss") -> int:
        """Return the memory of the program in kB: Pss shares libraries with other programs, Rss does not."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:"))

    def wait_exit(self, limit: float = 5.0) -> int | None:
        """Return the exit code, having read all that was written, or None when the program still runs."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.read(quiet=0.01, limit=0.05)
            if pid:
                return os.waitstatus_to_exitcode(status)
        return None
