"""Public keys at a connection's door: it decides between the verified signature and the answer to the client.

asyncssh asks whether a key is listed, verifies the signature by itself, and then says that the client is in.
By then it is too late to refuse, or to ask for a code too: here it asks in between.
"""

from __future__ import annotations

from typing import Protocol, cast

import asyncssh


class Owner(Protocol):
    """The server's side of a connection."""

    @property
    def asks_more(self) -> bool:
        """Whether what was shown is right, but not enough."""

    async def signed(self, username: str, key: bytes) -> bool:
        """Somebody has signed with this key; whether that lets them in, or leads to a question."""


class SignedConnection(asyncssh.SSHServerConnection):
    """Asks its owner once more when a signature is good."""

    async def validate_public_key(self, username: str, key_data: bytes, msg: bytes, signature: bytes) -> bool:
        """Whether a key is listed; with a signature, whether its owner is let in or asked on."""
        good = await super().validate_public_key(username, key_data, msg, signature)
        if not good or not msg:  # without a message nothing was signed yet
            return good
        return await cast(Owner, self._owner).signed(username, key_data)

    async def send_userauth_success(self) -> None:
        """Say that the client is in, or (RFC 4252, 5.1) that one part is done and another is asked."""
        if cast(Owner, self._owner).asks_more:
            self.send_userauth_failure(True)
        else:
            await super().send_userauth_success()
