"""Rebuild data/reference from public sources: countries, mobile networks and public holidays.

    python tools/make_reference.py mcc-mnc-list.json

The argument is the file of https://github.com/pbakondy/mcc-mnc-list (MIT licence). Names of countries come
from Unicode CLDR through babel, calling codes from phonenumbers, holidays from the holidays library.
Rows that exist keep their index: usage is stored with it.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

import holidays
import phonenumbers
from babel import Locale
from phonenumbers import PhoneMetadata

REFERENCE = Path(__file__).resolve().parent.parent / "data" / "reference"
LANGUAGES = ("en", "nl", "de")

NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
"""Two-letter codes of CLDR that ISO 3166 does not assign. XK (Kosovo) stays: it has networks."""

SHORTER = {
    "HK": ("Hong Kong", "Hongkong", "Hongkong"),
    "MO": ("Macao", "Macau", "Macau"),
    "PS": ("Palestine", "Palestina", "Palästina"),
    "MM": ("Myanmar", "Myanmar", "Myanmar"),
}
"""CLDR's political names are too long for a column."""

EXTRA_PLACES = (
    ("X-SHIP", "Ships", "Schepen", "Schiffe"),
    ("X-PLANE", "Aircraft", "Vliegtuigen", "Flugzeuge"),
)

DECIDED_CODES = {
    "BQ": "5993 5994 5997",
    "CW": "5999",
    "DO": "1809 1829 1849",
    "GG": "441481",
    "IM": "441624",
    "JE": "441534",
    "JM": "1876 1658",
    "KZ": "76 77",
    "PR": "1787 1939",
    "YT": "262269 262639",
}
"""Several codes, or area codes inside another country's code, which the metadata gives as patterns."""

HOLIDAY_COUNTRIES = ("NL", "BE", "DE", "FR", "LU", "GB", "US", "MX")
HOLIDAY_YEARS = range(2024, 2036)


def countries() -> list[tuple[str, str, str, str, str]]:
    """(code, calling codes, English, Dutch, German) by code."""
    names = {language: Locale(language).territories for language in LANGUAGES}
    rows = []
    for code in sorted(names["en"]):
        if len(code) != 2 or not code.isalpha() or code in NOT_COUNTRIES:
            continue
        en, nl, de = SHORTER.get(code) or tuple(names[language][code] for language in LANGUAGES)
        rows.append((code, calling_codes(code), en, nl, de))
    return rows + [(code, "", en, nl, de) for code, en, nl, de in EXTRA_PLACES]


def calling_codes(code: str) -> str:
    """E.164 country codes, with the area code where several countries share one."""
    if code in DECIDED_CODES:
        return DECIDED_CODES[code]
    country_code = phonenumbers.country_code_for_region(code)
    if not country_code:
        return ""
    metadata = PhoneMetadata.metadata_for_region(code, None)
    leading = metadata.leading_digits if metadata else None
    if leading and leading.isdigit() and not metadata.main_country_for_code:
        return f"{country_code}{leading}"
    return str(country_code)


def write_countries(path: Path) -> None:
    known = read_indexes(path)
    following = max(known.values(), default=-1) + 1
    rows = []
    for row in countries():
        if row[0] not in known:
            known[row[0]] = following
            following += 1
        rows.append((known[row[0]], *row))
    rows.sort()
    write(path, ("index", "code", "calling", "en", "nl", "de"), rows)


def read_indexes(path: Path) -> dict[str, int]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: int(row["index"]) for row in csv.DictReader(file)}


REGIONS = {
    "AU/CC/CX": "AU",
    "BQ/CW/SX": "CW",
    "BL/GF/GP/MF/MQ": "GP",
    "YT/RE": "RE",
    "GE-AB": "GE",
}
"""Rows of the source for several countries: the main one, unless their note names another (NOTE_PLACES)."""

NOTE_PLACES = (
    ("Guam", "GU"),
    ("Northern Mariana", "MP"),
    ("Puerto Rico", "PR"),
    ("Virgin Islands", "VI"),
    ("Isle of Man", "IM"),
    ("Guernsey", "GG"),
    ("Jersey", "JE"),
    ("Palestinian", "PS"),
    ("Curaçao", "CW"),
    ("Bonaire", "BQ"),
    ("Sint Eustatius", "BQ"),
    ("Sint Maarten", "SX"),
    ("Guadeloupe", "GP"),
    ("Saint Barthélemy", "MF"),
    ("Réunion", "RE"),
    ("Mayotte", "YT"),
)
"""First match in the note decides. Saint Barthélemy's networks are Saint Martin's."""

DECIDED = {
    ("234", "03"): "GG",
    ("234", "50"): "JE",
    ("234", "55"): "GG",
    ("234", "18"): "GB",
    ("234", "28"): "JE",
    ("270", "77"): "LU",
    ("270", "99"): "LU",
    ("310", "033"): "GU",
    ("310", "260"): "US",
    ("310", "120"): "US",
    ("310", "410"): "US",
    ("310", "280"): "PR",
    ("310", "470"): "US",
    ("310", "370"): "GU",
    ("311", "470"): "VI",
    ("311", "780"): "AS",
    ("313", "510"): "PR",
    ("338", "05"): "JM",
    ("338", "050"): "BM",
    ("340", "01"): "GP",
    ("340", "02"): "GP",
    ("340", "11"): "GF",
    ("340", "12"): "MQ",
    ("340", "20"): "GP",
    ("362", "54"): "BQ",
    ("505", "10"): "NF",
}
"""One MCC+MNC, one place: why each was chosen is in data/reference/SOURCES.md."""

MARITIME = re.compile(r"\bMaritime\b", re.IGNORECASE)
AIRBORNE = re.compile(r"\bAir\b|aircraft", re.IGNORECASE)


def network_place(mcc: str, mnc: str, rows: list[dict[str, str]]) -> str | None:
    """The one place of a network; None for networks that are nowhere (tests, satellites, global SIMs)."""
    if mcc == "901":
        notes = " ".join(row["notes"] or "" for row in rows)
        return "X-SHIP" if MARITIME.search(notes) else "X-PLANE" if AIRBORNE.search(notes) else None
    codes = {REGIONS.get(row["countryCode"], row["countryCode"]) for row in rows} - {None}
    if not codes:
        return None
    if (mcc, mnc) in DECIDED:
        return DECIDED[mcc, mnc]
    if len(codes) > 1 or any(row["countryCode"] in REGIONS for row in rows):
        notes = " ".join(row["notes"] or "" for row in rows)
        named = next((place for name, place in NOTE_PLACES if name in notes), None)
        if named:
            return named
    if len(codes) > 1:
        raise SystemExit(f"{mcc}-{mnc} is in {sorted(codes)}: add it to DECIDED")
    return str(codes.pop())


def write_networks(path: Path, source: Path) -> None:
    networks = defaultdict(list)
    for row in json.loads(source.read_text(encoding="utf-8")):
        for mnc in mncs(row["mnc"]):
            if row["status"] not in ("Reserved", "Returned spare") and row["type"] != "Test":
                networks[row["mcc"], mnc].append(row)
    rows = []
    for (mcc, mnc), found in sorted(networks.items()):
        place = network_place(mcc, mnc, found)
        if place:
            rows.append((mcc, mnc, place, network_name(found), "", ""))
    write(path, ("mcc", "mnc", "place", "name", "valid_from", "valid_to"), rows)


def mncs(text: str) -> list[str]:
    """`100 - 190` is a range; the five digits of French regional licences start with the MNC."""
    if re.fullmatch(r"\d{2,3}", text):
        return [text]
    if found := re.fullmatch(r"(\d{3}) - (\d{3})", text):
        return [str(number) for number in range(int(found[1]), int(found[2]) + 1)]
    return []


def network_name(rows: list[dict[str, str]]) -> str:
    best = min(rows, key=lambda row: row["status"] != "Operational")
    return " ".join((best["brand"] or best["operator"] or "").split())


def write_holidays(path: Path) -> None:
    rows = [
        (country, day.isoformat(), name)
        for country in HOLIDAY_COUNTRIES
        for day, name in sorted(holidays.country_holidays(country, years=HOLIDAY_YEARS).items())
        if day.year in HOLIDAY_YEARS
    ]
    write(path, ("country", "date", "name"), rows)


def write(path: Path, header: tuple[str, ...], rows: list[tuple]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{path}: {len(rows)} rows")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    write_countries(REFERENCE / "countries.csv")
    write_networks(REFERENCE / "networks.csv", Path(sys.argv[1]))
    write_holidays(REFERENCE / "holidays.csv")
