"""Tables of reference data: CSV files with fixed columns and dated rows."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from app.content.errors import ContentError

Row = tuple[int, list[str]]
"""Line number in the file, cells."""


def read_rows(path: Path, name: str, columns: tuple[str, ...], errors: list[ContentError]) -> list[Row]:
    """The rows of a table; one ContentError for a wrong header and for each row of another width."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [
                (number, cells) for number, cells in enumerate(csv.reader(file, strict=True), 1) if cells
            ]
    except OSError as error:
        errors.append(ContentError(name, "", f"The file cannot be read: {error.strerror}.", "Put it back."))
        return []
    except (UnicodeDecodeError, csv.Error) as error:
        errors.append(ContentError(name, "", f"This is not a table: {error}.", "Save it as CSV in UTF-8."))
        return []
    header = ",".join(columns)
    if not lines or tuple(lines[0][1]) != columns:
        errors.append(
            ContentError(name, "line 1", "The columns are not the expected ones.", f"Write {header}.")
        )
        return []
    rows = []
    for number, cells in lines[1:]:
        if len(cells) == len(columns):
            rows.append((number, cells))
        else:
            problem = f"The row has {len(cells)} cells instead of {len(columns)}."
            errors.append(ContentError(name, f"line {number}", problem, f"Fill in {header}."))
    return rows


def day(file: str, key: str, text: str, errors: list[ContentError]) -> date | None:
    """A day of the form 2026-01-31; None if empty."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        errors.append(ContentError(file, key, f"{text!r} is not a day.", "Write it like 2026-01-31."))
        return None


def overlap(
    first_from: date | None, first_to: date | None, second_from: date | None, second_to: date | None
) -> bool:
    """Do two half-open periods share a day? None is open-ended."""
    return (first_to is None or second_from is None or second_from < first_to) and (
        second_to is None or first_from is None or first_from < second_to
    )
