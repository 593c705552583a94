"""What the rulebook is given: a record of usage or a change of settings, and the terms of its line."""

from __future__ import annotations


class Usage:
    """One raw record, or one change of settings (kind >= 16) in the stream of a line.

    line: id of the line; start: instant; tie: orders records of one instant, 63 bits;
    kind: `Kind`; direction: `Direction`; volume: seconds, messages or bytes, or the value of a change;
    place: index of the visited country, ship or plane (`Places`), -1 unknown;
    number: the other party's E.164 digits, 0 unknown; flags: `Flag`; legs: outgoing legs, 1 unless a
    conference.
    """

    __slots__ = ("direction", "flags", "kind", "legs", "line", "number", "place", "start", "tie", "volume")

    def __init__(
        self,
        line: int = 0,
        start: int = 0,
        tie: int = 0,
        kind: int = 0,
        direction: int = 0,
        volume: int = 0,
        place: int = 0,
        number: int = 0,
        flags: int = 0,
        legs: int = 1,
    ) -> None:
        self.line = line
        self.start = start
        self.tie = tie
        self.kind = kind
        self.direction = direction
        self.volume = volume
        self.place = place
        self.number = number
        self.flags = flags
        self.legs = legs


class LineTerms:
    """What is fixed for a line during one month.

    kind: `LineKind`; allowance: bytes in NL and EU, already in proportion to the active days;
    unlimited: 1 if data in NL and EU has no bound; zero: 1 for a 0 GB line; pool: index of its pool, -1
    none; subject: index of its own voice prices (`Tariff.subjects`), 0 for the plan's.
    """

    __slots__ = ("allowance", "kind", "pool", "subject", "unlimited", "zero")

    def __init__(
        self,
        kind: int = 1,
        allowance: int = 0,
        unlimited: int = 0,
        zero: int = 0,
        pool: int = -1,
        subject: int = 0,
    ) -> None:
        self.kind = kind
        self.allowance = allowance
        self.unlimited = unlimited
        self.zero = zero
        self.pool = pool
        self.subject = subject
