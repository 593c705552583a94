"""The numbers that records of usage, settings and ratings are made of.

They are stored and compiled, so a number never changes its meaning; new ones are added at the end.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag


class Kind(IntEnum):
    """What a record in a line's stream is: usage below 16, a change of settings from 16 on."""

    VOICE = 1
    SMS = 2
    DATA = 3
    LIMIT = 16
    """Value: the cost limit outside the EU in micro-euro."""
    HARD = 17
    """Value: 1 if users cannot lift a block by answering."""
    BARS = 18
    """Value: bits of `Bar`."""
    BUNDLES = 19
    """Value: bits of `RoamingClass`, the bundles that are enabled."""
    CAP = 20
    """Value: bundles per class and month, 1 to 10."""
    ZERO_LIFTED = 21
    """Value: 1 if the data block of a 0 GB line is lifted."""
    USAGE_NOTICE = 22
    """Value: bytes in NL and EU, 0 for none."""
    ROAMING_NOTICE = 23
    """Value: bytes outside the EU, 0 for none."""
    ANSWER = 24
    """The user answered the SMS of a block; no value."""


FIRST_COMMAND = 16


class Direction(IntEnum):
    """Who pays: the caller, nobody, or the one who forwards."""

    MO = 0
    MT = 1
    FORWARDED = 2


class Flag(IntFlag):
    """Facts of one record that change its price or zone."""

    WIFI = 1
    """Over Wi-Fi: costs what the same at home costs."""
    CONTINUED = 2
    """A later slice of a call that was rated before: no second connect fee."""


class Zone(IntEnum):
    """Where usage took place, as the tariff sees it."""

    UNKNOWN = -1
    HOME = 0
    EU = 1
    A = 2
    B = 3
    REST = 4
    SHIP_PLANE = 5


class RoamingClass(IntFlag):
    """Roaming bundles; index of a class in the counters = position of its bit."""

    A = 1
    B = 2
    REST = 4
    WORLD = 8


class Bar(IntFlag):
    """What an admin forbids a line."""

    PREMIUM = 1
    INTERNATIONAL = 2
    DATA_OUTSIDE_EU = 4
    DATA_EU = 8
    ROAMING = 16


class LineKind(IntEnum):
    """Kinds of subscription."""

    VOICE_DATA = 1
    DATA_ONLY = 2


class Status(IntEnum):
    """What became of a record."""

    RATED = 1
    BLOCKED = 2
    """Forbidden by a bar, a block or because data is off; nothing is charged, the use is leakage."""
    SUSPENDED = 3
    """Cannot be rated yet; waits in the queue with a reason."""


class Reason(IntEnum):
    """Why a record costs what it costs."""

    NONE = 0
    INCLUDED = 1
    """Unlimited at home and in the EU, or incoming."""
    ALLOWANCE = 2
    """Drawn from the line's data bundle."""
    OUT_OF_BUNDLE = 3
    """0 GB line whose block is lifted."""
    ROAMING_BUNDLE = 4
    STANDARD = 5
    """Data outside the EU at the standard rate, under the cost limit."""
    PRICED = 6
    """Voice or SMS by the destination's rate."""
    ZERO_VOLUME = 7
    BAR_PREMIUM = 20
    BAR_INTERNATIONAL = 21
    BAR_DATA_OUTSIDE_EU = 22
    BAR_DATA_EU = 23
    BAR_ROAMING = 24
    DATA_OFF = 25
    """Data outside the EU without any roaming bundle."""
    ZERO_BLOCK = 26
    """Data on a 0 GB line."""
    LIMIT_BLOCK = 27
    """The cost limit was reached."""
    CAP_BLOCK = 28
    """The last allowed roaming bundle of the class is used up."""
    NO_VOICE = 29
    """Voice on a data-only line."""
    NO_RATE = 40
    UNKNOWN_PLACE = 41
    UNKNOWN_LINE = 42
    CLOCK_AHEAD = 43
    CONFLICT = 44
    """Same source and id, other content."""
    BAD_FIELD = 45
    TOO_LATE = 46
    """Its month was invoiced more than two closings ago."""
    COUNTER_FULL = 47
    """The line's counters are beyond anything real; nothing more is added to them."""


class Crossing(IntFlag):
    """Marks that one record passed; each is kept once per line and month (bundles: per bundle)."""

    NOTICE_80 = 1
    NOTICE_100 = 2
    ROAMING_80 = 4
    ROAMING_100 = 8
    LIMIT_80 = 16
    LIMIT_100 = 32
    LIMIT_200 = 64
    BUNDLE_START = 128
    BUNDLE_80 = 256
    BUNDLE_100 = 512
    BUNDLE_CAP = 1024
    LIFTED_100 = 2048
    """An answer lifted the first block."""
    LIFTED_200 = 4096
    """An answer lifted the second block, until the month ends."""
    ANSWER_REFUSED = 8192
    """An answer met "cannot exceed"."""
    ANSWER_IDLE = 16384
    """An answer came while nothing was blocked."""
