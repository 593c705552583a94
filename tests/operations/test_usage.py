"""Records of a line, why they cost what they cost, and what is to come."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.clock import FixedClock
from app.operations.core import Invalid, NotFound, Visit, perform
from tests.factories import DAY, GB, NOVEMBER, Factory

MB = 1_000_000
OCTOBER = NOVEMBER - 31 * DAY - 3600


@pytest.fixture
def line_id(factory: Factory, account_id: int) -> int:
    return factory.line(account_id, bundles=1)


def test_pages_run_through_a_month_newest_first(factory: Factory, admin_visit: Visit, line_id: int) -> None:
    ids = [factory.usage(line_id, volume=MB, start=NOVEMBER + n * 3600) for n in range(12)]
    ids += [factory.usage(line_id, volume=MB, start=NOVEMBER + 11 * 3600) for _ in range(3)]
    factory.usage(line_id, volume=MB, start=NOVEMBER - 1)
    seen, page = [], perform(admin_visit, "usage.records", line_id=line_id, limit=4)
    seen += page.rows
    while page.more:
        page = perform(admin_visit, "usage.records", line_id=line_id, limit=4, after=page.last_key)
        seen += page.rows
    assert [row.id for row in seen] == ids[::-1]
    back = perform(admin_visit, "usage.records", line_id=line_id, limit=4, before=page.first_key)
    assert [row.id for row in back.rows] == [row.id for row in seen[-7:-3]]
    assert perform(admin_visit, "usage.months", line_id=line_id) == [202611, 202610]


@pytest.mark.sqlite_only
def test_a_page_is_read_from_the_lines_index(factory: Factory, admin_visit: Visit, line_id: int) -> None:
    plan = admin_visit.rows(
        "EXPLAIN QUERY PLAN SELECT usage_record.id FROM usage_record "
        "JOIN rated_record ON rated_record.usage_id = usage_record.id WHERE usage_record.line_id = 1 "
        "AND usage_record.start >= 1 AND usage_record.start < 2 "
        "AND (usage_record.start, usage_record.tie) < (5, 5) "
        "ORDER BY usage_record.start DESC, usage_record.tie DESC LIMIT 129"
    )
    said = " ".join(row[-1] for row in plan)
    assert "usage_stream" in said
    assert "TEMP B-TREE" not in said


def test_kinds_are_told_apart(factory: Factory, admin_visit: Visit, line_id: int) -> None:
    factory.usage(line_id, "voice", 60, number=31612345678)
    factory.usage(line_id, "sms", 1, number=31612345678)
    factory.usage(line_id, "data", MB)
    for kind in ("voice", "sms", "data"):
        rows = perform(admin_visit, "usage.records", line_id=line_id, kind=kind).rows
        assert [row.kind for row in rows] == [kind]
    with pytest.raises(Invalid):
        perform(admin_visit, "usage.records", line_id=line_id, kind="fax")
    with pytest.raises(Invalid):
        perform(admin_visit, "usage.records", line_id=line_id, after="nonsense")


def test_a_user_reads_their_own_use(factory: Factory, user_visit: Visit) -> None:
    factory.usage(user_visit.own_line_id, volume=2 * GB)
    seen = perform(user_visit, "dashboard.overview")
    assert seen.own_line.counters.used_bytes == 2 * GB
    assert len(perform(user_visit, "usage.records", line_id=user_visit.own_line_id).rows) == 1


def test_days_of_a_month_sum_to_it(factory: Factory, admin_visit: Visit, line_id: int) -> None:
    factory.usage(line_id, volume=GB, start=NOVEMBER)
    factory.usage(line_id, volume=GB, start=NOVEMBER + DAY - 1)
    factory.usage(line_id, volume=3 * GB, start=NOVEMBER + DAY)
    factory.usage(line_id, volume=5 * GB, start=NOVEMBER + 29 * DAY, place="US")
    factory.usage(line_id, "voice", 90, start=NOVEMBER + DAY, number=442071234567)
    days = perform(admin_visit, "usage.daily", line_id=line_id)
    assert [day.data_bytes for day in days[:3]] == [2 * GB, 3 * GB, 0]
    assert days[29].roaming_bytes == 5 * GB
    assert days[1].voice_seconds == 90
    line = perform(admin_visit, "lines.get", line_id=line_id)
    assert sum(day.charge_micro for day in days) == line.counters.charge_micro


def test_the_day_the_clock_goes_back_has_25_hours(factory: Factory, admin_visit: Visit, line_id: int) -> None:
    midnight = OCTOBER + 24 * DAY  # 2026-10-25T00:00+02:00
    factory.usage(line_id, volume=GB, start=midnight)
    factory.usage(line_id, volume=GB, start=midnight + 25 * 3600 - 1)
    days = perform(admin_visit, "usage.daily", line_id=line_id, month=202610)
    assert len(days) == 31
    assert days[24].data_bytes == 2 * GB


@pytest.mark.capability("BX-47")
@pytest.mark.parametrize(("language", "words"), [("en", "per 1,000,000 bytes"), ("nl", "1.000.000 bytes")])
def test_a_price_is_explained_so_that_it_can_be_worked_out(
    factory: Factory, admin_visit: Visit, line_id: int, language: str, words: str
) -> None:
    record = factory.usage(line_id, volume=2_500_500, place="JP")
    told = perform(replace(admin_visit, language=language), "usage.explain", record_id=record)
    text = " ".join(told.sentences)
    assert words in text
    facts = told.facts
    assert facts["tariff"] == "zakelijk-mobiel@2026-07-01"
    # 2,501 increments of 1,000 bytes at 1.50 per 1,000,000 bytes, to four decimals.
    assert facts["units"] == 2501
    assert facts["charge_micro"] == 2501 * 1000 * 1_500_000 // 1_000_000 // 100 * 100 + 100 * (
        2501 * 1500 % 100 >= 50
    )
    assert told.record.charge_micro == facts["charge_micro"]


def test_another_customers_record_looks_like_none(factory: Factory, line_id: int) -> None:
    record = factory.usage(line_id)
    stranger = factory.visit("admin", factory.account())
    with pytest.raises(NotFound) as other:
        perform(stranger, "usage.explain", record_id=record)
    with pytest.raises(NotFound) as none:
        perform(stranger, "usage.explain", record_id=10**9)
    assert other.value.message == none.value.message


@pytest.mark.capability("BX-49")
def test_a_forecast_names_a_date_with_a_range(
    factory: Factory, admin_visit: Visit, clock: FixedClock, account_id: int
) -> None:
    line = factory.line(account_id, group_id=factory.group(account_id), bundles=1, data_bundle="6")
    for day in range(20):
        factory.usage(line, volume=(200 + 20 * (day % 2)) * MB, start=NOVEMBER + day * DAY + 3600)
        factory.usage(line, volume=MB, start=NOVEMBER + day * DAY + 7200, place="JP")
    rows = {row.target: row for row in perform(admin_visit, "usage.forecast", line_id=line)}
    bundle = rows["bundle"]
    assert (bundle.used, bundle.goal, bundle.reached) == (4_200 * MB, 6 * GB, False)
    assert clock.now() < bundle.earliest < bundle.expected < NOVEMBER + 30 * DAY
    assert rows["pool"].goal == 6 * GB
    assert rows["limit"].used == 30_000_000
    assert rows["limit"].goal == 50_000_000


@pytest.mark.capability("BX-48")
def test_a_simulation_names_the_cheapest_bundle_in_euros(
    factory: Factory, admin_visit: Visit, store: object, account_id: int
) -> None:
    small = factory.line(account_id, data_bundle="25")
    factory.usage(small, volume=GB, start=OCTOBER + 5 * DAY)
    large = factory.line(account_id, data_bundle="2")
    factory.usage(large, volume=14 * GB, start=OCTOBER + 5 * DAY)
    before = dump(admin_visit)
    result = perform(admin_visit, "usage.simulate")
    assert dump(admin_visit) == before
    assert result.month == 202610
    told = {line.line_id: line for line in result.lines.rows}
    # 25 GB costs 15.50 a month, 2 GB 3.50; 12 GB above 2 GB cost 42.00, 15 GB costs 11.50.
    assert (told[small].cheapest.code, told[small].saving_cents) == ("2", 1200)
    assert (told[large].present.total_cents, told[large].cheapest.code) == (350 + 4200, "15")
    assert result.saving_cents == 1200 + 350 + 4200 - 1150
    assert "0" in {choice.code for choice in told[small].choices if choice.blocked}


@pytest.mark.capability("BX-48")
def test_a_simulation_tries_roaming_bundles(factory: Factory, admin_visit: Visit, account_id: int) -> None:
    line = factory.line(account_id, bundles=1)
    factory.usage(line, volume=20 * MB, start=OCTOBER + 5 * DAY, place="JP")
    result = perform(admin_visit, "usage.simulate", what="roaming", line_id=line)
    [told] = result.lines.rows
    # 20 MB in Japan cost 30.00 at the standard rate, 25.00 with the bundle of Countries B.
    assert (told.present.code, told.present.roaming_cents) == ("a", 3000)
    assert told.cheapest.roaming_cents < 3000
    assert "b" in told.cheapest.code
    assert {choice.code for choice in told.choices if choice.blocked} == {"none"}
    with pytest.raises(Invalid):
        perform(admin_visit, "usage.simulate", what="everything")


def dump(visit: Visit) -> list[object]:
    """All that a simulation could have touched."""
    tables = (
        "line",
        "line_command",
        "usage_record",
        "rated_record",
        "counter",
        "crossing",
        "message",
        "audit",
    )
    return [visit.rows(f"SELECT * FROM {table}") for table in tables]
