"""Files over SSH: a tree that exists nowhere, read-only, made of what a person may read in the portal.

Two halves. In the server, `sftp` answers SFTP and scp for asyncssh, and knows nothing of customers: it asks.
In a child of its own per channel (`shelf`, forked by the zygote), the tree is walked and files are made, by
the same operations as in the portal, as the person who signed in. What the child has written to a file
without a name it hands over as an open descriptor, and the server sends from there. So one person's year of
usage takes no time from another's keys, and a fault in the making of a file ends one channel only.

`node` says what folders and files are; `folders` is the one list of what the top folder holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket

    from app.serving.request import Request


def run_files(request: Request, control: socket.socket) -> int:
    """Serve one channel's questions until the server hangs up; the exit code."""
    from app.serving.files.shelf import serve

    return serve(request, control)
