"""However a session ends, its process is gone, the terminal is whole, and the others go on."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.serving.conftest import PATIENCE, Person, Served, eventually, gone, sign_in


def session_of(served: Served, terminal: Person) -> int:
    """The process that somebody who has just come was given."""
    terminal.wait_for("Password", PATIENCE)
    return int(served.events("session")[-1]["pid"])


def test_a_killed_client_takes_its_process_along(served: Served) -> None:
    with served.terminal() as terminal:
        pid = session_of(served, terminal)
        os.kill(terminal.pid, signal.SIGKILL)
        assert eventually(lambda: gone(pid)) < 2.0
    eventually(lambda: served.events("session_end", reason="client_gone"))


def test_a_process_that_does_not_hear_its_terminal_hang_up_is_killed(served: Served) -> None:
    with served.terminal() as terminal:
        pid = session_of(served, terminal)
        os.kill(pid, signal.SIGSTOP)
        os.kill(terminal.pid, signal.SIGKILL)
        # Two seconds of grace, and what a busy machine takes to see it.
        assert eventually(lambda: gone(pid)) < 4.0


def test_a_segmentation_fault_of_one_leaves_the_others(served: Served) -> None:
    with served.terminal() as other:
        sign_in(other)
        with served.terminal() as terminal:
            pid = session_of(served, terminal)
            os.kill(pid, signal.SIGSEGV)
            assert terminal.wait_exit() == 1
            assert terminal.whole
            assert "Something went wrong in this session and it had to end." in terminal.last_words
        other.press(b"\x1b2")
        other.wait_for("Customer since", PATIENCE)
        other.press(b"\x11")
        assert other.wait_exit() == 0


def test_the_zygote_has_one_thread_and_its_children_nothing_of_the_server(served: Served) -> None:
    zygote = served.zygote()
    assert len(os.listdir(f"/proc/{zygote}/task")) == 1
    with served.terminal() as terminal:
        pid = session_of(served, terminal)
        targets = {os.readlink(f"/proc/{pid}/fd/{each}") for each in os.listdir(f"/proc/{pid}/fd")}
        sockets = [each for each in targets if each.startswith("socket:")]
        # The control socket, and the two that the event loop wakes itself with.
        assert len(sockets) <= 3, targets
        assert not [each for each in targets if "ssh" in each or "ptmx" in each], targets
        status = Path(f"/proc/{pid}/status").read_text()
        assert "NoNewPrivs:\t1" in status
        assert "Umask:\t0077" in status
        assert os.getsid(pid) == pid


def test_a_stopped_server_tells_everybody_and_leaves_terminals_whole(start: Callable[..., Served]) -> None:
    served = start("--drain", "2", "--pool", "0")
    with served.terminal() as terminal:
        sign_in(terminal)
        ended = threading.Thread(target=served.stop)
        ended.start()
        terminal.wait_for("The service stops in 2 seconds", PATIENCE)
        assert terminal.wait_exit() == 1
        assert terminal.whole
        assert "The service is being stopped." in terminal.last_words
        ended.join(PATIENCE)
    assert served.process.returncode == 0
    assert served.events("session_end", reason="stopping")


def test_a_killed_server_leaves_no_process_behind(start: Callable[..., Served]) -> None:
    served = start("--pool", "0")
    with served.terminal() as terminal:
        pid = session_of(served, terminal)
        zygote = served.zygote()
        served.process.kill()
        eventually(lambda: gone(pid) and gone(zygote))
        assert terminal.wait_exit() == 255


def test_after_the_zygote_has_died_there_is_another(start: Callable[..., Served]) -> None:
    served = start("--pool", "0")
    with served.terminal() as terminal:
        terminal.wait_for("Password", PATIENCE)
        os.kill(served.zygote(), signal.SIGKILL)
        assert terminal.wait_exit() == 1
        assert terminal.whole
    with served.terminal() as terminal:
        terminal.wait_for("Password", PATIENCE)


def test_who_types_nothing_is_warned_and_sent_away(start: Callable[..., Served]) -> None:
    served = start("--idle", "0.05", "--pool", "0")
    with served.terminal() as terminal:
        terminal.wait_for("This connection ends in a minute unless you press a key.", PATIENCE)
        begin = time.monotonic()
        while time.monotonic() - begin < 4:
            # A terminal that loses and gets the focus is no person.
            terminal.press(b"\x1b[I\x1b[O\x1b[<35;4;4M", quiet=0.2, limit=0.3)
            if terminal.wait_exit(0.01) is not None:
                break
        else:
            assert terminal.wait_exit() == 1
        assert "Nobody typed anything for a while" in terminal.last_words
        assert terminal.whole
    assert served.events("session_end", reason="idle")
