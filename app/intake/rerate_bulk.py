"""Rate many new records: what is plain goes through the compiled rules as columns, the rest as streams."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.clock import add_months, month_bounds
from app.intake.bulk import FIELDS, Array, Bulk, marked, rate_plain, rated_rows
from app.intake.context import Context
from app.intake.engines import SUSPENDED, keep_compiled
from app.intake.late import Late
from app.intake.rerate import INSERT_RATED, REPLACE_COUNTER, Outcome, rerate, write_marks
from app.intake.streams import (
    LAST_START,
    Key,
    Row,
    Stream,
    add_commands,
    begin,
    read_commands,
    read_counters,
)
from app.store import Transaction


def rerate_bulk(tx: Transaction, context: Context, bulk: Bulk, cache: Path | None) -> Outcome:
    """As `rerate`, for new stored records as columns."""
    if cache is not None:
        keep_compiled(cache)
    rows, keys, group = grouped(bulk, context)
    plain, special = sort_out(tx, context, rows, keys, group)
    outcome = Outcome()
    late = Late(tx, context, [keys[number] for members in plain.values() for number in members])
    for members in plain.values():
        rate_members(tx, context, rows, group, members, late, outcome)
    late.adjust()
    if special:
        rest = rerate(tx, context, special)
        outcome.suspended |= rest.suspended
        outcome.late += rest.late
    return outcome


def grouped(bulk: Bulk, context: Context) -> tuple[Bulk, list[Key], Array]:
    """Records by line and month, in the order in which they are rated; the group of each."""
    starts = bulk.columns["start"]
    months = [context.month(int(starts.min()))]
    bounds = [month_bounds(months[0], context.zone)[0]]
    while month_bounds(months[-1], context.zone)[1] <= int(starts.max()):
        months.append(add_months(months[-1], 1))
        bounds.append(month_bounds(months[-1], context.zone)[0])
    rows = bulk.take(np.lexsort((bulk.columns["tie"], starts, bulk.columns["line"])))
    month = np.searchsorted(np.array(bounds), rows.columns["start"], side="right") - 1
    changes = np.diff(rows.columns["line"]).astype(np.bool_) | np.diff(month).astype(np.bool_)
    group = np.concatenate((np.zeros(1, np.int64), np.cumsum(changes)))
    first = np.concatenate((np.zeros(1, np.int64), np.flatnonzero(changes) + 1))
    lines = rows.columns["line"][first].tolist()
    keys = [(line, months[index]) for line, index in zip(lines, month[first].tolist(), strict=True)]
    return rows, keys, group


def sort_out(
    tx: Transaction, context: Context, rows: Bulk, keys: list[Key], group: Array
) -> tuple[dict[tuple[str, int], dict[int, Stream]], dict[Key, list[tuple[Row, int]]]]:
    """Plain groups as streams without rows, by tariff and month; the others as rows for `rerate`."""
    context.read_lines(tx, [line for line, _ in keys])
    counters, commands = read_counters(tx, keys), read_commands(tx, context, keys)
    first = np.searchsorted(group, np.arange(len(keys)))
    starts, ties = rows.columns["start"][first].tolist(), rows.columns["tie"][first].tolist()
    plain: dict[tuple[str, int], dict[int, Stream]] = {}
    special: dict[Key, list[tuple[Row, int]]] = {}
    for number, key in enumerate(keys):
        counter = counters.get(key)
        own = commands.get(key[0], [])
        stream = begin(tx, context, key, own, counter)
        add_commands(stream, context, own)
        seen = counter is not None and (starts[number], ties[number]) <= counter[LAST_START : LAST_START + 2]
        if seen or stream.rows or stream.tables is None:
            special[key] = stored_rows(rows, np.arange(*np.searchsorted(group, (number, number + 1))))
        else:
            plain.setdefault((stream.version, key[1]), {})[number] = stream
    return plain, special


def stored_rows(rows: Bulk, wanted: Array) -> list[tuple[Row, int]]:
    """Some records as `rerate` takes them."""
    part = rows.take(wanted)
    names = ("start", "tie", *FIELDS[1:])
    columns = [part.columns[name].tolist() for name in names]
    return list(zip(zip(*columns, strict=True), part.ids.tolist(), strict=True))


def rate_members(
    tx: Transaction,
    context: Context,
    rows: Bulk,
    group: Array,
    members: dict[int, Stream],
    late: Late,
    outcome: Outcome,
) -> None:
    """Rate the plain groups of one tariff and month, and write all that follows from it."""
    streams = list(members.values())
    number = np.full(int(group[-1]) + 1, -1)
    number[list(members)] = np.arange(len(streams))
    if len(streams) < len(number):
        wanted = np.flatnonzero(number[group] >= 0)
        rows, group = rows.take(wanted), group[wanted]
    index = number[group]
    out = rate_plain(rows, index, streams)
    is_late = np.array([int(stream.key in late.keys) for stream in streams])[index]
    # In the order of the table's key every row is put at the end: half the time, two thirds of the pages.
    by_id = np.argsort(rows.ids)
    tx.executemany(INSERT_RATED, rated_rows(rows.ids[by_id], streams[0].version, is_late[by_id], out[by_id]))
    tx.executemany(REPLACE_COUNTER, [(*stream.key, *stream.end) for stream in streams])
    for stream in marked(rows, index, streams, out, context.marks):
        write_marks(tx, stream, context)
    outcome.suspended |= set(rows.ids[out["status"] == SUSPENDED].tolist())
    outcome.late += int(is_late.sum())
