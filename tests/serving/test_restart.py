"""A new server takes over from a running one, and nobody's session is cut."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.serving.conftest import PATIENCE, Served, children_of, eventually, gone, sign_in


def successor_of(served: Served) -> int:
    """The new server: it has the same home, and is no child of the old one, which systemd wants of it."""
    for pid in (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()):
        if b"--inherit" in told(pid, "cmdline") and str(served.home).encode() in told(pid, "environ"):
            return 0 if pid in children_of(served.process.pid) else pid
    return 0


def told(pid: int, what: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except OSError:
        return b""


def listens(pid: int, port: int) -> bool:
    """Whether a process holds the listening socket of a port."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    wanted = {f"socket:[{line[9]}]" for line in lines if line[3] == "0A" and line[1].endswith(f":{port:04X}")}
    held = set()
    for each in os.listdir(f"/proc/{pid}/fd"):
        with suppress(OSError):
            held.add(os.readlink(f"/proc/{pid}/fd/{each}"))
    return bool(wanted & held)


def test_a_session_goes_on_while_a_new_server_takes_the_next(start: Callable[..., Served]) -> None:
    served = start("--pool", "0")
    with served.terminal() as old:
        sign_in(old)
        served.process.send_signal(signal.SIGUSR2)
        eventually(lambda: successor_of(served))
        follower = successor_of(served)
        eventually(lambda: not listens(served.process.pid, served.port))
        assert listens(follower, served.port)
        with served.terminal() as new:
            new.wait_for("Password", PATIENCE)
            # Both are there: the old one for who was, the new one for who came.
            old.press(b"\x1b2")
            old.wait_for("Customer since", PATIENCE)
            old.press(b"\x11")
            assert old.wait_exit() == 0
            assert served.process.wait(PATIENCE) == 0
            new.press(b"\x11")
            assert new.wait_exit() == 0
        os.kill(follower, signal.SIGTERM)
        eventually(lambda: gone(follower))


def test_who_is_still_in_the_old_server_is_told_when_the_new_one_stops(start: Callable[..., Served]) -> None:
    served = start("--pool", "0", "--drain", "2")
    with served.terminal() as old:
        sign_in(old)
        served.process.send_signal(signal.SIGUSR2)
        eventually(lambda: successor_of(served) and not listens(served.process.pid, served.port))
        follower = successor_of(served)
        os.kill(follower, signal.SIGTERM)
        old.wait_for("The service stops in 2 seconds", PATIENCE)
        eventually(lambda: gone(follower))
        # systemd kills what is left when the new one has ended.
        assert gone(served.process.pid)
        assert old.wait_exit() is not None
        assert old.whole
        assert "being stopped" in old.last_words


def test_a_new_server_that_nobody_waits_for_any_more_ends(start: Callable[..., Served]) -> None:
    served = start("--pool", "0")
    ready, told = os.pipe()
    os.close(ready)
    before = os.pidfd_open(served.process.pid)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        descriptors = (listening.fileno(), told, before)
        options = ("serve", "--pool", "0", "--inherit", ",".join(map(str, descriptors)))
        subprocess.run(
            [sys.executable, "-m", "app", *options],
            env=os.environ | {"LOKET_HOME": str(served.home)},
            pass_fds=descriptors,
            check=True,
        )
        eventually(lambda: successor_of(served))
        eventually(lambda: not successor_of(served))
    assert served.process.poll() is None, "the one before goes on"


def test_a_new_server_that_cannot_start_changes_nothing(start: Callable[..., Served]) -> None:
    served = start("--pool", "0")
    key = served.home / "ssh" / "host_ed25519"
    key.chmod(0o644)
    served.process.send_signal(signal.SIGUSR2)
    eventually(lambda: "could not take over" in text_of(served.home / "loket.log"))
    with served.terminal() as terminal:
        terminal.wait_for("Password", PATIENCE)
    assert served.process.poll() is None


def text_of(path: Path) -> str:
    return path.read_text() if path.exists() else ""
