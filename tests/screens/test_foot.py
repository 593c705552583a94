"""The last line at 80 columns: what only this place can do is there, in every language."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.core import Visit
from tests.screens.harness import LARGE, SMALL
from tests.screens.my_products.steps import at_the_keyboard

KEYS = ("n", "o", "c", "l")
"""New customer, orders, cases, lost login."""


@pytest.mark.parametrize("language", ["en", "nl", "de"])
async def test_agents_see_every_key_of_their_start_page(
    language: str, agent_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path, SMALL, language) as person:
        foot = (await person.wait("Molenwerf")).splitlines()[-1]
        assert [key for key in KEYS if f"  {key} " in foot] == list(KEYS)
        assert "  ? " in foot
        assert len(foot) <= SMALL[0]


async def test_with_more_room_the_keys_of_every_list_are_there_too(
    agent_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path, LARGE) as person:
        foot = (await person.wait("Molenwerf")).splitlines()[-1]
        assert "/ Filter" in foot
        assert "e Export" in foot
        assert "l Lost login" in foot
