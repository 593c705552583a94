"""Rate records that are stored, and keep what they cost, the counters and the marks that were passed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.intake.context import Context
from app.intake.engines import STATUS, SUSPENDED, rate_streams
from app.intake.late import Late
from app.intake.streams import STATE_SQL, Key, Row, Stream, make_streams
from app.rating.codes import FIRST_COMMAND
from app.rating.records import RATING_COLUMNS, state_columns
from app.store import Transaction


def replacing(columns: Iterable[str]) -> str:
    """For ON CONFLICT: the new row's columns take the place of the old one's."""
    return ", ".join(f"{column} = excluded.{column}" for column in columns)


RATED_COLUMNS = ("usage_id", "tariff", "late", *RATING_COLUMNS)
INSERT_RATED = (
    f"INSERT INTO rated_record ({', '.join(RATED_COLUMNS)}) VALUES ({', '.join('?' * len(RATED_COLUMNS))})"
)
REPLACE_RATED = f"{INSERT_RATED} ON CONFLICT (usage_id) DO UPDATE SET {replacing(RATED_COLUMNS[1:])}"
REPLACE_COUNTER = (
    f"INSERT INTO counter (line_id, month, {STATE_SQL}) "
    f"VALUES ({', '.join('?' * (2 + len(state_columns())))}) "
    f"ON CONFLICT (line_id, month) DO UPDATE SET {replacing(STATE_SQL.split(', '))}"
)
KEEP_CROSSING = (
    "INSERT INTO crossing (scope, owner_id, month, kind, bundle_no, at, usage_id) "
    "VALUES ('line', ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (scope, owner_id, month, kind, bundle_no) DO UPDATE SET at = excluded.at, "
    "usage_id = excluded.usage_id"
)


@dataclass(slots=True)
class Outcome:
    """What became of usage records: new ones that are suspended, old ones that are suspended now or no
    longer, how many came late."""

    suspended: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    settled: set[int] = field(default_factory=set)
    late: int = 0


def rerate(
    tx: Transaction,
    context: Context,
    new: dict[Key, list[tuple[Row, int]]],
    again: Iterable[Key] = (),
) -> Outcome:
    """Rate new stored records, by line and month in order, and replay other months.

    Everything is written in the caller's transaction: ratings, counters, marks, messages and, for months
    that are closed, what they now cost more or less.
    """
    again = set(again)
    late = Late(tx, context, {*new, *again})
    streams = make_streams(tx, context, new, again)
    rate_streams(streams, context.marks)
    outcome = Outcome()
    write_ratings(tx, streams, late, outcome)
    tx.executemany(REPLACE_COUNTER, [(*stream.key, *stream.end) for stream in streams])
    for stream in streams:
        write_marks(tx, stream, context)
    late.adjust()
    settle(tx, outcome, context.now)
    return outcome


def write_ratings(tx: Transaction, streams: list[Stream], late: Late, outcome: Outcome) -> None:
    """Store new ratings, and those that a replay changed."""
    fresh: list[tuple[object, ...]] = []
    changed: list[tuple[object, ...]] = []
    for stream in streams:
        is_late = int(stream.key in late.keys)
        if stream.stored is None:
            version = stream.version
            if len(stream.rows) == len(stream.ids) and all(stream.ids):
                fresh += [
                    (usage_id, version, is_late, *rating)
                    for usage_id, rating in zip(stream.ids, stream.ratings, strict=True)
                ]
            else:
                fresh += [
                    (usage_id, version, is_late, *rating)
                    for usage_id, rating in zip(stream.ids, stream.ratings, strict=True)
                    if usage_id
                ]
            outcome.late += is_late * sum(1 for usage_id in stream.ids if usage_id)
        else:
            compare(stream, is_late, fresh, changed, outcome)
    tx.executemany(INSERT_RATED, fresh)
    tx.executemany(REPLACE_RATED, changed)
    place = 3 + STATUS
    outcome.suspended |= {row[0] for row in fresh if row[place] == SUSPENDED}  # type: ignore[misc]


def compare(
    stream: Stream,
    is_late: int,
    fresh: list[tuple[object, ...]],
    changed: list[tuple[object, ...]],
    outcome: Outcome,
) -> None:
    """Ratings of a replayed month against the stored ones: a record that came late stays marked so."""
    stored = stream.stored or {}
    for row, usage_id, rating in zip(stream.rows, stream.ids, stream.ratings, strict=True):
        if row[2] >= FIRST_COMMAND:
            continue
        before = stored.get(usage_id)
        if before is None:
            fresh.append((usage_id, stream.version, is_late, *rating))
            outcome.late += is_late
        elif before != (stream.version, before[1], *rating):
            changed.append((usage_id, stream.version, before[1], *rating))
            if before[2 + STATUS] == SUSPENDED != rating[STATUS]:
                outcome.settled.add(usage_id)
            elif before[2 + STATUS] != SUSPENDED == rating[STATUS]:
                outcome.lost.add(usage_id)


def write_marks(tx: Transaction, stream: Stream, context: Context) -> None:
    """Marks of a line's month; after a replay exactly those that the month now has."""
    line, month = stream.key
    kept = [(line, month, int(mark.kind), mark.bundle_no, mark.at, mark.usage_id) for mark in stream.marks]
    if stream.stored is not None:
        # A setting may arm a mark again within the month; the table keeps the last time it was passed.
        tx.execute(
            "DELETE FROM crossing WHERE scope = 'line' AND owner_id = :line AND month = :month "
            "AND kind * 1000000 + bundle_no NOT IN (SELECT CAST(value AS BIGINT) FROM json_each(:kept))",
            line=line,
            month=month,
            kept=json.dumps([row[2] * 1_000_000 + row[3] for row in kept]),
        )
    if kept:
        tx.executemany(KEEP_CROSSING, kept)
        context.marks.tell(tx, line, stream.marks, context.now)


def settle(tx: Transaction, outcome: Outcome, now: int) -> None:
    """The queue after a replay: what can be rated now is done, what no longer can waits."""
    if outcome.settled:
        tx.execute(
            "UPDATE suspense SET status = 'replayed', settled_at = :now WHERE status = 'waiting' "
            "AND reason <> 'CONFLICT' AND (source_id, external_id) IN (SELECT source_id, external_id "
            "FROM usage_record WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids)))",
            ids=json.dumps(sorted(outcome.settled)),
            now=now,
        )
    if outcome.lost:
        tx.execute(
            "INSERT INTO suspense (source_id, digest, line_no, external_id, field, reason, detail, raw, "
            "status, created_at) "
            "SELECT source_id, 'usage:' || id, 0, external_id, '', 'NO_RATE', '', '{}', 'waiting', :now "
            "FROM usage_record WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids)) "
            "ON CONFLICT (source_id, digest) DO UPDATE SET status = 'waiting', settled_at = NULL",
            ids=json.dumps(sorted(outcome.lost)),
            now=now,
        )
