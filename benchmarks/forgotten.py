"""Whether time tells who exists: forgotten passwords and first logins, of known and of unknown people.

`python -m benchmarks.forgotten` asks 600 times each, taking turns, and compares the two: `AUC` is how often
a known one took longer than an unknown one (0.5: it tells nothing), `difference` that of the medians.
"""

from __future__ import annotations

import bisect
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.clock import SystemClock
from app.content import load_content
from app.operations.core import Visit, perform
from app.settings import shipped_content
from app.store import Store
from app.store.schema import ensure_schema
from app.vault import Vault
from benchmarks.__main__ import judged, table

TIMES, WARM = 600, 50
FURTHEST_AUC, FURTHEST_MEDIANS = 0.05, 5.0

Row = dict[str, Any]


def run(times: int = TIMES) -> list[Row]:
    """Measure both questions; each row has name, value, unit and goal."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{Path(folder) / 'loket.db'}")
        ensure_schema(store)
        people(store, times + WARM)
        visit = Visit(
            store, SystemClock(), load_content(shipped_content()), vault=Vault(Path(folder) / "keys")
        )
        forgot = [({"who": f"known{n}"}, {"who": f"other{n}"}) for n in range(times + WARM)]
        first = [
            (
                {"customer_number": f"K{n}", "email": f"k{n}@example.org"},
                {"customer_number": f"X{n}", "email": f"x{n}@example.org"},
            )
            for n in range(times + WARM)
        ]
        rows = compared(visit, "recovery.forgot", forgot) + compared(visit, "recovery.first_login", first)
        store.close()
    return rows


def people(store: Store, count: int) -> None:
    """Logins, and customers whom nobody manages with a login."""
    with store.transaction() as tx:
        tx.executemany(
            "INSERT INTO login (user_name, email, name, password_hash, language, staff_role, status, theme,"
            " failures, locked_until, version) VALUES (?, ?, 'Known', '', 'en', '', 'active', '', 0, 0, 1)",
            [(f"known{n}", f"known{n}@example.org") for n in range(count)],
        )
        tx.executemany(
            "INSERT INTO account (number, kind, name, language, status, email, created_at, version)"
            " VALUES (?, 'company', 'Known', 'en', 'active', ?, 1, 1)",
            [(f"K{n}", f"k{n}@example.org") for n in range(count)],
        )


def compared(visit: Visit, name: str, pairs: list[tuple[dict[str, str], dict[str, str]]]) -> list[Row]:
    """Known and unknown in turns, whichever comes first changing each time."""
    took: tuple[list[float], list[float]] = ([], [])
    for turn, pair in enumerate(pairs):
        for which in (0, 1) if turn % 2 else (1, 0):
            start = time.perf_counter()
            # Each question comes from elsewhere: from one place only the first few would bring a mail.
            perform(replace(visit, address=f"2001:db8:{turn:x}:{which}::1"), name, **pair[which])
            took[which].append((time.perf_counter() - start) * 1000)
    known, unknown = took[0][WARM:], took[1][WARM:]
    middle = statistics.median(known), statistics.median(unknown)
    return [
        {"name": f"{name}: known, median", "value": round(middle[0], 3), "unit": "ms"},
        {"name": f"{name}: unknown, median", "value": round(middle[1], 3), "unit": "ms"},
        {
            "name": f"{name}: difference of medians",
            "value": round(abs(middle[0] - middle[1]) / middle[1] * 100, 2),
            "unit": "%",
            "goal": FURTHEST_MEDIANS,
        },
        {
            "name": f"{name}: AUC away from 0.5",
            "value": round(abs(auc(known, unknown) - 0.5), 3),
            "unit": "",
            "goal": FURTHEST_AUC,
        },
    ]


def auc(some: list[float], others: list[float]) -> float:
    """How often one of `some` is larger than one of `others`."""
    ordered = sorted(others)
    return sum(bisect.bisect_left(ordered, value) for value in some) / (len(some) * len(others))


if __name__ == "__main__":
    print(table([judged(figure) for figure in run()]))
