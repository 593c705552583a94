"""What follows the changes of others ends when it is told to, whatever it is doing."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

from app.screens.desk import Desk
from app.screens.live import Live


async def asked_each_second() -> int:
    return -1


async def test_a_reading_that_takes_the_end_for_its_own_is_told_again() -> None:
    begun, over = asyncio.Event(), []

    async def reload() -> None:
        begun.set()
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            over.append("as if only this was ended")

    desk: Any = SimpleNamespace(
        listen=asked_each_second, heard=lambda: True, person_at=0, clock=SimpleNamespace(now=lambda: 0)
    )
    live = Live(cast("Desk", desk), reload)
    live.start()
    await asyncio.wait_for(begun.wait(), 20)
    await asyncio.wait_for(live.stop(), 20)
    assert over
