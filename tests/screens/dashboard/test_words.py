"""Cost limits as meters: what counts is where the next block comes."""

from __future__ import annotations

import pytest

from app.operations.core.overview_rows import LimitRow
from app.screens.dashboard.words import CENT, limit_gauge


@pytest.mark.parametrize(
    "level, blocked, label, total_cents, numbers",
    [
        (0, False, "Anna", 5_000, "€45.00 of €50.00"),
        (0, True, "✗ Anna", 5_000, "€45.00 of €50.00"),
        (1, False, "Anna", 10_000, "€45.00 of €100.00"),
        (1, True, "✗ Anna", 10_000, "€45.00 of €100.00"),
        (2, False, "Anna", None, "€45.00"),
    ],
)
def test_a_lifted_limit_runs_to_the_next_block(
    level: int, blocked: bool, label: str, total_cents: int | None, numbers: str
) -> None:
    row = LimitRow(1, "+31610000001", "Anna", 5_000, 4_500 * CENT, 90, blocked, level)
    gauge = limit_gauge(row)
    assert (gauge.label, gauge.numbers) == (label, numbers)
    assert gauge.total == (None if total_cents is None else total_cents * CENT)
