"""A client that takes nothing costs nothing, and keeps nobody waiting."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncssh

from tests.serving.conftest import PATIENCE, Served, sign_in

LANGUAGE_KEY = b"\x1bOQ"
"""F2 on the first screen: it is painted anew, some 10 kB."""


def memory(pid: int) -> int:
    """Memory of a process in kB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon:"))


async def test_what_a_frozen_client_does_not_take_is_not_kept_by_the_server(served: Served) -> None:
    connected = await asyncio.wait_for(
        asyncssh.connect(
            "127.0.0.1",
            served.port,
            username="portal",
            known_hosts=None,
            config=(),
            agent_path=None,
            client_keys=None,
        ),
        PATIENCE,
    )
    process = await connected.create_process(
        term_type="xterm-256color", term_size=(200, 60), encoding=None, window=32_768
    )
    while b"Sign in" not in await asyncio.wait_for(process.stdout.read(65_536), PATIENCE):
        pass
    process.channel.pause_reading()
    before = memory(served.process.pid)
    for _key in range(60):
        process.stdin.write(LANGUAGE_KEY)
        await asyncio.sleep(0.02)
    assert memory(served.process.pid) - before < 1_000
    with served.terminal() as other:
        await asyncio.to_thread(sign_in, other)
    process.channel.resume_reading()
    process.stdin.write(b"\x11")
    rest = await asyncio.wait_for(process.stdout.read(), PATIENCE)
    assert b"You have left the portal" in rest[-200:]
    connected.close()
