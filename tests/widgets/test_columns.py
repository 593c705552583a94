"""Columns in the space that there is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.widgets.columns import GAP, Column, fit, runs

COLUMNS = st.lists(
    st.builds(Column, st.just("name"), st.integers(1, 30), flex=st.integers(0, 2)), min_size=1, max_size=7
)


@given(COLUMNS, st.integers(3, 160))
def test_a_row_is_never_wider_than_its_list(columns: list[Column], space: int) -> None:
    fitted = fit(columns, space)
    assert sum(place.width for place in fitted) + GAP * (len(fitted) - 1) <= space or len(fitted) == 1
    row = ["a text that is longer than most columns"] * len(columns)
    text = "".join(part for part, _tone in runs(row, fitted, "  ", space + 2))
    assert len(text) <= max(space, columns[0].width) + 2


def test_flexible_columns_give_way_before_the_others() -> None:
    columns = [Column("Number", 12), Column("Name", 20, flex=1), Column("State", 8)]
    assert [place.width for place in fit(columns, 34)] == [12, 10, 8]
