"""What systemd is told about the server, where it started it (sd_notify(3)); elsewhere nothing is sent."""

from __future__ import annotations

import os
import socket
from contextlib import suppress


def notify(**states: str | int) -> None:
    """Send for instance READY=1."""
    path = os.environ.get("NOTIFY_SOCKET", "")
    if not path:
        return
    text = "\n".join(f"{name}={value}" for name, value in states.items())
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sock:
        sock.sendto(text.encode(), "\0" + path[1:] if path.startswith("@") else path)
