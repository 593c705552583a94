"""How long the check of the audit chain takes: half a million rows, each sealed with the one before.

`python -m benchmarks.audit [rows]` prints it, in processor time, so that what else the machine does counts
little. The rows are sealed as the product seals them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from app.clock import FixedClock
from app.content import load_content
from app.operations.core import Visit, audit
from app.operations.core.audit_heads import keep_head
from app.settings import shipped_content
from app.store import Store
from app.store.schema import ensure_schema
from app.vault import Vault

ROWS = 500_000
EACH_HEAD = 50_000
GOAL_SECONDS = 5.0


def fill(visit: Visit, rows: int, heads: Path, vault: Vault) -> float:
    """Chain rows, every third with a personal part; seconds taken."""
    start = time.process_time()
    for first in range(0, rows, EACH_HEAD):
        with visit.transaction():
            for number in range(first, min(first + EACH_HEAD, rows)):
                visit.touched = [f"line:{number % 1000}"]
                said = f'{{"line_id": {number}}}' if number % 3 == 0 else ""
                audit.append(visit, "limits.set", "done", said)
        keep_head(visit.store, visit.now, heads, vault)
    return time.process_time() - start


def run(rows: int = ROWS) -> list[dict[str, Any]]:
    """Seconds to seal and to check the rows."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        heads, vault = home / "heads.log", Vault(home / "keys")
        store = Store(f"sqlite:///{home / 'loket.db'}")
        ensure_schema(store)
        visit = Visit(
            store,
            FixedClock(1_760_000_000),
            load_content(shipped_content()),
            login_id=1,
            role="admin",
            session_id="0" * 32,
            vault=vault,
            audit_heads=heads,
        )
        filled = fill(visit, rows, heads, vault)
        start = time.process_time()
        report = audit.verify(visit)
        taken = time.process_time() - start
        store.close()
    if not report.sound or report.rows != rows:
        raise RuntimeError(f"the chain is not whole: {report}")
    return [
        {"name": f"seal {rows:,} audit rows", "value": filled, "unit": "s"},
        {"name": f"check {rows:,} audit rows", "value": taken, "unit": "s", "goal": GOAL_SECONDS},
    ]


if __name__ == "__main__":
    for figure in run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS):
        print(f"{figure['name']}: {figure['value']:.2f} s")
