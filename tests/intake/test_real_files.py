"""Files that nobody here wrote: LOKET_REAL_DATA names the folder that holds `usage/`."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from app.operations.core import Visit
from app.operations.core.registry import perform
from tests.factories import Factory
from tests.intake.desk import adds_up

FILES = {
    "cross-border-1.csv": ("cross-border", 6425),
    "cross-border-2.csv": ("cross-border", 4511),
    "cross-border-4.csv": ("cross-border", 7806),
    "handset-log.csv": ("handset-log", 314),
}


@pytest.fixture
def folder() -> Path:
    """Where the files lie."""
    given = os.environ.get("LOKET_REAL_DATA", "")
    for path in (Path(given), Path(given) / "usage"):
        if given and (path / "handset-log.csv").exists():
            return path
    pytest.skip("LOKET_REAL_DATA is not set to the folder with the real usage files")


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_goes_in_whole(factory: Factory, folder: Path, name: str) -> None:
    visit: Visit = factory.system
    source, count = FILES[name]
    waiting = perform(visit, "usage.import_file", path=str(folder / name))
    assert (waiting.source, waiting.rows, waiting.suspended) == (source, count, count)
    done = perform(visit, "usage.import_file", path=str(folder / name), provision=True)
    again = perform(visit, "usage.import_file", path=str(folder / name), provision=True)
    assert (done.rated, done.lines) == (count, 1)
    assert (again.rated, again.duplicates) == (0, count)
    assert adds_up(done)
    assert visit.rows("SELECT name FROM account") == [(source,)]
    assert visit.rows("SELECT count(*) FROM suspense WHERE status = 'waiting'") == [(0,)]
    assert visit.rows("SELECT sum(records) FROM counter") == [(count,)]
    calls = visit.rows("SELECT sum(volume) FROM usage_record WHERE kind = 1")
    with (folder / name).open() as file:
        rows = list(csv.DictReader(file))
    column = "DurationSec" if "DurationSec" in rows[0] else "call_duration"
    assert calls == [(sum(int(row[column] or 0) for row in rows),)]
    assert visit.rows("SELECT min(charge_micro) >= 0, sum(charge_micro) > 0 FROM rated_record") == [(1, 1)]
