"""What the worker hands to a gateway, and how a gateway says that it did not work."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


class DeliveryError(Exception):
    """The message was not delivered. `permanent`: trying again cannot help."""

    def __init__(self, problem: str, *, permanent: bool = False) -> None:
        super().__init__(problem)
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way. `key` is the same at every try, `created_at` is in unix seconds."""

    key: str
    recipient: str
    subject: str
    body: str
    created_at: int

    @property
    def digest(self) -> str:
        """A short name made from the key alone: a message that is sent again is known by it."""
        return hashlib.blake2b(self.key.encode(), digest_size=16).hexdigest()


def one_line(text: str, what: str) -> str:
    """The text, if it fits a header.

    Raises:
        DeliveryError: it holds a control character, with which headers could be smuggled in.
    """
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
        raise DeliveryError(f"The {what} holds a line break or control character.", permanent=True)
    return text
