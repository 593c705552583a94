"""Who is connected: what the rest of the server may know about one SSH connection."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from app.identity import Identity

if TYPE_CHECKING:
    from asyncssh import SSHServerConnection

    from app.serving.server import Server

KEY = "caller"
"""Where asyncssh's connection keeps it: `connection.get_extra_info("caller")`."""


@dataclass(slots=True)
class Caller:
    """One connection, from accept to end."""

    server: Server
    number: int
    """Counts up over the life of the server; in every line of the log."""
    address: str
    """The real one: behind a load balancer, what that says of its client."""
    port: int = 0
    is_balancer: bool = False
    """A balancer for itself: as long as it only looks whether somebody answers, nothing is written down."""
    user: str = ""
    """The name that was given, as the client wrote it."""
    method: str = ""
    """none, password, code or key; empty until somebody was let in."""
    identity: Identity | None = None
    """Who it is; None: nobody is signed in, the portal asks."""
    client: str = ""
    """What the client's program calls itself."""
    tries: int = 0
    channels: int = 0
    sessions: set[object] = field(default_factory=set)
    """Open screens and commands."""


def caller_of(connection: SSHServerConnection) -> Caller:
    """The caller of a connection, for instance `channel.get_connection()` of an SFTP server."""
    return cast(Caller, connection.get_extra_info(KEY))
