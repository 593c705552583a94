"""The door of a connection: who is there, told by a password, a code or a public key.

All of it goes through the portal's own sign-in: one count of tries, one list of addresses, one audit trail,
the same text and the same cost whether a name exists or not. The calls wait for the database and for a
hash, so a server makes them in a thread, one after another for each connection.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.clock import Clock
from app.content import Content
from app.i18n import _, use_language
from app.identity import Identity, Method
from app.operations.core import guard
from app.operations.core.by_key import is_listed
from app.operations.core.entrance import refusal_text, visit_of
from app.operations.core.errors import Refused
from app.operations.core.next_step import NextStep, Pending
from app.operations.core.visit import Visit
from app.operations.signin import check_key, check_password, continue_sign_in, go_on, sign_out
from app.secret import Secret
from app.settings import Settings
from app.store import Store

__all__ = ["Door", "Identity", "Question"]

ASKED_HERE = ("one_time_code", "mail_code")
"""What a line of text can ask for; the rest, with its picture for a phone, takes the portal's own screen."""


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
        self._begun: list[Visit] = []

    def may_connect(self) -> bool:
        """Whether this peer is heard at all: not one that has just tried more names than a person types."""
        return not guard.crowded(visit_of(self.store, self.clock, self.content, self.settings, None))

    def password(self, who: str, password: str, *, may_ask: bool = False) -> Identity | Question:
        """Check a name and a password.

        Args:
            may_ask: whether a code may be asked for here (keyboard-interactive); else the identity says in
                `steps` what the portal's own screen has to ask.
        """
        self._pending = None
        pending = check_password(self.store, self.clock, self.content, self.settings, who, password)
        if pending.steps and not (may_ask and pending.steps[0] in ASKED_HERE):
            return self._unfinished(pending, "password")
        return self._next(pending, lambda: go_on(pending), "password")

    def answer(self, codes: list[str]) -> Identity | Question:
        """Check what was typed for the last question.

        Raises:
            Refused: it was wrong; the same question may be answered again.
        """
        pending = self._pending
        if pending is None:
            raise self.refusal()
        typed = Secret(codes[0] if codes else "")
        method: Method = "code" if pending.key_id is None else "key"
        return self._next(pending, lambda: continue_sign_in(pending, typed), method)

    def key_listed(self, who: str, key: bytes) -> bool:
        """Whether a public key belongs to a name; proves nothing yet, as nothing is signed.

        Args:
            key: as SSH sends it (RFC 4253, 6.6): the algorithm's name, then its numbers.
        """
        return is_listed(self.store, self.clock, self.content, self.settings, who, key)

    def by_key(self, who: str, key: bytes, *, may_ask: bool = False) -> Identity | Question:
        """Let in whoever has just signed with this key; only ever called after the signature was verified.

        Args:
            may_ask: as in `password`.

        Raises:
            Refused: the login is not active, or may not come from there; show its text and hang up.
        """
        self._pending = None
        pending = check_key(self.store, self.clock, self.content, self.settings, who, key)
        if pending.steps and not (may_ask and pending.steps[0] in ASKED_HERE):
            return self._unfinished(pending, "key")
        return self._next(pending, lambda: go_on(pending), "key")

    def refusal(self) -> Refused:
        """What every failure says: the text for a banner, and for a session that is not let in."""
        with use_language(self.settings.language):
            return Refused(refusal_text(self.content))

    def leave(self) -> None:
        """The connection has ended: so do the sessions that it began."""
        while self._begun:
            sign_out(self._begun.pop(), "hung_up")

    def _next(self, pending: Pending, go: Callable[[], Visit], method: Method) -> Identity | Question:
        """Who is in, or what is asked next."""
        try:
            visit = go()
        except NextStep as step:
            self._pending = step.pending
            if step.kind in ASKED_HERE:
                return self._question(step)
            return self._unfinished(step.pending, method)
        self._pending = None
        return self._inside(visit, pending, method)

    def _question(self, step: NextStep) -> Question:
        """How a line of text asks for a code."""
        with use_language(step.pending.visit.language):
            if step.kind == "mail_code":
                text = _("Six digits were mailed to {mailbox}.").format(mailbox=step.hint)
                return Question(text, ((_("Code of the mail: "), False),))
            return Question("", ((_("Code of your authenticator app, or a recovery code: "), False),))

    def _unfinished(self, pending: Pending, method: Method) -> Identity:
        """Who showed enough to be asked the rest on the portal's own screen."""
        self._pending = None
        return Identity(
            login_id=pending.login.id,
            session_id="",
            user_name=self._user_name(pending.login.id),
            method=method,
            account_id=pending.account_id,
            key_id=pending.key_id,
            steps=tuple(pending.steps),
            at=self.clock.now(),
        )

    def _inside(self, visit: Visit, pending: Pending, method: Method) -> Identity:
        """Who is in; the session ends with the connection."""
        self._begun.append(visit)
        assert visit.login_id is not None
        return Identity(
            login_id=visit.login_id,
            session_id=visit.session_id,
            user_name=self._user_name(visit.login_id),
            method=method,
            account_id=pending.account_id,
            key_id=pending.key_id,
            at=self.clock.now(),
        )

    def _user_name(self, login_id: int) -> str:
        row = self.store.row("SELECT user_name FROM login WHERE id = :id", id=login_id)
        return str(row[0]) if row else ""
