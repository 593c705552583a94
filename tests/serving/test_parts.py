"""Parts of the server that need no client: counting, keys, the journal, the host key, figures."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.cli.failures import WrongUsage
from app.identity import Identity
from app.serving.admission import Sessions, WaitingRoom, origin_of
from app.serving.caller import Caller
from app.serving.command import options_of, run_serve
from app.serving.host_keys import HostKeyError, host_keys, rotate
from app.serving.journal import Journal
from app.serving.keys import from_person
from app.serving.metrics import Metrics, place_of
from app.serving.notify import notify
from app.serving.options import Limits, Options
from app.serving.relay import Reader, Writer
from app.serving.request import Request, Window, window
from app.serving.running import start_metrics
from app.serving.zygote_client import NoZygote, Zygote


def caller(number: int, address: str = "192.0.2.1", login: int | None = None) -> Caller:
    who = None if login is None else Identity(login, "session", "marit", "password")
    return Caller(
        cast(Any, SimpleNamespace()), number, address, identity=who, method="password" if who else ""
    )


def test_a_request_is_the_same_on_the_other_side() -> None:
    asked = Request("command", "ssh", "192.0.2.7", Identity(7, "", "marit", "key", steps=("one_time_code",)))
    assert Request.decoded(asked.encoded()) == asked
    assert Request.decoded(Request("portal", "ssh", "").encoded()) == Request("portal", "ssh", "")


@pytest.mark.parametrize(
    ("term", "variables", "size", "seen"),
    [
        ("xterm", {}, (0, 0), Window("xterm", "", "", 80, 24)),
        (
            "xterm-kitty",
            {"LC_ALL": "nl_NL.UTF-8", "LANG": "de"},
            (90, 30),
            Window("xterm-kitty", "", "nl_NL.UTF-8", 90, 30),
        ),
        ("../../etc/x\n", {"COLORTERM": "yes"}, (1, 1), Window("xterm-256color", "", "", 1, 1)),
    ],
)
def test_a_window_is_believed_as_far_as_it_is_sane(
    term: str, variables: dict[str, str], size: tuple[int, int], seen: Window
) -> None:
    assert window(term, variables, *size) == seen


@pytest.mark.parametrize(
    "data", [b"a", b"\x1b[A", b"\x1b", b"\x1b[<0;3;4M", b"\x1b[200~x\x1b[201~", b"\x1b[97u"]
)
def test_a_key_a_click_and_a_paste_are_a_person(data: bytes) -> None:
    assert from_person(data)
    assert from_person(b"\x1b[I" + data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x1b[I",
        b"\x1b[O\x1b[I",
        b"\x1b[?2026;2$y",
        b"\x1b[<35;10;4M",
        b"\x1b[48;40;120;0;0t",
        b"\x1b[?25u",
        b"\x1b[4;9R",
    ],
)
def test_what_a_terminal_says_by_itself_is_nobody(data: bytes) -> None:
    assert not from_person(data)


async def test_who_waits_in_silence_makes_room_and_who_gave_a_name_does_not() -> None:
    dropped: list[str] = []
    room = WaitingRoom(
        Limits(waiting_here=2, login=1), lambda who, reason: dropped.append(f"{who.number} {reason}")
    )

    async def enters(number: int, address: str = "192.0.2.1") -> bool:
        return await room.enter(caller(number, address), lambda: None, lambda: False)

    assert await enters(1)
    assert await enters(2)
    room.named(caller(1))
    for each in room.waiting.values():
        each.since -= 10
    assert await enters(3), "the silent one has made room"
    assert dropped == ["2 waiting_here"]
    waiting = asyncio.create_task(enters(4))
    assert await enters(5, "192.0.2.9"), "others have their own places"
    room.leave(caller(3))
    assert await waiting
    assert not await enters(6), "there is no place, and nobody leaves"


def test_addresses_of_one_network_are_one_origin() -> None:
    assert origin_of("2001:db8:1:2:a::1") == origin_of("2001:db8:1:2:b::9") != origin_of("2001:db8:1:3::1")
    assert origin_of("192.0.2.1") != origin_of("192.0.2.2")


def test_sessions_are_counted_by_host_address_and_login() -> None:
    sessions = Sessions(Limits(sessions=4, sessions_of_address=3, sessions_of_login=1))
    leave = sessions.enter(caller(1, login=7))
    assert sessions.refusal(caller(2, login=7)) == "login"
    assert sessions.refusal(caller(2, login=8)) == ""
    for number in (2, 3):
        sessions.enter(caller(number))
    assert sessions.refusal(caller(4)) == "address"
    sessions.enter(caller(5, "192.0.2.9"))
    assert sessions.refusal(caller(6, "192.0.2.10")) == "host"
    leave()
    leave()
    assert sessions.count == 3
    assert sessions.refusal(caller(7, "192.0.2.10", login=7)) == ""


def test_the_journal_is_lines_of_json_that_only_its_owner_reads(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    stranger = caller(1)
    stranger.user = "Herfststorm-2026"
    journal.write("connect", stranger, client="SSH-2.0-\x1b]0;evil\x07" + "x" * 500)
    journal.write("signed_in", caller(2, login=7))
    first, second = map(json.loads, journal.path.read_text().splitlines())
    assert "Herfststorm" not in journal.path.read_text()
    assert "\x1b" not in first["client"]
    assert len(first["client"]) <= 80
    assert (second["user"], second["method"]) == ("marit", "password")
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600


def test_a_journal_that_cannot_be_written_disturbs_nobody(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("no folder")
    Journal(tmp_path).write("connect", caller(1))


def test_the_host_key_is_made_once_and_changed_in_two_steps(tmp_path: Path) -> None:
    [first] = host_keys(tmp_path)
    assert [key.get_fingerprint() for key in host_keys(tmp_path)] == [first.get_fingerprint()]
    assert stat.S_IMODE((tmp_path / "ssh" / "host_ed25519").stat().st_mode) == 0o600
    assert rotate(tmp_path) == "announced"
    now, announced = host_keys(tmp_path)
    assert now.get_fingerprint() == first.get_fingerprint()
    assert rotate(tmp_path) == "changed"
    assert [key.get_fingerprint() for key in host_keys(tmp_path)] == [announced.get_fingerprint()]


def test_a_host_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    host_keys(tmp_path)
    (tmp_path / "ssh" / "host_ed25519").chmod(0o640)
    with pytest.raises(HostKeyError, match="chmod 600"):
        host_keys(tmp_path)


def test_figures_are_told_to_this_machine_only() -> None:
    assert place_of("127.0.0.1:9100") == ("127.0.0.1", 9100)
    assert place_of("[::1]:9100") == ("::1", 9100)
    assert place_of("/run/loket/figures") == Path("/run/loket/figures")
    with pytest.raises(ValueError, match=r"0\.0\.0\.0"):
        place_of("0.0.0.0:9100")
    metrics = Metrics()
    metrics.count("refused_total", reason="tries")
    metrics.took("start_seconds", 0.03)
    text = metrics.text()
    assert 'loket_ssh_refused_total{reason="tries"} 1' in text
    assert 'loket_ssh_start_seconds_bucket{le="0.05"} 1' in text
    assert 'loket_ssh_start_seconds_bucket{le="0.02"} 0' in text


def test_systemd_is_told_when_it_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notify(READY=1)  # nobody asked
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        notify(READY=1, MAINPID=7)
        assert sock.recv(100) == b"READY=1\nMAINPID=7"


def test_without_asyncssh_the_cure_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(WrongUsage, match=r"pip install 'loket\[serve\]'"):
        run_serve([], None)


@pytest.mark.parametrize(
    "argv", [["--metrics", "192.0.2.1:9"], ["--balancers", "0.0.0.0/0"], ["--port", "x"], ["what"]]
)
def test_options_that_cannot_be_used_are_told(argv: list[str]) -> None:
    with pytest.raises(WrongUsage):
        options_of(argv)


def test_a_port_in_use_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKET_HOME", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with pytest.raises(WrongUsage, match=f"The port {port} cannot be used"):
            run_serve(["--host", "127.0.0.1", "--port", port], None)


async def test_a_zygote_that_cannot_load_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    zygote = Zygote()
    monkeypatch.setattr("sys.executable", "/bin/false")
    zygote.start()
    with pytest.raises(NoZygote):
        await asyncio.wait_for(zygote.loaded(), 20)
    assert zygote.process is not None
    zygote.process.wait(20)


async def test_who_does_not_read_holds_the_writer_up_and_nothing_piles_up() -> None:
    out, into = os.pipe()
    got: list[bytes] = []
    reader = Reader(out, got.append, lambda: None)
    reader.hold()
    held: list[str] = []
    writer = Writer(into, lambda: held.append("hold"), lambda: held.append("go on"))
    for _piece in range(40):
        writer.write(b"x" * 10_000)
    assert held == ["hold"]
    assert not got
    reader.go_on()
    while sum(map(len, got)) < 400_000:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    assert held == ["hold", "go on"]
    writer.finish()
    while not reader.ended:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    os.close(out)


async def test_who_was_taken_over_from_writes_no_figures_any_more(tmp_path: Path) -> None:
    path, tasks = tmp_path / "loket.prom", list[asyncio.Task[None]]()
    server = SimpleNamespace(options=Options(metrics=str(path)), metrics=Metrics(), keep=tasks.append)
    stop = await start_metrics(cast(Any, server))
    await asyncio.sleep(0)
    assert path.exists()
    stop()
    await asyncio.wait(tasks, timeout=5)
    assert all(task.done() for task in tasks)
