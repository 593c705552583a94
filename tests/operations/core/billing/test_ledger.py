"""The ledger: whatever is billed and paid in whatever order, it adds up."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.operations.core import Visit
from app.operations.core.billing.ledger import balance, book
from app.store import IntegrityError, Store
from tests.factories import Factory

EVENTS = st.lists(
    st.tuples(st.sampled_from(["invoice", "payment"]), st.integers(1, 50_000), st.integers(0, 9)),
    max_size=25,
)


def bill(visit: Visit, account: int, cents: int, number: int) -> int:
    """An invoice of so many cents, booked."""
    invoice = visit.change.added(
        "INSERT INTO invoice (account_id, number, year, serial, month, issued_at, due_at, language, seller,"
        " buyer, reference, vat_rate, net_cents, vat_cents, total_cents, paid_cents) VALUES (:account,"
        " :number, 2026, :serial, :serial, :serial, :serial, 'en', '', '', '', 0, :cents, 0, :cents, :paid)"
        " RETURNING id",
        account=account,
        number=f"2026-{account}-{number}",
        serial=account * 100 + number,
        cents=cents,
        paid=min(cents, 0),
    )
    book(visit, account, "invoice", cents, invoice_id=invoice)
    return invoice


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVENTS)
@pytest.mark.capability("BX-18", "BI-02")
def test_what_is_owed_is_the_sum_of_the_ledger(factory: Factory, events: list[tuple[str, int, int]]) -> None:
    visit, account = factory.system, factory.account()
    invoices: list[int] = []
    owed = 0
    for number, (kind, cents, which) in enumerate(events):
        with visit.transaction():
            if kind == "invoice":
                # Some give back.
                amount = cents if which else -cents
                invoices.append(bill(visit, account, amount, number))
                owed += amount
            else:
                named = invoices[which] if which < len(invoices) else None
                book(visit, account, "payment", -cents, invoice_id=named)
                owed -= cents
        assert balance(visit, account) == owed
        rows = visit.rows("SELECT total_cents, paid_cents FROM invoice WHERE account_id = :a", a=account)
        left = sum(total - paid for total, paid in rows)
        assert all(paid <= total for total, paid in rows)
        assert left == max(owed, 0), "what was paid or given back pays what is open"
    sums = visit.row("SELECT coalesce(sum(cents), 0) FROM booking WHERE account_id = :a", a=account)
    assert sums is not None
    assert int(sums[0]) == owed


def test_a_named_invoice_is_paid_first_then_the_oldest(factory: Factory) -> None:
    visit, account = factory.system, factory.account()
    with visit.transaction():
        first, second, third = (bill(visit, account, 100, number) for number in range(3))
        book(visit, account, "payment", -150, invoice_id=second)
    paid = visit.rows("SELECT id, paid_cents FROM invoice WHERE account_id = :a ORDER BY id", a=account)
    assert paid == [(first, 50), (second, 100), (third, 0)]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE invoice SET total_cents = total_cents + 1, net_cents = net_cents + 1",
        "UPDATE invoice SET buyer = 'Somebody else'",
        "DELETE FROM invoice",
        "UPDATE booking SET cents = 0",
        "DELETE FROM booking",
    ],
)
@pytest.mark.capability("BX-20")
def test_the_database_lets_nobody_change_the_books(factory: Factory, store: Store, sql: str) -> None:
    visit, account = factory.system, factory.account()
    with visit.transaction():
        bill(visit, account, 100, 1)
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.execute(sql)
