"""What `loket serve` was told: where it listens, whom it believes, and how much it gives anybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.serving.handover import Inheritance

MINUTE: Final = 60
HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one connection, one address and all together may have. Times in seconds."""

    login: int = 60
    """From connecting to being let in: long enough to find a phone and type its code."""
    tries: int = 3
    """Wrong passwords or codes on one connection."""
    waiting_here: int = 10
    """Connections of one address that are not let in yet."""
    waiting: int = 100
    """The same of all addresses."""
    channels: int = 4
    """Open at once on one connection."""
    sessions_of_login: int = 5
    sessions_of_address: int = 100
    """A whole office may come from one address."""
    sessions: int = 500
    idle: int = 20 * MINUTE
    """Without a key. The portal itself signs out earlier, and says so on its screen."""
    longest: int = 12 * HOUR


@dataclass(frozen=True, slots=True)
class Options:
    """Everything that can be chosen on the command line."""

    host: str = ""
    """Empty: every address of the machine."""
    port: int = 2222
    names: tuple[str, ...] = ("portal",)
    """User names that need nothing to be let in: the portal's own sign-in asks."""
    pool: int = 2
    """Sign-in screens that are painted before anybody comes."""
    balancers: tuple[str, ...] = ()
    """Networks whose PROXY header is believed."""
    metrics: str = ""
    """A loopback `address:port` or a file; empty: none."""
    banner: Path | None = None
    drain: int = 30
    """Seconds that sessions get when the server is told to stop."""
    handover: int = 12 * HOUR
    """Seconds that sessions may go on after another process has taken the port over."""
    inherited: Inheritance | None = None
    """What the server before hands over."""
    limits: Limits = field(default_factory=Limits)
