"""Money, volumes, durations, counts and instants, written and read in a person's language.

Money is whole cents or whole micro-euro, volumes are bytes with 1 GB = 1,000,000,000, durations are
seconds, instants are unix seconds. Nothing here is a float. `language` is the one in force unless given.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.clock import zone_named
from app.i18n import language as current_language
from app.number_formats import formats

SIGNS: Final = {"EUR": "€", "GBP": "£", "USD": "$"}
LONGEST_NUMBER: Final = 15
TWO_DIGIT_CODES: Final = frozenset(
    str(code)
    for first, last in (
        *((20, 20), (27, 27), (30, 34), (36, 36), (39, 41), (43, 49), (51, 58)),
        *((60, 66), (81, 82), (84, 84), (86, 86), (90, 95), (98, 98)),
    )
    for code in range(first, last + 1)
)
"""Country codes of two digits (ITU-T E.164); 1 and 7 stand alone, all others have three."""
VOLUMES: Final = (("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3))


def count(number: int, language: str | None = None) -> str:
    """Return a whole number with its groups of three: 12,345."""
    return f"{number:,}".replace(",", formats(language or current_language()).group)


def percent(part: int, whole: int, language: str | None = None) -> str:
    """Return `part` of `whole` in whole percents, rounded down, so that 100 % means all of it."""
    number = part * 100 // whole if whole else 0
    return formats(language or current_language()).percent.format(number=number)


def money(cents: int, language: str | None = None, currency: str = "EUR") -> str:
    """Return cents as money: €1,000.50, € 1.000,50, 1.000,50 €."""
    return _money(cents, 2, language, currency)


def money_micro(micro: int, language: str | None = None, currency: str = "EUR") -> str:
    """Return millionths of a euro exactly, with two decimals or as many more as it needs."""
    decimals = 6
    while decimals > 2 and micro % 10 == 0:
        micro //= 10
        decimals -= 1
    return _money(micro, decimals, language, currency)


def volume(size: int, language: str | None = None, decimals: int = 2) -> str:
    """Return bytes as kB, MB, GB or TB, rounded half up, without trailing zeros: 1.5 GB."""
    sign = "-" if size < 0 else ""
    size = abs(size)
    for name, unit in VOLUMES:
        # Only what the next smaller unit would show as 1000: else 995 kB were 1 MB.
        if _scaled(size, unit // 1000, decimals) >= 1000 * 10**decimals:
            scaled = _scaled(size, unit, decimals)
            return f"{sign}{_decimal(scaled, decimals, language, trim=True)}\u00a0{name}"
    return f"{sign}{size}\u00a0B"


def _scaled(size: int, unit: int, decimals: int) -> int:
    scale: int = 10**decimals
    return (size * scale * 2 + unit) // (unit * 2)


def duration(seconds: int) -> str:
    """Return seconds as m:ss or h:mm:ss."""
    sign = "-" if seconds < 0 else ""
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02}:{rest:02}" if hours else f"{sign}{minutes}:{rest:02}"


def phone(number: str) -> str:
    """Return an E.164 number in groups, a Dutch mobile one as people say it: +31 6 1234 5678.

    Anything else, such as a short code or a name, stays as it is.
    """
    digits = number[1:]
    if number[:1] != "+" or not digits.isdecimal() or not 7 <= len(digits) <= LONGEST_NUMBER:
        return number
    if digits.startswith("316") and len(digits) == 11:
        return f"+31 6 {digits[3:7]} {digits[7:]}"
    code = 1 if digits[0] in "17" else 2 if digits[:2] in TWO_DIGIT_CODES else 3
    rest = digits[code:]
    first = len(rest) - len(rest) % 3
    groups = [rest[at : at + 3] for at in range(0, first, 3)]
    if len(rest) % 3 == 1:
        groups[-1] += rest[-1]
    elif len(rest) % 3:
        groups.append(rest[first:])
    return " ".join([f"+{digits[:code]}", *groups])


def date(instant: int, zone: str, language: str | None = None, year: bool = True) -> str:
    """Return the day of `instant` in `zone`: 21 Nov 2026, or 21 Nov without the year."""
    moment = datetime.fromtimestamp(instant, zone_named(zone))
    style = formats(language or current_language())
    return (style.date if year else style.day).format(
        day=moment.day, month=moment.month, year=moment.year, short=style.short_months[moment.month - 1]
    )


def clock_time(instant: int, zone: str, seconds: bool = False) -> str:
    """Return the time of day of `instant` in `zone`: 14:05, or 14:05:09."""
    moment = datetime.fromtimestamp(instant, zone_named(zone))
    return f"{moment.hour:02}:{moment.minute:02}" + (f":{moment.second:02}" if seconds else "")


def instant(
    when: int, zone: str, language: str | None = None, year: bool = True, seconds: bool = False
) -> str:
    """Return day and time of an instant in `zone`: 21 Nov 2026 14:05."""
    return f"{date(when, zone, language, year)} {clock_time(when, zone, seconds)}"


def weekday(when: int, zone: str, language: str | None = None) -> str:
    """Return the short name of the day of the week: Mon."""
    moment = datetime.fromtimestamp(when, zone_named(zone))
    return formats(language or current_language()).days[moment.weekday()]


def month(yyyymm: int, language: str | None = None, short: bool = False) -> str:
    """Return the name of a month: November 2026, or Nov 2026."""
    style = formats(language or current_language())
    names = style.short_months if short else style.months
    return f"{names[yyyymm % 100 - 1]} {yyyymm // 100}"


def _money(amount: int, decimals: int, language: str | None, currency: str) -> str:
    style = formats(language or current_language())
    pattern = style.negative_money if amount < 0 else style.money
    return pattern.format(
        sign=SIGNS.get(currency, currency), amount=_decimal(abs(amount), decimals, language)
    )


def _decimal(number: int, decimals: int, language: str | None, trim: bool = False) -> str:
    """Return a number of 10**-decimals that is not negative, with groups and decimal sign."""
    style = formats(language or current_language())
    whole, rest = divmod(number, 10**decimals)
    digits = f"{rest:0{decimals}}" if decimals else ""
    if trim:
        digits = digits.rstrip("0")
    head = f"{whole:,}".replace(",", style.group)
    return f"{head}{style.decimal}{digits}" if digits else head
