"""What stops by itself, what an admin forbids, and how it goes on."""

from __future__ import annotations

import pytest

from app.clock import FixedClock
from app.operations.core import Refused, Visit, perform
from tests.factories import GB, Factory

MB = 1_000_000


@pytest.fixture
def zero_line(factory: Factory, account_id: int) -> int:
    return factory.line(account_id, data_bundle="0")


@pytest.fixture
def roaming_line(factory: Factory, account_id: int) -> int:
    """May use data everywhere; in Japan at 1.50 a megabyte, under a limit of 10 euro."""
    return factory.line(account_id, bundles=1, limit_cents=1000)


@pytest.mark.capability("RL-07", "RL-08", "RL-09")
def test_a_0_gb_line_is_blocked_until_it_is_lifted(
    factory: Factory, admin_visit: Visit, clock: FixedClock, zero_line: int
) -> None:
    factory.usage(zero_line, volume=100 * MB, start=clock.now() - 100)
    [blocked] = perform(admin_visit, "usage.records", line_id=zero_line).rows
    assert (blocked.status, blocked.charge_micro) == ("blocked", 0)
    assert perform(admin_visit, "lines.get", line_id=zero_line).state == "zero"
    [block] = perform(admin_visit, "blocks.get", line_id=zero_line)
    assert (block.kind, block.can_lift) == ("zero", True)
    assert "€0.0035" in block.note
    lifted = perform(admin_visit, "blocks.lift", line_id=zero_line)
    assert lifted.blocks == ()
    clock.advance(60)
    factory.usage(zero_line, volume=100 * MB, start=clock.now() - 10, place="DE")
    rated = perform(admin_visit, "usage.records", line_id=zero_line).rows[0]
    assert (rated.status, rated.charge_micro) == ("rated", 350_000)
    line = perform(admin_visit, "lines.get", line_id=zero_line)
    assert (line.state, line.counters.used_bytes, line.counters.out_of_bundle_micro) == ("ok", 0, 350_000)


def test_the_block_of_a_0_gb_line_can_be_restored(admin_visit: Visit, zero_line: int) -> None:
    perform(admin_visit, "blocks.lift", line_id=zero_line)
    restored = perform(admin_visit, "blocks.restore_zero", line_id=zero_line)
    assert [block.kind for block in restored.blocks] == ["zero"]


def test_only_a_0_gb_line_has_that_block(admin_visit: Visit, roaming_line: int) -> None:
    with pytest.raises(Refused):
        perform(admin_visit, "blocks.restore_zero", line_id=roaming_line)
    with pytest.raises(Refused):
        perform(admin_visit, "blocks.lift", line_id=roaming_line)


@pytest.mark.capability("RL-16")
def test_an_admin_lifts_the_block_of_the_limit(
    factory: Factory, admin_visit: Visit, clock: FixedClock, roaming_line: int
) -> None:
    factory.usage(roaming_line, volume=7 * MB, place="JP", start=clock.now() - 100)
    line = perform(admin_visit, "lines.get", line_id=roaming_line)
    assert (line.state, line.counters.standard_micro) == ("blocked", 10_500_000)
    [block] = perform(admin_visit, "blocks.get", line_id=roaming_line)
    assert "€20.00" in block.note
    clock.advance(10)
    perform(admin_visit, "blocks.lift", line_id=roaming_line)
    assert perform(admin_visit, "lines.get", line_id=roaming_line).counters.limit_level == 1
    clock.advance(60)
    factory.usage(roaming_line, volume=7 * MB, place="JP", start=clock.now() - 10)
    line = perform(admin_visit, "lines.get", line_id=roaming_line)
    assert (line.state, line.counters.standard_micro) == ("blocked", 21_000_000)


def test_raising_the_limit_lifts_the_block(
    factory: Factory, admin_visit: Visit, clock: FixedClock, roaming_line: int
) -> None:
    factory.usage(roaming_line, volume=7 * MB, place="JP", start=clock.now() - 100)
    perform(admin_visit, "limits.set", line_id=roaming_line, limit_cents=3000)
    assert perform(admin_visit, "lines.get", line_id=roaming_line).state == "ok"


def test_a_limit_that_cannot_be_exceeded_is_not_lifted(
    factory: Factory, admin_visit: Visit, clock: FixedClock, roaming_line: int
) -> None:
    perform(admin_visit, "limits.set_hard", line_id=roaming_line, hard=True)
    factory.usage(roaming_line, volume=7 * MB, place="JP", start=clock.now() + 1)
    clock.advance(10)
    with pytest.raises(Refused) as refused:
        perform(admin_visit, "blocks.lift", line_id=roaming_line)
    assert "higher limit" in refused.value.message


@pytest.mark.capability("RL-36")
def test_blocks_and_counters_are_gone_on_the_first(
    factory: Factory, admin_visit: Visit, clock: FixedClock, roaming_line: int
) -> None:
    factory.usage(roaming_line, volume=7 * MB, place="JP", start=clock.now() - 100)
    clock.set(1796079600)  # 2026-12-01T00:00 in Amsterdam
    line = perform(admin_visit, "lines.get", line_id=roaming_line)
    assert (line.state, line.counters.standard_micro) == ("ok", 0)


@pytest.mark.capability("RL-47")
def test_barring_answers_with_the_note_and_late_use_is_marked(
    factory: Factory, admin_visit: Visit, clock: FixedClock, roaming_line: int
) -> None:
    state = perform(admin_visit, "barring.set", line_id=roaming_line, bars=["data_outside_eu"])
    assert "just before or during a block" in state.note
    assert state.note == perform(admin_visit, "barring.note")
    factory.usage(roaming_line, volume=MB, place="JP", start=clock.now() + 5)
    [late] = perform(admin_visit, "usage.records", line_id=roaming_line).rows
    assert (late.status, late.leaked, late.charge_micro) == ("blocked", True, 0)


def test_what_was_used_before_a_bar_stays_rated(
    factory: Factory, admin_visit: Visit, clock: FixedClock, roaming_line: int
) -> None:
    factory.usage(roaming_line, volume=GB, place="US", start=clock.now() - 100)
    perform(admin_visit, "barring.set", line_id=roaming_line, bars=["roaming"])
    [record] = perform(admin_visit, "usage.records", line_id=roaming_line).rows
    assert record.status == "rated"
    assert perform(admin_visit, "lines.get", line_id=roaming_line).state == "barred"
    bars = {bar.code: bar.barred for bar in perform(admin_visit, "barring.get", line_id=roaming_line)}
    assert bars == {
        "premium": False,
        "international": False,
        "data_outside_eu": False,
        "data_eu": False,
        "roaming": True,
    }
