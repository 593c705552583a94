"""Who may wait at the door, and who may have another session. Counted before anything costs much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from app.serving.caller import Caller
from app.serving.options import Limits


@dataclass(slots=True)
class Waiting:
    """A connection that nobody has been let in by yet."""

    caller: Caller
    drop: Callable[[], object]
    speaks: bool = False
    """It has asked to be let in: somebody is there, not only a socket."""


class WaitingRoom:
    """Connections before sign-in. When it is full, who has waited longest in silence makes room.

    So whoever holds connections open without a word keeps nobody out but themselves.
    """

    def __init__(self, limits: Limits, on_drop: Callable[[Caller, str], object]) -> None:
        self.limits = limits
        self.on_drop = on_drop
        self.waiting: dict[int, Waiting] = {}

    def enter(self, caller: Caller, drop: Callable[[], object]) -> None:
        """Let a new connection wait; another one may have to go."""
        here = [each for each in self.waiting.values() if each.caller.address == caller.address]
        if len(here) >= self.limits.waiting_here:
            self._drop(here, "waiting_here")
        elif len(self.waiting) >= self.limits.waiting:
            self._drop(list(self.waiting.values()), "waiting")
        self.waiting[caller.number] = Waiting(caller, drop)

    def _drop(self, those: list[Waiting], reason: str) -> None:
        chosen = next((each for each in those if not each.speaks), those[0])
        self.leave(chosen.caller)
        self.on_drop(chosen.caller, reason)
        chosen.drop()

    def speaks(self, caller: Caller) -> None:
        """It gave a name."""
        if found := self.waiting.get(caller.number):
            found.speaks = True

    def leave(self, caller: Caller) -> None:
        """It was let in, or has gone."""
        self.waiting.pop(caller.number, None)


class Sessions:
    """Open screens and commands: how many there are of whom."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.count = 0
        self._addresses: Counter[str] = Counter()
        self._logins: Counter[int] = Counter()

    def refusal(self, caller: Caller) -> str:
        """Why this caller cannot have one more: host, address or login; empty: they can."""
        if self.count >= self.limits.sessions:
            return "host"
        if self._addresses[caller.address] >= self.limits.sessions_of_address:
            return "address"
        login = caller.identity.login_id if caller.identity else None
        if login is not None and self._logins[login] >= self.limits.sessions_of_login:
            return "login"
        return ""

    def enter(self, caller: Caller) -> Callable[[], None]:
        """Count one more; what is returned counts it off, once."""
        login = caller.identity.login_id if caller.identity else None
        self._change(caller.address, login, 1)
        left = False

        def leave() -> None:
            nonlocal left
            if not left:
                left = True
                self._change(caller.address, login, -1)

        return leave

    def _change(self, address: str, login: int | None, by: int) -> None:
        self.count += by
        self._addresses[address] += by
        if not self._addresses[address]:
            del self._addresses[address]
        if login is not None:
            self._logins[login] += by
            if not self._logins[login]:
                del self._logins[login]
