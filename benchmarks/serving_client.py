"""The stock SSH client on a terminal, timed byte by byte; light enough to have fifty of them."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from pathlib import Path
from types import TracebackType

QUERY, KNOWN = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
FRAME = b"\x1b[?2026l"
"""The end of a whole frame: it is told apart once the terminal has said that it knows frames."""
PAINTED = b"Need help"
"""What stands at the bottom right: with it the sign-in screen is complete."""
OPTIONS = (
    "-F",
    "none",
    "-o",
    "StrictHostKeyChecking=no",
    "-o",
    "UserKnownHostsFile=/dev/null",
    "-o",
    "LogLevel=ERROR",
)
OPTIONS += ("-o", "IdentitiesOnly=yes", "-o", "IdentityFile=/dev/null", "-o", "IdentityAgent=none")


class Client:
    """One program on a pseudo-terminal of its own; use as a context manager."""

    def __init__(self, command: list[str], columns: int = 120, rows: int = 40, **variables: str) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.begin = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=kept | {"TERM": "xterm-256color", "LANG": "C.UTF-8"} | variables,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        self.bytes = 0
        self.tail = b""

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)

    def fileno(self) -> int:
        """For `select`."""
        return self.master

    def read(self, wait: float) -> bytes:
        """What comes within `wait` seconds, as soon as it does; the terminal answers what it is asked."""
        if not select.select([self.master], [], [], wait)[0]:
            return b""
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return b""
        if QUERY in data:
            os.write(self.master, KNOWN)
        self.bytes += len(data)
        return data

    def until(self, text: bytes, limit: float = 30.0, start: float | None = None) -> float:
        """Milliseconds from `start` (default: from the command) until `text` has come."""
        start = self.begin if start is None else start
        seen = b""
        while time.perf_counter() - start < limit:
            seen = seen[-64:] + self.read(0.5)
            if text in seen:
                return (time.perf_counter() - start) * 1000
        raise TimeoutError(f"{text!r} did not come; last: {seen[-300:]!r}")

    def quiet(self, seconds: float = 0.3, limit: float = 15.0) -> bytes:
        """Read until nothing has come for so long; what came."""
        found, end = [], time.perf_counter() + limit
        while time.perf_counter() < end and (data := self.read(seconds)):
            found.append(data)
        return b"".join(found)

    def press(self, keys: bytes, limit: float = 10.0) -> float:
        """Milliseconds from a key to the end of the frame that it changed."""
        begin = time.perf_counter()
        os.write(self.master, keys)
        return self.until(FRAME, limit, begin)

    def type(self, keys: bytes) -> None:
        """Press without waiting."""
        os.write(self.master, keys)

    def pump(self) -> None:
        """Take what has come, as a terminal does that nobody looks at."""
        while self.read(0):
            pass


def ssh(port: int) -> list[str]:
    """The command that a person types."""
    return ["/usr/bin/ssh", *OPTIONS, "-p", str(port), "portal@127.0.0.1"]


def pss(pid: int) -> int:
    """Proportional memory of a process in kB; 0 when it is gone."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 0


def processor(pid: int) -> int:
    """Nanoseconds of processor time of all threads of a process."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            total += int((task / "schedstat").read_text().split()[0])
    return total


def children(pid: int) -> list[int]:
    """Process ids of the children."""
    with contextlib.suppress(OSError):
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def ended(pid: int) -> bool:
    """Whether a process has ended, reaped or not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
