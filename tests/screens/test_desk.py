"""What the screens ask for is done one after another; what waits behind the end of a visit finds nobody."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.content import Content
from app.operations.core import SignedOut
from app.screens.desk import Desk
from app.settings import read_settings
from app.store import Store
from tests.factories import Factory
from tests.operations.door import Door
from tests.operations.three_customers import PASSWORD_HASH


async def test_what_waits_behind_signing_out_is_not_written_down_as_refused(
    factory: Factory, store: Store, content: Content, clock: FixedClock, tmp_path: Path
) -> None:
    settings = read_settings({"LOKET_HOME": str(tmp_path)})
    factory.login(factory.account(), "holder", user_name="anna", password_hash=PASSWORD_HASH)
    visit = Door(store, clock, content, settings)("anna")
    desk = Desk(settings, clock)
    desk.visit = visit
    leaving, late, again = (
        asyncio.create_task(asked)
        for asked in (desk.end_visit(), desk.do("dashboard.overview"), desk.end_visit())
    )
    await leaving
    with pytest.raises(SignedOut):
        await late
    await again
    rows = visit.store.rows("SELECT operation, outcome FROM audit WHERE outcome = 'refused'")
    assert rows == []
