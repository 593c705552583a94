"""Rows on their way: normalised records, and rows that have to wait."""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple

MASK = (1 << 63) - 1


class Record(NamedTuple):
    """One normalised row. `subscriber` is the identifier of the line at `start`."""

    external_id: str
    subscriber: str
    start: int
    kind: int
    direction: int
    volume: int
    place: int
    number: int
    flags: int
    legs: int


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
    """Tells a repetition of a record from a contradiction."""
    return hash63("\x1f".join(map(str, record[1:])))
