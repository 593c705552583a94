"""Where browsers are, and how many sessions each address has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from app.operations.core.allowed import parsed, source_of
from app.serving.proxy import is_trusted
from app.serving.web.options import WebLimits


def client_address(peer: str, forwarded: str, balancers: Sequence[str]) -> str:
    """The client's address: the last one in X-Forwarded-For that no balancer of ours has.

    Args:
        peer: the other end of the connection.
        forwarded: the header; anybody can send it, so it is believed only from balancers.
    """
    found = peer
    for said in reversed(forwarded.split(",")):
        if not is_trusted(found, balancers):
            break
        address = parsed(said.strip())
        if address is None:  # what a balancer does not say is not guessed
            break
        found = str(address)
    address = parsed(found)
    return str(address) if address is not None else ""


class Seats:
    """Open sessions: how many there are, and of whom."""

    def __init__(self, limits: WebLimits) -> None:
        self.limits = limits
        self._taken: Counter[str] = Counter()

    def __len__(self) -> int:
        return self._taken.total()

    def take(self, address: str) -> Callable[[], None] | None:
        """Count one more; what is returned counts it off. None: there is no room."""
        source = source_of(address)
        if len(self) >= self.limits.sessions or self._taken[source] >= self.limits.sessions_of_address:
            return None
        self._taken[source] += 1

        def leave() -> None:
            self._taken[source] -= 1
            self._taken += Counter()  # forgets who has none

        return leave
