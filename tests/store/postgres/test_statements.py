"""Placeholders of SQLite become those of the driver; nothing else of a statement changes."""

from __future__ import annotations

import pytest

from app.store.postgres.statements import translated


@pytest.mark.parametrize(
    ("sql", "wanted"),
    [
        ("SELECT :a, :a_2", "SELECT %(a)s, %(a_2)s"),
        ("VALUES (?, ?)", "VALUES (%s, %s)"),
        ("SELECT start / :quarter % 7", "SELECT start / %(quarter)s %% 7"),
        ("WHERE key LIKE 'sms:%' AND a = :a", "WHERE key LIKE 'sms:%%' AND a = %(a)s"),
        ("SELECT 'it''s :no ?', :yes", "SELECT 'it''s :no ?', %(yes)s"),
        ('SELECT "limit:a" FROM "a?"', 'SELECT "limit:a" FROM "a?"'),
        ("SELECT '1'::bigint, :a::text", "SELECT '1'::bigint, %(a)s::text"),
        ("SELECT 1 -- of :a ?\n + :b", "SELECT 1 -- of :a ?\n + %(b)s"),
    ],
)
def test_only_placeholders_change(sql: str, wanted: str) -> None:
    assert translated(sql).decode() == wanted
