"""The stream of a line in a month: where it starts, its records and the changes of settings between them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.clock import month_bounds
from app.intake.context import Context, Reader
from app.rating.codes import Kind
from app.rating.records import RATING_COLUMNS, LineTerms, State, state_columns, state_values
from app.rating.tables import TariffTables

Row = tuple[int, ...]
"""start, tie, kind, direction, volume, place, number, flags, legs: `USAGE_COLUMNS` without the line."""
Key = tuple[int, int]
"""Line and month."""

USAGE_SQL = "start, tie, kind, direction, volume, place, number, flags, legs"
STATE_SQL = ", ".join(f'"{name}"' for name in state_columns())
RATED_SQL = ", ".join(f"rated_record.{name}" for name in ("tariff", "late", *RATING_COLUMNS))
SETTING_OF = {
    Kind.LIMIT: "limit",
    Kind.HARD: "hard",
    Kind.BARS: "bars",
    Kind.BUNDLES: "bundles",
    Kind.CAP: "cap",
    Kind.ZERO_LIFTED: "zero_lifted",
    Kind.USAGE_NOTICE: "usage_notice",
    Kind.ROAMING_NOTICE: "roaming_notice",
}
LAST_START = state_columns().index("last_start")


@dataclass(slots=True)
class Stream:
    """What is rated in one go: from a state, in order, all of one line and month.

    ids: the usage record of each row, 0 for a change of settings; stored: what was rated before, by usage
    record, None when the stream continues after it; fresh: usage records that came just now.
    Filled by rating: ratings, one per row; end: the state after the last; marks.
    """

    key: Key
    version: str
    tables: TariffTables | None
    terms: LineTerms
    start: tuple[int, ...]
    rows: list[Row] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    stored: dict[int, tuple[Any, ...]] | None = None
    fresh: set[int] | None = None
    """None: all of them."""
    ratings: list[Row] = field(default_factory=list)
    end: tuple[int, ...] = ()
    marks: list[Any] = field(default_factory=list)


def make_streams(
    tx: Reader, context: Context, new: dict[Key, list[tuple[Row, int]]], again: Iterable[Key] = ()
) -> list[Stream]:
    """Streams for new records (stored already, in order) and for months to be replayed.

    New records that come after all that was rated continue from the counter; others replay the month.
    """
    replays = set(again)
    context.read_lines(tx, [line for line, _ in (*new, *replays)])
    counters = read_counters(tx, new)
    for key, records in new.items():
        state = counters.get(key)
        if state is not None and records[0][0][:2] <= (state[LAST_START], state[LAST_START + 1]):
            replays.add(key)
    streams = []
    keys = [key for key in new if key not in replays]
    commands = read_commands(tx, context, [*keys, *replays])
    for key in keys:
        stream = begin(tx, context, key, commands.get(key[0], []), counters.get(key))
        for row, usage_id in new[key]:
            stream.rows.append(row)
            stream.ids.append(usage_id)
        add_commands(stream, context, commands.get(key[0], []))
        streams.append(stream)
    for key in sorted(replays):
        stream = begin(tx, context, key, commands.get(key[0], []), None)
        load_stored(tx, context, stream)
        stream.fresh = {usage_id for _, usage_id in new.get(key, ())}
        add_commands(stream, context, commands.get(key[0], []))
        streams.append(stream)
    return streams


def begin(
    tx: Reader, context: Context, key: Key, commands: list[Row], counter: tuple[int, ...] | None
) -> Stream:
    """A stream without records, at the start of its month or after what its counter has seen."""
    facts = context.line(tx, key[0])
    version, tables = context.tariff(facts.plan, key[1])
    if counter is None:
        counter = state_values(first_state(commands, month_bounds(key[1], context.zone)[0]))
    return Stream(key, version, tables, context.terms(facts, version, key[1]), counter)


def first_state(commands: list[Row], month_start: int) -> State:
    """The settings in force when a month begins, with counters at 0."""
    settings: dict[str, int] = {}
    for at, _tie, kind, value in commands:
        if at <= month_start and kind in SETTING_OF:
            settings[SETTING_OF[Kind(kind)]] = value
    return State(**settings)


def add_commands(stream: Stream, context: Context, commands: list[Row]) -> None:
    """Put the month's changes of settings between the records, those that the state has not seen."""
    start, end = month_bounds(stream.key[1], context.zone)
    seen = max((start, (1 << 63) - 1), (stream.start[LAST_START], stream.start[LAST_START + 1]))
    own = [
        ((at, tie, kind, 0, value, -1, 0, 0, 1), 0)
        for at, tie, kind, value in commands
        if seen < (at, tie) and at < end
    ]
    if own:
        together = sorted([*zip(stream.rows, stream.ids, strict=True), *own])
        stream.rows = [row for row, _ in together]
        stream.ids = [usage_id for _, usage_id in together]


def read_counters(tx: Reader, keys: Iterable[Key]) -> dict[Key, tuple[int, ...]]:
    """The stored states of lines and months, those that have one."""
    wanted = set(keys)
    if not wanted:
        return {}
    months = [month for _, month in wanted]
    rows = tx.rows(
        f"SELECT line_id, month, {STATE_SQL} FROM counter WHERE month BETWEEN :low AND :high "
        "AND line_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:lines))",
        low=min(months),
        high=max(months),
        lines=json.dumps(sorted({line for line, _ in wanted})),
    )
    return {(row[0], row[1]): row[2:] for row in rows if (row[0], row[1]) in wanted}


def read_commands(tx: Reader, context: Context, keys: list[Key]) -> dict[int, list[Row]]:
    """Changes of settings up to the end of the last of these months, by line, in order."""
    if not keys:
        return {}
    found: dict[int, list[Row]] = {}
    rows = tx.rows(
        "SELECT line_id, effective_at, tie, kind, value FROM line_command WHERE effective_at < :end "
        "AND line_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:lines)) "
        "ORDER BY line_id, effective_at, tie",
        end=month_bounds(max(month for _, month in keys), context.zone)[1],
        lines=json.dumps(sorted({line for line, _ in keys})),
    )
    for line, *command in rows:
        found.setdefault(line, []).append(tuple(command))
    return found


def load_stored(tx: Reader, context: Context, stream: Stream) -> None:
    """All records of the line's month, with what they were rated at."""
    start, end = month_bounds(stream.key[1], context.zone)
    rows = tx.rows(
        f"SELECT usage_record.id, {USAGE_SQL}, {RATED_SQL} FROM usage_record "
        "LEFT JOIN rated_record ON usage_id = usage_record.id "
        "WHERE line_id = :line AND start >= :start AND start < :end ORDER BY start, tie",
        line=stream.key[0],
        start=start,
        end=end,
    )
    width = 1 + len(USAGE_SQL.split(","))
    stream.ids = [row[0] for row in rows]
    stream.rows = [row[1:width] for row in rows]
    stream.stored = {row[0]: row[width:] for row in rows if row[width] is not None}
