"""The door of a connection: who is there, told by a password, a code or a public key.

All of it goes through the portal's own sign-in: one count of tries, one list of addresses, one audit trail,
the same text and the same cost whether a name exists or not. The calls wait for the database and for a
hash, so a server makes them in a thread, one after another for each connection.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.clock import Clock
from app.content import Content
from app.identity import Identity
from app.operations.core.errors import Refused
from app.operations.core.next_step import NextStep, Pending
from app.operations.signin import refusal_text, sign_in
from app.secret import Secret
from app.settings import Settings
from app.store import Store

if TYPE_CHECKING:
    from app.operations.core import Visit

__all__ = ["Door", "Identity", "Question"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a keyboard-interactive sign-in asks next: prompts, each with whether typing shows."""

    text: str
    prompts: tuple[tuple[str, bool], ...]


class Door:
    """One connection's way in.

    Every method may raise Refused (its text is for the person, and the same whatever was wrong), SignedOut
    (begin anew) or StoreError (the database cannot be used now).
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        content: Content,
        settings: Settings,
        address: str,
        channel: str = "ssh",
    ) -> None:
        """A door for one peer.

        Args:
            address: the peer's own, as the operating system or a trusted balancer says it; no port.
        """
        self.store = store
        self.clock = clock
        self.content = content
        self.settings = replace(settings, channel=channel, address=address)
        self._pending: Pending | None = None

    def password(self, who: str, password: str, *, may_ask: bool = False) -> Identity | Question:
        """Check a name and a password.

        Args:
            may_ask: whether a code may be asked for here (keyboard-interactive); else the identity says in
                `steps` what the portal's own screen has to ask.
        """
        try:
            visit = sign_in(
                self.store,
                self.clock,
                self.content,
                self.settings,
                who,
                password,
                channel=self.settings.channel,
                address=self.settings.address,
            )
        except NextStep as step:
            self._pending = step.pending
            if may_ask and step.kind in ("one_time_code", "mail_code"):
                return Question("", (("Code: ", False),))
            return self._unfinished(step.pending)
        return self._inside(visit)

    def answer(self, codes: list[str]) -> Identity | Question:
        """Check what was typed for the last question."""
        from app.operations.signin import continue_sign_in

        assert self._pending is not None
        return self._inside(continue_sign_in(self._pending, Secret(codes[0] if codes else "")))

    def _unfinished(self, pending: Pending) -> Identity:
        return Identity(
            login_id=pending.login.id,
            session_id="",
            user_name=pending.login.name,
            method="password",
            account_id=pending.account_id,
            steps=tuple(pending.steps),
            at=self.clock.now(),
        )

    def _inside(self, visit: Visit) -> Identity:
        assert visit.login_id is not None
        return Identity(
            login_id=visit.login_id,
            session_id=visit.session_id,
            user_name=visit.person,
            method="code" if self._pending else "password",
            account_id=visit.account_id,
            at=self.clock.now(),
        )

    def may_connect(self) -> bool:
        """Whether this peer is heard at all; asked before anything costs much."""
        return True

    def key_listed(self, who: str, key: bytes) -> bool:
        """Whether a public key belongs to a name; proves nothing yet, as nothing is signed.

        Args:
            key: as SSH sends it (RFC 4253, 6.6): the algorithm's name, then its numbers.
        """
        return False

    def by_key(self, who: str, key: bytes) -> Identity:
        """Let in whoever has just signed with this key; only ever called after the signature was verified.

        Raises:
            Refused: the login is not active, or may not come from there; show its text and hang up.
        """
        raise self.refusal()

    def refusal(self) -> Refused:
        """What every failure says: the text for a banner, and for a session that is not let in."""
        return Refused(refusal_text(self.content))

    def leave(self) -> None:
        """The connection has ended: so do the sessions that it began."""
