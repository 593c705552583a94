"""What the practice's lines used: last month and this one, always with the same stories.

The running month may be an hour old: its records lie at parts of what has passed of it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from app.clock import add_months, month_bounds, month_of, zone_named
from app.content.demo import Demo, DemoGroup, DemoLine
from app.demo.habits import NETWORKS
from app.demo.usage import COLUMNS, Row

MB: Final = 1_000_000
PARTS: Final = (8, 21, 37, 52, 70, 88)
"""Percent of a month at which a line is used."""
MONTHLY_MEGABYTES: Final = {"15": 4_200, "2": 1_900, "6": 2_600, "0": 6}
"""Data of one line in a month, by its data bundle."""
AWAY: Final[dict[str, tuple[str, int]]] = {"Noor Tichelaar": ("EG", 30), "Robin Vos": ("GB", 350)}
"""Who is where for a third of the month, and how many megabytes each time."""
PREMIUM: Final = "31900123"
CALLED: Final = ("31612345001", "31205550103", "4930123456", "31670091001", "318001234", "31623456002")
WRONG: Final[tuple[Row, ...]] = (
    {"subscriber": "+31670099188", "bytes": "48211077"},
    {"mcc": "999", "mnc": "99", "bytes": "1204511"},
)
"""Rows that nobody can rate: a subscriber and a network that are not known."""


def write_months(practice: Demo, now: int, zone: str, folder: Path) -> list[tuple[Path, int]]:
    """Files of last month and of what has passed of this one, each with the instant of its import."""
    this = month_of(now, zone)
    written = []
    for month, until in ((add_months(this, -1), month_bounds(this, zone)[0] - 1), (this, now)):
        first = month_bounds(month, zone)[0]
        rows = sorted(_rows(practice, first, until), key=lambda row: (row["start"], row["id"]))
        path = folder / f"usage-{month}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        written.append((path, until))
    return written


def _rows(practice: Demo, first: int, until: int) -> Iterator[Row]:
    for customer in practice.customers:
        for group in customer.groups:
            for line in group.lines:
                yield from _of_line(group, line, first, until)
    anybody = practice.customers[0].groups[0].lines[0]
    for number, cells in enumerate(WRONG):
        yield _row(anybody, f"wrong-{number}", first + (until - first) // 2, cells | {"type": "data"})


def _of_line(group: DemoGroup, line: DemoLine, first: int, until: int) -> Iterator[Row]:
    megabytes = MONTHLY_MEGABYTES.get(group.data_bundle, 2_000) // len(PARTS)
    if line.zero_lifted:
        megabytes = 40
    for number, part in enumerate(PARTS):
        at = first + (until - first) * part // 100
        place, used = AWAY[line.name] if number in (2, 3) and line.name in AWAY else ("NL", megabytes)
        cells = {
            "type": "data",
            "bytes": str(used * MB),
            "mcc": NETWORKS[place][0],
            "mnc": NETWORKS[place][1],
        }
        yield _row(line, f"data-{number}", at, cells)
        if group.subscription == "voice_data":
            called = PREMIUM if line.name == "Jesse Mulder" and number == 4 else CALLED[number]
            voice = {"type": "voice", "seconds": str(40 + 55 * number), "number": called}
            yield _row(line, f"call-{number}", at + (until - at) // 50, voice)
            if number % 3 == 0:
                sms = {"type": "sms", "messages": "1", "number": CALLED[0]}
                yield _row(line, f"sms-{number}", at + (until - at) // 40, sms)


def _row(line: DemoLine, name: str, at: int, cells: Row) -> Row:
    when = datetime.fromtimestamp(at, zone_named("UTC"))
    mcc, mnc = NETWORKS["NL"]
    usual = {"direction": "out", "mcc": mcc, "mnc": mnc, "subscriber": line.number}
    named = {"id": f"{at}-{line.number[-8:]}-{name}", "start": when.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return dict.fromkeys(COLUMNS, "") | usual | named | cells
