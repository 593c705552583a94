"""The arithmetic of marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.rating.outcome import share


@given(value=st.integers(0, 1 << 61), percent=st.integers(1, 200))
def test_a_mark_is_reached_exactly_when_the_percentage_is(value: int, percent: int) -> None:
    mark = share(value, percent)
    assert mark * 100 >= value * percent
    assert (mark - 1) * 100 < value * percent or mark == 0
