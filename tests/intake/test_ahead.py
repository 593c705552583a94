"""A file read by a second process: the same outcome, and no process left behind, whatever ends first."""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.i18n import use_language
from app.intake.ahead import read_ahead
from app.intake.detect import layout_of
from app.intake.reading import Part, Reading, parts_of
from app.intake.window import Window
from app.operations.core import Visit
from app.operations.intake import intake_of
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


def usage(path: Path, count: int) -> Path:
    """A file out of order, with rows that wait and repetitions."""
    dice = random.Random(11)
    rows = [
        cells(f"r{i}", dice.choice((*NUMBERS, "+31600000000")), AT + dice.randrange(DAY), volume=10**6)
        for i in range(count)
    ]
    return write(path, [*rows, *rows[:20], {**rows[0], "start": "yesterday"}])


def reading_of(visit: Visit, path: Path) -> Reading:
    """How the import reads a file."""
    layout = layout_of(path, intake_of(visit).mappings)
    return Reading(path, layout.kind, layout.mapping, layout.header, visit.content, visit.now, "en")


def told(part: Part) -> object:
    """What a part says, without the times it took."""
    return part.block.lines, part.mediated, part.position


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    return [int(name) for name in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@pytest.fixture
def others() -> set[int]:
    """What this process had started before the test."""
    return set(children(os.getpid()))


def ended(process: int) -> bool:
    """Whether a process is gone, or only waits to be counted by its parent."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def soon(process: int) -> bool:
    """Whether a process ends within half a minute."""
    for _ in range(600):
        if ended(process):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_read_ahead_ends_the_same(
    visit: Visit, tmp_path: Path, others: set[int], packed: bool, copied: Callable[[Store], Store]
) -> None:
    path = usage(tmp_path / "usage.csv", 300)
    if packed:
        data = gzip.compress(path.read_bytes())
        path = tmp_path / "usage.csv.gz"
        path.write_bytes(data[:-20])
    other = Visit(copied(visit.store), visit.clock, visit.content, role="system")
    with use_language("nl"):
        here, ahead = take_in(other, path, ahead_from=1 << 40), take_in(visit, path, ahead_from=0)
    assert (ahead.rows, ahead.rated, ahead.broken) == (here.rows, here.rated, here.broken)
    assert bool(ahead.broken) is packed
    assert ahead.rows
    assert outcome(visit) == outcome(other)
    assert others.issuperset(children(os.getpid()))


@pytest.mark.parametrize("program", ["/bin/false", "/nowhere/python"])
def test_without_a_second_process_the_file_is_read_here(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    assert take_in(visit, usage(tmp_path / "usage.csv", 100), ahead_from=0).rows == 121


def test_a_second_process_that_is_ended_loses_nothing(visit: Visit, tmp_path: Path, others: set[int]) -> None:
    reading = reading_of(visit, usage(tmp_path / "usage.csv", 20_000))
    parts = read_ahead(reading)
    found = [next(parts)]
    (process,) = set(children(os.getpid())) - others
    os.kill(process, signal.SIGKILL)
    found += parts
    assert [told(part) for part in found] == [told(part) for part in parts_of(reading)]
    assert ended(process)


def test_leaving_early_ends_the_second_process(visit: Visit, tmp_path: Path, others: set[int]) -> None:
    parts = read_ahead(reading_of(visit, usage(tmp_path / "usage.csv", 20_000)))
    next(parts)
    (process,) = set(children(os.getpid())) - others
    parts.close()
    assert ended(process)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.capability("BX-45")
def test_an_import_that_is_ended_takes_its_second_process_along(
    visit: Visit, tmp_path: Path, how: signal.Signals
) -> None:
    path = usage(tmp_path / "usage.csv", 100_000)
    command = [sys.executable, "-m", "tests.intake.importer", visit.store.url, str(path)]
    importer = subprocess.Popen(
        [*command, str(visit.now), "0"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not (found := children(importer.pid)):
        assert importer.poll() is None
        time.sleep(0.01)
    importer.send_signal(how)
    assert importer.wait(30) != 0
    assert soon(found[0])
    assert visit.rows("SELECT count(*) FROM usage_record") == visit.rows("SELECT count(*) FROM rated_record")
    statuses = visit.rows("SELECT status FROM import_run")
    assert statuses == [("failed" if how == signal.SIGINT else "running",)]


def test_what_comes_in_order_is_stored_sooner(visit: Visit, tmp_path: Path) -> None:
    rows = [cells(f"r{i}", NUMBERS[0], AT + i, volume=1) for i in range(6_000)]
    for order, full in ((rows, True), (rows[::-1], False)):
        reading = reading_of(visit, write(tmp_path / "usage.csv", order))
        window = Window(reading.header, 6_000)
        for part in parts_of(reading):
            window.add(part)
        assert window.full is full
        assert [len(chunk.line_nos) for chunk in window.chunks()] == [6_000]
        later = window.next(window.size)
        later.add(next(iter(parts_of(reading))))
        assert later.in_order is False
