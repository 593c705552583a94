"""Values that the files of a tariff are made of: money, zones, days, names."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from app.content.reading import Section
from app.rating.tariff import ZONE_NAMES

MONEY: Final = re.compile(r"(\d{1,7})(?:\.(\d{1,6}))?")
_REQUIRED: Final = object()


def micro(section: Section, key: str, default: Any = _REQUIRED) -> int:
    """A price as text with at most six decimals ("0.05"), in micro-euro; a float would lose digits."""
    values = section._values  # the only getter that must see a float to refuse it by name
    if key not in values and default is not _REQUIRED:
        section.has(key)
        return int(default)
    value = values.get(key)
    section.has(key)
    found = MONEY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        problem = "The price is missing." if value is None else f"{value!r} is not a price written as text."
        section.error(key, problem, 'Write euro in quotes with at most six decimals, like "0.05".')
        return 0
    return int(found[1]) * 1_000_000 + int((found[2] or "").ljust(6, "0"))


def zones(section: Section, key: str) -> tuple[int, ...]:
    """Zones by name, as numbers of `Zone`."""
    words = section.words(key, choices=ZONE_NAMES)
    return tuple(ZONE_NAMES.index(word) for word in words if word in ZONE_NAMES)


def label(section: Section) -> dict[str, str]:
    """The setting `name`: a text in each language."""
    return dict(section.texts("name")._asdict())


def day_or_none(section: Section, key: str) -> date | None:
    """A day that may be absent."""
    found: date | None = section.day(key, default=None)
    return found


def seconds_of_day(section: Section, key: str, default: int) -> int:
    """A time like "08:30" or "24:00" as seconds of the day."""
    if not section.has(key):
        return default
    text = section.text(key, pattern=r"([01]\d|2[0-3]):[0-5]\d|24:00")
    if not re.fullmatch(r"\d\d:\d\d", text):
        return default
    return int(text[:2]) * 3_600 + int(text[3:]) * 60
