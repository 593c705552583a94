"""Rows on their way: normalised records, and rows that have to wait."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, Final, NamedTuple

MASK = (1 << 63) - 1
WORD = (1 << 64) - 1
PRIME = 0x9E3779B97F4A7C15
"""An odd constant whose bits look random (2**64 over the golden ratio), as in the mixers of SplitMix."""


Record = tuple[str, str, int, int, int, int, int, int, int, int]
"""One normalised row: external id, subscriber, start, kind, direction, volume, place, number, flags, legs.

The subscriber is the identifier of the line at `start`. Plain tuples: there are millions of them.
"""
Fields = list[list[Any]]
"""Records as columns: one list for each place of a `Record`. Moved about thrice as quickly."""
WIDTH: Final = 10
ID: Final = 0
SUBSCRIBER: Final = 1
START: Final = 2


class Waiting(NamedTuple):
    """A row that cannot be rated: where it stood, what is wrong, and how it came (JSON by column)."""

    line_no: int
    external_id: str
    field: str
    reason: str
    detail: str
    raw: str


def hash63(text: str) -> int:
    """63 bits that tell texts apart, the same on every machine and in every run."""
    return (
        int.from_bytes(blake2b(text.encode("utf-8", "surrogateescape"), digest_size=8).digest(), "big") & MASK
    )


def tie_of(source: str, external_id: str) -> int:
    """Orders records of one instant, independent of their arrival."""
    return hash63(f"{source}\x1f{external_id}")


def digest_of(record: Record) -> int:
    """Tells a repetition of a record from a contradiction; `app.intake.bulk` does the same for many."""
    mixed = hash63(record[SUBSCRIBER])
    for value in record[START:]:
        mixed = (mixed ^ (value & WORD)) * PRIME & WORD
        mixed ^= mixed >> 29
    return mixed & MASK
