"""Read and check the reference tables of countries and of the EU."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from app.content.csv_table import overlap, read_rows
from app.content.errors import ContentError
from app.content.reading import Section, read_toml
from app.content.reference import Membership, Place, Places
from app.content.texts import Texts

COUNTRIES = "reference/countries.csv"
EU = "reference/eu.toml"
COUNTRY_COLUMNS = ("index", "code", "calling", "en", "nl", "de")


def read_places(reference: Path, errors: list[ContentError]) -> Places:
    """Places with their EU memberships; mistakes are added to `errors`, wrong rows are left out."""
    places = _read_countries(reference / "countries.csv", errors)
    codes = {place.code for place in places}
    return Places(places, _read_memberships(reference / "eu.toml", codes, errors))


def _read_countries(path: Path, errors: list[ContentError]) -> list[Place]:
    places: list[Place] = []
    codes: set[str] = set()
    for line, cells in read_rows(path, COUNTRIES, COUNTRY_COLUMNS, errors):
        key = f"line {line}"
        index, code, calling, en, nl, de = cells
        if index != str(len(places)):
            problem = f"Index {index!r} is out of order; {len(places)} was expected."
            cure = "Count up from 0, add rows at the end and never renumber: usage is stored with indexes."
            errors.append(ContentError(COUNTRIES, key, problem, cure))
        if code in codes:
            errors.append(ContentError(COUNTRIES, key, f"{code} is listed twice.", "Remove one of the rows."))
        if not (en and nl and de):
            errors.append(ContentError(COUNTRIES, key, f"{code} lacks a name.", "Fill in en, nl and de."))
        if not re.fullmatch("[0-9 ]*", calling):
            cure = "Write the digits without +, several codes with a space between."
            errors.append(ContentError(COUNTRIES, key, f"{calling!r} is not a calling code.", cure))
        codes.add(code)
        places.append(Place(len(places), code, tuple(calling.split()), Texts(en, nl, de)))
    return places


def _read_memberships(path: Path, codes: set[str], errors: list[ContentError]) -> list[Membership]:
    """`[members]`: code = { from, until } or a list of such periods."""
    root = read_toml(path, EU, errors)
    section = root.section("members")
    found: dict[str, list[Membership]] = defaultdict(list)
    for code in section.names():
        if code not in codes:
            section.error(code, f"There is no place {code}.", section.suggest(code, codes))
        for period in section.one_or_more(code):
            found[code].append(_membership(period, code))
    root.finish()
    for code, periods in found.items():
        ordered = sorted(periods, key=lambda member: (member.start is not None, member.start))
        for first, second in pairwise(ordered):
            if overlap(first.start, first.until, second.start, second.until):
                section.error(
                    code, f"{code} is in the EU twice on the same day.", "Let the periods follow each other."
                )
    return [member for periods in found.values() for member in periods]


def _membership(period: Section, code: str) -> Membership:
    start, until = period.day("from", default=None), period.day("until", default=None)
    if start and until and until <= start:
        period.error("until", "The period ends before it starts.", "Write a later day, or remove it.")
    period.finish()
    return Membership(code, start, until)
