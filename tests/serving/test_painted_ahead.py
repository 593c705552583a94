"""Screens that are painted before anybody comes: whoever fits one gets it, in their own size."""

from __future__ import annotations

from collections.abc import Callable
from urllib.request import urlopen

from tests.serving.conftest import PATIENCE, Served, eventually


def figure(port: int, name: str) -> float:
    """One figure as monitoring reads it."""
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE) as answer:
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        lines = answer.read().decode().splitlines()
    return next((float(line.split()[-1]) for line in lines if line.startswith(f"loket_ssh_{name} ")), -1.0)


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])


def test_screens_are_painted_for_the_terminals_that_come(start: Callable[..., Served]) -> None:
    port = free_port()
    served = start("--pool", "1", "--metrics", f"127.0.0.1:{port}")
    plain, dutch = {"COLORTERM": ""}, {"COLORTERM": "", "LANG": "nl_NL.UTF-8"}
    people = [((120, 40), plain), ((90, 30), plain), *[((90, 30), dutch)] * 4]
    for size, variables in people:
        eventually(lambda: figure(port, "painted") == 1)
        with served.terminal(size=size, **variables) as terminal:
            terminal.wait_for("F2", PATIENCE)
            terminal.wait_for("F1 H" if variables is dutch else "F1 Need help", PATIENCE)
            assert len(terminal.text().splitlines()) == size[1]
            terminal.press(b"\x11")
            assert terminal.wait_exit() == 0
            assert terminal.whole
    before = [line["painted_before"] for line in served.events("session")]
    assert before[:3] == [True, True, False], "Dutch was not expected yet"
    assert before[-1], "now it is"
    assert figure(port, 'starts_total{kind="portal",painted="before"}') == sum(before)
    assert figure(port, "sessions") == 0
    assert figure(port, "start_seconds_count") == 6
    assert figure(port, 'sign_ins_total{method="none"}') == 6
    eventually(lambda: figure(port, 'ends_total{reason="left"}') == 6)
