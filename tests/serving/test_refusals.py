"""Over SSH there are the portal, one's own files and commands, and nothing else. Asked by a real library."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
from collections.abc import AsyncIterator

import asyncssh
import pytest

from app.serving.birth import clear_environment
from app.serving.request import Request, Window, window
from app.serving.session import Variables
from tests.serving.conftest import PATIENCE, Served


@pytest.fixture
async def connection(served: Served) -> AsyncIterator[asyncssh.SSHClientConnection]:
    async with asyncssh.connect(
        "127.0.0.1",
        served.port,
        username="portal",
        known_hosts=None,
        config=(),
        client_keys=None,
        agent_path=None,
    ) as connected:
        yield connected


async def test_nothing_is_forwarded_to_a_port(connection: asyncssh.SSHClientConnection) -> None:
    with pytest.raises(asyncssh.ChannelOpenError):
        await connection.open_connection("127.0.0.1", 22)


async def test_nothing_is_forwarded_to_a_socket(connection: asyncssh.SSHClientConnection) -> None:
    with pytest.raises(asyncssh.ChannelOpenError):
        await connection.open_unix_connection("/tmp/socket")


async def test_no_port_is_opened_for_a_client(connection: asyncssh.SSHClientConnection) -> None:
    with pytest.raises(asyncssh.ChannelListenError):
        await connection.start_server(lambda *_: None, "127.0.0.1", 0)


async def test_no_socket_is_opened_for_a_client(connection: asyncssh.SSHClientConnection) -> None:
    with pytest.raises(asyncssh.ChannelListenError):
        await connection.start_unix_server(lambda *_: None, "/tmp/loket-socket")


async def test_no_tunnel(connection: asyncssh.SSHClientConnection) -> None:
    with pytest.raises(asyncssh.ChannelOpenError):
        await connection.open_tun()
    with pytest.raises(asyncssh.ChannelOpenError):
        await connection.open_tap()


async def test_no_display_and_no_agent(connection: asyncssh.SSHClientConnection) -> None:
    process = await connection.create_process(term_type="xterm", encoding=None)
    with pytest.raises(asyncssh.ChannelOpenError):
        await connection.create_process(term_type="xterm", x11_forwarding=True, x11_display=":9")
    assert await process.channel._make_request(b"auth-agent-req@openssh.com") is False
    process.close()


@pytest.mark.parametrize("name", ["sftp", "netconf", "shell", "\x1b[2J"])
async def test_no_files_and_no_other_subsystem_for_who_is_nobody(
    connection: asyncssh.SSHClientConnection, name: str
) -> None:
    with pytest.raises(asyncssh.ChannelOpenError):
        await connection.create_process(subsystem=name)


@pytest.mark.parametrize("command", ["sh", "id; cat /etc/passwd", "scp -f /etc/passwd", "usage", "serve", ""])
async def test_a_command_of_nobody_is_a_sentence_and_a_failure(
    connection: asyncssh.SSHClientConnection, command: str
) -> None:
    result = await asyncio.wait_for(connection.run(command or "true"), PATIENCE)
    assert result.exit_status == 1
    assert result.stdout == ""
    assert "Commands and files need your own name" in str(result.stderr)


async def test_no_terminal_is_a_sentence_and_a_failure(connection: asyncssh.SSHClientConnection) -> None:
    result = await asyncio.wait_for(connection.run(), PATIENCE)
    assert result.exit_status == 1
    assert "This service needs a terminal. Connect with: ssh -t" in str(result.stderr)


async def test_a_fifth_channel_is_refused(connection: asyncssh.SSHClientConnection) -> None:
    open_ones = [await connection.create_process(term_type="xterm", encoding=None) for _one in range(4)]
    with pytest.raises(asyncssh.ChannelOpenError):
        await connection.create_process(term_type="xterm")
    open_ones[0].close()
    await open_ones[0].wait_closed()
    (await connection.create_process(term_type="xterm", encoding=None)).close()


def test_of_what_a_client_sends_only_its_terminal_and_language_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = Variables()
    for name in ("LANG", "COLORTERM", "LOKET_HOME", "LD_PRELOAD", "PYTHONPATH", "SSH_CONNECTION", "LC_TIME"):
        sent[name.encode()] = b"truecolor"
    sent[b"LC_ALL"] = b"n" * 10_000
    assert set(sent) == {b"LANG", b"COLORTERM"}
    seen = window("xterm\x1b[2J", {"LANG": "nl_NL; rm", "COLORTERM": "truecolor"}, 4_000_000_000, 70_000)
    assert seen == Window("xterm-256color", "truecolor", "", 500, 200)
    monkeypatch.setattr(
        "os.environ", {"LOKET_HOME": "/home", "PATH": "/bin", "SSH_CONNECTION": "1", "LS": "2"}
    )
    clear_environment(Request("portal", "ssh", "", window=seen))
    assert os.environ == {
        "LOKET_HOME": "/home",
        "PATH": "/bin",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


def test_the_server_says_neither_its_program_nor_its_version(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port)) as sock:
        assert sock.recv(255) == b"SSH-2.0-portal\r\n"


def test_the_real_client_forwards_nothing_either(served: Served) -> None:
    with socket.create_server(("127.0.0.1", 0)) as target:
        port = target.getsockname()[1]
        result = subprocess.run(
            served.command("-W", f"127.0.0.1:{port}"), input=b"", capture_output=True, timeout=PATIENCE
        )
        assert result.returncode != 0
        target.settimeout(0.1)
        with pytest.raises(TimeoutError):
            target.accept()
