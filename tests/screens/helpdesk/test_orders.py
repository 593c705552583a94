"""A new customer on the screen, and what becomes of the order."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.clock import FixedClock
from app.operations.core import Visit, perform
from tests.operations.mail_box import letters
from tests.screens.harness import SMALL
from tests.screens.my_products.steps import Person, at_the_keyboard

ORDER = {"name": "Molenwerf Bouw", "email": "sanne@molenwerf.example", "product": "Zakelijk Mobiel"}


async def fill(person: Person, **values: str) -> None:
    """Type into fields of the form that is open."""
    from app.widgets.form_field import FormField

    for name, value in values.items():
        person.portal.screen.query_one(f"#field-{name}", FormField).value = value
    await person.pilot.pause()


@pytest.mark.parametrize("size", [SMALL, (120, 40)])
async def test_a_customer_is_entered_and_the_order_delivered(
    agent_visit: Visit, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_keyboard(agent_visit, tmp_path, size) as person:
        await person.wait("New customer")
        await person.press("n", sees="Contract holder")
        await fill(person, name="Molenwerf Bouw", email="sanne", product="Zakelijk Mobiel")
        await person.press("ctrl+s", sees="name@example.org")
        await fill(person, email="sanne@molenwerf.example")
        await person.press("ctrl+s", sees="100001", misses="Contract holder")
        page = await person.press("o", sees="Zakelijk")
        assert "ordered" in page
        await person.press("D", sees="Is it delivered")
        await person.press("enter", sees="delivered", misses="Is it delivered")
        await person.press("S", sees="Send the mails again?")
        await person.press("enter", misses="Send the mails again?")
        await person.press("escape", sees="Customers", misses="Zakelijk")
    assert len([letter for letter in letters(agent_visit) if letter.code]) == 2


@pytest.mark.capability("SV-12")
async def test_a_late_order_shows_what_to_do(agent_visit: Visit, tmp_path: Path, clock: FixedClock) -> None:
    perform(agent_visit, "customers.create", **ORDER)
    clock.advance(1800)
    async with at_the_keyboard(agent_visit, tmp_path) as person:
        await person.wait("Molenwerf")
        page = await person.press("o", sees="Zakelijk")
        assert "30 minutes" in page
        assert "spam folder" in page
        await person.press("w", sees="Orders that wait")


async def test_customers_have_no_such_keys(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.wait("Shared data")
        assert "Contract holder" not in await person.press("n")
        assert "Orders" not in await person.press("o")
