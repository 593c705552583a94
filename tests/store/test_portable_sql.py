"""Statements are written for both databases; what only one of them knows is named before a server says so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "app"
SPEAKS_ONE = ("store", "models")
"""Folders that know which database they speak to."""
NOT_PORTABLE = {
    r"\bi?if\(|\bifnull\(|\bgroup_concat\(": "CASE, coalesce",
    r"\bstrftime\(|\bjulianday\(|\bjson_(extract|array|object)\(": "working it out in Python",
    r"\bINSERT OR\b|\bUPDATE OR\b": "ON CONFLICT",
    r"\bGLOB\b": "a comparison",
    r"\browid\b": "the key",
    r"\bPRAGMA\b|\bsqlite_master\b|\bINDEXED BY\b": "a method of the store",
    r"\bIS (NOT )?:": "coalesce(a, 0) = coalesce(:a, 0)",
}
SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|VALUES|SET|AND|CASE)\b")
KNOWN = {
    "app/intake/holding.py",  # only where the database is a file
    "app/operations/core/backup/sqlite_file.py",
    "app/operations/core/backup/facts.py",  # asks each kind in its own words
    "app/operations/core/tours/asking.py",  # names an index where there is a word for it
}


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The texts of a module that look like statements, and where they begin."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


@pytest.mark.parametrize(
    "folder", sorted(each.name for each in APP.iterdir() if each.is_dir() and each.name not in SPEAKS_ONE)
)
def test_statements_speak_to_both(folder: str) -> None:
    found = [
        f"{path.relative_to(APP.parent)}:{line}: {cure} instead of {match[0]}"
        for path in sorted((APP / folder).rglob("*.py"))
        if path.relative_to(APP.parent).as_posix() not in KNOWN
        for line, text in texts(path)
        if SQL.search(text)
        for pattern, cure in NOT_PORTABLE.items()
        if (match := re.search(pattern, text))
    ]
    assert found == []
