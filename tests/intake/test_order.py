"""Any order, slicing and repetition of records, either engine: the same ratings, counters, closing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import FixedClock
from app.content import Content
from app.operations.core import Visit
from app.operations.core.month_end import account_months
from app.store import Store
from tests.factories import DAY, GB, NOVEMBER, Factory
from tests.intake.desk import adds_up, cells, outcome, take_in, write

OCTOBER = NOVEMBER - 31 * DAY
NUMBERS = ("+31610000001", "+31610000002", "+31610000003")

rows = st.lists(
    st.tuples(
        st.sampled_from((*NUMBERS, "+31619999999")),
        st.sampled_from((OCTOBER, NOVEMBER - 1, NOVEMBER, NOVEMBER + DAY))
        | st.integers(OCTOBER, NOVEMBER + 9 * DAY),
        st.sampled_from(("data", "data", "voice", "sms")),
        st.sampled_from((0, 1, 999, GB, 4 * GB, 29 * GB)),
        st.sampled_from(("NL", "DE", "US", "JP")),
        st.sampled_from(("31612345678", "4930123456", "319001234", "")),
    ),
    min_size=1,
    max_size=14,
)


@contextmanager
def desk(template: Path, content: Content, clock: FixedClock) -> Iterator[Visit]:
    """A database with three lines, two of them in one pool, and settings that change in the month."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "loket.db"
        shutil.copyfile(template, path)
        store = Store(f"sqlite:///{path}")
        factory = Factory(store, content, clock)
        account = factory.account()
        group = factory.group(account)
        for number in NUMBERS[:2]:
            factory.line(account, number=number, data_bundle="2", group_id=group, bundles=1)
        line = factory.line(account, number=NUMBERS[2], data_bundle="6", bundles=1, limit_cents=1000)
        for tie, (at, kind, value) in enumerate(
            ((NOVEMBER + DAY, 18, 8), (NOVEMBER + 3 * DAY, 18, 0), (NOVEMBER + 4 * DAY, 24, 0)), 900
        ):
            values = {"line_id": line, "effective_at": at, "tie": tie, "kind": kind, "value": value}
            factory.insert("line_command", values)
        yield factory.system
        store.close()


def struck(visit: Visit) -> list[Any]:
    """The closings of both months, line by line."""
    return [list(account_months(visit, month)) for month in (202610, 202611)]


@pytest.mark.capability("BX-46", "BX-45")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=rows, data=st.data())
def test_arrival_changes_nothing(
    template_database: Path, content: Content, clock: FixedClock, rows: list[Any], data: st.DataObject
) -> None:
    written = [
        cells(f"r{index}", number, start, kind, min(volume, 900) if kind != "data" else volume, place, to)
        for index, (number, start, kind, volume, place, to) in enumerate(rows)
    ]
    shuffled = data.draw(st.permutations(written))
    repeated = data.draw(st.lists(st.sampled_from(written), max_size=5))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(written)), max_size=3)))
    parts = [shuffled[a:b] for a, b in zip([0, *cuts], [*cuts, len(written)], strict=True)]
    engines = data.draw(st.lists(st.booleans(), min_size=len(parts) + 1, max_size=len(parts) + 1))
    with desk(template_database, content, clock) as visit:
        path = visit.store.path.with_name("usage.csv")
        take_in(visit, write(path, written))
        expected = outcome(visit), struck(visit)
    with desk(template_database, content, clock) as visit:
        path = visit.store.path.with_name("usage.csv")
        total = 0
        for part, compiled in zip([*parts, repeated], engines, strict=True):
            chunk = data.draw(st.integers(1, 5))
            summary = take_in(visit, write(path, part), compiled=compiled, chunk=chunk)
            assert adds_up(summary)
            total += summary.rated + summary.suspended
        assert total == len(written)
        assert outcome(visit) == expected[0]
        assert struck(visit) == expected[1]
