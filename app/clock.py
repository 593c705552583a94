"""The injected clock and billing months. Instants are whole unix seconds in UTC."""

from __future__ import annotations

import time
from datetime import datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the time; injected, so that tests and demos can choose it."""

    def now(self) -> int:
        """Return the instant in unix seconds."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> int:
        return int(time.time())


class FixedClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, instant: int) -> None:
        self.instant = instant

    def now(self) -> int:
        return self.instant

    def set(self, instant: int) -> None:
        """Put the clock at `instant`."""
        self.instant = instant

    def advance(self, seconds: int) -> None:
        """Move the clock on by `seconds`."""
        self.instant += seconds


@lru_cache(maxsize=16)
def zone_named(name: str) -> ZoneInfo:
    """Return the time zone of an IANA name such as "Europe/Amsterdam"."""
    return ZoneInfo(name)


def month_of(instant: int, zone: str) -> int:
    """Return the billing month YYYYMM in which `instant` falls in the time zone named `zone`."""
    local = datetime.fromtimestamp(instant, zone_named(zone))
    return local.year * 100 + local.month


@lru_cache(maxsize=512)
def month_bounds(month: int, zone: str) -> tuple[int, int]:
    """Return (first second, first second of the next month) of YYYYMM in `zone`: half open."""
    return _start(month, zone), _start(add_months(month, 1), zone)


def add_months(month: int, count: int) -> int:
    """Return the month `count` months after YYYYMM (before it when negative)."""
    year, index = divmod(month // 100 * 12 + month % 100 - 1 + count, 12)
    return year * 100 + index + 1


def _start(month: int, zone: str) -> int:
    return int(datetime(month // 100, month % 100, 1, tzinfo=zone_named(zone)).timestamp())
