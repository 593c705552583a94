"""Services: what is on sale."""

from __future__ import annotations

from pathlib import Path

from app.operations.core import Visit, perform
from tests.screens.harness import LARGE
from tests.screens.my_products.steps import at_the_keyboard


async def test_the_price_list_and_the_way_to_order(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        page = await person.press("5", sees="A month")
        assert "€" in page
        assert "Order a mobile line" in page
        await person.press("n", sees="Order a new line")
        await person.press("escape", misses="Order a new line")


async def test_an_open_price_waits_and_can_be_accepted(admin_visit: Visit, tmp_path: Path) -> None:
    perform(admin_visit, "orders.quote", kind="voice_data", data_bundle="6", term=24, person="Olga Ordered")
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await person.press("5", sees="#1")
        await person.press("a", sees="Open price")
        await person.press("y", sees="No price waits", misses="Price, net of VAT")
    assert admin_visit.store.row("SELECT person FROM line") == ("Olga Ordered",)


async def test_an_agent_without_a_customer_cannot_order(agent_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(agent_visit, tmp_path, LARGE) as person:
        page = await person.press("5", sees="A month")
        assert "Order a mobile line" not in page
        assert "Order a new line" not in await person.press("n")
