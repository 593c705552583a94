"""Figures that must agree wherever they show: price and booking, records and closing, marks and messages."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from app.clock import FixedClock
from app.operations.core import Conflict, Refused, Visit, perform
from app.operations.core.registry import Operation, every
from app.rating.codes import Status
from tests.factories import DAY, GB, NOVEMBER, Factory
from tests.operations.three_customers import OWN, World, arguments

COSTS = [each for each in every() if each.costs]
OCTOBER = 202610
MB = 10**6


@pytest.mark.capability("BX-40")
@pytest.mark.parametrize("operation", COSTS, ids=lambda each: each.name)
def test_what_is_booked_is_what_was_shown(operation: Operation, world: World, tmp_path: Path) -> None:
    visit = world.visit("admin", 0)
    shown = operation.function(visit, **arguments(operation, world, 0))
    again = perform(visit, "quotes.get", quote_id=shown.id)
    assert again == shown
    before = world.store.rows("SELECT * FROM line ORDER BY id")
    booked = perform(visit, "quotes.accept", quote_id=shown.id)
    assert (booked.quote.lines, booked.quote.notes) == (shown.lines, shown.notes)
    assert (booked.quote.once_cents, booked.quote.monthly_cents) == (shown.once_cents, shown.monthly_cents)
    assert booked.quote.status == "accepted"
    after = world.store.rows("SELECT * FROM line ORDER BY id")
    cards = world.store.row("SELECT count(*) FROM sim WHERE line_id = :line", line=booked.line_id)
    assert before != after or cards != (0,)
    with pytest.raises(Refused, match="before"):
        perform(visit, "quotes.accept", quote_id=shown.id)
    assert world.store.rows("SELECT * FROM line ORDER BY id") == after


@pytest.mark.parametrize("operation", COSTS, ids=lambda each: each.name)
def test_a_price_ends_with_its_half_hour(operation: Operation, world: World, clock: FixedClock) -> None:
    visit = world.visit("admin", 0)
    shown = operation.function(visit, **arguments(operation, world, 0))
    clock.set(shown.expires_at)
    before = world.print_of_all_else()
    with pytest.raises(Refused, match="too old"):
        perform(visit, "quotes.accept", quote_id=shown.id)
    assert world.print_of_all_else() == before


@pytest.mark.parametrize("name", [each.name for each in COSTS if each.name != "orders.quote"])
def test_a_line_that_was_changed_meanwhile_is_not_booked_on(name: str, world: World) -> None:
    visit = world.visit("admin", 0)
    operation = next(each for each in COSTS if each.name == name)
    shown = operation.function(visit, **arguments(operation, world, 0))
    perform(visit, "limits.set_hard", line_id=world.firms[0].lines[OWN], hard=True)
    before = world.print_of_all_else()
    with pytest.raises(Conflict):
        perform(visit, "quotes.accept", quote_id=shown.id)
    assert world.print_of_all_else() == before


@pytest.mark.parametrize("seed", range(4))
def test_a_closing_is_the_sum_of_its_records(seed: int, factory: Factory, account_id: int) -> None:
    chance = random.Random(seed)
    group = factory.group(account_id)
    lines = [
        factory.line(
            account_id, group_id=group, data_bundle=bundle, bundles=bits, zero_lifted=1, bundle_cap=2
        )
        for bundle, bits in (("2", 1), ("2", 8), ("0", 2), ("unlimited", 4), ("6", 0))
    ]
    for _number in range(60):
        kind = chance.choice(["data", "data", "voice", "sms"])
        volume = chance.randrange(1, 3 * GB) if kind == "data" else chance.randrange(0, 500)
        factory.usage(
            chance.choice(lines),
            kind,
            volume,
            start=NOVEMBER - chance.randrange(1, 30 * DAY),
            place=chance.choice(["NL", "DE", "US", "JP", "BR", "X-SHIP"]),
            number=chance.choice([49301234567, 12125550100, 319001234]),
        )
    report = perform(factory.system, "closing.close", month=OCTOBER)
    charged, bundles = sums(factory.system, lines)
    closed = factory.system.row("SELECT usage_micro, bundles_micro, overage_micro FROM closing")
    assert closed is not None
    assert closed[:2] == (charged - bundles, bundles)
    assert closed[2] == 10_000 * sum(share.share_cents for share in report.shares)
    assert report.overage_cents == sum(share.share_cents for share in report.shares)
    stored = factory.system.rows("SELECT line_id, share_cents FROM overage_share ORDER BY line_id")
    assert stored == sorted((share.line_id, share.share_cents) for share in report.shares)
    for line in lines:
        assert_counter_is_its_records(factory.system, line)


def sums(visit: Visit, lines: list[int]) -> tuple[int, int]:
    """Micro-euro of all records of the lines: charged, and of it for roaming bundles."""
    row = visit.row(
        "SELECT sum(charge_micro), sum(bundle_micro) FROM rated_record JOIN usage_record "
        "ON usage_record.id = usage_id "
        "WHERE line_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:lines))",
        lines=str(lines),
    )
    assert row is not None
    return int(row[0]), int(row[1])


def assert_counter_is_its_records(visit: Visit, line: int) -> None:
    """The counter's sums are those of the stored records; what leaked cost nothing."""
    records = visit.rows(
        "SELECT status, charge_micro, included, bundle_volume FROM rated_record JOIN usage_record "
        "ON usage_record.id = usage_id WHERE line_id = :line",
        line=line,
    )
    counter = visit.row(
        "SELECT voice_micro + sms_micro + standard_micro + out_of_bundle_micro + bundle_micro, "
        "bundle_used_a + bundle_used_b + bundle_used_rest + bundle_used_world, records "
        "FROM counter WHERE line_id = :line",
        line=line,
    )
    if counter is None:
        assert records == []
        return
    rated = [record for record in records if record[0] == Status.RATED]
    assert counter[0] == sum(record[1] for record in rated)
    assert counter[1] == sum(record[3] for record in records)
    assert counter[2] == len(records)
    assert all(record[1] == 0 for record in records if record[0] != Status.RATED)


@pytest.mark.capability("BX-46")
@pytest.mark.parametrize("seed", range(6))
def test_one_message_a_mark_in_whatever_order_records_come(
    seed: int, factory: Factory, account_id: int
) -> None:
    def live(order: list[int], **fields: Any) -> tuple[int, set[tuple[Any, ...]]]:
        line = factory.line(account_id, bundles=1, usage_notice_bytes=5 * GB, **fields)
        for position in order:
            place, volume = events[position]
            factory.usage(line, "data", volume, start=NOVEMBER + position * DAY, place=place)
        marks = factory.system.rows(
            "SELECT kind, bundle_no, at FROM crossing WHERE owner_id = :line", line=line
        )
        return line, set(marks)

    events = [
        ("JP", 20 * MB),
        ("US", 25 * GB),
        ("NL", 3 * GB),
        ("JP", 10 * MB),
        ("NL", 3 * GB),
        ("US", 9 * GB),
    ]
    events += [("JP", 9 * MB), ("DE", GB), ("US", 30 * GB)]
    order = list(range(len(events)))
    in_order, marks = live(order)
    random.Random(seed).shuffle(order)
    shuffled, same = live(order)
    assert marks == same
    assert len(marks) >= 6
    kinds = "SELECT substr(key, instr(substr(key, 5), ':') + 5) FROM message WHERE line_id = :line"
    told = [row[0] for row in factory.system.rows(kinds, line=shuffled)]
    assert len(told) == len(set(told))
    highest = {
        row[0] for row in factory.system.rows(kinds, line=in_order) if "100" in row[0] or "200" in row[0]
    }
    assert highest <= set(told)
    before = factory.system.rows("SELECT id, key, status FROM message ORDER BY id")
    perform(factory.system, "usage.replay")
    for line in (in_order, shuffled):
        factory.usage(line, "data", 0, start=NOVEMBER + 5, place="NL")
    assert factory.system.rows("SELECT id, key, status FROM message ORDER BY id") == before


def test_a_switched_off_message_is_kept_and_not_sent(factory: Factory, account_id: int) -> None:
    line = factory.line(account_id, bundles=1, tell_usage=0, tell_limit=0)
    factory.usage(line, "data", 31 * GB, place="US")
    factory.usage(line, "data", 40 * MB, place="JP")
    rows = factory.system.rows("SELECT key, status FROM message WHERE line_id = :line", line=line)
    muted = {key.split(":")[3] for key, status in rows if status == "muted"}
    assert {"bundle-start", "bundle-100"} <= muted
    assert [key.split(":")[3] for key, status in rows if status == "queued"] == ["limit-100"]
