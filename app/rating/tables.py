"""The integers that the rulebook reads: one dated tariff version, compiled.

Made by `app.rating.build`; rows refer to each other by index. `app.rating.batch` turns the same fields
into arrays. Money is in micro-euro, volumes in bytes, durations in seconds, instants in seconds UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class ZoneRow(NamedTuple):
    """Data outside the EU in one `Zone`: price per data unit, `RoamingClass` bits whose bundle covers it."""

    price: int
    classes: int


class ClassRow(NamedTuple):
    """One roaming bundle: size in bytes, price in micro-euro."""

    size: int
    price: int


class NumberTable(NamedTuple):
    """The intervals of one subject, kind, zone and direction: first index and how many."""

    first: int
    length: int


class Interval(NamedTuple):
    """From this number key (see `app.rating.voice.number_key`) up to the next interval's.

    rate: index into rates, -1 none; prefix: the digits that matched, 0 none; flags: 1 premium,
    2 international.
    """

    start: int
    rate: int
    prefix: int
    flags: int


class Rate(NamedTuple):
    """Price of voice or SMS to one destination.

    included: 1 costs nothing; denominator: of the exact sums; least, most: bounds per event as
    numerators, most -1 for none; quantum: micro-euro to round to; rounding: 0 half up, 1 up, 2 down;
    banded: 1 if the price depends on day or hour; days: index of its first row in `days`;
    band: the only band if not banded.
    """

    included: int
    denominator: int
    least: int
    most: int
    quantum: int
    rounding: int
    banded: int
    days: int
    band: int


class Band(NamedTuple):
    """Price within a time band: connect fee as a numerator, its steps."""

    connect: int
    first: int
    length: int


class Step(NamedTuple):
    """From this second of the call: the increment in seconds (or messages) and its price as a numerator."""

    start: int
    increment: int
    price: int


class Day(NamedTuple):
    """The segments of one rate on one type of day: first index and how many."""

    first: int
    length: int


class Segment(NamedTuple):
    """From this local second of the day: the band that holds, -1 none."""

    start: int
    band: int


class SpecialDay(NamedTuple):
    """A local day (days since 1970-01-01) that is not priced like its weekday, and its type of day."""

    day: int
    kind: int


class Offset(NamedTuple):
    """From this instant: the operator's zone is so many seconds ahead of UTC."""

    start: int
    seconds: int


class TariffTables:
    """One tariff version as integers.

    Data: data_unit (bytes a price is for), data_increment (bytes counted at a time), data_quantum
    (micro-euro to round to), out_of_bundle_price (per unit, a lifted 0 GB line), zones (by `Zone`),
    classes (by class index), place_zone (`Zone` by place).
    Decisions: notice_percent (80), second_percent (200), largest_cap, largest_limit, charge_leakage (1:
    use after the limit's block is charged all the same), charge_over_cap (1: what no bundle could take
    any more costs the standard rate), limit_blocks_bundles (1: the limit's block stops bundles too),
    zero_blocks_outside_eu (1: an unlifted 0 GB line has no data abroad either).
    Bounds of one record: longest_call, most_messages, largest_volume, most_legs.
    Voice and SMS: tables, intervals, rates, bands, steps.
    Calendar: days, segments, special_days, offsets, day_types (how many types of day), first_day,
    last_day (local days the calendar was made for).
    How many: places, subjects (the plan counts as one), special_count, offset_count; compiled, the rows
    lie in space for more.
    """

    __slots__ = (
        "bands",
        "charge_leakage",
        "charge_over_cap",
        "classes",
        "data_increment",
        "data_quantum",
        "data_unit",
        "day_types",
        "days",
        "first_day",
        "intervals",
        "largest_cap",
        "largest_limit",
        "largest_volume",
        "last_day",
        "limit_blocks_bundles",
        "longest_call",
        "most_legs",
        "most_messages",
        "notice_percent",
        "offset_count",
        "offsets",
        "out_of_bundle_price",
        "place_zone",
        "places",
        "rates",
        "second_percent",
        "segments",
        "special_count",
        "special_days",
        "steps",
        "subjects",
        "tables",
        "zero_blocks_outside_eu",
        "zones",
    )

    data_unit: int
    data_increment: int
    data_quantum: int
    out_of_bundle_price: int
    notice_percent: int
    second_percent: int
    largest_cap: int
    largest_limit: int
    charge_leakage: int
    charge_over_cap: int
    limit_blocks_bundles: int
    zero_blocks_outside_eu: int
    longest_call: int
    most_messages: int
    largest_volume: int
    most_legs: int
    day_types: int
    first_day: int
    last_day: int
    places: int
    subjects: int
    special_count: int
    offset_count: int
    place_zone: Sequence[int]
    zones: Sequence[ZoneRow]
    classes: Sequence[ClassRow]
    tables: Sequence[NumberTable]
    intervals: Sequence[Interval]
    rates: Sequence[Rate]
    bands: Sequence[Band]
    steps: Sequence[Step]
    days: Sequence[Day]
    segments: Sequence[Segment]
    special_days: Sequence[SpecialDay]
    offsets: Sequence[Offset]


NUMBERS = tuple(name for name, kind in TariffTables.__annotations__.items() if kind == "int")
ROWS: dict[str, type[NamedTuple]] = {
    "zones": ZoneRow,
    "classes": ClassRow,
    "tables": NumberTable,
    "intervals": Interval,
    "rates": Rate,
    "bands": Band,
    "steps": Step,
    "days": Day,
    "segments": Segment,
    "special_days": SpecialDay,
    "offsets": Offset,
}
"""The fields that are rows; `place_zone` alone is a sequence of integers."""
