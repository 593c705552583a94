"""Services: what is on sale, and the operator's other sites."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.operations.core import Refused, Visit, perform
from app.secret import Secret
from tests.in_each import AT_EACH
from tests.screens.harness import LARGE, SMALL
from tests.screens.my_products.steps import at_the_keyboard
from tests.screens.read_qr import read_qr


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


async def test_another_site_is_entered_with_a_ticket_that_counts_down(
    admin_visit: Visit, tmp_path: Path
) -> None:
    clock = admin_visit.clock
    assert isinstance(clock, FixedClock)
    async with at_the_keyboard(admin_visit, tmp_path, SMALL) as person:
        page = await person.press("5", sees="Web shop")
        assert "Other sites of Noordkade" in page
        assert "€" in page
        person.portal.screen.query_one("#services-site-list").focus()
        page = await person.press("enter", sees="for 60 s")
        assert "https://shop.noordkade.example/enter" in page
        url, _hash, code = read_qr(person.portal).partition("#")
        assert url == "https://shop.noordkade.example/enter"
        assert code in page
        clock.advance(59)
        await person.wait("for 1 s")
        clock.advance(1)
        page = await person.wait("The code has run out.", misses=code)
        assert not read_qr(person.portal)
        await person.press("tab", "enter", sees="for 60 s")
        again = read_qr(person.portal).partition("#")[2]
        assert again != code
        await person.press("escape", misses="Good once")
    host = replace(admin_visit, role="system", login_id=None, account_id=None)
    with pytest.raises(Refused):
        perform(host, "handover.redeem", code=Secret(code))
    arrival = perform(host, "handover.redeem", code=Secret(again))
    assert (arrival.site, arrival.name) == ("webshop", "Anna Admin")


async def test_on_a_call_no_other_site_is_entered_and_it_says_why(
    assisting_visit: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(assisting_visit, tmp_path, LARGE) as person:
        page = await person.press("5", sees="Web shop")
        assert "Only the customer may do this" in page
        person.portal.screen.query_one("#services-site-list").focus()
        await person.press("enter")
        assert "Good once" not in person.screen
    assert assisting_visit.store.row("SELECT count(*) FROM access_code") == (0,)


@pytest.mark.parametrize("size", AT_EACH)
async def test_who_may_not_order_reads_who_does(
    user_visit: Visit, agent_visit: Visit, tmp_path: Path, size: tuple[int, int]
) -> None:
    for visit, says in ((user_visit, "administrator of your account"), (agent_visit, "on a call")):
        async with at_the_keyboard(visit, tmp_path, size) as person:
            page = await person.press("5", sees="A month")
            assert says in " ".join(page.split())
            assert "are ordered here" not in " ".join(page.split())
