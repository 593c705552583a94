"""A month of one line, record by record: merge, rate, continue where it stopped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge as merge_sorted

from app.clock import month_bounds
from app.rating.records import SETTINGS, LineTerms, Rating, State, Usage
from app.rating.rulebook import rate
from app.rating.tables import TariffTables


class OutOfOrderError(ValueError):
    """A record lies before one that was rated already: the month must be replayed from its start."""


def key(usage: Usage) -> tuple[int, int]:
    """What orders the stream of a line: when it started, then a tie-break that no arrival changes."""
    return usage.start, usage.tie


def merge(*streams: Iterable[Usage]) -> Iterator[Usage]:
    """Several streams of one line, in any order each, as one in order; a repeated record comes once."""
    last = None
    for usage in merge_sorted(*(sorted(stream, key=key) for stream in streams), key=key):
        if key(usage) != last:
            last = key(usage)
            yield usage


def in_month(stream: Iterable[Usage], month: int, zone: str) -> Iterator[Usage]:
    """The records that start in month YYYYMM of a time zone, its first second in, the next month's out."""
    first, after = month_bounds(month, zone)
    return (usage for usage in stream if first <= usage.start < after)


def replay(
    stream: Iterable[Usage], line: LineTerms, state: State, tariff: TariffTables
) -> Iterator[tuple[Usage, Rating]]:
    """Rate a stream in order; `state` moves on, so a later call continues a prefix.

    A record that `state` has seen last is skipped; an earlier one raises OutOfOrderError.
    """
    for usage in stream:
        seen = (state.last_start, state.last_tie)
        if key(usage) == seen:
            continue
        if key(usage) < seen:
            raise OutOfOrderError(f"record at {usage.start} comes after {state.last_start}")
        out = Rating()
        rate(usage, line, state, tariff, out)
        yield usage, out


def next_month(state: State) -> State:
    """The state on the 1st: settings stay, counters and blocks start anew, what was left lapses."""
    return State(**{name: getattr(state, name) for name in SETTINGS})
