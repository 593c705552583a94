"""How long a typed character takes: search and filter over a million lines of 200,000 customers.

`python -m benchmarks.search [lines]` prints p50 and p95 for each kind of query, typed character by character,
beside a bare look-up of a line by its key in the same run; also what the index costs on disk and at intake.
All of it is processor time, so that what else the machine does counts little: the database lies in the
system's memory, and nothing waits for a disk.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.clock import SystemClock
from app.content import load_content
from app.operations.core import Visit, perform
from app.screens.paging import SOON
from app.settings import shipped_content
from app.store import Store
from app.store.search.install import unwatch
from benchmarks.__main__ import judged, table
from benchmarks.many_customers import LARGEST, LINE, LOGIN, SETTINGS, build, iccid_of, number_of, told

LINES, CUSTOMERS_PER_LINE = 1_000_000, 5
GOAL_MS = 50
ROUNDS = 5
NEW_LINES = 5_000

Row = dict[str, Any]

QUERIES = {
    "common name": ["jansen", "maria", "bakker"],
    "name with accents": ["muller", "jurgen", "chloe"],
    "rare or unknown name": ["bakomasu", "wasune", "zzyzx"],
    "two words": ["jan devr", "vries jan", "maria sales", "jan bakoma", "emma smit"],
    "three words": ["anna van dijk", "berg jan sales"],
    "number from its beginning": ["0612345678", "+31612345678", "003161234"],
    "customer number": ["100001", "199999"],
    "e-mail address": ["jan.de.vries", "emma.bakker"],
}


def run(lines: int = LINES) -> list[Row]:
    """Measure; each row has name, value, unit, and where it applies floor, ratio and goal."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{Path(folder) / 'loket.db'}")
        seconds = build(store, lines, lines // CUSTOMERS_PER_LINE)
        agent, admin = visits(store)
        queries = QUERIES | {
            "last digits": [number_of(77)[-6:], number_of(1234)[-4:]],
            "SIM card": [iccid_of(77), iccid_of(1234)[-6:]],
        }
        floor = look_ups(agent, lines)
        rows: list[Row] = []
        for who, visit, name, more in (
            ("agent", agent, "search.everything", {}),
            ("customer", admin, "search.everything", {}),
            ("list of lines", admin, "lines.page", {}),
            ("count of lines, while typing", admin, "lines.count", {"most": SOON}),
            ("count of lines, afterwards", admin, "lines.count", {}),
        ):
            for what, texts in queries.items():
                goal = None if who.endswith("afterwards") else GOAL_MS
                rows += figures(f"{who}: {what}", typing(visit, name, texts, **more), floor, goal)
            told(who)
        rows += costs(store, lines, seconds)
        store.close()
    return rows


def visits(store: Store) -> tuple[Visit, Visit]:
    """An agent, and an admin of the largest customer."""
    with store.transaction() as tx:
        key = tx.rows("SELECT max(id) + 1 FROM login")[0][0]
        values = "(:id, 'b@example.org', 'B', 'bench', '', 'en', 'agent', 'active', '', 0, 0, 1)"
        tx.execute(f"INSERT INTO login ({LOGIN}) VALUES {values}", id=key)
    common = (store, SystemClock(), load_content(shipped_content()))
    admin = Visit(*common, login_id=LARGEST, role="admin", account_id=LARGEST)
    return Visit(*common, login_id=key, role="agent"), admin


def typing(visit: Visit, name: str, texts: list[str], **given: int) -> list[float]:
    """Milliseconds of each character typed from the second on."""
    found = []
    for text in texts * ROUNDS:
        for end in range(2, len(text) + 1):
            if text[end - 1] != " ":
                found.append(timed(lambda typed=text[:end]: perform(visit, name, text=typed, **given)))  # type: ignore[misc]
    return found


def look_ups(visit: Visit, lines: int) -> list[float]:
    """Milliseconds of bare look-ups of a line by its key."""
    sql = "SELECT * FROM line WHERE id = :id"
    return [
        timed(lambda key=key: visit.store.row(sql, id=key))  # type: ignore[misc]
        for key in range(1, lines, max(lines // 500, 1))
    ]


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of processor time that something takes."""
    start = time.thread_time()
    work()
    return (time.thread_time() - start) * 1000


def figures(name: str, times: list[float], floor: list[float], goal: int | None) -> list[Row]:
    """p50 and p95 beside the floor's; a goal for p95 where somebody waits for it."""
    rows = []
    for percent in (50, 95):
        value, bare = (statistics.quantiles(each, n=100)[percent - 1] for each in (times, floor))
        row = {"name": f"{name}, p{percent}", "value": round(value, 2), "unit": "ms", "floor": round(bare, 3)}
        row["ratio"] = round(value / bare, 1)
        rows.append(row | ({"goal": goal} if goal is not None and percent == 95 else {}))
    return rows


def costs(store: Store, lines: int, seconds: dict[str, float]) -> list[Row]:
    """Bytes of the index for each line, seconds to fill it, and new lines with and without it."""
    tables = ("search_term", "search_term_account", "search_entry")
    size = sum(
        store.rows("SELECT sum(pgsize) FROM dbstat WHERE name = :name", name=name)[0][0] or 0
        for name in tables
    )
    with_index = add_lines(store, lines)
    with store.transaction() as tx:
        unwatch(tx)
    without = add_lines(store, lines + NEW_LINES)
    return [
        {"name": "index, on disk for each line with its SIM", "value": round(size / lines), "unit": "bytes"},
        {"name": "index, filled by an upgrade", "value": round(seconds["index"]), "unit": "s",
         "floor": round(seconds["tables"])},
        {"name": "new line with person and department, beside no index", "value": round(with_index, 3),
         "unit": "ms", "floor": round(without, 3), "ratio": round(with_index / without, 1)},
    ]  # fmt: skip


def add_lines(store: Store, after: int) -> float:
    """Milliseconds for each line that is added in one transaction of many."""
    rows = [
        (after + index, LARGEST, f"+3197{after + index:09}", f"New Person {index}", "Sales")
        for index in range(1, NEW_LINES + 1)
    ]

    def add() -> None:
        with store.transaction() as tx:
            tx.executemany(f"INSERT INTO line ({LINE}) VALUES (?, ?, ?, ?, ?, {SETTINGS})", rows)

    return timed(add) / NEW_LINES


if __name__ == "__main__":
    print(table([judged(row) for row in run(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)]))
