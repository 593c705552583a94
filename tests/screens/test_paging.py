"""Counting the rows of a filter: few at once, many after a while, and none for a text that was typed on."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.operations.core.paging import Page
from app.screens import paging
from app.screens.paging import SOON, OperationSource
from app.widgets.line_table import LineTable
from app.widgets.rows import Later


class Lines:
    """Stands where the desk does: says how many lines begin with a text, and remembers what was asked."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.asked: list[int] = []

    async def do(self, name: str, /, text: str = "", most: int = 0) -> Any:
        assert name == "lines.count"
        self.asked.append(most)
        return min(self.total, most) if most else self.total


def source_of(lines: Lines) -> OperationSource:
    return OperationSource(
        lines.do, "lines.page", lambda row: (row,), end_key="", count_name="lines.count", text_name="text"
    )


def counting(lines: Lines, text: str) -> Later[int]:
    return cast("Later[int]", source_of(lines).count(text))


async def test_few_are_counted_at_once() -> None:
    lines = Lines(SOON - 1)
    assert await counting(lines, "jan")() == SOON - 1
    assert lines.asked == [SOON]


async def test_many_are_counted_when_nobody_types_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "STILL_SECONDS", 0.01)
    lines = Lines(280_000)
    assert await counting(lines, "jan")() == 280_000
    assert lines.asked == [SOON, 0]


async def test_what_was_typed_on_is_not_counted_in_full() -> None:
    lines = Lines(280_000)
    task = asyncio.ensure_future(counting(lines, "ja")())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert lines.asked == [SOON]


async def test_a_whole_list_is_counted_as_ever() -> None:
    lines = Lines(900_000)
    assert await counting(lines, "")() == 900_000
    assert lines.asked == [0]


@pytest.mark.parametrize(
    "before, now, shown, asked",
    [(280_000, 280_003, 280_000, [SOON]), (280_000, 9, 9, [SOON]), (9, 10, 10, [0])],
)
async def test_reading_again_counts_many_no_second_time(
    before: int, now: int, shown: int, asked: list[int]
) -> None:
    lines = Lines(now)
    seen = SimpleNamespace(total=before)
    assert await source_of(lines)._count_again("jan", seen.total) == shown
    assert lines.asked == asked


async def test_what_was_read_for_one_filter_is_not_shown_under_the_next() -> None:
    lines = Lines(2)
    source = source_of(lines)
    table = LineTable(())
    table.source, table.rows.text, table.rows.total = source, "lot", 3

    async def typed_on(name: str, /, **given: Any) -> Any:
        table.rows.text = "lotx"
        return 2 if name == "lines.count" else Page((), None, None, more=False)

    source.do = typed_on
    await source.refresh(table)
    assert table.rows.total == 3
    assert "lotx" not in source._totals
