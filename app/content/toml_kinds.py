"""Kinds of TOML values, and what people call them."""

from __future__ import annotations

from datetime import date, datetime, time


def is_of(value: object, kind: type) -> bool:
    """isinstance, but true is no number and a moment is no day."""
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, kind)


def kind_name(value: object) -> str:
    names: dict[type, str] = {
        bool: "true or false",
        int: "a whole number",
        float: "a number with a point",
        str: "a text",
    }
    names |= {list: "a list", dict: "a table", date: "a day", datetime: "a moment", time: "a time"}
    return names.get(type(value), type(value).__name__)
