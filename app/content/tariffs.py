"""The dated tariff plans of the operator: data/tariffs/<plan>/<first day>.toml, checked and compiled."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from app.content.errors import ContentError, raise_if_any
from app.content.public_holidays import holiday_dates
from app.content.reference import Places
from app.content.tariff_file import read_tariff
from app.rating.build import compile_tariff
from app.rating.tables import TariffTables
from app.rating.tariff import Tariff, TariffError

FOLDER: Final = "tariffs"


class Tariffs:
    """All plans with their versions; tables are compiled when a month first needs them."""

    def __init__(self, versions: Iterable[Tariff], places: Places, folder: Path | None = None) -> None:
        self._plans: dict[str, list[Tariff]] = {}
        for tariff in sorted(versions, key=lambda tariff: tariff.valid_from):
            self._plans.setdefault(tariff.plan, []).append(tariff)
        self._places = places
        self._folder = folder
        self._tables: dict[tuple[str, int], TariffTables] = {}

    def plans(self) -> tuple[str, ...]:
        """Codes of the plans."""
        return tuple(sorted(self._plans))

    def versions(self, plan: str) -> tuple[Tariff, ...]:
        """The versions of a plan, ascending; KeyError if there is no such plan."""
        return tuple(self._plans[plan])

    def version(self, plan: str, month: int) -> Tariff | None:
        """The version of month YYYYMM, None where the plan has none; KeyError without such a plan."""
        first = date(month // 100, month % 100, 1)
        for tariff in self._plans[plan]:
            if tariff.valid_from <= first and (tariff.valid_to is None or first <= tariff.valid_to):
                return tariff
        return None

    def named(self, version: str) -> Tariff:
        """The version that a rated record names; KeyError if it is gone."""
        for tariff in self._plans[version.partition("@")[0]]:
            if tariff.version == version:
                return tariff
        raise KeyError(version)

    def tables(self, plan: str, month: int) -> TariffTables | None:
        """The compiled version of a month, None where the plan has none."""
        found = self._tables.get((plan, month))
        tariff = self.version(plan, month)
        if found is None and tariff is not None:
            found = self.compile(tariff, month)
            self._tables[plan, month] = found
        return found

    def compile(self, tariff: Tariff, month: int) -> TariffTables:
        """Compile a version for a month, with the EU and the holidays of that month."""
        first = date(month // 100, month % 100, 1)
        years = {(first + timedelta(days=days)).year for days in (0, 62)}
        holidays: Iterable[date] = ()
        if any(band.holidays for rate in tariff.all_rates for band in rate.bands):
            holidays = holiday_dates(tariff.holiday_country, years, self._folder)
        return compile_tariff(tariff, month, self._places, self._places.eu_at(first), holidays)


def read_tariffs(folder: Path, places: Places, errors: list[ContentError]) -> Tariffs:
    """All tariffs of a content folder; mistakes are added to `errors`."""
    versions: list[Tariff] = []
    files: dict[str, str] = {}
    for path in sorted((folder / FOLDER).glob("*/*.toml")):
        file = path.relative_to(folder).as_posix()
        found: list[ContentError] = []
        tariff = read_tariff(path, file, places, found)
        errors.extend(found)
        if not found:
            versions.append(tariff)
            files.setdefault(tariff.version, file)
            errors.extend(_misplaced(tariff, path, file))
    tariffs = Tariffs(versions, places, folder)
    for plan in tariffs.plans():
        errors.extend(_broken_chain(tariffs.versions(plan), files))
        errors.extend(_not_compiling(tariffs, plan, places, files))
    if not versions and not errors:
        errors.append(ContentError(FOLDER, "", "There is no tariff.", "Add tariffs/<plan>/<first day>.toml."))
    return tariffs


def load_tariffs(folder: Path, places: Places) -> Tariffs:
    """All tariffs of a content folder; InvalidContent names every mistake."""
    errors: list[ContentError] = []
    tariffs = read_tariffs(folder, places, errors)
    raise_if_any(errors)
    return tariffs


def _misplaced(tariff: Tariff, path: Path, file: str) -> Iterable[ContentError]:
    expected = f"{FOLDER}/{tariff.plan}/{tariff.valid_from.isoformat()}.toml"
    if (path.parent.name, path.stem) != (tariff.plan, tariff.valid_from.isoformat()):
        yield ContentError(file, "valid_from", "The file is named otherwise.", f"Name it {expected}.")
    if tariff.valid_from.day != 1:
        problem = "A version begins on the first of a month: bundles and limits count by the month."
        yield ContentError(file, "valid_from", problem, "Choose the first day of a month.")
    if tariff.valid_to is not None and (tariff.valid_to + timedelta(days=1)).day != 1:
        yield ContentError(
            file, "valid_to", "A version ends on the last day of a month.", "Choose the last day of a month."
        )
    if tariff.valid_to is not None and tariff.valid_to < tariff.valid_from:
        yield ContentError(file, "valid_to", "The version ends before it begins.", "Put the days in order.")


def _broken_chain(versions: tuple[Tariff, ...], files: dict[str, str]) -> Iterable[ContentError]:
    """Versions of a plan neither overlap nor leave a gap."""
    for earlier, later in itertools.pairwise(versions):
        file = files[later.version]
        day_before = later.valid_from - timedelta(days=1)
        cure = f"Give {files[earlier.version]} valid_to = {day_before.isoformat()}."
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            problem = f"The version overlaps {earlier.version}."
            yield ContentError(file, "valid_from", problem, cure)
        elif earlier.valid_to < day_before:
            problem = f"No version is valid between {earlier.valid_to.isoformat()} and this one."
            yield ContentError(file, "valid_from", problem, cure)


def _not_compiling(
    tariffs: Tariffs, plan: str, places: Places, files: dict[str, str]
) -> Iterable[ContentError]:
    """Each version is compiled for every month in which it could go wrong in its own way."""
    for tariff in tariffs.versions(plan):
        for first in sorted(_telling_months(tariff, places)):
            every_day = [first + timedelta(days=days) for days in range(28)]
            month = first.year * 100 + first.month
            try:
                compile_tariff(tariff, month, places, places.eu_at(first), every_day)
            except TariffError as error:
                yield ContentError(files[tariff.version], error.key, error.problem, error.cure)
                break


def _telling_months(tariff: Tariff, places: Places) -> set[date]:
    """The first days of a version's first month, of those that its bands name, and of changes of the EU."""
    bands = [band for rate in tariff.all_rates for band in rate.bands]
    named = {number for band in bands for number in band.months}
    named |= {int(text[-5:-3]) for band in bands for text in band.dates}
    days = {tariff.valid_from} | {tariff.valid_from.replace(month=number, day=1) for number in named}
    changes = {day.replace(day=1) for day in places.eu_days() if tariff.valid_from <= day}
    return days | {day for day in changes if tariff.valid_to is None or day <= tariff.valid_to}
