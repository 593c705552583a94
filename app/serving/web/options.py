"""What `loket web` was told: where it listens, whom it believes, and how much it gives anybody."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

MINUTE: Final = 60
LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class WebLimits:
    """How much one address and all together may have. Times in seconds."""

    sessions: int = 200
    sessions_of_address: int = 20
    idle: int = 20 * MINUTE
    """Without a key or a click. The portal itself signs out earlier."""
    longest: int = 12 * 60 * MINUTE
    message: int = 65_536
    """Bytes of one message from a browser: what somebody pastes at most."""


@dataclass(frozen=True, slots=True)
class WebOptions:
    """Everything that can be chosen on the command line."""

    host: str = "127.0.0.1"
    port: int = 8080
    kiosk: bool = False
    origins: tuple[str, ...] = ()
    """What people type into the browser, as `https://portal.example`; empty: this machine itself."""
    balancers: tuple[str, ...] = ()
    """Networks whose X-Forwarded-For is believed."""
    certificate: Path | None = None
    key: Path | None = None
    limits: WebLimits = WebLimits()

    @property
    def is_local(self) -> bool:
        """Whether only this machine can come in."""
        return self.host in LOOPBACK

    @property
    def encrypted(self) -> bool:
        """Whether browsers come in by https."""
        return self.certificate is not None or any(each.startswith("https://") for each in self.origins)

    def allowed_origins(self, port: int) -> frozenset[str]:
        """The pages that may open a session, this server's own at `port` where none were named."""
        if self.origins:
            return frozenset(self.origins)
        scheme = "https" if self.certificate is not None else "http"
        return frozenset(f"{scheme}://{host}:{port}" for host in ("127.0.0.1", "[::1]", "localhost"))
