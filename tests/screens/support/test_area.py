"""Support: how to reach people, and what phones can be told."""

from __future__ import annotations

from pathlib import Path

from app.operations.core import Visit
from tests.screens.harness import LARGE, SMALL
from tests.screens.my_products.steps import at_the_keyboard


async def test_contact_and_texts_are_the_operators_own(admin_visit: Visit, tmp_path: Path) -> None:
    operator = admin_visit.content.operator
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        page = await person.press("6", sees="Reach us")
        for text in (operator.contact.phone, operator.contact.email, operator.sms_short_code, "HELP"):
            assert text in page


async def test_it_can_be_scrolled_by_key_where_there_is_no_room(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, SMALL) as person:
        top = await person.press("6", sees="Reach us")
        assert "Too many texts" not in top
        await person.press("end", sees="Too many texts")
