"""The real program on a real pseudo-terminal, over a database of a test's own."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.store import Store
from benchmarks.pty_driver import Terminal

PASSWORD = "Herfststorm-2026"
ROOT = Path(__file__).resolve().parents[2]
ALLOWED = re.compile(
    rb"\x1b\[[0-9;]*m"  # colours
    rb"|\x1b\[[0-9;]*H"  # where
    rb"|\x1b\[\?[0-9;]+[hl]"  # modes
    rb"|\x1b\[\?[0-9;]+\$p"  # which modes are there
    rb"|\x1b\[[><][0-9]*u"  # the keyboard
    rb"|\x1b\]22;[a-z-]+\x07"  # the shape of the pointer
)


def foreign(data: bytes) -> list[bytes]:
    """What a normal session never writes: control codes outside the sequences that it needs."""
    rest = ALLOWED.sub(b"", data)
    text = rest.decode("utf-8", "replace")
    bad = [sign for sign in text if (ord(sign) < 32 and sign not in "\r\n") or 0x7F <= ord(sign) < 0xA0]
    bad += [sign for sign in text if sign in "\u202e\u202c\u2066\u2069\u200b\ufeff"]
    return [sign.encode() for sign in bad]


@contextmanager
def running(
    home: Path, columns: int = 100, rows: int = 30, **environment: str
) -> Iterator[tuple[Terminal, bytearray]]:
    """The portal as `loket` starts it, and every byte that it has written."""
    variables = {"LOKET_HOME": str(home), "PYTHONPATH": str(ROOT), **environment}
    terminal = Terminal([sys.executable, "-m", "app"], columns, rows, variables)
    written = bytearray()
    read = terminal.read

    def noting(quiet: float = 0.06, limit: float = 5.0, start: float = 0.0) -> object:
        answer = read(quiet, limit, start)
        written.extend(answer.data)
        return answer

    terminal.read = noting  # type: ignore[method-assign, assignment]
    with terminal:
        yield terminal, written


def sign_in(terminal: Terminal, name: str, sees: str = "1 Dashboard") -> None:
    """Past the first screen."""
    terminal.wait_for("Password")
    settle(terminal)
    terminal.press(name.encode())
    terminal.wait_for(name)
    terminal.press(b"\r")
    settle(terminal)  # on a busy machine the next field has the cursor a little later
    terminal.press(PASSWORD.encode())
    terminal.wait_for("•" * len(PASSWORD))
    terminal.press(b"\r")
    terminal.wait_for(sees)
    settle(terminal)


def settle(terminal: Terminal, quiet: float = 0.2, limit: float = 2.0) -> None:
    """Read until nothing has come for `quiet` seconds, not even a first byte."""
    until = time.monotonic() + limit
    while terminal.read(quiet, quiet).data and time.monotonic() < until:
        pass


def home_of(store: Store) -> Path:
    """The folder in which a test's database lies as `loket.db`."""
    return Path(store.url.removeprefix("sqlite:///")).parent
