"""Money on invoices: exact whatever the amounts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649

from app.operations.core.billing.issue import creditor_reference
from app.operations.core.billing.sums import in_cents, part_of_month, rounded, vat

MICROS = st.lists(st.integers(0, 10**12), max_size=40)


@given(MICROS)
def test_cents_sum_to_the_rounded_sum_and_none_is_off_by_a_cent(micros: list[int]) -> None:
    cents = in_cents(micros)
    assert sum(cents) == rounded(sum(micros), 10_000)
    assert all(abs(10_000 * cent - micro) < 10_000 * 2 for cent, micro in zip(cents, micros, strict=True))
    assert all(cent == 0 for cent, micro in zip(cents, micros, strict=True) if micro == 0)


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_what_is_given_back_is_rounded_like_what_is_charged(amount: int, unit: int) -> None:
    assert rounded(-amount, unit) == -rounded(amount, unit)
    assert abs(rounded(amount, unit) * unit - amount) * 2 <= unit


@pytest.mark.parametrize(
    "net, rate, tax", [(100, 2100, 21), (50, 2100, 11), (-50, 2100, -11), (187_145, 2100, 39_300), (7, 0, 0)]
)
def test_vat_is_rounded_once(net: int, rate: int, tax: int) -> None:
    assert vat(net, rate) == tax


def test_a_fee_for_some_days() -> None:
    assert [part_of_month(450, days, 31) for days in (0, 1, 15, 31)] == [0, 15, 218, 450]


@given(st.integers(2020, 2099), st.integers(1, 999_999))
def test_a_reference_has_its_check_digits(year: int, serial: int) -> None:
    assert iso11649.is_valid(creditor_reference(year, serial))
