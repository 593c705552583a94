"""Public holidays of a country: from the table of the operator, else from the `holidays` library."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from app.content.csv_table import day, read_rows
from app.content.errors import ContentError, raise_if_any
from app.content.folders import reference_folder
from app.settings import shipped_content

FILE = "reference/holidays.csv"
COLUMNS = ("country", "date", "name")

Holidays = dict[tuple[str, int], list[date]]
"""Days by country and year, ascending."""


def read_holidays(reference: Path, errors: list[ContentError]) -> Holidays:
    """The table of holidays; mistakes are added to `errors`."""
    found: dict[tuple[str, int], set[date]] = {}
    for line, (country, text, _name) in read_rows(reference / "holidays.csv", FILE, COLUMNS, errors):
        holiday = day(FILE, f"line {line}", text, errors)
        if holiday is None:
            if not text:
                errors.append(
                    ContentError(FILE, f"line {line}", "The day is missing.", "Write it like 2026-01-31.")
                )
            continue
        days = found.setdefault((country, holiday.year), set())
        if holiday in days:
            errors.append(ContentError(FILE, f"line {line}", f"{text} is listed twice.", "Remove one row."))
        days.add(holiday)
    return {key: sorted(days) for key, days in found.items()}


def holiday_dates(country: str, years: Iterable[int], folder: Path | None = None) -> list[date]:
    """Public holidays of a country (ISO 3166 alpha-2) in some years, ascending.

    The table is the one of the content `folder` (default: what comes with Loket). A year that it does not
    have for the country comes from the library, which takes a quarter of a second to load. A country that
    neither knows has no holidays.
    """
    table = _table(reference_folder(folder or shipped_content()))
    days: list[date] = []
    for year in sorted(set(years)):
        listed = table.get((country, year))
        days.extend(_computed(country, year) if listed is None else listed)
    return days


@cache
def _table(reference: Path) -> Holidays:
    errors: list[ContentError] = []
    table = read_holidays(reference, errors)
    raise_if_any(errors)
    return table


@cache
def _computed(country: str, year: int) -> tuple[date, ...]:
    import holidays

    if country not in holidays.list_supported_countries():
        return ()
    return tuple(sorted(holidays.country_holidays(country, years=year)))
