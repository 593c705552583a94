"""Two ways to rate streams with the same rules: record by record, or many at once, compiled."""

from __future__ import annotations

from functools import cache as cache_once
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.intake.context import Context, Marks
from app.intake.streams import Row, Stream
from app.rating.codes import FIRST_COMMAND, Reason, Status
from app.rating.outcome import clear, suspend
from app.rating.records import RATING_COLUMNS, Rating, Usage, rating_values, state_from, state_values
from app.rating.rulebook import rate

if TYPE_CHECKING:
    import numpy as np

    from app.rating.tables import TariffTables

CROSSINGS = RATING_COLUMNS.index("crossings")


def rate_streams(
    streams: list[Stream], context: Context, compiled: bool = False, cache: Path | None = None
) -> None:
    """Fill in ratings, end and marks of each stream. `compiled`: worth it for so many that compiling pays."""
    priced = [stream for stream in streams if stream.tables is not None]
    if compiled:
        rate_compiled(priced, context.marks, cache)
    for stream in streams:
        if stream.tables is None:
            rate_without_tariff(stream)
        elif not compiled:
            rate_one_by_one(stream, context.marks)


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


def rate_compiled(streams: list[Stream], marks: Marks, cache: Path | None = None) -> None:
    """Run the compiled rules, one batch per tariff. Marks are rare: their streams are gone through again."""
    if cache is not None:
        keep_compiled(cache)
    ordered = sorted(streams, key=lambda stream: (stream.version, stream.key[1]))
    for _, group in groupby(ordered, key=lambda stream: (stream.version, stream.key[1])):
        members = list(group)
        rate_group(members, members[0].tables)
    for stream in streams:
        if any(rating[CROSSINGS] for rating in stream.ratings):
            rate_one_by_one(stream, marks, only_marks=True)


@cache_once
def keep_compiled(folder: Path) -> None:
    """Keep compiled rules from run to run."""
    from app.rating import batch

    batch.use_cache(folder)


def rate_group(streams: list[Stream], tables: TariffTables | None) -> None:
    """Streams of one tariff and month through the compiled rules."""
    import numpy as np

    from app.rating import batch

    assert tables is not None
    usage = usage_array(streams)
    lines = batch.line_array([stream.terms for stream in streams])
    states = np.array([nested(stream.start) for stream in streams], batch.STATE)
    out = np.zeros(len(usage), batch.RATING)
    batch.rate_batch(usage, lines, states, compiled_tables(tables), out)
    ratings: list[Any] = out.tolist()
    first = 0
    used, started = states["bundle_used"].tolist(), states["bundle_started"].tolist()
    for number, (stream, end) in enumerate(zip(streams, states.tolist(), strict=True)):
        stream.ratings = ratings[first : first + len(stream.rows)]
        stream.end = (*end[:-2], *used[number], *started[number])
        first += len(stream.rows)


def usage_array(streams: list[Stream]) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    """The rows of streams, `line` being the index of the stream."""
    import numpy as np

    from app.rating.batch import USAGE

    usage = np.zeros(sum(len(stream.rows) for stream in streams), USAGE)
    usage["line"] = np.repeat(np.arange(len(streams)), [len(stream.rows) for stream in streams])
    columns = zip(*[row for stream in streams for row in stream.rows], strict=True)
    names = USAGE.names or ()
    for name, column in zip(names[1:], columns, strict=False):
        usage[name] = column
    return usage


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
