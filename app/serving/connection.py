"""One SSH connection: who is let in, how often they may try, and that nothing but sessions is to be had."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import asyncssh

from app.i18n import _
from app.operations.core.errors import OperationError
from app.serving.caller import KEY, Caller
from app.serving.identity import Door, Identity, Question
from app.serving.journal import since
from app.serving.session import Session
from app.store import StoreError

if TYPE_CHECKING:
    from asyncssh import SSHKey, SSHServerConnection
    from asyncssh.auth import KbdIntChallenge

PASSWORD_LONGEST = 1024


class Connection(asyncssh.SSHServer):
    """Two doors: fixed names need nothing, and the portal's own screen asks; every other name signs in here.

    Forwarding of ports, sockets, agents and displays is refused by asyncssh because nothing here allows it.
    """

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.asked = False
        """Whether a code was asked for after the password."""
        self.after_key: Question | None = None
        """What is asked of who has signed with a key."""
        self.door: Door | None = None
        self._begun = 0
        self._one_by_one = threading.Lock()

    def connection_made(self, conn: SSHServerConnection) -> None:
        self.connection = conn
        self.caller: Caller = conn.get_extra_info(KEY)
        self.server = self.caller.server
        self.server.connections[self.caller.number] = self
        answer_at_once(conn)

    def connection_lost(self, exc: Exception | None) -> None:
        caller, server = self.caller, self.server
        server.connections.pop(caller.number, None)
        server.room.leave(caller)
        reason = "closed" if exc is None else type(exc).__name__
        client = str(self.connection.get_extra_info("client_version") or "")
        if client or not caller.is_balancer:
            server.journal.write(
                "end", caller, reason=reason, client=client, seconds=since(self.began), tries=caller.tries
            )
        if self.door is not None:
            server.keep_later(self.door.leave)

    # Signing in

    async def begin_auth(self, username: str) -> bool:
        """Whether anything has to be shown for this name. Every name is asked the same."""
        self.server.room.named(self.caller)
        self.caller.user, self.caller.identity = username, None
        self.asked, self.after_key = False, None
        if banner := self.server.banner_for(username):
            self.connection.send_auth_banner(banner)
        if username in self.server.options.names:
            return False
        with suppress(StoreError):  # the sign-in itself says so
            door = await self._door()
            if not await self.server.in_thread(door.may_connect):
                self._hang_up("crowded", str(door.refusal()))
        return True

    async def _door(self) -> Door:
        if self.door is None:
            self.door = await self.server.door(self.caller.address)
        return self.door

    def public_key_auth_supported(self) -> bool:
        return self.after_key is None

    def password_auth_supported(self) -> bool:
        return self.after_key is None

    def kbdint_auth_supported(self) -> bool:
        return True

    async def validate_public_key(self, username: str, key: SSHKey) -> bool:
        """Asked for every key that is offered, before and after something was signed with it."""
        try:
            door = await self._door()
            listed: bool = await self.server.in_thread(door.key_listed, username, key.public_data)
        except (OperationError, StoreError):
            return False
        return listed

    async def signed(self, username: str, key: bytes) -> bool:
        """Somebody has signed with a listed key: only now it is looked at whether the login may come in."""
        answer = await self._checked(lambda door: door.by_key(username, key, may_ask=True), hashes=False)
        self.after_key = answer if isinstance(answer, Question) else None
        return answer is not None

    @property
    def asks_more(self) -> bool:
        """Whether a key was right and a code is asked too; the client goes on as after a password."""
        return self.after_key is not None

    async def validate_password(self, username: str, password: str) -> bool:
        answer = await self._tried(username, password, may_ask=False)
        return isinstance(answer, Identity)

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> KbdIntChallenge:
        self.asked = self.after_key is not None
        if self.after_key is not None:
            return "", self.after_key.text, "", list(self.after_key.prompts)
        return "", "", "", [(_("Password: "), False)]

    async def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> KbdIntChallenge:
        if self.asked:
            codes = list(responses)
            answer = await self._checked(lambda door: door.answer(codes))
        else:
            answer = await self._tried(username, responses[0] if responses else "", may_ask=True)
        if isinstance(answer, Question):
            self.asked = True
            return "", answer.text, "", list(answer.prompts)
        self.asked = False
        if isinstance(answer, Identity):
            self.after_key = None
        return isinstance(answer, Identity)

    async def _tried(self, username: str, password: str, *, may_ask: bool) -> Identity | Question | None:
        """Check a password in a thread: a hash takes a sixth of a second."""
        return await self._checked(
            lambda door: door.password(username, password[:PASSWORD_LONGEST], may_ask=may_ask)
        )

    async def _checked(
        self, ask: Callable[[Door], Identity | Question], *, hashes: bool = True
    ) -> Identity | Question | None:
        """What the door says; None: it refuses, which counts as a try.

        Args:
            hashes: whether it takes a hash; what does not waits for nobody's.
        """
        in_thread = self.server.in_hash_thread if hashes else self.server.in_thread
        self._begun += 1
        if self._begun > 2 * self.server.options.limits.tries:
            # A client need not wait for an answer before it asks again.
            self._hang_up("tries", _("That was the last try on this connection."))
            return None
        try:
            door = await self._door()
            answer: Identity | Question = await in_thread(lambda: self._alone(door, ask))
        except (OperationError, StoreError):
            self._failed()
            return None
        if isinstance(answer, Identity):
            self.caller.identity = answer
        return answer

    def _alone(self, door: Door, ask: Callable[[Door], Identity | Question]) -> Identity | Question:
        """In the thread: one question after another, even if nobody waits for the one before."""
        with self._one_by_one:
            return ask(door)

    def _failed(self) -> None:
        """Count one try; after the last one the connection ends."""
        self.caller.tries += 1
        self.server.metrics.count("sign_in_failures_total")
        if self.caller.tries >= self.server.options.limits.tries:
            self._hang_up("tries", _("That was the last try on this connection."))

    def _hang_up(self, reason: str, text: str) -> None:
        """Refuse and end the connection."""
        self.server.journal.write("refused", self.caller, reason=reason)
        self.server.metrics.count("refused_total", reason=reason)
        self.connection.disconnect(asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, text)

    async def auth_completed(self) -> None:
        """Somebody is in."""
        caller = self.caller
        caller.method = caller.identity.method if caller.identity else "none"
        self.server.room.leave(caller)
        self.server.metrics.count("sign_ins_total", method=caller.method)
        self.server.journal.write("signed_in", caller, seconds=since(self.began))

    # What is to be had

    def session_requested(self) -> Session | bool:
        """One more channel, if there are not too many."""
        if self.caller.channels >= self.server.options.limits.channels or self.server.stopping:
            self.server.metrics.count("refused_total", reason="channels")
            return False
        if not self.caller.method:
            return False
        self.caller.channels += 1
        return Session(self.caller)


def answer_at_once(conn: SSHServerConnection) -> None:
    """Acknowledge without delay until the sign-in is over.

    OpenSSH collects its small packets until the session is interactive, and Linux delays acknowledgements by
    40 ms: together they cost every connection those 40 ms.
    """
    sock: socket.socket | None = conn.get_extra_info("socket")
    if sock is None or not hasattr(socket, "TCP_QUICKACK"):
        return
    feed = conn.data_received

    def fed(data: bytes, datatype: int | None = None) -> None:
        feed(data, datatype)
        if not conn.is_closed():
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    conn.data_received = fed  # type: ignore[method-assign]
