"""What the law has kept, by country and day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.content import Content
from app.content.errors import ContentError
from app.content.retention import in_force, read_retention


@pytest.mark.parametrize(
    "country, day, years", [("NL", "2026-11-21", 7), ("DE", "2024-12-31", 10), ("DE", "2025-01-01", 8)]
)
def test_the_law_of_the_day_holds(content: Content, country: str, day: str, years: int) -> None:
    rule = in_force(content.retention, country, "books", date.fromisoformat(day))
    assert rule is not None
    assert rule.years == years
    assert rule.until(date(2026, 3, 5)) == date(2026 + years, 12, 31)
    assert rule.source.startswith("https://")


def test_usage_is_kept_for_months(content: Content) -> None:
    rule = in_force(content.retention, "DE", "usage", date(2026, 11, 21))
    assert rule is not None
    assert rule.until(date(2026, 8, 31)) == date(2027, 2, 28)


def test_a_country_without_a_rule_has_none(content: Content) -> None:
    assert in_force(content.retention, "US", "books", date(2026, 11, 21)) is None


def test_a_wrong_rule_is_named(tmp_path: Path) -> None:
    (tmp_path / "retention.toml").write_text('[[retention]]\ncountry = "Holland"\nkind = "book"\n')
    errors: list[ContentError] = []
    read_retention(tmp_path, errors)
    assert {"country", "kind"} <= {error.key.rpartition(".")[2] for error in errors}


def test_an_operator_without_rules_names_no_day(tmp_path: Path) -> None:
    assert read_retention(tmp_path, []) == ()
