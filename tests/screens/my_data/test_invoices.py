"""Invoices on the screen: what is owed, one invoice, the ledger, and how to pay, by keys alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from segno import helpers

from app.clock import FixedClock
from app.operations.core import Visit, perform
from app.operations.core.billing.run import issue_invoices
from app.operations.payments import Payment
from app.screens.my_data.pay_screen import PayScreen, transfer
from app.widgets.qr import Qr, squares
from tests.factories import Factory
from tests.in_each import AT_EACH
from tests.screens.harness import LARGE, SMALL
from tests.screens.my_products.steps import at_the_keyboard


@pytest.fixture
def billed(factory: Factory, account_id: int, admin_visit: Visit) -> Visit:
    """An admin with the invoices of two months, the first of them paid."""
    for name in ("Anna Arends", "Bart Boon"):
        factory.line(account_id, person=name)
    assert isinstance(admin_visit.clock, FixedClock)
    for month in (10, 11):
        admin_visit.clock.set(int(datetime(2026, month + 1, 1, 11).timestamp()))
        issue_invoices(factory.system)
    perform(factory.system, "payments.add", reference="2026-000001", cents=2783)
    return admin_visit


@pytest.mark.capability("LA-23", "BI-01", "BI-02", "BI-03", "BI-04", "BI-05")
@pytest.mark.parametrize("size", AT_EACH)
async def test_invoices_are_read_and_paid_by_keys(
    billed: Visit, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_keyboard(billed, tmp_path, size) as person:
        await person.press("2", sees="Customer since")
        page = await person.press("i", sees="2026-000002")
        assert "€27.83 to pay on 1 invoice · by 31 Dec 2026" in page
        assert page.index("2026-000002") < page.index("2026-000001"), "the newest stands on top"
        assert "to pay" in page
        assert "paid" in page
        page = await person.press("enter", sees="Invoice 2026-000002")
        for text in ("Voice & Data", "Data bundle 6 GB", "Fees €23.00", "VAT 21%", "Total €27.83"):
            assert text in page, page
        await person.press("/", *"bart", sees="Bart Boon", misses="Anna Arends")
        await person.press("escape", sees="Anna Arends")
        page = await person.press("w", sees="Pay €27.83")
        for text in ("NL91 ABNA 0417 1643 00", "Noordkade Telecom", "RF"):
            assert text in page
        assert person.pilot.app.screen.query(Qr)
        await person.press("escape", misses="Pay €27.83")
        await person.press("escape", sees="2026-000001")
        page = await person.press("b", sees="Owed then")
        assert "-€27.83" in page
        await person.press("escape", sees="2026-000001")


async def test_what_is_paid_meanwhile_shows_and_has_no_key(
    billed: Visit, factory: Factory, tmp_path: Path
) -> None:
    async with at_the_keyboard(billed, tmp_path) as person:
        await person.press("2", sees="Customer since")
        await person.press("i", sees="€27.83 to pay")
        perform(factory.system, "payments.add", reference="2026-000002", cents=3000)
        page = await person.press("ctrl+r", sees="€2.17 paid ahead")
        assert "Pay" not in page.splitlines()[-1]
        await person.press("w")
        assert not isinstance(person.pilot.app.screen, PayScreen)


async def test_without_invoices_it_says_when_the_first_comes(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("2", sees="Customer since")
        page = await person.press("i", sees="No invoices yet")
        assert "Everything is paid." in page


@pytest.mark.capability("DB-12", "LA-25")
async def test_an_employee_has_no_such_tab(user_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(user_visit, tmp_path, LARGE) as person:
        page = await person.press("2", sees="Login")
        assert "Invoices" not in page
        assert "Invoices" not in await person.press("i")


@pytest.mark.capability("BX-02", "BX-03")
async def test_a_number_typed_into_the_search_opens_its_invoice(billed: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(billed, tmp_path, LARGE) as person:
        await person.press("ctrl+k", *"2026-000001", sees="invoice")
        await person.press("enter", sees="Invoice 2026-000001")


PAYMENT = Payment(2783, "EUR", "Noordkade Telecom", "NL91ABNA0417164300", "RF912026000002", "2026-000002")


@pytest.mark.capability("KI-05", "BX-25")
def test_the_picture_is_a_transfer_that_banks_read_and_fits_a_small_screen() -> None:
    code = transfer(PAYMENT)
    assert code is not None
    same = helpers.make_epc_qr("Noordkade Telecom", "NL91ABNA0417164300", "27.83", reference="RF912026000002")
    assert squares(code, 2) == squares(same, 2)
    assert len(squares(code, 2)) <= 2 * SMALL[1]
    assert transfer(replace(PAYMENT, currency="NOK")) is None
