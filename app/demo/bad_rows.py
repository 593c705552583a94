"""Rows that no rulebook can rate: every delivery of a real network has some."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.demo.usage import COLUMNS, Row

EXAMPLES: tuple[tuple[int, Row], ...] = (
    (3, {"subscriber": "+31670099123", "bytes": "48211077"}),
    (3, {"mcc": "999", "mnc": "99", "bytes": "1204511"}),
    (8, {"start": "08/xx 14:02", "bytes": "7719313"}),
    (12, {"type": "voice", "seconds": "-41", "number": "31612345001"}),
    (17, {"subscriber": "+31670099124", "type": "sms", "messages": "1", "number": "31612345001"}),
    (19, {"bytes": "12,5"}),
)
"""Day of the month and what is unusual about the row."""


def bad_rows(day: date, subscriber: str) -> Iterator[Row]:
    """The bad rows of a day, in the name of `subscriber` unless the row has another."""
    for number, (when, cells) in enumerate(EXAMPLES):
        if when == day.day:
            usual = {
                "id": f"{day:%Y%m%d}-suspect-{number}",
                "subscriber": subscriber,
                "start": f"{day.isoformat()}T12:00:{number:02}Z",
                "type": "data",
                "direction": "out",
                "mcc": "204",
                "mnc": "04",
            }
            yield dict.fromkeys(COLUMNS, "") | usual | cells
