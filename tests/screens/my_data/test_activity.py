"""The activity log: who, when, what, on whose behalf and why, found by typing a part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.core import Visit, perform
from tests.factories import Factory
from tests.screens.harness import LARGE
from tests.screens.my_products.steps import at_the_keyboard


@pytest.mark.capability("BX-34")
async def test_what_an_agent_did_is_shown_with_caller_and_reason(
    factory: Factory, admin_visit: Visit, assisting_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    line = factory.line(account_id, number="+31612345678")
    perform(assisting_visit, "limits.set", line_id=line, limit_cents=10_000)
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await person.press("2")
        page = await person.press("y", sees="Changed a cost limit")
        for text in ("Arie Agent", "helpdesk agent", "+31612345678", "Carla Caller", "€50.00 → €100.00"):
            assert text in page, page
        assert "asks about the invoice" in page


async def test_the_log_is_narrowed_by_typing(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    line = factory.line(account_id, number="+31612345678")
    perform(admin_visit, "limits.set", line_id=line, limit_cents=10_000)
    perform(admin_visit, "barring.set", line_id=line, bars=["premium"])
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await person.press("2")
        await person.press("y", sees="Changed a cost limit")
        await person.press("/", *"forbid", sees="forbidden on a line", misses="Changed a cost limit")
