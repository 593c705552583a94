"""What goes into the rulebook and what comes out of it, one line and one month at a time.

Every field is an integer, so the same rules run on these objects and, compiled, on NumPy record arrays
with the same names. Money is in micro-euro, volumes in bytes, durations and instants in seconds (UTC).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.rating.inputs import LineTerms as LineTerms
from app.rating.inputs import Usage as Usage

CLASSES = ("a", "b", "rest", "world")
"""Roaming classes in the order of their bits; the index into the counters of `State`."""


class State:
    """Settings and counters of one line in one month; a month starts with counters at 0.

    Settings, changed by the commands of `Kind`: limit (micro-euro), hard (0/1), bars (`Bar`), bundles
    (`RoamingClass`), cap (bundles per class), zero_lifted (0/1), usage_notice and roaming_notice (bytes,
    0 none).

    Counters: data_home_eu: bytes drawn on the allowance; out_of_bundle_volume, out_of_bundle_micro: a
    lifted 0 GB line; data_roaming: bytes outside the EU, not leaked; standard_volume, standard_micro:
    what counts for the limit; limit_level: 0 never lifted, 1 lifted at 100 %, 2 lifted at 200 %;
    blocked: 1 while the limit blocks; class_blocked: `RoamingClass` bits used up to the cap;
    marks: `Crossing` bits already told this month; bundle_micro: roaming bundles started;
    voice_seconds, voice_micro, sms_count, sms_micro; leaked_volume: bytes that came in spite of a block;
    records: usage records seen; last_start, last_tie: the newest record seen, -1 before the first;
    bundle_used: bytes per class; bundle_started: bundles per class.
    """

    __slots__ = (
        "bars",
        "blocked",
        "bundle_micro",
        "bundle_started",
        "bundle_used",
        "bundles",
        "cap",
        "class_blocked",
        "data_home_eu",
        "data_roaming",
        "hard",
        "last_start",
        "last_tie",
        "leaked_volume",
        "limit",
        "limit_level",
        "marks",
        "out_of_bundle_micro",
        "out_of_bundle_volume",
        "records",
        "roaming_notice",
        "sms_count",
        "sms_micro",
        "standard_micro",
        "standard_volume",
        "usage_notice",
        "voice_micro",
        "voice_seconds",
        "zero_lifted",
    )

    def __init__(
        self,
        limit: int = 50_000_000,
        hard: int = 0,
        bars: int = 0,
        bundles: int = 0,
        cap: int = 10,
        zero_lifted: int = 0,
        usage_notice: int = 0,
        roaming_notice: int = 0,
    ) -> None:
        self.limit = limit
        self.hard = hard
        self.bars = bars
        self.bundles = bundles
        self.cap = cap
        self.zero_lifted = zero_lifted
        self.usage_notice = usage_notice
        self.roaming_notice = roaming_notice
        for name in COUNTERS:
            setattr(self, name, 0)
        self.last_start = -1
        self.last_tie = -1
        self.bundle_used = [0, 0, 0, 0]
        self.bundle_started = [0, 0, 0, 0]

    data_home_eu: int
    out_of_bundle_volume: int
    out_of_bundle_micro: int
    data_roaming: int
    standard_volume: int
    standard_micro: int
    limit_level: int
    blocked: int
    class_blocked: int
    marks: int
    bundle_micro: int
    voice_seconds: int
    voice_micro: int
    sms_count: int
    sms_micro: int
    leaked_volume: int
    records: int


class Rating:
    """What the rulebook decided about one record; the columns of the rated record.

    status: `Status`; reason: `Reason`; zone: `Zone`; rate: index into the tariff's voice and SMS rates,
    -1 none; prefix: matched digits, 0 none; units: increments charged; gross_micro: price before
    rounding (to the nearest micro-euro) and before a block took it away; charge_micro: what is charged,
    bundles included; included: bytes, seconds or messages that cost nothing; bundle_class: index of the
    roaming class, -1 none; bundle_first: number of the first bundle this record started, 0 none;
    bundle_count: how many it started; bundle_before: bytes of the class used before; bundle_volume:
    bytes drawn on bundles; bundle_micro: price of the bundles started; standard_volume: bytes at a rate;
    crossings: `Crossing` bits; leaked: 1 if use came in spite of a bar or block.
    """

    __slots__ = (
        "bundle_before",
        "bundle_class",
        "bundle_count",
        "bundle_first",
        "bundle_micro",
        "bundle_volume",
        "charge_micro",
        "crossings",
        "gross_micro",
        "included",
        "leaked",
        "prefix",
        "rate",
        "reason",
        "standard_volume",
        "status",
        "units",
        "zone",
    )

    def __init__(self) -> None:
        self.status = 0
        self.reason = 0
        self.zone = 0
        self.rate = 0
        self.prefix = 0
        self.units = 0
        self.gross_micro = 0
        self.charge_micro = 0
        self.included = 0
        self.bundle_class = 0
        self.bundle_first = 0
        self.bundle_count = 0
        self.bundle_before = 0
        self.bundle_volume = 0
        self.bundle_micro = 0
        self.standard_volume = 0
        self.crossings = 0
        self.leaked = 0

    status: int
    reason: int
    zone: int
    rate: int
    prefix: int
    units: int
    gross_micro: int
    charge_micro: int
    included: int
    bundle_class: int
    bundle_first: int
    bundle_count: int
    bundle_before: int
    bundle_volume: int
    bundle_micro: int
    standard_volume: int
    crossings: int
    leaked: int


USAGE_COLUMNS = ("line", "start", "tie", "kind", "direction", "volume", "place", "number", "flags", "legs")
TERMS_COLUMNS = ("kind", "allowance", "unlimited", "zero", "pool", "subject")
SETTINGS = ("limit", "hard", "bars", "bundles", "cap", "zero_lifted", "usage_notice", "roaming_notice")
COUNTERS = (
    *("data_home_eu", "out_of_bundle_volume", "out_of_bundle_micro", "data_roaming"),
    *("standard_volume", "standard_micro", "limit_level", "blocked", "class_blocked", "marks"),
    *("bundle_micro", "voice_seconds", "voice_micro", "sms_count", "sms_micro", "leaked_volume", "records"),
)
PER_CLASS = ("bundle_used", "bundle_started")
RATING_COLUMNS = tuple(Rating.__annotations__)


def rating_columns() -> tuple[str, ...]:
    """The columns of a rated record, in order."""
    return RATING_COLUMNS


def state_columns() -> tuple[str, ...]:
    """The columns of a state in order; lists become one column per class, as `bundle_used_a`."""
    lists = (f"{name}_{letter}" for name in PER_CLASS for letter in CLASSES)
    return (*SETTINGS, *COUNTERS, "last_start", "last_tie", *lists)


def rating_values(rating: Rating) -> tuple[int, ...]:
    """A rating's integers in the order of `rating_columns`."""
    return tuple([getattr(rating, name) for name in RATING_COLUMNS])


def rating_from(values: Sequence[int]) -> Rating:
    """The rating that `rating_values` took apart."""
    rating = Rating()
    for name, value in zip(RATING_COLUMNS, values, strict=True):
        setattr(rating, name, value)
    return rating


def state_values(state: State) -> tuple[int, ...]:
    """A state's integers in the order of `state_columns`."""
    return tuple(_state_values(state))


def state_from(values: Sequence[int]) -> State:
    """The state that `state_values` took apart."""
    state = State()
    rest = iter(values)
    for name in (*SETTINGS, *COUNTERS, "last_start", "last_tie"):
        setattr(state, name, next(rest))
    for name in PER_CLASS:
        setattr(state, name, [next(rest) for _ in CLASSES])
    if next(rest, None) is not None:
        raise ValueError("more values than state_columns() names")
    return state


def _state_values(state: State) -> Iterator[int]:
    for name in (*SETTINGS, *COUNTERS, "last_start", "last_tie"):
        yield getattr(state, name)
    for name in PER_CLASS:
        yield from getattr(state, name)
