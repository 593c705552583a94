"""How long things are kept, by law or because they are of use: data/reference/retention.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.content.errors import ContentError
from app.content.reading import read_toml

FILE = "reference/retention.toml"
KINDS = ("books", "usage")
SWEPT = ("sessions", "codes", "messages", "drafts", "tries", "exports")


@dataclass(frozen=True, slots=True)
class Retention:
    """From `since` on, a kind of record is kept for so many years or months, because `law` says so."""

    country: str
    kind: str
    since: date
    years: int
    months: int
    law: str
    source: str

    def until(self, last: date) -> date:
        """The last day on which what was written on `last` is kept; years count from the year's end."""
        if self.years:
            return date(last.year + self.years, 12, 31)
        months = last.year * 12 + last.month - 1 + self.months
        year, month = divmod(months, 12)
        return date(year, month + 1, min(last.day, 28))


@dataclass(frozen=True, slots=True)
class Housekeeping:
    """What is taken away so many days after its end, because nobody needs it any more."""

    kind: str
    days: int


def read_retention(folder: Path, errors: list[ContentError]) -> tuple[Retention, ...]:
    """What the law has kept, in the order of the file; mistakes are added to `errors`."""
    return _read(folder, errors)[0]


def read_housekeeping(folder: Path) -> tuple[Housekeeping, ...]:
    """What nobody needs after some days; mistakes are those that `read_retention` tells."""
    return _read(folder, [])[1]


def _read(folder: Path, errors: list[ContentError]) -> tuple[tuple[Retention, ...], tuple[Housekeeping, ...]]:
    """Both parts of the file; an operator's own need not have it."""
    if not (folder / "retention.toml").exists():
        return (), ()
    root = read_toml(folder / "retention.toml", FILE, errors)
    found = []
    for section in root.one_or_more("retention"):
        found.append(
            Retention(
                country=section.text("country", pattern="[A-Z]{2}", form="two capitals, like NL"),
                kind=section.text("kind", choices=KINDS),
                since=section.day("since"),
                years=section.integer("years", low=0, high=50, default=0),
                months=section.integer("months", low=0, high=120, default=0),
                law=section.text("law"),
                source=section.text("source"),
            )
        )
        section.finish()
    swept = []
    for section in root.sections("housekeeping", optional=True):
        swept.append(
            Housekeeping(section.text("kind", choices=SWEPT), section.integer("days", low=1, high=3660))
        )
        section.finish()
    root.finish()
    return tuple(found), tuple(swept)


def in_force(rules: tuple[Retention, ...], country: str, kind: str, day: date) -> Retention | None:
    """The rule that holds on a day; None where the country has none."""
    held = [each for each in rules if each.country == country and each.kind == kind and each.since <= day]
    return max(held, key=lambda each: each.since, default=None)
