"""A data bundle counts from the month it is changed in: what is over is closed on what the line had then."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.clock import FixedClock
from app.operations.core import Refused, Visit, perform
from tests.factories import DAY, GB, NOVEMBER, Factory

OCTOBER = 202610


def change_to(visit: Visit, line: int, bundle: str) -> None:
    quote = perform(visit, "bundles.quote_data", line_id=line, data_bundle=bundle)
    perform(visit, "quotes.accept", quote_id=quote.id)


@pytest.mark.capability("RL-05")
def test_a_bigger_bundle_bought_afterwards_does_not_pay_last_month(
    factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    line = factory.line(account_id, data_bundle="2")
    factory.usage(line, "data", 3 * GB, start=NOVEMBER - 9 * DAY)
    before = perform(factory.system, "closing.preview", month=OCTOBER)
    assert before.overage_cents == 350  # 1 GB above 2 GB, at 0.0035 a MB
    change_to(admin_visit, line, "25")
    change_to(admin_visit, line, "unlimited")
    assert perform(factory.system, "closing.preview", month=OCTOBER).overage_cents == 350
    simulated = perform(admin_visit, "usage.simulate", month=OCTOBER, line_id=line).lines.rows[0]
    assert simulated.present.code == "2"
    assert perform(admin_visit, "lines.get", line_id=line).data_bundle == "unlimited"


def test_a_late_record_is_rated_on_the_bundle_of_its_month(
    factory: Factory, admin_visit: Visit, account_id: int, clock: FixedClock
) -> None:
    line = factory.line(account_id, data_bundle="6")
    factory.usage(line, "data", GB, start=NOVEMBER - 9 * DAY)
    change_to(admin_visit, line, "0")
    late = factory.usage(line, "data", GB, start=NOVEMBER - 8 * DAY)
    assert perform(admin_visit, "usage.explain", record_id=late).record.status == "rated"
    clock.set(int(datetime(2026, 12, 2, tzinfo=UTC).timestamp()))
    change_to(admin_visit, line, "15")
    blocked = factory.usage(line, "data", GB, start=NOVEMBER + 9 * DAY)
    assert perform(admin_visit, "usage.explain", record_id=blocked).record.status == "blocked"


def test_leaving_0_gb_rates_the_month_again(factory: Factory, admin_visit: Visit, account_id: int) -> None:
    line = factory.line(account_id, data_bundle="0")
    record = factory.usage(line, "data", GB)
    assert perform(admin_visit, "usage.explain", record_id=record).record.status == "blocked"
    change_to(admin_visit, line, "6")
    assert perform(admin_visit, "usage.explain", record_id=record).record.status == "rated"


def test_data_used_between_the_price_and_yes_keeps_a_line_from_0_gb(
    factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    line = factory.line(account_id, data_bundle="6")
    quote = perform(admin_visit, "bundles.quote_data", line_id=line, data_bundle="0")
    factory.usage(line, "data", GB)
    with pytest.raises(Refused, match="used data"):
        perform(admin_visit, "quotes.accept", quote_id=quote.id)
    assert perform(admin_visit, "quotes.get", quote_id=quote.id).status == "open"
