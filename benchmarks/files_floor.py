"""The floor for `benchmarks.files`: asyncssh serves a real folder with its own, unchanged server of SFTP.

`python -m benchmarks.files_floor FOLDER` prints `ready ADDRESS PORT`; everybody is let in.
"""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from typing import Any

import asyncssh

from app.serving.connection import answer_at_once


class Door(asyncssh.SSHServer):
    """Lets everybody in."""

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        answer_at_once(conn)

    def begin_auth(self, username: str) -> bool:
        return False


async def main(folder: str) -> None:
    """Serve until somebody ends it."""
    server = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=Door,
        server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
        sftp_factory=partial(asyncssh.SFTPServer, chroot=folder.encode()),
    )
    print("ready", *_address(server), flush=True)
    await asyncio.Event().wait()


def _address(server: Any) -> tuple[str, int]:
    return "127.0.0.1", server.get_port()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
