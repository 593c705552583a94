"""Which row of a list a step means: by its key, the first, or the first with a word in one of its cells."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from app.screens.my_products.fact_list import FactList
from app.tours.targets import row_place
from app.widgets.columns import Column

ROWS = (
    ("Ann", "Active", "ok"),
    ("Bob", "Blocked", "blocked"),
    ("Cem", "Data off", "zero"),
    ("Dee", "0 GB", 5),
)


class Lines(App[None]):
    """A list whose last cell is not shown."""

    def compose(self) -> ComposeResult:
        yield FactList([Column("Person", 8), Column("State", 10)])

    def on_mount(self) -> None:
        self.query_one(FactList).set_rows(ROWS, [11, 12, 13, 14])


@pytest.mark.parametrize(
    "row, place",
    [
        ("first", 0),
        ("13", 2),
        ("15", None),
        ("with:blocked", 1),
        ("with:zero|blocked", 1),
        ("with:zero", 2),
        ("with:0 GB", 3),
        ("with:5", 3),
        ("with:block", None),
        ("with:", None),
    ],
)
async def test_a_row_is_found(row: str, place: int | None) -> None:
    app = Lines()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert row_place(app.query_one(FactList), row) == place
