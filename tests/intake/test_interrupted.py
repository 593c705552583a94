"""Killed, doubled, locked, full, read-only: nothing lost, nothing twice, nothing half-done."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.operations.core import Unavailable, Visit
from app.operations.core.registry import perform
from app.store import Store
from tests.factories import DAY, NOVEMBER, Factory
from tests.intake.desk import cells, outcome, take_in, write

AT = NOVEMBER + 5 * DAY
ROOT = Path(__file__).resolve().parents[2]
NUMBERS = ("+31612345678", "+31612345679")


@pytest.fixture
def visit(factory: Factory) -> Visit:
    """The command line on the host, with two lines."""
    account = factory.account()
    for number in NUMBERS:
        factory.line(account, number=number, bundles=1)
    return factory.system


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file in the order of nothing, with rows that wait and repetitions."""
    dice = random.Random(5)
    rows = [
        cells(
            f"r{i}",
            dice.choice((*NUMBERS, "+31600000000")),
            AT + dice.randrange(DAY),
            volume=10**8,
            place=place,
        )
        for i in range(900)
        for place in [dice.choice(("NL", "US"))]
    ]
    return write(tmp_path / "usage.csv", [*rows, *rows[:50]])


def start(visit: Visit, path: Path) -> subprocess.Popen[str]:
    """An importer of its own."""
    command = [
        sys.executable,
        "-m",
        "tests.intake.importer",
        visit.store.url,
        str(path),
        str(visit.now),
    ]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def whole(visit: Visit, path: Path, copied: Callable[[Store], Store]) -> dict[str, list[object]]:
    """What one undisturbed import leaves behind."""
    other = Visit(copied(visit.store), visit.clock, visit.content, role="system")
    take_in(other, path)
    return outcome(other)


def stored_by(visit: Visit) -> int:
    """How many records there are by now."""
    return int(visit.rows("SELECT count(*) FROM usage_record")[0][0])


@pytest.mark.capability("BX-45")
def test_killed_and_started_again_ends_the_same(
    visit: Visit, path: Path, whole: dict[str, list[object]]
) -> None:
    dice = random.Random(7)
    killed = stored = 0
    for _ in range(4):
        process = start(visit, path)
        assert process.stdout is not None
        assert process.stdout.readline() == "begins\n"
        more = stored + dice.randrange(100)
        while process.poll() is None and stored_by(visit) <= more:
            pass
        time.sleep(dice.uniform(0, 0.01))
        killed += process.poll() is None
        process.kill()
        process.wait()
        process.stdout.close()
        stored = stored_by(visit)
        assert visit.rows("SELECT count(*) FROM rated_record") == [(stored,)]
        assert visit.rows("SELECT coalesce(sum(records), 0) FROM counter") == [(stored,)]
        assert visit.store.damage() == []
    assert killed
    take_in(visit, path)
    assert outcome(visit) == whole
    assert visit.rows("SELECT count(*) FROM import_run WHERE status = 'running'") == [(0,)]


@pytest.mark.capability("BX-45")
def test_two_importers_at_once_end_the_same(visit: Visit, path: Path, whole: dict[str, list[object]]) -> None:
    both = [start(visit, path) for _ in range(2)]
    assert [process.communicate(timeout=120)[0].split() for process in both] == [["begins", "950"]] * 2
    assert outcome(visit) == whole
    done = visit.rows("SELECT sum(rated), sum(rows) FROM import_run WHERE status = 'done'")
    assert done == [(len(whole["rated"]), 1900)]


@pytest.mark.sqlite_only
def test_a_locked_database_says_so(visit: Visit, path: Path) -> None:
    visit.store._writer().execute("PRAGMA busy_timeout=10")
    other = Store(visit.store.url)
    with other.transaction(), pytest.raises(Unavailable, match="another program"):
        perform(visit, "usage.import_file", path=str(path))
    other.close()
    assert take_in(visit, path).rated


@pytest.mark.sqlite_only
def test_a_full_disk_says_so_and_keeps_whole_chunks(visit: Visit, path: Path) -> None:
    pages = visit.rows("PRAGMA page_count")[0][0]
    visit.store._writer().execute(f"PRAGMA max_page_count={pages + 20}")
    with pytest.raises(Unavailable, match=r"disk is full.*start again"):
        perform(visit, "usage.import_file", path=str(path))
    assert visit.rows("SELECT count(*) FROM usage_record") == [(0,)]
    visit.store._writer().execute("PRAGMA max_page_count=1000000")
    assert take_in(visit, path).rated


@pytest.mark.sqlite_only
def test_a_read_only_database_says_so(visit: Visit, path: Path) -> None:
    visit.store._writer().execute("PRAGMA query_only=ON")
    with pytest.raises(Unavailable, match="read-only"):
        perform(visit, "usage.import_file", path=str(path))
    assert visit.rows("SELECT count(*) FROM import_run") == [(0,)]
