"""Closing: pools struck once, shares to the cent, late records as a difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.clock import FixedClock, month_bounds
from app.operations.core import Invalid, Refused, Visit
from app.operations.core.rating_store import current_state
from app.operations.core.registry import perform
from tests.factories import DAY, GB, NOVEMBER, Factory
from tests.intake.desk import cells, take_in, write

OCTOBER = NOVEMBER - 31 * DAY
NUMBERS = ("+31610000001", "+31610000002", "+31610000003")


@pytest.fixture
def visit(factory: Factory, tmp_path: Path) -> Visit:
    """A pool of 3 x 2 GB of which 10 GB are used in October: 5, 4 and 1."""
    account = factory.account()
    group = factory.group(account)
    for number in NUMBERS:
        factory.line(account, number=number, data_bundle="2", group_id=group)
    rows = [
        cells(f"r{i}", number, OCTOBER + i, volume=volume * GB)
        for i, (number, volume) in enumerate(zip(NUMBERS, (5, 4, 1), strict=True))
    ]
    take_in(factory.system, write(tmp_path / "october.csv", rows))
    return factory.system


@pytest.mark.capability("RL-03", "RL-05")
def test_the_pool_is_struck_once_and_shared_by_excess(visit: Visit) -> None:
    before = perform(visit, "closing.preview", month=202610)
    done = perform(visit, "closing.close", month=202610)
    assert (before.overage_cents, before.shares) == (done.overage_cents, done.shares)
    assert [(share.excess, share.share_cents) for share in done.shares] == [(3 * GB, 840), (2 * GB, 560)]
    assert done.overage_cents == sum(share.share_cents for share in done.shares) == 1400
    assert visit.rows("SELECT overage_micro FROM closing") == [(14_000_000,)]
    with pytest.raises(Invalid, match="closed before"):
        perform(visit, "closing.close", month=202610)


@pytest.mark.capability("RL-04", "RL-06")
def test_a_pool_that_holds_costs_nothing_and_carries_nothing_over(visit: Visit, tmp_path: Path) -> None:
    take_in(visit, write(tmp_path / "n.csv", [cells("n", NUMBERS[0], NOVEMBER + 5, volume=6 * GB)]))
    assert perform(visit, "closing.preview", month=202611).shares == ()
    take_in(visit, write(tmp_path / "m.csv", [cells("m", NUMBERS[0], NOVEMBER + 6, volume=GB)]))
    assert perform(visit, "closing.preview", month=202611).overage_cents == 350


@pytest.mark.parametrize("month", [202611, 202612, 202613, 11])
def test_a_month_that_is_not_over_is_not_closed(visit: Visit, month: int) -> None:
    with pytest.raises(Invalid):
        perform(visit, "closing.close", month=month)


def test_only_supervisors_close(factory: Factory, visit: Visit) -> None:
    with pytest.raises(Refused):
        perform(factory.visit("agent"), "closing.close", month=202610)


@pytest.mark.capability("BX-46")
@pytest.mark.parametrize("compiled", [False, True])
def test_a_late_record_is_billed_as_a_difference(visit: Visit, tmp_path: Path, compiled: bool) -> None:
    perform(visit, "closing.close", month=202610)
    rows = [cells("late", NUMBERS[2], OCTOBER + 9, volume=3 * GB), cells("new", NUMBERS[2], NOVEMBER + 9)]
    summary = take_in(visit, write(tmp_path / "late.csv", rows), compiled=compiled)
    assert (summary.rated, summary.late) == (2, 1)
    late = "SELECT external_id, late FROM rated_record JOIN usage_record ON id = usage_id WHERE late = 1"
    assert visit.rows(late) == [("late", 1)]
    differences = visit.rows("SELECT line_id, difference_micro / 10000 FROM adjustment ORDER BY 1")
    now = perform(visit, "closing.preview", month=202611)
    assert now.overage_cents == 0
    # 13 of 6 GB used: 7 GB cost 24.50, shared 3 : 2 : 2; 8.40 and 5.60 were billed.
    assert [cents for _, cents in differences] == [1050 - 840, 700 - 560, 700]
    assert visit.rows("SELECT sum(share_cents) FROM overage_share") == [(1400,)]


def test_after_two_more_closings_a_record_is_too_late(
    visit: Visit, clock: FixedClock, tmp_path: Path
) -> None:
    for month in (202610, 202611, 202612):
        clock.set(month_bounds(month, visit.zone)[1] + 1)
        perform(visit, "closing.close", month=month)
    rows = [cells("too-late", NUMBERS[0], OCTOBER + 9), cells("late", NUMBERS[0], NOVEMBER + 9)]
    summary = take_in(visit, write(tmp_path / "late.csv", rows))
    assert (summary.rated, summary.late, summary.suspended) == (1, 1, 1)
    assert perform(visit, "usage.suspense").rows[0].reason == "TOO_LATE"


@pytest.mark.capability("RL-36")
def test_the_state_of_a_month_without_usage_has_the_settings(factory: Factory) -> None:
    line = factory.line(factory.account(), limit_cents=10_000, bundles=3)
    state = current_state(factory.system, line, 202611)
    assert (state.limit, state.bundles, state.standard_micro) == (100_000_000, 3, 0)
