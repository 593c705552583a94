"""The start page of each role."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.operations.core import Visit
from app.operations.core.passwords import hash_password
from tests.factories import DAY, GB, NOVEMBER, Factory
from tests.screens.harness import LARGE
from tests.screens.my_products.steps import PLAN, at_the_keyboard

MANAGEMENT = ("Shared data", "Cost limits outside the EU", "Roaming bundles that run", "For the helpdesk")


async def test_an_admin_sees_pools_limits_and_bundles(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    group = factory.group(account_id, "Drivers")
    line = factory.line(account_id, person="Daan Driver", group_id=group, plan=PLAN, bundles=1)
    factory.line(account_id, person="Dora Driver", group_id=group, plan=PLAN)
    factory.usage(line, "data", 3 * GB, NOVEMBER + DAY)
    factory.usage(line, "data", GB, NOVEMBER + 2 * DAY, place="US")
    spender = factory.line(account_id, person="Sam Spender", plan=PLAN, limit_cents=5000, bundles=1)
    factory.usage(spender, "data", 30_000_000, NOVEMBER + DAY, place="JP")
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        page = await person.wait("Drivers")
        assert "3 GB of 12 GB" in page
        assert "25%" in page
        assert "Daan Driver" in page
        assert "1/10" in page
        assert "Sam Spender" in page
        assert "90%" in page
        assert "For the helpdesk" not in page
        assert "Customers" not in page
        await person.press("enter", sees="State")


@pytest.mark.capability("DB-12")
async def test_a_user_sees_no_management(
    factory: Factory, user_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    other = factory.line(account_id, person="Colleague Hidden", plan=PLAN)
    factory.usage(other, "data", GB, NOVEMBER + DAY)
    async with at_the_keyboard(user_visit, tmp_path, LARGE) as person:
        seen = [await person.wait("My use this month")]
        for keys, sees in (("2", "User name"), ("3", "Emma"), ("5", "On sale"), ("6", "Reach us")):
            seen.append(await person.press(keys, sees=sees))
        await person.press("3", sees="Emma")
        assert "Order a new line" not in await person.press("n")
        await person.press("5", sees="On sale")
        assert "Order a new line" not in await person.press("n")
        everything = "\n".join(seen)
        assert not any(text in everything for text in MANAGEMENT)
        for text in ("Colleague", "Who may act", "What was done", "nvoice", "New line", "Order a"):
            assert text not in everything, text
        assert "Order a" not in await person.press("f1", "f1", sees="Keys on this screen")


@pytest.mark.capability("DB-13")
async def test_a_user_with_a_number_sees_its_use_at_a_glance(
    factory: Factory, user_visit: Visit, tmp_path: Path
) -> None:
    line = user_visit.own_line_id or 0
    factory.usage(line, "data", 2 * GB, NOVEMBER + DAY)
    factory.usage(line, "voice", 3_725, NOVEMBER + 2 * DAY, number=31201234567)
    factory.usage(line, "sms", 1, NOVEMBER + 3 * DAY, number=31612345678)
    async with at_the_keyboard(user_visit, tmp_path) as person:
        page = await person.wait("My use this month")
        assert "2 GB of 6 GB" in page
        assert "33%" in page
        assert "1:02:05" in page
        assert "1 sent" in page
        factory.usage(line, "data", GB, NOVEMBER + 4 * DAY)
        await person.wait("3 GB of 6 GB")


async def test_a_user_without_a_number_is_told_what_to_do(
    factory: Factory, user_visit: Visit, tmp_path: Path
) -> None:
    login = factory.login(user_visit.account_id, "user", name="Nora Numberless")
    visit = replace(user_visit, login_id=login, own_line_id=None)
    async with at_the_keyboard(visit, tmp_path) as person:
        page = await person.wait("No mobile number is linked to your login.")
        assert "My use this month" not in page


async def test_an_agent_chooses_a_customer_by_keys(
    factory: Factory, agent_visit: Visit, tmp_path: Path
) -> None:
    first = factory.account("Aardvark Holding", number="C70001")
    stored = hash_password("zilvermeeuw")
    second = factory.account("Zebra Transport", number="C70002", telephone_hash=stored)
    factory.line(first, person="Ann Aardvark")
    factory.line(second, person="Zoe Zebra")
    factory.login(second, "holder", name="Hanna Holder")
    async with at_the_keyboard(agent_visit, tmp_path, LARGE) as person:
        page = await person.wait("Zebra Transport")
        assert "Aardvark Holding" in page
        assert "For the helpdesk" in page
        asked = await person.press("down", "enter", sees="Who is calling?")
        assert "Hanna Holder" in asked
        assert "Zoe" not in asked
        await person.press("enter", *"bill", "enter", *"Zilvermeeuw", "enter", sees="Latest messages")
        visit = person.portal.desk.visit
        assert visit is not None
        assert visit.account_id == second
        assert "Zebra Transport" in person.screen.splitlines()[0]
        lines = await person.press("3", sees="Zoe")
        assert "Ann Aardvark" not in lines
