"""The work of a session that serves files, as far as its server sees it: a clock, an end, and a count."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from asyncssh.stream import SSHServerStreamSession

from app.serving.files.sftp import fetched_of

if TYPE_CHECKING:
    from asyncssh import SSHServerConnection

    from app.serving.session import Session


class FilesWork:
    """Packets go to asyncssh's own reader of SFTP and scp; who asks for nothing for long is let go."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.began = self.asked_at = time.monotonic()
        self.reason = ""
        self._fetched = fetched_of(cast("SSHServerConnection", session.channel.get_connection()))
        self._before = self._fetched.size

    @property
    def sent(self) -> int:
        """Bytes of files that were fetched on this connection since this session began."""
        return self._fetched.size - self._before

    async def run(self) -> tuple[int, str]:
        """Nothing to wait for: asyncssh runs it."""
        return 0, "left"

    def typed(self, data: bytes) -> None:
        """A part of a question."""
        self.asked_at = time.monotonic()
        SSHServerStreamSession.data_received(self.session, data, None)

    def eof(self) -> None:
        """No more questions."""
        SSHServerStreamSession.eof_received(self.session)

    def resized(self, columns: int, rows: int) -> None:
        """There is no window."""

    def hold(self) -> None:
        """asyncssh waits by itself."""

    def go_on(self) -> None:
        """See `hold`."""

    def lost(self) -> None:
        """The channel has ended; asyncssh tells its reader."""

    def look(self, now: float) -> None:
        """End what nobody uses, or what has gone on for too long."""
        limits = self.session.caller.server.options.limits
        if now - self.asked_at > limits.idle:
            self.end("idle")
        elif now - self.began > limits.longest:
            self.end("longest")

    def warn(self, what: str, seconds: int) -> None:
        """Nobody reads notes between files."""

    def end(self, reason: str) -> None:
        """Hang up; what is fetched is cut off, and its client says so."""
        if not self.reason:
            self.reason = reason
            self.session.channel.abort()
