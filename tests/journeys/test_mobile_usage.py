"""An admin reads what a line used, what it cost, why, and what is to come, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.core import Visit
from tests.factories import DAY, GB, NOVEMBER, Factory
from tests.screens.harness import LARGE
from tests.screens.my_products.steps import PLAN, at_the_keyboard

OCTOBER = NOVEMBER - 20 * DAY


@pytest.mark.capability("BX-47")
async def test_why_this_price_follows_the_cursor(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, bundles=1, limit_cents=500000)
    factory.usage(line, "data", 2 * GB, NOVEMBER + DAY)
    factory.usage(line, "data", 9_000_000, NOVEMBER + 2 * DAY, place="ZA")
    factory.usage(line, "data", 3 * GB, NOVEMBER + 3 * DAY, place="US")
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        await person.press("u", sees="3 records")
        bundle = await person.press("w", sees="Used in United States: on the tariff's list of Countries A.")
        assert "Why this price" in bundle
        standard = await person.press("down", sees="Used in South Africa")
        assert "edition of 2026-07-01" in standard
        home = await person.press("down", sees="Used in Netherlands: at home.")
        assert "It draws on the data bundle of the line" in home
        await person.press("w", misses="Why this price─")


async def test_months_and_kinds_of_records(factory: Factory, admin_visit: Visit, tmp_path: Path) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN)
    factory.usage(line, "data", GB, NOVEMBER + DAY)
    factory.usage(line, "sms", 1, NOVEMBER + DAY, number=31612345678)
    factory.usage(line, "data", GB, OCTOBER)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        await person.press("u", sees="November 2026  ·  everything  ·  2 records")
        await person.press("t", sees="data  ·  1 record")
        await person.press("t", sees="calls  ·  0 records")
        await person.press("t", sees="SMS  ·  1 record")
        await person.press("t", sees="everything  ·  2 records")
        await person.press("left_square_bracket", sees="October 2026  ·  everything  ·  1 record")
        await person.press("right_square_bracket", sees="November 2026")
        await person.press("right_square_bracket", sees="November 2026")


@pytest.mark.capability("BX-48")
async def test_what_if_names_the_cheapest_bundle_in_euros(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, data_bundle="25")
    factory.usage(line, "data", 4 * GB, OCTOBER)
    before = admin_visit.rows("SELECT count(*) FROM audit")
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        page = await person.press("i", sees="less in October 2026 than 25 GB.")
        assert "6 GB would have cost €8.50 less in October 2026 than 25 GB." in page
        rows = page.splitlines()
        assert any("6 GB" in row and "cheapest" in row for row in rows)
        assert any("25 GB" in row and "now" in row for row in rows)
        await person.press("t", sees="with other roaming bundles?")
    assert admin_visit.rows("SELECT count(*) FROM audit") == before, "nothing was written"


@pytest.mark.capability("BX-49", "RL-04")
async def test_overview_shows_meters_pool_and_forecast(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    account = admin_visit.account_id or 0
    group = factory.group(account, "Planning")
    line = factory.line(account, person="Lotte", plan=PLAN, group_id=group, data_bundle="2")
    for _ in range(4):
        factory.line(account, plan=PLAN, group_id=group, data_bundle="2")
    for day in range(20):
        factory.usage(line, "data", 400_000_000, NOVEMBER + day * DAY + 3600)
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        page = await person.open_line("Lot")
        page = await person.wait("Forecast")
        assert "8 / 2 GB" in page
        assert "Pool of 5 lines" in page
        assert "8 / 10 GB" in page
        assert "Data bundle: reached" in page
        assert "Pool Planning, 2 GB: about 26 Nov (between" in page
        assert "beyond the subscription €0.00" in page, "the pool holds"
        assert "total 8 GB" in page


@pytest.mark.capability("RL-21", "RL-22")
async def test_messages_show_what_the_user_was_sent(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, bundles=1)
    factory.usage(line, "data", GB, NOVEMBER + DAY, place="US")
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        page = await person.press("m", sees="has started")
        assert "9 more are left this month" in " ".join(page.split())
        assert "out" in page
        await person.press("slash", sees="Filter messages")
        await person.press(*"nothing", "enter", sees="0 messages · filter “nothing”")
        await person.press("slash", sees="Filter messages")
        await person.press(*["backspace"] * 7, *"bundle", "enter", sees="1 message · filter “bundle”")
