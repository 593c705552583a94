"""Answers: aligned text for people, JSON or CSV for scripts."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

from app import units
from app.export import csv_text, json_text, plain
from app.text import safe, width

WIDEST: Final = 60
"""Cells of one column before its text is cut; nothing is cut where a record stands alone."""
READ_ALOUD: Final = {"ArticlePage": ("app.cli.plain.articles", "article_lines")}
"""Records that are a text more than fields: by the name of their class, what makes lines of them."""
INSTANTS: Final = ("_at", "_from", "_to", "start", "at")


def show(value: Any, form: str, zone: str) -> None:
    """Write an operation's answer.

    Args:
        form: `json`, `csv` or `text`.
        zone: the time zone in which instants are shown as text.
    """
    if form == "json":
        write(json_text(value) + "\n")
    elif form == "csv":
        write(csv_text(rows_of(value)))
    else:
        for line in text_lines(value, zone):
            print(line)


def write(text: str) -> None:
    """Write what is meant for programs; on a terminal nothing in it acts."""
    sys.stdout.write(safe(text, lines=True) if sys.stdout.isatty() else text)


def rows_of(value: Any) -> Sequence[Any]:
    """The records of an answer: those of a page, of a list, or the one."""
    rows = getattr(value, "rows", value)
    return rows if isinstance(rows, list | tuple) and not hasattr(rows, "_asdict") else [value]


def text_lines(value: Any, zone: str) -> list[str]:
    """An answer as lines of text."""
    if value is None:
        return ["done"]
    if type(value).__name__ in READ_ALOUD:
        module, name = READ_ALOUD[type(value).__name__]
        lines = getattr(import_module(module), name)(value, None)
        return [safe(line) for part in lines for line in part.split("\n")]
    rows = rows_of(value)
    records = [plain(row) for row in rows]
    if len(rows) == 1 and rows[0] is value:
        return _alone(records[0], zone)
    if not records:
        return ["none"]
    lines = (
        _table(records, zone) if isinstance(records[0], dict) else [_cell("", row, zone) for row in records]
    )
    if getattr(value, "more", False):
        lines.append(f"more: --after {safe(str(value.last_key))}")
    return lines


def _alone(record: Any, zone: str, indent: str = "") -> list[str]:
    if not isinstance(record, dict):
        return [indent + _cell("", record, zone)]
    lines = []
    longest = max((len(name) for name in record), default=0)
    for name, value in record.items():
        if isinstance(value, dict):
            lines += [f"{indent}{safe(name)}", *_alone(value, zone, indent + "  ")]
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{indent}{safe(name)}", *(f"{indent}  {line}" for line in _table(value, zone))]
        elif isinstance(value, list) and len(value) > 1:
            lines += [f"{indent}{safe(name)}", *(f"{indent}  {_cell('', item, zone)}" for item in value)]
        else:
            lines.append(f"{indent}{safe(name).ljust(longest)}  {_cell(name, value, zone)}".rstrip())
    return lines


def _table(records: list[dict[str, Any]], zone: str) -> list[str]:
    names = list(dict.fromkeys(name for record in records for name in record))
    cells = [
        [safe(_cell(name, record.get(name), zone), cells=WIDEST) for name in names] for record in records
    ]
    widths = [max(len(name), *(width(row[column]) for row in cells)) for column, name in enumerate(names)]
    right = [all(isinstance(record.get(name), int | None) for record in records) for name in names]
    lines = []
    for row in [names, *cells]:
        padded = [
            " " * (size - width(text)) + text if aligned else text + " " * (size - width(text))
            for text, size, aligned in zip(row, widths, right, strict=True)
        ]
        lines.append("  ".join(padded).rstrip())
    return lines


def _cell(name: str, value: Any, zone: str) -> str:
    """One value as text; the name of a field tells its unit."""
    if value is None or value == []:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        # Plain spaces, so that what is read can be searched for.
        return _number(name, value, zone).replace("\u00a0", " ")
    if isinstance(value, list) and isinstance(value[0], dict):
        return str(len(value))
    if isinstance(value, list):
        return ", ".join(_cell("", item, zone) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{safe(key)} {_cell(key, item, zone)}" for key, item in value.items())
    return safe(str(value))


def _number(name: str, value: int, zone: str) -> str:
    if name.endswith("_cents"):
        return units.money(value)
    if name.endswith("_micro"):
        return units.money_micro(value)
    if name.endswith("_bytes"):
        return units.volume(value)
    if name.endswith(INSTANTS) and value > 10**8:
        return units.instant(value, zone, seconds=True)
    return str(value)
