"""How numbers, money and dates are written in a language.

The three languages of the portal stand here as a table taken from Unicode CLDR (a test compares it with
Babel): Babel would cost 6 to 8 MB of memory in every session. Any other language asks Babel.
"""

# ruff: noqa: SIM905 - a line of names reads better than a quoted list

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Formats:
    """Signs and patterns of one language; the patterns are `str.format` templates."""

    decimal: str
    group: str
    money: str
    negative_money: str
    percent: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    days: tuple[str, ...]
    date: str
    day: str


_EN = Formats(
    ".", ",", "{sign}{amount}", "-{sign}{amount}", "{number}%",
    tuple("January February March April May June July August September October November December".split()),
    tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()),
    tuple("Mon Tue Wed Thu Fri Sat Sun".split()),
    "{day} {short} {year}", "{day} {short}",
)  # fmt: skip
_NL = Formats(
    ",", ".", "{sign}\u00a0{amount}", "{sign}\u00a0-{amount}", "{number}%",
    tuple("januari februari maart april mei juni juli augustus september oktober november december".split()),
    tuple("jan feb mrt apr mei jun jul aug sep okt nov dec".split()),
    tuple("ma di wo do vr za zo".split()),
    "{day} {short} {year}", "{day} {short}",
)  # fmt: skip
_DE = Formats(
    ",", ".", "{amount}\u00a0{sign}", "-{amount}\u00a0{sign}", "{number}\u00a0%",
    tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
    tuple("Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.".split()),
    tuple("Mo. Di. Mi. Do. Fr. Sa. So.".split()),
    "{day:02}.{month:02}.{year}", "{day:02}.{month:02}.",
)  # fmt: skip
_TABLE = {"en": _EN, "nl": _NL, "de": _DE}


@lru_cache(maxsize=16)
def formats(language: str) -> Formats:
    """Return how `language` writes numbers and dates; English when nobody knows the language."""
    return _TABLE.get(language) or _from_babel(language)


def _from_babel(language: str) -> Formats:
    from babel.core import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return _EN
    signs = locale.number_symbols["latn"]
    pattern = locale.currency_formats["standard"]
    money, negative = (
        (pattern.prefix[side] + "{amount}" + pattern.suffix[side]).replace("¤", "{sign}") for side in (0, 1)
    )
    percent = locale.percent_formats[None]
    names = locale.months["format"]
    return Formats(
        signs["decimal"],
        signs["group"],
        money,
        negative,
        "{number}" + percent.suffix[0],
        tuple(names["wide"][index] for index in range(1, 13)),
        tuple(names["abbreviated"][index] for index in range(1, 13)),
        tuple(locale.days["format"]["abbreviated"][index] for index in range(7)),
        "{day} {short} {year}",
        "{day} {short}",
    )
