"""One transaction of an import: match lines, store records, tell repetitions from contradictions, rate."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from app.intake.context import Context
from app.intake.late import too_late
from app.intake.lines import LineIndex
from app.intake.records import ID, START, SUBSCRIBER, Fields, Record, Waiting, digest_of
from app.intake.rerate import Outcome, rerate
from app.intake.streams import Key, Row
from app.intake.wrong import wrong
from app.rating.codes import Reason
from app.store import Transaction

INSERT_USAGE = (
    "INSERT INTO usage_record (id, source_id, external_id, digest, line_id, start, tie, kind, direction, "
    "volume, place, number, flags, legs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (source_id, external_id) DO NOTHING"
)
INSERT_WAITING = (
    "INSERT INTO suspense (source_id, run_id, digest, line_no, external_id, field, reason, detail, raw, "
    "status, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?) "
    "ON CONFLICT (source_id, digest) DO NOTHING"
)


@dataclass(slots=True)
class Counts:
    """What became of rows."""

    rated: int = 0
    suspended: int = 0
    duplicates: int = 0
    late: int = 0


@dataclass(slots=True)
class Chunk:
    """Records with their ties and lines of the file, rows that wait, how to get a row's text again."""

    columns: Fields
    ties: Sequence[int]
    line_nos: Sequence[int]
    raw: Callable[[int], str]
    """By position in the columns."""
    waiting: list[Waiting] = field(default_factory=list)

    def record(self, position: int) -> Record:
        """One record by itself."""
        return tuple([column[position] for column in self.columns])


@dataclass(slots=True)
class Keeper:
    """Stores chunks of one source; everything of a chunk in the caller's transaction."""

    context: Context
    source_id: int
    index: LineIndex
    subscriber_column: str
    id_column: str
    time_column: str
    run_id: int | None = None
    cache: Path | None = None
    compiled: bool = False

    def keep(self, tx: Transaction, chunk: Chunk) -> Counts:
        """Store and rate a chunk; rows that cannot be rated go to suspense."""
        counts = Counts()
        waiting = list(chunk.waiting)
        self.context.forget()
        lines = self._lines(tx, chunk, waiting)
        base = int(tx.rows("SELECT coalesce(max(id), 0) + 1 FROM usage_record")[0][0])
        known = [position for position, line in enumerate(lines) if line is not None]
        store = self._store_bulk if self.compiled else self._store
        fresh, outcome = store(tx, chunk, [lines[position] or 0 for position in known], known, base)
        if len(fresh) < len(known):
            repeated = [position for position in known if position not in fresh]
            counts.duplicates += self._repeated(tx, chunk, repeated, waiting)
        for usage_id in sorted(outcome.suspended):
            waiting.append(self._unrated(tx, chunk, usage_id - base, usage_id))
        kept = self._suspend(tx, waiting)
        counts.suspended += kept
        counts.duplicates += len(waiting) - kept
        counts.rated += len(fresh) - len(outcome.suspended)
        counts.late = outcome.late
        self._settle(tx, chunk, fresh - {usage_id - base for usage_id in outcome.suspended})
        return counts

    def _lines(self, tx: Transaction, chunk: Chunk, waiting: list[Waiting]) -> list[int | None]:
        """The line of each record; rows without a line, or too late, wait."""
        subscribers, starts = chunk.columns[SUBSCRIBER], chunk.columns[START]
        self.index.load(tx, subscribers)
        found = self.index.lines_of(subscribers, starts)
        oldest = too_late(tx, self.context, {line for line in found if line is not None})
        if None not in found and not oldest:
            return found
        for position, (subscriber, start, line) in enumerate(zip(subscribers, starts, found, strict=True)):
            if line is None:
                detail = wrong("no_line", subscriber=subscriber)
                reason, column = Reason.UNKNOWN_LINE, self.subscriber_column
            elif line in oldest and self.context.month(start) < oldest[line]:
                detail = wrong("closed", months=self.context.content.operator.policies.late_months)
                reason, column = Reason.TOO_LATE, self.time_column
            else:
                continue
            found[position] = None
            waiting.append(self._waiting(chunk, position, column, reason, detail))
        return found

    def _store(
        self, tx: Transaction, chunk: Chunk, lines: list[int], known: list[int], base: int
    ) -> tuple[set[int], Outcome]:
        """Insert records one by one and rate what is new: the positions of those, and what became of them."""
        rows: list[Any] = []
        for position, line in zip(known, lines, strict=True):
            record = chunk.record(position)
            start, *rest = record[START:]
            head = (base + position, self.source_id, record[ID], digest_of(record), line, start)
            rows.append((*head, chunk.ties[position], *rest))
        fresh = self._insert(tx, rows, known, base)
        usage: list[tuple[int, Row, int]] = [
            (row[4], row[5:], row[0]) for row in rows if row[0] - base in fresh
        ]
        return fresh, rerate(tx, self.context, by_line_month(usage, self.context))

    def _store_bulk(
        self, tx: Transaction, chunk: Chunk, lines: list[int], known: list[int], base: int
    ) -> tuple[set[int], Outcome]:
        """The same for many records as columns."""
        import numpy as np

        from app.intake.bulk import columns_of, usage_rows
        from app.intake.rerate_bulk import rerate_bulk

        if not known:
            return set(), Outcome()
        columns, ties = chunk.columns, chunk.ties
        if len(known) < len(columns[ID]):
            columns = [[column[position] for position in known] for column in columns]
            ties = [ties[position] for position in known]
        bulk = columns_of(columns, ties, lines, [base + position for position in known])
        fresh = self._insert(tx, usage_rows(bulk, self.source_id, columns), known, base)
        if len(fresh) < len(known):
            bulk = bulk.take(np.isin(bulk.ids, np.array(sorted(fresh), np.int64) + base))
        return fresh, rerate_bulk(tx, self.context, bulk, self.cache) if fresh else Outcome()

    def _insert(self, tx: Transaction, rows: Iterable[Any], known: list[int], base: int) -> set[int]:
        """Insert what is not known yet; the positions of what was."""
        if tx.executemany(INSERT_USAGE, rows) == len(known):
            return set(known)
        added = tx.rows("SELECT id FROM usage_record WHERE id >= :base", base=base)
        return {row[0] - base for row in added}

    def _repeated(self, tx: Transaction, chunk: Chunk, positions: list[int], waiting: list[Waiting]) -> int:
        """Records whose id is known: the same content is a repetition (how many), else a conflict."""
        records = [chunk.record(position) for position in positions]
        known: dict[object, object] = dict(
            tx.rows(
                "SELECT external_id, digest FROM usage_record WHERE source_id = :source "
                "AND external_id IN (SELECT value FROM json_each(:ids))",
                source=self.source_id,
                ids=json.dumps([record[ID] for record in records]),
            )
        )
        same = 0
        for position, record in zip(positions, records, strict=True):
            if known[record[ID]] == digest_of(record):
                same += 1
                continue
            detail = wrong("conflict")
            waiting.append(self._waiting(chunk, position, self.id_column, Reason.CONFLICT, detail))
        return same

    def _unrated(self, tx: Transaction, chunk: Chunk, position: int, usage_id: int) -> Waiting:
        found = tx.row("SELECT reason FROM rated_record WHERE usage_id = :id", id=usage_id)
        reason = Reason(found[0]) if found else Reason.NO_RATE
        return self._waiting(chunk, position, "", reason, wrong("no_rate"))

    def _waiting(self, chunk: Chunk, position: int, column: str, reason: Reason, detail: str) -> Waiting:
        raw = chunk.raw(position)
        return Waiting(
            chunk.line_nos[position], chunk.columns[ID][position], column, reason.name, detail, raw
        )

    def _suspend(self, tx: Transaction, waiting: list[Waiting]) -> int:
        """Put rows into the queue; how many were not there yet."""
        rows = [
            (
                *(self.source_id, self.run_id, row_digest(row), row.line_no, row.external_id[:100]),
                *(row.field, row.reason, row.detail, row.raw, self.context.now),
            )
            for row in waiting
        ]
        return tx.executemany(INSERT_WAITING, rows) if rows else 0

    def _settle(self, tx: Transaction, chunk: Chunk, rated: set[int]) -> None:
        """Rows that waited under the id of a record that is rated now are done."""
        waits = tx.row(
            "SELECT 1 FROM suspense WHERE status = 'waiting' AND source_id = :source LIMIT 1",
            source=self.source_id,
        )
        if not waits or not rated:
            return
        tx.execute(
            "UPDATE suspense SET status = 'replayed', settled_at = :now WHERE status = 'waiting' "
            "AND source_id = :source AND reason <> 'CONFLICT' AND external_id <> '' "
            "AND external_id IN (SELECT value FROM json_each(:ids))",
            now=self.context.now,
            source=self.source_id,
            ids=json.dumps([chunk.columns[ID][position] for position in rated]),
        )


def by_line_month(usage: list[tuple[int, Row, int]], context: Context) -> dict[Key, list[tuple[Row, int]]]:
    """Records by line and month, each in the order in which they are rated."""
    usage.sort()
    found: dict[Key, list[tuple[Row, int]]] = {}
    month = context.month
    for line, row, usage_id in usage:
        key = (line, month(row[0]))
        if key in found:
            found[key].append((row, usage_id))
        else:
            found[key] = [(row, usage_id)]
    return found


def row_digest(row: Waiting) -> str:
    """Tells rows apart for good: the same row waits once."""
    return blake2b(row.raw.encode("utf-8", "replace"), digest_size=16).hexdigest()
