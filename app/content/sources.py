"""Source mappings: how the files of one sender of usage are to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SUBSCRIBER_KINDS: Final = ("msisdn", "imsi", "subscriber")
IDENTITIES: Final = ("column", "content", "row")
NUMBER_FORMS: Final = ("international", "dialled")
TIME_WORDS: Final = ("iso", "unix", "unix_ms")
UNITS: Final = {
    "voice": {"second": 1, "millisecond": 0, "minute": 60, "clock": 1},
    "sms": {"message": 1},
    "data": {
        "byte": 1,
        "kilobyte": 10**3,
        "megabyte": 10**6,
        "gigabyte": 10**9,
        "kibibyte": 2**10,
        "mebibyte": 2**20,
        "gibibyte": 2**30,
    },
}
"""Whole seconds, messages or bytes in one unit. `clock` is h:mm:ss; milliseconds are rounded up."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a value comes from: a column, or the same for every row. One of the two is empty."""

    column: str = ""
    constant: str = ""


@dataclass(frozen=True, slots=True)
class Volume(Cell):
    """How much one record is; `unit` is a key of `UNITS` for its kind."""

    unit: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """When a record starts. `format` is iso, unix, unix_ms or a pattern of strptime; `zone` an IANA name."""

    column: str
    format: str
    zone: str


@dataclass(frozen=True, slots=True)
class PlaceCells:
    """Where it happened: MCC and MNC, one column with both, or a country code; the others are None."""

    mcc: str = ""
    mnc: str = ""
    network: str = ""
    country: Cell | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Columns with the other party's number for outgoing and incoming records; empty if there is none.

    form: "international" (E.164 with or without plus) or "dialled" (national numbers begin with 0).
    """

    outgoing: str
    incoming: str
    form: str
    home: str
    """Calling code put before national numbers."""


@dataclass(frozen=True, slots=True)
class Provision:
    """What a line gets that is made for an unknown subscriber; no plan: such lines are not made."""

    plan: str = ""
    subscription: str = "voice_data"
    data_bundle: str = "unlimited"


@dataclass(frozen=True, slots=True)
class SourceMapping:
    """One sender's files.

    columns: header names that must be there; identity: "column" (the file has ids), "content" (identical
    rows are one record) or "row" (identical rows of one file are different records); kinds, directions:
    the file's words in small letters to numbers of `Kind` and `Direction`; volumes: by `Kind`;
    skip: rows that are no usage, as pairs of column and words.
    """

    name: str
    delimiter: str
    encoding: str
    decimal: str
    columns: tuple[str, ...]
    identity: str
    id_column: str
    subscriber: Cell
    subscriber_kind: str
    time: Times
    kind: Cell
    kinds: dict[str, int]
    direction: Cell
    directions: dict[str, int]
    volumes: dict[int, Volume]
    place: PlaceCells
    numbers: Numbers
    wifi: str
    legs: str
    skip: tuple[tuple[str, frozenset[str]], ...]
    provision: Provision
