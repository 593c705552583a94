"""Who may wait at the door, and who may have another session. Counted before anything costs much."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.serving.caller import Caller
from app.serving.options import Limits

SILENT_SECONDS: Final = 1.0
HEARD_SECONDS: Final = 5.0
NAMED_SECONDS: Final = 20.0
"""A person who types a password is slower than a program, but not for ever."""
LONGEST_QUEUE: Final = 500


@lru_cache(4096)
def origin_of(address: str) -> str:
    """Whom an address is counted for: of IPv6, one customer of a provider has 2^64 of them and more."""
    found = ipaddress.ip_address(address) if address else None
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return address


@dataclass(eq=False, slots=True)
class Waiting:
    """A connection that nobody has been let in by yet."""

    caller: Caller
    drop: Callable[[], object]
    heard: Callable[[], bool]
    """Whether its client has sent anything."""
    since: float
    named: bool = False
    """It has asked to be let in: somebody is there, not only a socket."""

    def patience(self) -> float:
        """Seconds that it keeps its place when others want it; clients say who they are at once."""
        if self.named:
            return NAMED_SECONDS
        return HEARD_SECONDS if self.heard() else SILENT_SECONDS


class WaitingRoom:
    """Connections before sign-in: so many places for each address, and so many in all.

    When there is no place, a connection that keeps one in silence has to go, or the new one waits until there
    is. The last who came is the first to get a place: whoever fills the room and the queue with connections
    that say nothing keeps nobody else out.
    """

    def __init__(self, limits: Limits, on_drop: Callable[[Caller, str], object]) -> None:
        self.limits = limits
        self.on_drop = on_drop
        self.waiting: dict[int, Waiting] = {}
        self.queue: list[tuple[Waiting, asyncio.Future[bool]]] = []

    async def enter(self, caller: Caller, drop: Callable[[], object], heard: Callable[[], bool]) -> bool:
        """Get a place for a new connection; False: there is none."""
        new = Waiting(caller, drop, heard, time.monotonic())
        if self._place_for(caller.address):
            self.waiting[caller.number] = new
            return True
        if len(self.queue) >= LONGEST_QUEUE:
            first, place = self.queue.pop(0)
            self.on_drop(first.caller, "queue")
            place.set_result(False)
        place = asyncio.get_running_loop().create_future()
        self.queue.append((new, place))
        try:
            return await asyncio.wait_for(place, self.limits.login)
        except TimeoutError:
            self.queue.remove((new, place))
            self.on_drop(caller, "waiting")
            return False

    def _place_for(self, address: str) -> bool:
        """Whether there is a place, if need be one that is taken from somebody silent."""
        origin = origin_of(address)
        here = [each for each in self.waiting.values() if origin_of(each.caller.address) == origin]
        if len(here) >= self.limits.waiting_here:
            return self._dropped(here, "waiting_here")
        if len(self.waiting) >= self.limits.waiting:
            return self._dropped(list(self.waiting.values()), "waiting")
        return True

    def _dropped(self, those: list[Waiting], reason: str) -> bool:
        now = time.monotonic()
        chosen = next((each for each in those if now - each.since > each.patience()), None)
        if chosen is None:
            return False
        del self.waiting[chosen.caller.number]
        self.on_drop(chosen.caller, reason)
        chosen.drop()
        return True

    def named(self, caller: Caller) -> None:
        """It said for whom it wants to be let in."""
        if found := self.waiting.get(caller.number):
            found.named = True

    def leave(self, caller: Caller) -> None:
        """It was let in, or has gone: somebody else gets the place."""
        if self.waiting.pop(caller.number, None) is not None:
            self.look()

    def look(self) -> None:
        """Give places to who waits for one; called now and then, as silence grows by itself."""
        for new, place in reversed(self.queue[:]):
            if self._place_for(new.caller.address):
                self.queue.remove((new, place))
                new.since = time.monotonic()
                self.waiting[new.caller.number] = new
                place.set_result(True)


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
        if self._addresses[origin_of(caller.address)] >= self.limits.sessions_of_address:
            return "address"
        login = caller.identity.login_id if caller.identity else None
        if login is not None and self._logins[login] >= self.limits.sessions_of_login:
            return "login"
        return ""

    def enter(self, caller: Caller) -> Callable[[], None]:
        """Count one more; what is returned counts it off, once."""
        login = caller.identity.login_id if caller.identity else None
        self._change(origin_of(caller.address), login, 1)
        left = False

        def leave() -> None:
            nonlocal left
            if not left:
                left = True
                self._change(origin_of(caller.address), login, -1)

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
