"""Typed text as a pattern of SQL's LIKE."""

from __future__ import annotations


def literally(text: str) -> str:
    """The text for `LIKE … ESCAPE '\\'`, with the signs that would stand for any letter taken literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
