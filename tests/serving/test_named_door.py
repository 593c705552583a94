"""Who gives a name of their own signs in before the portal opens: by password here; keys are beside."""

from __future__ import annotations

import asyncio
import time

import asyncssh
import pytest

from tests.serving.conftest import PASSWORD, PATIENCE, Served, eventually

WRONG = "Zomerregen-2025"


def options(served: Served, user: str, **more: object) -> dict[str, object]:
    return {
        "host": "127.0.0.1",
        "port": served.port,
        "username": user,
        "known_hosts": None,
        "config": (),
        "client_keys": None,
        "agent_path": None,
        **more,
    }


def test_after_the_password_the_areas_open_without_another(served: Served) -> None:
    with served.terminal(user="admin") as terminal:
        terminal.wait_for("Password:", PATIENCE)
        terminal.press(PASSWORD.encode() + b"\n")
        terminal.wait_for("Shared data", PATIENCE)
        terminal.press(b"\x11")
        assert terminal.wait_exit() == 0
        assert terminal.whole
    line = served.events("signed_in", user="admin")[-1]
    assert line["method"] == "password"
    assert PASSWORD not in (served.home / "log" / "ssh.log").read_text()


def test_the_third_wrong_password_ends_the_connection(served: Served) -> None:
    with served.terminal("-o", "NumberOfPasswordPrompts=9", "-b", "127.0.0.21", user="nobody") as terminal:
        for _try in range(3):
            terminal.wait_for("Password:", PATIENCE)
            terminal.screen.reset()
            terminal.press(WRONG.encode() + b"\n", quiet=0.3)
        assert terminal.wait_exit() == 255
        assert terminal.written.count(b"Password:") == 3
    eventually(lambda: served.events("end", address="127.0.0.21"))
    end = served.events("end", address="127.0.0.21")[-1]
    assert end["tries"] == 3
    assert "user" not in end, "a name that nobody was let in by may be a password"
    assert served.events("refused", address="127.0.0.21", reason="tries")


async def test_a_client_that_does_not_wait_for_answers_has_no_more_tries(served: Served) -> None:
    class Many(asyncssh.SSHClient):
        tried = 0

        def password_auth_requested(self) -> str:
            Many.tried += 1
            return WRONG

    with pytest.raises(asyncssh.Error):
        given = options(
            served, "nobody", client_factory=Many, preferred_auth=["password"], local_addr=("127.0.0.22", 0)
        )
        await asyncio.wait_for(asyncssh.connect(**given), PATIENCE)
    assert Many.tried <= 4


def test_two_hundred_silent_connections_keep_nobody_out(served: Served) -> None:
    async def silent() -> None:
        streams = [
            await asyncio.open_connection(
                "127.0.0.1", served.port, local_addr=(f"127.0.1.{number % 40 + 1}", 0)
            )
            for number in range(200)
        ]
        try:
            begin = time.monotonic()
            given = options(served, "portal", local_addr=("127.0.1.1", 0))
            connected = await asyncio.wait_for(asyncssh.connect(**given), PATIENCE)
            process = await connected.create_process(term_type="xterm-256color", encoding=None)
            await asyncio.wait_for(process.stdout.read(1000), PATIENCE)
            assert time.monotonic() - begin < 5
            connected.close()
        finally:
            for _reader, writer in streams:
                writer.close()

    asyncio.run(silent())
    assert served.events("refused", reason="waiting")


async def test_size_is_cut_however_it_is_said(served: Served) -> None:
    connected = await asyncio.wait_for(asyncssh.connect(**options(served, "portal")), PATIENCE)
    process = await connected.create_process(
        term_type="xterm-256color", term_size=(3000, 1000), encoding=None
    )
    first = await asyncio.wait_for(read_until(process, b"Sign in"), PATIENCE)
    process.change_terminal_size(70_000, 70_000)
    process.stdin.write(b"\x1b[48;1000;3000;0;0t\x1b[?2048;1$y\x1b[48;1000;3000;0;0t")
    with pytest.raises(TimeoutError):
        first += await asyncio.wait_for(read_until(process, b"never"), 2)
    assert rows_of(first) <= 200
    assert len(first) < 1_500_000
    connected.close()
    assert served.events("session", size="500x200")


async def read_until(process: asyncssh.SSHClientProcess[bytes], text: bytes) -> bytes:
    found = b""
    while text not in found:
        more = await process.stdout.read(65536)
        if not more:
            break
        found += more
    return found


def rows_of(painted: bytes) -> int:
    import re

    return max(int(row) for row in re.findall(rb"\x1b\[(\d+);\d+H", painted))


async def test_thirty_at_once_from_one_office_all_come_in(served: Served) -> None:
    """More than may wait at a time: they get their turns."""

    async def comes() -> None:
        async with asyncssh.connect(**options(served, "portal")) as connected:
            assert not connected.is_closed()

    await asyncio.wait_for(asyncio.gather(*[comes() for _each in range(30)]), PATIENCE)
