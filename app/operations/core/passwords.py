"""Passwords as Argon2id hashes: 64 MiB, three passes, four lanes (RFC 9106, the low-memory choice)."""

from __future__ import annotations

import threading
import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

LONGEST: Final = 1000
HASHER: Final = PasswordHasher()
AT_ONCE: Final = threading.BoundedSemaphore(2)
"""Each check takes 64 MiB; more than two at a time would let visitors fill the memory."""
NOBODY: Final = (
    "$argon2id$v=19$m=65536,t=3,p=4$MS+pSgq6ouVFCUulcyxpcA$srDH+ZirdZ6sotEe0LvaXH/iVDOxzanrRRTs7cUDsgo"
)
"""A hash that no password has: checking against it costs what checking a real one costs."""


def hash_password(password: str) -> str:
    """A salted hash to store."""
    with AT_ONCE:
        return HASHER.hash(_plain(password))


def verify(stored: str, password: str) -> bool:
    """Whether the password is the one of a stored hash; costs one hash, whatever it is given."""
    usable = stored.startswith("$argon2id$") and len(password) <= LONGEST
    with AT_ONCE:
        try:
            matches = HASHER.verify(stored if usable else NOBODY, _plain(password[:LONGEST]))
        except (Argon2Error, InvalidHashError):
            return False
    return usable and matches


def outdated(stored: str) -> bool:
    """Whether the hash is weaker than what is asked for today."""
    return HASHER.check_needs_rehash(stored)


def _plain(password: str) -> str:
    """One form for what looks the same: an accented letter may be typed as one sign or as two."""
    return unicodedata.normalize("NFC", password)
