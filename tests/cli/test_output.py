"""Text for people: aligned, with the units that the names of fields tell."""

from __future__ import annotations

from dataclasses import dataclass

from app.cli.output import text_lines
from app.cli.progress import bar, line
from app.operations.core.paging import Page
from tests.cli.conftest import Loket


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    person: str
    limit_cents: int
    used_bytes: int
    seen_at: int | None = None
    on: bool = True
    more: tuple[str, ...] = ()


ROWS = (
    Row(1, "Li Wei 李伟", 5000, 1_500_000_000, 1_795_262_400),
    Row(22, "Eve", 12, 0, None, False, ("a", "b")),
)


def test_a_page_is_a_table_with_the_key_of_the_next() -> None:
    lines = text_lines(Page(ROWS, "a", "+316 b", True), "UTC")
    assert lines == [
        "id  person       limit_cents  used_bytes               seen_at   on  more",
        " 1  Li Wei 李伟       €50.00      1.5 GB  21 Nov 2026 12:00:00  yes  -",
        "22  Eve                €0.12         0 B                     -   no  a, b",
        "more: --after +316 b",
    ]


def test_one_record_stands_alone() -> None:
    assert text_lines(ROWS[1], "UTC")[:3] == ["id           22", "person       Eve", "limit_cents  €0.12"]


def test_nothing_is_said_in_words() -> None:
    assert text_lines(None, "UTC") == ["done"]
    assert text_lines([], "UTC") == ["none"]
    assert text_lines([202611, 202610], "UTC") == ["202611", "202610"]


def test_progress_fills_its_bar() -> None:
    assert line(0, 100) == "─" * 30 + " 0% 0"
    assert line(50, 100).startswith("━" * 15 + "─")
    assert line(120, 100) == "━" * 30 + " 100% 120"
    assert line(1234, 0) == "1,234"
    with bar(quiet=True) as tell:
        tell(1, 2)


def test_an_article_is_told_with_the_names_of_its_keys(filled: Loket) -> None:
    out = filled("articles", "get", "cost-limit").out
    assert "Press 3 and open the line." in out
    assert "{key:" not in out
    assert "](article:" not in out
    assert "lifts the block" in out
