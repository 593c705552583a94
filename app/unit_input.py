"""Amounts that a person types, read in the person's language. Every refusal says what to type instead."""

from __future__ import annotations

import re
from datetime import date as Date
from typing import Final

from app import units
from app.i18n import _
from app.i18n import language as current_language
from app.number_formats import formats

_SPACES: Final = dict.fromkeys(map(ord, " \u00a0\u202f\u2009\t"))
_MAX_DIGITS: Final = 15
_FACTORS: Final = {"b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}


class UnitError(ValueError):
    """What was typed cannot be read; the message says how to type it."""


def parse_money(text: str, language: str | None = None) -> int:
    """Return the cents in text such as "€ 1.000,50"; UnitError when it is not an amount."""
    return _amount(text, 2, language)


def parse_money_micro(text: str, language: str | None = None) -> int:
    """Return the millionths of a euro in text with at most six decimals."""
    return _amount(text, 6, language)


def parse_count(text: str, language: str | None = None) -> int:
    """Return the whole number in text such as "12,345"."""
    try:
        return _scaled(text, 0, language)
    except ValueError:
        example = units.count(12345, language)
        raise UnitError(_("Type a whole number, for instance {example}.").format(example=example)) from None


def parse_volume(text: str, language: str | None = None, unit: str = "B") -> int:
    """Return the bytes in text such as "1.5 GB"; a bare number is of `unit`, bytes unless told otherwise."""
    match = re.fullmatch(r"([-+\d.,' ]+)([a-z]{0,2})", text.strip().translate(_SPACES).lower())
    try:
        if match is None or match[2] not in ("", *_FACTORS):
            raise ValueError
        factor = _FACTORS[match[2] or unit.lower()]
        size, rest = divmod(_scaled(match[1], 12, language) * factor, 10**12)
        if rest:
            raise ValueError
    except ValueError:
        example = units.volume(1_500_000_000, language)
        raise UnitError(
            _("Type a volume with kB, MB or GB, for instance {example}.").format(example=example)
        ) from None
    return size


def parse_duration(text: str) -> int:
    """Return the seconds in h:mm:ss, m:ss, or a number of seconds."""
    match = re.fullmatch(r"(-?)(?:(?:(\d{1,6}):)?(\d{1,6}):)?(\d{1,9})", text.strip())
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:]) if match else (0, 0, -1)
    colons = text.count(":")
    if seconds < 0 or (colons and seconds > 59) or (colons == 2 and minutes > 59):
        raise UnitError(_("Type a time as minutes:seconds, for instance 2:05, or 1:02:05 with hours."))
    total = hours * 3600 + minutes * 60 + seconds
    return -total if match and match[1] else total


def parse_date(text: str) -> Date:
    """Return the day in text: 2026-11-21, 21-11-2026, 21.11.2026 or 21/11/2026."""
    text = text.strip()
    try:
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
            return Date(int(match[1]), int(match[2]), int(match[3]))
        if match := re.fullmatch(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})", text):
            return Date(int(match[4]), int(match[3]), int(match[1]))
        raise ValueError
    except ValueError:
        raise UnitError(_("Type a date as day-month-year, for instance 21-11-2026.")) from None


def typed_day(day: Date, language: str | None = None) -> str:
    """A day in figures, as people who speak the language type it; `parse_date` reads all of them."""
    style = {"nl": "%d-%m-%Y", "de": "%d.%m.%Y"}.get(language or current_language(), "%Y-%m-%d")
    return day.strftime(style)


def _amount(text: str, decimals: int, language: str | None) -> int:
    bare = text.replace("€", "").replace("EUR", "")
    try:
        return _scaled(bare, decimals, language)
    except ValueError:
        example = units.money(100_050, language)
        raise UnitError(_("Type an amount, for instance {example}.").format(example=example)) from None


def _scaled(text: str, decimals: int, language: str | None) -> int:
    """Return the number in `text` times 10**decimals; ValueError when signs stand in wrong places."""
    style = formats(language or current_language())
    text = text.translate(_SPACES)
    group, point = re.escape(style.group), re.escape(style.decimal)
    match = re.fullmatch(
        rf"([-+]?)(\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{point}(\d{{1,{max(decimals, 1)}}}))?", text, re.ASCII
    )
    if match is None or (match[3] and not decimals):
        raise ValueError
    digits = match[2].replace(style.group, "")
    if len(digits.lstrip("0")) > _MAX_DIGITS:
        raise ValueError
    number = int(digits + (match[3] or "").ljust(decimals, "0"))
    return -number if match[1] == "-" else number
