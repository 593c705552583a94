"""Many new records at once, as NumPy columns: hashed, ordered and rated by the compiled rules.

Does what `app.intake.keep` and `app.intake.streams` do record by record, for the plain case: records that
come after all that was rated of their line and month, with no change of settings between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np

from app.intake.engines import compiled_tables, nested, rate_one_by_one
from app.intake.records import ID, MASK, PRIME, START, SUBSCRIBER, Fields, hash63
from app.intake.streams import Stream
from app.rating import batch
from app.rating.records import RATING_COLUMNS

Array = np.ndarray[Any, Any]
FIELDS = ("start", "kind", "direction", "volume", "place", "number", "flags", "legs")
"""Integers of a `Record`, in its order."""


@dataclass(slots=True)
class Bulk:
    """Columns of new records. `ids` are their usage records, `keys` numbers that tell line and month."""

    columns: dict[str, Array]
    """line, start, tie, digest, kind … legs."""
    ids: Array

    def take(self, wanted: Array) -> Bulk:
        """Some of the records, in the given order."""
        return Bulk({name: column[wanted] for name, column in self.columns.items()}, self.ids[wanted])


def columns_of(parts: Fields, ties: Sequence[int], lines: list[int], ids: list[int]) -> Bulk:
    """Records of known lines."""
    columns = {name: np.array(part, np.int64) for name, part in zip(FIELDS, parts[START:], strict=True)}
    columns["line"] = np.array(lines, np.int64)
    columns["tie"] = np.array(ties, np.int64)
    columns["digest"] = digests(parts[SUBSCRIBER], columns)
    return Bulk(columns, np.array(ids, np.int64))


def digests(subscribers: Sequence[str], columns: dict[str, Array]) -> Array:
    """As `records.digest_of`."""
    known = {name: hash63(name) for name in set(subscribers)}
    mixed = np.array([known[name] for name in subscribers], np.uint64)
    for name in FIELDS:
        mixed = (mixed ^ columns[name].view(np.uint64)) * np.uint64(PRIME)
        mixed ^= mixed >> np.uint64(29)
    return (mixed & np.uint64(MASK)).astype(np.int64)


def usage_rows(bulk: Bulk, source_id: int, parts: Fields) -> Iterator[tuple[Any, ...]]:
    """Rows of table usage_record; `parts` are the same records as they came."""
    made = (bulk.columns[name].tolist() for name in ("digest", "line"))
    ties = bulk.columns["tie"].tolist()
    return zip(
        bulk.ids.tolist(), repeat(source_id), parts[ID], *made, parts[START], ties, *parts[START + 1 :]
    )


def rate_plain(bulk: Bulk, group: Array, streams: list[Stream]) -> Array:
    """Rate records in the order of their streams; `group` is the index of each one's stream.

    All streams are of one tariff and month and have no rows of their own. Their ends are filled in; the
    answer is the ratings, one per record.
    """
    usage = np.zeros(len(group), batch.USAGE)
    usage["line"] = group
    for name in (*FIELDS, "tie"):
        usage[name] = bulk.columns[name]
    lines = batch.line_array([stream.terms for stream in streams])
    states = np.array([nested(stream.start) for stream in streams], batch.STATE)
    out = np.zeros(len(usage), batch.RATING)
    batch.rate_batch(usage, lines, states, compiled_tables(streams[0].tables), out)  # type: ignore[arg-type]
    used, started = states["bundle_used"].tolist(), states["bundle_started"].tolist()
    for number, (stream, end) in enumerate(zip(streams, states.tolist(), strict=True)):
        stream.end = (*end[:-2], *used[number], *started[number])
    return out


def rated_rows(ids: Array, version: str, late: Array, out: Array) -> Iterator[tuple[Any, ...]]:
    """Rows of table rated_record."""
    columns = (out[name].tolist() for name in RATING_COLUMNS)
    return zip(ids.tolist(), repeat(version), late.tolist(), *columns)


def marked(bulk: Bulk, group: Array, streams: list[Stream], out: Array, marks: Any) -> list[Stream]:
    """The streams in which a mark was passed, gone through once more for what the messages say."""
    passed = np.flatnonzero(out["crossings"] != 0)
    numbers, backwards = np.unique(group[passed][::-1], return_index=True)
    last = passed[::-1][backwards]
    names = ("start", "tie", *FIELDS[1:])
    found = []
    for number, end in zip(numbers.tolist(), last.tolist(), strict=True):
        stream = streams[number]
        rows = bulk.take(np.arange(np.searchsorted(group, number), end + 1))
        stream.rows = list(zip(*(rows.columns[name].tolist() for name in names), strict=True))
        stream.ids = rows.ids.tolist()
        rate_one_by_one(stream, marks, only_marks=True)
        found.append(stream)
    return found
