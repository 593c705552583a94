"""Public holidays: from the table, and from the library where the table ends."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.content.errors import ContentError
from app.content.public_holidays import holiday_dates, read_holidays


def test_known_years_come_in_order() -> None:
    days = holiday_dates("NL", [2027, 2026, 2026])
    assert days == sorted(set(days))
    assert {date(2026, 4, 27), date(2026, 12, 25), date(2027, 1, 1)} <= set(days)


def test_other_years_come_from_the_library() -> None:
    assert date(2014, 4, 26) in holiday_dates("NL", [2014])
    assert date(2026, 12, 25) in holiday_dates("DK", [2026])


def test_a_country_without_holidays() -> None:
    assert holiday_dates("X-SHIP", [2026]) == []


def test_the_operators_own_table_goes_first(tmp_path: Path) -> None:
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "holidays.csv").write_text(
        "country,date,name\nNL,2026-06-06,Harbour day\n", encoding="utf-8"
    )
    assert holiday_dates("NL", [2026], tmp_path) == [date(2026, 6, 6)]


@pytest.mark.parametrize(
    "row, part",
    [("NL,6 June,x", "2026-01-31"), ("NL,,x", "missing"), ("NL,2026-06-06,x\nNL,2026-06-06,y", "twice")],
)
def test_mistakes(tmp_path: Path, row: str, part: str) -> None:
    (tmp_path / "holidays.csv").write_text(f"country,date,name\n{row}\n", encoding="utf-8")
    errors: list[ContentError] = []
    read_holidays(tmp_path, errors)
    assert len(errors) == 1
    assert part in str(errors[0])
