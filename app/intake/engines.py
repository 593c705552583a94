"""Two ways to rate streams with the same rules: record by record, or many at once, compiled."""

from __future__ import annotations

from functools import cache as cache_once
from pathlib import Path
from typing import TYPE_CHECKING

from app.intake.context import Marks
from app.intake.streams import Row, Stream
from app.rating.codes import FIRST_COMMAND, Reason, Status
from app.rating.outcome import clear, suspend
from app.rating.records import RATING_COLUMNS, Rating, Usage, rating_values, state_from, state_values
from app.rating.rulebook import rate

if TYPE_CHECKING:
    from app.rating.tables import TariffTables

CROSSINGS = RATING_COLUMNS.index("crossings")


def rate_streams(streams: list[Stream], marks: Marks) -> None:
    """Fill in ratings, end and marks of each stream, record by record."""
    for stream in streams:
        if stream.tables is None:
            rate_without_tariff(stream)
        else:
            rate_one_by_one(stream, marks)


def rate_one_by_one(stream: Stream, marks: Marks, only_marks: bool = False) -> None:
    """Run the rules as they are written."""
    assert stream.tables is not None
    state = state_from(stream.start)
    usage, out, ratings = Usage(line=stream.key[0]), Rating(), []
    for row, usage_id in zip(stream.rows, stream.ids, strict=True):
        fill(usage, row)
        rate(usage, stream.terms, state, stream.tables, out)
        if not only_marks:
            ratings.append(rating_values(out))
        if out.crossings:
            stream.marks += marks.of(out, state, stream.tables, usage, stream.key[1], usage_id or None)
    if not only_marks:
        stream.ratings = ratings
        stream.end = state_values(state)


def fill(usage: Usage, row: Row) -> None:
    """A row's integers as an object."""
    (
        usage.start,
        usage.tie,
        usage.kind,
        usage.direction,
        usage.volume,
        usage.place,
        usage.number,
        usage.flags,
        usage.legs,
    ) = row


def rate_without_tariff(stream: Stream) -> None:
    """A month for which the plan has no tariff: nothing has a price, so everything waits."""
    state, out = state_from(stream.start), Rating()
    clear(out)
    suspend(out, int(Reason.NO_RATE))
    values = rating_values(out)
    for row in stream.rows:
        state.last_start, state.last_tie = row[0], row[1]
        state.records += row[2] < FIRST_COMMAND
        stream.ratings.append(values)
    stream.end = state_values(state)


@cache_once
def keep_compiled(folder: Path) -> None:
    """Keep compiled rules from run to run."""
    from app.rating import batch

    batch.use_cache(folder)


def nested(values: tuple[int, ...]) -> tuple[object, ...]:
    """A stored state as NumPy wants it: the counters per class are sub-arrays."""
    return (*values[:-8], values[-8:-4], values[-4:])


_tables: dict[int, tuple[TariffTables, object]] = {}


def compiled_tables(tables: TariffTables) -> object:
    """The arrays of a tariff, made once; the tables are kept so that their identity is not used again."""
    from app.rating import batch

    if id(tables) not in _tables:
        _tables[id(tables)] = (tables, batch.arrays(tables))
    return _tables[id(tables)][1]


STATUS = RATING_COLUMNS.index("status")
SUSPENDED = int(Status.SUSPENDED)
