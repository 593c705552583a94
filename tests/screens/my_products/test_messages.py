"""Messages of a line: list, filter, and the whole text below."""

from __future__ import annotations

from pathlib import Path

from app.operations.core import Visit
from app.operations.core.outbox import enqueue
from tests.factories import Factory
from tests.screens.my_products.steps import PLAN, at_the_keyboard


async def test_a_filter_that_fits_nothing_leaves_no_text_below(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    account = admin_visit.account_id or 0
    line = factory.line(account, person="Lotte", plan=PLAN)
    with admin_visit.store.transaction() as tx:
        enqueue(tx, "k", "sms", "+31612345678", "Welcome abroad", 5, account_id=account, line_id=line)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        await person.press("m", sees="+31 6 1234 5678")
        await person.press("slash", sees="Filter messages")
        await person.press(*"zzz", "enter", sees="0 messages", misses="Welcome")
