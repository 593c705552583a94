"""The activity log: who, when, what, on whose behalf and why, found by typing a part of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.i18n import use_language
from app.operations.core import Visit, perform
from app.screens.door_names import door_name
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


@pytest.mark.parametrize("language, word", [("nl", "terminal"), ("de", "Terminal")])
async def test_where_it_came_from_is_said_in_the_reader_s_language(
    admin_visit: Visit, factory: Factory, account_id: int, tmp_path: Path, language: str, word: str
) -> None:
    at_terminal = replace(admin_visit, channel="terminal")
    at_kiosk = replace(admin_visit, channel="kiosk")
    line = factory.line(account_id)
    perform(at_terminal, "limits.set", line_id=line, limit_cents=10_000)
    perform(at_kiosk, "limits.set", line_id=line, limit_cents=15_000)
    async with at_the_keyboard(admin_visit, tmp_path, LARGE, language) as person:
        await person.press("2")
        with use_language(language):
            shop = door_name("kiosk")
        assert shop not in ("kiosk", "shop")
        page = await person.press("y", sees=shop)
        assert word in page


def test_a_token_of_a_script_is_called_so() -> None:
    assert door_name("token:3") == "token 3"
    assert door_name("fax") == "fax"
