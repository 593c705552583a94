"""Import into SQLite: records a second from file to commit, beside merely storing the same rows.

The file is in the portal's own format: a month of calls, messages and data of 1,000 lines at home, in the
EU and beyond, in the order of time. The floor writes the rows that the import wrote, ready made, into the
same tables of an empty database, without reading, checking or rating anything. The goal is by the clock on
the wall. Processor time, of the second process that reads the file too, stands beside it: there, what else
the machine does counts little.
"""

from __future__ import annotations

import csv
import os
import random
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.clock import FixedClock
from app.content import load_content
from app.operations.core.visit import Visit
from app.operations.intake import intake_of
from app.rating.codes import Kind
from app.settings import shipped_content
from app.store import Store
from app.store.schema import ensure_schema

LINES = 1_000
RECORDS = 400_000
GOAL = 40_000
MONTH_START = int(datetime(2026, 10, 31, 23, tzinfo=UTC).timestamp())
SECONDS = 20 * 86_400
NETWORKS = (("204", "04"), ("262", "01"), ("208", "01"), ("234", "15"), ("310", "410"))
COLUMNS = ("id", "subscriber", "start", "type", "direction", "seconds", "messages", "bytes")
COLUMNS += ("mcc", "mnc", "number", "wifi", "legs")


def run(records: int = RECORDS, lines: int = LINES) -> list[dict[str, Any]]:
    """One row for the import and one for the floor, in one run."""
    with tempfile.TemporaryDirectory(prefix="loket-bench-") as folder:
        home = Path(folder)
        visit = empty(home / "import.db", lines)
        path = write_file(home / "usage.csv", records, lines)
        warm_up(home)
        from app.intake.importing import import_file

        wall, (own, second) = time.perf_counter(), processor_times()
        summary = import_file(replace(intake_of(visit), compiled=True, cache=home), path)
        spent = time.perf_counter() - wall
        own, second = (after - before for after, before in zip(processor_times(), (own, second), strict=True))
        assert summary.rows == summary.rated == records, summary
        floor = store_only(visit.store, home / "floor.db", lines)
        visit.store.close()
    figures = [
        figure("import into SQLite, explained and counted", records, spent, floor[0], GOAL),
        figure("the same by processor time, all processes", records, own + second, floor[1]),
        figure("the same by processor time of the process that writes", records, own, floor[1]),
    ]
    for name, seconds in summary.stages.items():
        figures.append({"name": f"import, {name}", "value": seconds, "unit": "s"})
    return figures


def processor_times() -> tuple[float, float]:
    """Seconds of this process, and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system, times.children_user + times.children_system


def figure(
    name: str, records: int, seconds: float, floor: float, target: int | None = None
) -> dict[str, Any]:
    """Records a second, beside merely storing the same rows."""
    found: dict[str, Any] = {"name": name, "value": round(records / seconds), "unit": "records/s"}
    found |= {"floor": round(records / floor), "ratio": round(seconds / floor, 2)}
    return found if target is None else {**found, "target": target, "ok": records / seconds >= target}


def empty(path: Path, lines: int) -> Visit:
    """A database with lines and nothing else."""
    store = Store(f"sqlite:///{path}")
    ensure_schema(store)
    clock = FixedClock(MONTH_START + SECONDS + 3600)
    visit = Visit(store, clock, load_content(shipped_content()), role="system", channel="bench")
    with store.transaction() as tx:
        insert(tx, "account", [account()])
        insert(tx, "line", [line(number) for number in range(1, lines + 1)])
        for number in range(1, lines + 1):
            tx.execute(
                "INSERT INTO identifier (line_id, kind, value, valid_from) VALUES (:id, 'msisdn', :value, 0)",
                id=number,
                value=f"+316{number:08}",
            )
            tx.execute(
                "INSERT INTO line_command (line_id, effective_at, tie, kind, value) "
                "VALUES (:id, 0, :id, :kind, 1)",
                id=number,
                kind=int(Kind.BUNDLES),
            )
    return visit


def account() -> dict[str, object]:
    """The only customer."""
    texts = {"number": "C1", "kind": "company", "name": "Bench", "language": "en", "status": "active"}
    return {"id": 1, **texts, "created_at": 0, "version": 1}


def line(number: int) -> dict[str, object]:
    """A line with a roaming bundle for countries A."""
    texts = {"kind": "voice_data", "data_bundle": "6", "plan": "zakelijk-mobiel", "status": "active"}
    texts |= {"person": "", "department": "", "fixed_ip": "", "number": f"+316{number:08}"}
    numbers = {"id": number, "account_id": 1, "term_months": 24, "limit_cents": 5000, "bundles": 1}
    numbers |= {"bundle_cap": 10, "tell_usage": 1, "tell_border": 1, "tell_limit": 1, "wifi_calling": 1}
    zeros = ("ordered_at", "activated_at", "hard_limit", "bars", "zero_lifted", "usage_notice_bytes")
    zeros += ("roaming_notice_bytes", "visual_voicemail")
    return {**texts, **numbers, **dict.fromkeys(zeros, 0), "last_place": -1, "version": 1}


def write_file(path: Path, records: int, lines: int, prefix: str = "R") -> Path:
    """A file of usage; the same for the same arguments."""
    dice = random.Random(20261121)
    starts = sorted(dice.randrange(SECONDS) for _ in range(records))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for index, offset in enumerate(starts):
            writer.writerow(row(f"{prefix}{index:09}", MONTH_START + offset, lines, dice))
    return path


def row(name: str, start: int, lines: int, dice: random.Random) -> list[object]:
    """Six in ten records are data, three calls, one a message; one in twenty is beyond the EU."""
    kind = dice.choices(("data", "voice", "sms"), (6, 3, 1))[0]
    mcc, mnc = NETWORKS[0] if dice.random() < 0.85 else dice.choice(NETWORKS)
    when = datetime.fromtimestamp(start, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    volume: dict[str, list[object]] = {
        "data": ["", "", dice.randrange(1, 4_000_000)],
        "voice": [dice.randrange(1, 900), "", ""],
        "sms": ["", 1, ""],
    }
    number = "" if kind == "data" else f"316{dice.randrange(10**8):08}"
    subscriber = f"+316{dice.randrange(1, lines + 1):08}"
    return [name, subscriber, when, kind, "out", *volume[kind], mcc, mnc, number, "", ""]


def warm_up(home: Path) -> None:
    """Compile the rules, once, before the clock runs; in another database, where it leaves nothing behind."""
    from app.intake.importing import import_file

    visit = empty(home / "warm.db", 10)
    path = write_file(home / "warm.csv", 100, 10, "W")
    import_file(replace(intake_of(visit), compiled=True, cache=home), path)
    visit.store.close()


def store_only(done: Store, path: Path, lines: int) -> tuple[float, float]:
    """Seconds to write the rows of a finished import into an empty database, in the same transactions."""
    from app.intake.holding import CACHE_KILOBYTES
    from app.intake.importing import CHUNK

    tables = {
        "usage_record": done.rows("SELECT * FROM usage_record ORDER BY id"),
        "rated_record": done.rows("SELECT * FROM rated_record ORDER BY usage_id"),
    }
    counters = done.rows("SELECT * FROM counter")
    visit = empty(path, lines)
    with visit.store.transaction() as tx:
        tx.execute("INSERT INTO source (id, name) VALUES (1, 'loket')")
        tx.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
    wall, processor = time.perf_counter(), time.process_time()
    for first in range(0, len(tables["usage_record"]), CHUNK):
        with visit.store.transaction() as tx:
            for table, rows in {**tables, "counter": counters}.items():
                part = rows if table == "counter" else rows[first : first + CHUNK]
                slots = ", ".join("?" * len(part[0]))
                tx.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({slots})", part)
    spent = time.perf_counter() - wall, time.process_time() - processor
    visit.store.close()
    return spent


def insert(tx: Any, table: str, rows: list[dict[str, object]]) -> None:
    """Rows by column."""
    columns = ", ".join(rows[0])
    slots = ", ".join("?" * len(rows[0]))
    tx.executemany(
        f"INSERT INTO {table} ({columns}) VALUES ({slots})", [tuple(each.values()) for each in rows]
    )


if __name__ == "__main__":
    for line in run(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS):
        print(line)
