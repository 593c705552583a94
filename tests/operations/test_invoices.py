"""Invoices: what is on them, when, once, and who sees them."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.clock import FixedClock, month_bounds, month_of
from app.operations.alerts import told
from app.operations.core import Invalid, NotFound, Refused, Visit, perform
from app.operations.core.billing import issue as issuing
from app.operations.core.billing.run import due_months, issue_for, issue_invoices
from app.operations.core.billing.sums import rounded
from app.store import Store
from tests.factories import DAY, GB, NOVEMBER, Factory
from tests.intake.desk import cells, take_in, write

OCTOBER = NOVEMBER - 31 * DAY


@pytest.fixture
def billed(factory: Factory, account_id: int, admin_visit: Visit) -> Visit:
    """An admin whose account has two lines with roaming in October."""
    for name in ("Anna", "Bart"):
        line = factory.line(account_id, person=name, data_bundle="6")
        factory.usage(line, "data", 100_000_000, start=OCTOBER + DAY, place="US")
        factory.usage(line, "voice", 60, start=OCTOBER + DAY, number=14155550100)
    return admin_visit


def at(visit: Visit, year: int, month: int, day: int) -> None:
    """Put the clock at noon of a day."""
    assert isinstance(visit.clock, FixedClock)
    visit.clock.set(int(datetime(year, month, day, 11).timestamp()))


@pytest.mark.capability("BI-07", "BI-09", "BI-12", "LA-23")
def test_fees_come_at_once_and_usage_a_month_later(billed: Visit, factory: Factory) -> None:
    at(billed, 2026, 11, 1)
    assert issue_invoices(factory.system) == 1
    (first,) = perform(billed, "invoices.page").rows
    positions = perform(billed, "invoices.positions", invoice_id=first.id).rows
    assert [(row.part, row.person, row.text, row.net_cents) for row in positions] == [
        ("fees", "Anna", "Voice & Data", 450),
        ("fees", "Anna", "Data bundle 6 GB", 700),
        ("fees", "Bart", "Voice & Data", 450),
        ("fees", "Bart", "Data bundle 6 GB", 700),
    ]
    assert (first.month, first.number, first.total_cents) == (202610, "2026-000001", 2783)
    at(billed, 2026, 11, 17)
    closed = perform(factory.system, "closing.close", month=202610)
    at(billed, 2026, 12, 1)
    assert issue_invoices(factory.system) == 1
    second = perform(billed, "invoices.page").rows[0]
    invoice = perform(billed, "invoices.get", invoice_id=second.id)
    assert invoice.usage_cents == closed.usage_cents + closed.bundles_cents + closed.overage_cents > 0
    usage = [
        row for row in perform(billed, "invoices.positions", invoice_id=second.id).rows if row.part == "usage"
    ]
    assert {row.month for row in usage} == {202610}
    assert {row.person for row in usage} == {"Anna", "Bart"}
    assert sum(row.net_cents for row in usage) == invoice.usage_cents
    assert invoice.fees_cents == 2300
    assert invoice.total_cents == invoice.net_cents + invoice.vat_cents


@pytest.mark.capability("BX-46")
def test_late_usage_comes_as_a_difference_and_nothing_comes_twice(
    billed: Visit, factory: Factory, store: Store, tmp_path: Path
) -> None:
    at(billed, 2026, 11, 17)
    perform(factory.system, "closing.close", month=202610)
    at(billed, 2026, 12, 1)
    issue_invoices(factory.system)
    (number,) = store.row("SELECT number FROM line ORDER BY id LIMIT 1") or ("",)
    rows = [cells("late", number, OCTOBER + 2 * DAY, "voice", 60, number="14155550100")]
    take_in(factory.system, write(tmp_path / "late.csv", rows))
    (late,) = store.row("SELECT sum(difference_micro) FROM adjustment") or (0,)
    assert late > 0
    at(billed, 2027, 1, 1)
    issue_invoices(factory.system)
    newest = perform(billed, "invoices.page").rows[0]
    (row,) = [
        row for row in perform(billed, "invoices.positions", invoice_id=newest.id).rows if row.part == "usage"
    ]
    assert (row.text, row.net_cents) == (
        "Usage that was reported late, October 2026",
        rounded(int(late), 10_000),
    )
    assert store.rows("SELECT count(*) FROM adjustment WHERE invoice_id IS NULL") == [(0,)]


@pytest.mark.capability("BI-13")
def test_overage_stands_at_the_line_that_made_it(
    factory: Factory, account_id: int, admin_visit: Visit
) -> None:
    group = factory.group(account_id)
    thrifty = factory.line(account_id, group_id=group, data_bundle="2", person="Thrifty")
    greedy = factory.line(account_id, group_id=group, data_bundle="2", person="Greedy")
    factory.usage(thrifty, "data", GB, start=OCTOBER + DAY)
    factory.usage(greedy, "data", 9 * GB, start=OCTOBER + DAY)
    at(admin_visit, 2026, 11, 17)
    closed = perform(factory.system, "closing.close", month=202610)
    at(admin_visit, 2026, 12, 1)
    issue_invoices(factory.system)
    newest = perform(admin_visit, "invoices.page").rows[0]
    positions = perform(admin_visit, "invoices.positions", invoice_id=newest.id).rows
    over = [(row.person, row.net_cents) for row in positions if "above the pool" in row.text]
    assert over == [("Greedy", closed.overage_cents)]


def test_a_line_pays_for_the_days_it_had(factory: Factory, account_id: int, admin_visit: Visit) -> None:
    factory.line(account_id, activated_at=OCTOBER + 16 * DAY + 3600, data_bundle="0")
    at(admin_visit, 2026, 11, 1)
    issue_invoices(factory.system)
    (invoice,) = perform(admin_visit, "invoices.page").rows
    (row,) = perform(admin_visit, "invoices.positions", invoice_id=invoice.id).rows
    assert (row.text, row.net_cents) == ("Voice & Data, 15 of 31 days", 218)


@pytest.mark.capability("BX-20")
def test_fifty_at_once_with_crashes_leave_no_gap_and_no_twin(
    factory: Factory, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = [factory.account() for _customer in range(50)]
    for account in accounts:
        factory.line(account)
    at(factory.system, 2026, 11, 1)
    whole, lots, turn = issuing.book, random.Random(7), threading.Lock()

    def crashing(*arguments: Any, **more: Any) -> int:
        with turn:
            crashes = lots.random() < 0.4
        if crashes:
            raise RuntimeError("the power fails after the number was taken")
        return whole(*arguments, **more)

    monkeypatch.setattr(issuing, "book", crashing)

    def issue_all(mine: list[int]) -> int:
        """One program of eight; the crashes that it went through."""
        own, crashes = Store(store.url, store.folder), 0
        visit = replace(factory.system, store=own, touched=[], changed={})
        for account in mine:
            while True:
                try:
                    assert issue_for(visit, account, 202610) is not None
                    break
                except RuntimeError:
                    crashes += 1
        own.close()
        return crashes

    with ThreadPoolExecutor(8) as programs:
        assert sum(programs.map(issue_all, (accounts[first::8] for first in range(8)))) > 5
    serials = store.rows("SELECT serial FROM invoice ORDER BY serial")
    assert [row[0] for row in serials] == list(range(1, 51))
    assert store.rows("SELECT count(*) FROM booking") == [(50,)]


def test_numbers_have_no_gap_and_no_twin(factory: Factory, store: Store, admin_visit: Visit) -> None:
    for _customer in range(5):
        factory.line(factory.account())
    at(admin_visit, 2026, 11, 1)
    assert issue_invoices(factory.system) == 5
    assert issue_invoices(factory.system) == 0, "none twice"
    at(admin_visit, 2026, 12, 1)
    assert issue_invoices(factory.system) == 5
    numbers = [row[0] for row in store.rows("SELECT number FROM invoice ORDER BY id")]
    assert numbers == [f"2026-{serial:06}" for serial in range(1, 11)]
    at(admin_visit, 2027, 1, 1)
    issue_invoices(factory.system)
    (newest,) = store.row("SELECT max(number) FROM invoice") or ("",)
    assert newest == "2027-000005", "each year begins anew"


def test_months_that_were_missed_are_made_up_for(factory: Factory, account_id: int, store: Store) -> None:
    factory.line(account_id)
    at(factory.system, 2026, 11, 1)
    issue_invoices(factory.system)
    at(factory.system, 2027, 1, 20)
    assert due_months(factory.system) == [202610, 202611, 202612]
    assert issue_invoices(factory.system) == 2
    assert [row[0] for row in store.rows("SELECT month FROM invoice ORDER BY id")] == [202610, 202611, 202612]


def test_one_invoice_that_cannot_be_made_holds_up_no_other(
    factory: Factory, store: Store, agent_visit: Visit
) -> None:
    lost, whole = (factory.account() for _customer in range(2))
    line = factory.line(lost, data_bundle="discontinued")
    factory.line(whole, data_bundle="6")
    at(factory.system, 2026, 11, 1)
    run = perform(factory.system, "billing.run", month=202610)
    assert (run.invoices, run.failed) == (1, 1)
    assert store.rows("SELECT account_id FROM invoice") == [(whole,)]
    assert issue_invoices(factory.system) == 0
    (alert,) = perform(agent_visit, "alerts.page").rows
    assert "data_bundles.discontinued" in told(alert.kind, alert.detail)
    assert alert.title.startswith("The invoice of October 2026 for customer ")
    perform(agent_visit, "alerts.settle", alert_id=alert.id)
    at(factory.system, 2026, 11, 2)
    issue_invoices(factory.system)
    again = replace(alert, at=factory.system.now)
    assert list(perform(agent_visit, "alerts.page").rows) == [again], "told anew"
    at(factory.system, 2026, 11, 3)
    issue_invoices(factory.system)
    assert perform(agent_visit, "alerts.page").rows[0].at == factory.system.now - 86_400, "but only once"
    at(factory.system, 2026, 12, 1)
    assert issue_invoices(factory.system) == 1, "the others go on"
    with store.transaction() as tx:
        tx.execute("UPDATE line SET data_bundle = '6' WHERE id = :id", id=line)
    assert issue_invoices(factory.system) == 2, "both months are made up for"
    assert store.rows(
        "SELECT month, net_cents FROM invoice WHERE account_id = :id ORDER BY month", id=lost
    ) == [
        (202610, 1150),
        (202611, 1150),
    ]


@pytest.mark.capability("BI-01")
def test_the_oldest_invoice_is_reachable_by_pages(
    factory: Factory, account_id: int, admin_visit: Visit
) -> None:
    factory.line(account_id, data_bundle="6")
    for month in range(10, 46):
        at(admin_visit, 2026 + month // 12, month % 12 + 1, 1)
        assert issue_invoices(factory.system) == 1
        at(admin_visit, 2026 + month // 12, month % 12 + 1, 2)
        assert issue_invoices(factory.system) == 0
    months: list[int] = []
    page = perform(admin_visit, "invoices.page", limit=10)
    months += [row.month for row in page.rows]
    while page.more:
        page = perform(admin_visit, "invoices.page", limit=10, after=page.last_key)
        months += [row.month for row in page.rows]
    assert (len(months), months[0], months[-1]) == (36, 202909, 202610)
    assert months == sorted(set(months), reverse=True)


def test_late_usage_of_a_line_that_has_ended_is_billed_too(
    factory: Factory, account_id: int, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(account_id, number="+31610000077", ends_at=OCTOBER + 10 * DAY, status="ended")
    factory.usage(line, "voice", 60, start=OCTOBER + DAY, number=14155550100)
    for year, month, day in ((2026, 11, 1), (2026, 11, 17), (2026, 12, 1)):
        at(admin_visit, year, month, day)
        if day == 17:
            perform(factory.system, "closing.close", month=202610)
        else:
            issue_invoices(factory.system)
    rows = [cells("late", "+31610000077", OCTOBER + 2 * DAY, "voice", 60, number="14155550100")]
    take_in(factory.system, write(tmp_path / "late.csv", rows))
    at(admin_visit, 2027, 1, 1)
    assert issue_invoices(factory.system) == 1
    newest = perform(admin_visit, "invoices.page").rows[0]
    (row,) = perform(admin_visit, "invoices.positions", invoice_id=newest.id).rows
    assert row.text == "Usage that was reported late, October 2026"


def test_before_the_day_of_invoices_the_last_month_is_not_due(factory: Factory) -> None:
    at(factory.system, 2026, 11, 1)
    assert due_months(factory.system) == [202610]
    month = month_of(factory.system.now, factory.system.zone)
    with pytest.raises(Invalid, match="not over"):
        perform(factory.system, "billing.run", month=month)
    assert month_bounds(month, factory.system.zone)[0] <= factory.system.now


@pytest.mark.capability("BI-01", "BI-02", "BI-03", "BI-04", "BI-05")
def test_what_is_owed_is_paid_and_shown_as_such(billed: Visit, factory: Factory) -> None:
    at(billed, 2026, 11, 1)
    issue_invoices(factory.system)
    owed = perform(billed, "payments.standing")
    assert (owed.balance_cents, owed.overdue_cents, owed.open_invoices) == (2783, 0, 1)
    how = perform(billed, "payments.how")
    assert (how.cents, how.holder, how.iban) == (2783, "Noordkade Telecom", "NL91ABNA0417164300")
    (invoice,) = perform(billed, "invoices.page").rows
    assert invoice.state == "open"
    perform(factory.system, "payments.add", reference=how.reference.lower(), cents=1000, bank_reference="b1")
    assert perform(billed, "payments.how", invoice_id=invoice.id).cents == 1783
    with pytest.raises(Invalid, match="booked before"):
        perform(factory.system, "payments.add", reference=invoice.number, cents=1000, bank_reference="b1")
    at(billed, 2027, 1, 2)
    assert perform(billed, "payments.standing").overdue_cents == 1783
    assert perform(billed, "invoices.page").rows[0].state == "overdue"
    perform(factory.system, "payments.add", reference=invoice.number, cents=2000)
    assert perform(billed, "invoices.page").rows[0].state == "paid"
    assert perform(billed, "payments.standing").balance_cents == -217
    entries = perform(billed, "payments.bookings").rows
    assert [(each.kind, each.cents, each.balance_cents) for each in entries] == [
        ("payment", -2000, -217),
        ("payment", -1000, 1783),
        ("invoice", 2783, 2783),
    ]
    with pytest.raises(Invalid, match="Nothing is left"):
        perform(billed, "payments.how")


def test_payments_that_fit_nothing_are_refused(billed: Visit, factory: Factory) -> None:
    for reference, cents, field in (("RF00", 100, "reference"), ("2026-000001", 0, "cents")):
        with pytest.raises(Invalid) as refused:
            perform(factory.system, "payments.add", reference=reference, cents=cents)
        assert refused.value.field == field
    with pytest.raises(Refused):
        perform(billed, "payments.add", reference="2026-000001", cents=100)


@pytest.mark.capability("LA-25")
def test_an_employee_sees_no_invoice(billed: Visit, factory: Factory, user_visit: Visit) -> None:
    at(billed, 2026, 11, 1)
    issue_invoices(factory.system)
    (invoice,) = perform(billed, "invoices.page").rows
    for name, arguments in (
        ("invoices.page", {}),
        ("invoices.get", {"invoice_id": invoice.id}),
        ("invoices.positions", {"invoice_id": invoice.id}),
        ("payments.how", {}),
        ("payments.standing", {}),
        ("payments.bookings", {}),
    ):
        with pytest.raises(Refused):
            perform(user_visit, name, **arguments)
    other = factory.visit("admin", factory.account())
    with pytest.raises(NotFound):
        perform(other, "invoices.get", invoice_id=invoice.id)


def test_an_invoice_keeps_the_names_of_its_day(billed: Visit, factory: Factory, store: Store) -> None:
    at(billed, 2026, 11, 1)
    issue_invoices(factory.system)
    (invoice,) = perform(billed, "invoices.page").rows
    before = perform(billed, "invoices.get", invoice_id=invoice.id)
    with store.transaction() as tx:
        tx.execute("UPDATE account SET name = 'Renamed', street = 'Moved'")
        tx.execute("UPDATE line SET person = 'Somebody else'")
    assert perform(billed, "invoices.get", invoice_id=invoice.id) == before
    names = {row.person for row in perform(billed, "invoices.positions", invoice_id=invoice.id).rows}
    assert names == {"Anna", "Bart"}
