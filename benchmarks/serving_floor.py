"""The floor for `benchmarks.serving`: the same SSH server, which prints one screen and runs no portal.

`python -m benchmarks.serving_floor HOME SCREEN` prints `ready ADDRESS PORT`; SCREEN is a file with the bytes.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import asyncssh

from app.serving.connection import answer_at_once
from app.serving.host_keys import host_keys


class Screen(asyncssh.SSHServerSession[bytes]):
    """Prints its screen, and waits until the client has gone."""

    def __init__(self, screen: bytes) -> None:
        self.screen = screen

    def connection_made(self, chan: Any) -> None:
        self.channel = chan

    def pty_requested(self, *_terminal: object) -> bool:
        return True

    def shell_requested(self) -> bool:
        return True

    def session_started(self) -> None:
        self.channel.write(self.screen)

    def data_received(self, data: bytes, datatype: object) -> None:
        self.channel.write(data + b"\x1b[?2026l")


class Door(asyncssh.SSHServer):
    """Lets everybody in."""

    def __init__(self, screen: bytes) -> None:
        self.screen = screen

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        answer_at_once(conn)

    def begin_auth(self, username: str) -> bool:
        return False

    def session_requested(self) -> Any:
        return Screen(self.screen)


async def main(home: Path, screen: bytes) -> None:
    """Serve until somebody ends it."""
    server = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=lambda: Door(screen),
        server_host_keys=host_keys(home)[:1],
        encoding=None,
        line_editor=False,
        agent_forwarding=False,
        compression_algs=None,
        gss_host=None,
    )
    print("ready", *server.sockets[0].getsockname(), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]).read_bytes()))
