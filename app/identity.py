"""Who a door has let in, as it is handed to the process that serves them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Method = Literal["password", "code", "key"]


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody whom a door knows, and what they showed there.

    Only the server makes one, and hands it on by its control socket: nothing in it is believed when a client
    says it.
    """

    login_id: int
    session_id: str
    """Its row in the table `session`; empty while something more is asked."""
    user_name: str
    """For logs; never what was typed."""
    method: Method
    """How they came in: a password, a password and a code, or a public key, with or without a code."""
    account_id: int | None = None
    """The customer whose number was the name; None: the first of theirs, or they are asked."""
    key_id: int | None = None
    """The public key that opened the door."""
    steps: tuple[str, ...] = ()
    """What is still asked, as `next_step.Kind` says it; the portal's own screen asks for it."""
    at: int = 0
    """When it was shown, in unix seconds: what is still asked is asked for ten minutes."""

    @property
    def complete(self) -> bool:
        """Whether nothing more is asked: only then are files and commands open to them."""
        return bool(self.session_id)

    def told(self) -> dict[str, Any]:
        """As plain values, for the control socket."""
        return asdict(self)

    @classmethod
    def heard(cls, told: dict[str, Any]) -> Identity:
        """From what `told` said."""
        return cls(**{**told, "steps": tuple(told["steps"])})
