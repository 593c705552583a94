from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.clock import FixedClock, add_months, month_bounds, month_of

ZONES = st.sampled_from(["Europe/Amsterdam", "Europe/Berlin", "UTC", "America/New_York"])
INSTANTS = st.integers(946_684_800, 4_102_444_800)


@given(INSTANTS, ZONES)
def test_an_instant_lies_within_its_month(instant: int, zone: str) -> None:
    start, end = month_bounds(month_of(instant, zone), zone)
    assert start <= instant < end
    assert month_of(start - 1, zone) == add_months(month_of(instant, zone), -1)
    assert month_of(end, zone) == add_months(month_of(instant, zone), 1)


@given(st.integers(2000, 2100), st.integers(1, 12), st.integers(-600, 600))
def test_months_add_up(year: int, month: int, count: int) -> None:
    first = year * 100 + month
    assert add_months(add_months(first, count), -count) == first
    assert 1 <= add_months(first, count) % 100 <= 12


def test_the_month_follows_the_zone() -> None:
    new_year_in_amsterdam = 1_767_222_000
    assert month_of(new_year_in_amsterdam, "Europe/Amsterdam") == 202601
    assert month_of(new_year_in_amsterdam, "UTC") == 202512


def test_a_fixed_clock_moves_only_when_told() -> None:
    clock = FixedClock(100)
    clock.advance(5)
    assert clock.now() == 105
    clock.set(7)
    assert clock.now() == 7
