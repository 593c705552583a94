"""Live the demo day by day: usage arrives as files, users answer, the worker runs, months are closed.

Each day is imported with the clock put at its end, so messages, audit rows and commands carry the times
at which they would really have been made.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from app.clock import Clock, FixedClock, add_months, month_bounds, month_of, zone_named
from app.demo.bad_rows import bad_rows
from app.demo.events import Event, happen_once
from app.demo.payers import pay
from app.demo.stories import happen, instants
from app.demo.usage import COLUMNS, Row, Subscriber, day_rows
from app.operations.core import Visit, perform

LATEST = 900
"""Seconds that a network takes to hand in a record."""
SOURCE = "loket"
EachDay = Callable[[Clock], Any]
Tell = Callable[[int, int], None]


@dataclass(slots=True)
class Lived:
    """What was done: days lived, records handed in, files written."""

    days: int = 0
    records: int = 0
    files: int = 0


def first_instant(visit: Visit, months: int) -> int:
    """The start of the month so many months before the running one."""
    return month_bounds(add_months(month_of(visit.now, visit.zone), -months), visit.zone)[0]


def days_between(start: int, until: int, zone: str) -> Iterator[date]:
    """The local days that have a part after one instant and up to another."""
    day = datetime.fromtimestamp(start + 1, zone_named(zone)).date()
    last = datetime.fromtimestamp(until, zone_named(zone)).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def live_day(
    visit: Visit,
    people: list[Subscriber],
    day: date,
    after: int,
    until: int,
    folder: Path,
    each_day: EachDay | None,
    lived: Lived,
    events: Sequence[tuple[date, Event]] = (),
) -> int:
    """Everything of one day that lies after one instant and up to another; the instant at its end."""
    rows = _rows(visit, people, day)
    end = min(_at(day, 24, visit.zone) - 1, until)
    begin = after
    hours = {*instants(day), *(event.hour for when, event in events if when == day)}
    for hour in [*sorted(hours), 24]:
        mark = min(_at(day, hour, visit.zone), end)
        piece = [row for start, row in rows if begin < start <= mark]
        if piece:
            _hand_in(visit, piece, folder / f"usage-{day.isoformat()}-{mark}.csv", mark, lived)
        if hour < 24 and begin < _at(day, hour, visit.zone) <= end:
            happen(visit, day, hour, mark)
            happen_once(visit, events, day, hour, mark)
        begin = max(begin, mark)
    if each_day is not None:
        each_day(FixedClock(end))
    pay(visit, day, end)
    _close_when_due(visit, day, end)
    lived.days += 1
    return end


def _rows(visit: Visit, people: list[Subscriber], day: date) -> list[tuple[int, Row]]:
    midnight = _at(day, 0, visit.zone)
    rows = [(_start(row, midnight), row) for each in people for row in day_rows(each, day, visit.zone)]
    rows += [(_start(row, midnight), row) for row in bad_rows(day, people[0].line.number)]
    return sorted(rows, key=lambda pair: (pair[0], pair[1]["id"]))


def _start(row: Row, otherwise: int) -> int:
    try:
        return int(datetime.fromisoformat(row["start"]).timestamp())
    except ValueError:
        return otherwise + 1


def _hand_in(visit: Visit, rows: list[Row], path: Path, at: int, lived: Lived) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    then = replace(visit, clock=FixedClock(at))
    perform(then, "usage.import_file", path=str(path), source=SOURCE)
    lived.files += 1
    lived.records += len(rows)


def _close_when_due(visit: Visit, day: date, at: int) -> None:
    """On the day on which the operator closes, last month's waiting rows are let go and it is struck."""
    if day.day != visit.content.operator.policies.close_day:
        return
    then = replace(visit, clock=FixedClock(at))
    first = month_bounds(month_of(at, visit.zone), visit.zone)[0]
    if visit.row("SELECT 1 FROM usage_record WHERE start < :first LIMIT 1", first=first) is None:
        return
    for (number,) in visit.rows(
        "SELECT id FROM suspense WHERE status = 'waiting' AND created_at < :first", first=first
    ):
        perform(then, "usage.dismiss", suspense_id=number)
    if visit.row(
        "SELECT 1 FROM closing WHERE month = :month", month=add_months(month_of(at, visit.zone), -1)
    ):
        return
    perform(then, "closing.close", month=add_months(month_of(at, visit.zone), -1))


def _at(day: date, hour: int, zone: str) -> int:
    moment = datetime(day.year, day.month, day.day, tzinfo=zone_named(zone)) + timedelta(hours=hour)
    return int(moment.timestamp())
