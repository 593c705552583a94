"""Records as JSON and CSV. A cell of CSV never acts as a formula in a spreadsheet (CWE-1236)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from pathlib import PurePath
from typing import Any, Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")


def plain(value: Any) -> Any:
    """A record, or anything made of records, as dicts, lists, texts and numbers."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, int | float):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, PurePath) else repr(value)


def json_text(value: Any) -> str:
    """Records as JSON with an indent of two."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2)


def csv_text(records: Iterable[Any]) -> str:
    """Records as CSV (RFC 4180) with the names of their fields on top."""
    rows = [plain(record) for record in records]
    rows = [row if isinstance(row, dict) else {"value": row} for row in rows]
    names = list(dict.fromkeys(name for row in rows for name in row))
    return csv_rows(names, ([row.get(name) for name in names] for row in rows))


def csv_rows(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table as CSV; every cell is inert."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([inert(name) for name in header])
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return out.getvalue()


def inert(cell: Any) -> str:
    """A cell's text; one that a spreadsheet would calculate gets an apostrophe in front.

    A whole number stays a number, the minus sign included.
    """
    if cell is None:
        return ""
    if isinstance(cell, int):
        return str(cell).lower() if isinstance(cell, bool) else str(cell)
    text = cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
    if text.lstrip(" \u00a0\ufeff").startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS):
        return "'" + text
    return text
