"""Statements are written once, with SQLite's placeholders; the driver of PostgreSQL wants its own."""

from __future__ import annotations

import re
from functools import lru_cache

_PARTS = re.compile(
    r"""
    '(?:[^']|'')*'          # a text
    | "(?:[^"]|"")*"        # a quoted name
    | --[^\n]*              # a comment
    | ::                    # a cast of PostgreSQL
    | :(?P<name>[A-Za-z_]\w*)
    | (?P<place>\?)
    | %
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=4096)
def translated(sql: str) -> bytes:
    """`:name` becomes `%(name)s`, `?` becomes `%s`, but not in texts, names and comments; `%` is doubled."""
    return _PARTS.sub(_part, sql).encode()


def _part(found: re.Match[str]) -> str:
    if found["name"]:
        return f"%({found['name']})s"
    if found["place"]:
        return "%s"
    return found[0].replace("%", "%%")
