"""Rows on their way: normalised records, and rows that have to wait."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, MutableSequence, Sequence
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
Column = MutableSequence[Any]
Fields = list[Column]
"""Records as columns, one for each place of a `Record`: lists of texts, and lists or arrays of integers."""
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


def empty_columns() -> Fields:
    """No records, as columns."""
    return [[] if place < START else integers(()) for place in range(WIDTH)]


def integers(values: Iterable[int]) -> array[int]:
    """64-bit integers side by side: sent to another process, and taken over by NumPy, as they lie."""
    return array("q", values)


def ties_of(source: str, external_ids: Sequence[str]) -> array[int]:
    """Numbers that order records of one instant, independent of their arrival: `hash63` of source and id."""
    head = f"{source}\x1f".encode()
    hashed = [
        blake2b(head + name.encode("utf-8", "surrogateescape"), digest_size=8).digest()
        for name in external_ids
    ]
    return integers(number & MASK for number in struct.unpack(f">{len(hashed)}Q", b"".join(hashed)))


def digest_of(record: Record) -> int:
    """Tells a repetition of a record from a contradiction; `app.intake.bulk` does the same for many."""
    mixed = hash63(record[SUBSCRIBER])
    for value in record[START:]:
        mixed = (mixed ^ (value & WORD)) * PRIME & WORD
        mixed ^= mixed >> 29
    return mixed & MASK
