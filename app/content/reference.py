"""Places where usage happens: countries, ships and aircraft, and which of them are in the EU on a day."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.content.texts import Texts
from app.i18n import LANGUAGES

SHIP = "X-SHIP"
PLANE = "X-PLANE"


@dataclass(frozen=True, slots=True)
class Place:
    """A country (ISO 3166 alpha-2), `X-SHIP` or `X-PLANE`."""

    index: int
    """The number stored with usage; rows are only ever added."""
    code: str
    calling: tuple[str, ...]
    """E.164 digits with which its numbers begin."""
    names: Texts


@dataclass(frozen=True, slots=True)
class Membership:
    """A place counts as EU from a day (inclusive) until a day (exclusive); None is open-ended."""

    code: str
    start: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Is the place in the EU on this day?"""
        return (self.start is None or self.start <= day) and (self.until is None or day < self.until)


class Places:
    """All places by index and code; built once from checked rows."""

    def __init__(self, places: Iterable[Place], memberships: Iterable[Membership]) -> None:
        self._places = tuple(sorted(places, key=lambda place: place.index))
        self._index = {place.code: place.index for place in self._places}
        self._memberships = tuple(memberships)
        self._eu: dict[date, frozenset[str]] = {}
        self._folded: list[tuple[str, ...]] = []

    @property
    def count(self) -> int:
        """How many places there are; indexes are 0 to count - 1."""
        return len(self._places)

    def index(self, code: str) -> int:
        """The index of a code; KeyError if there is no such place."""
        return self._index[code]

    def find(self, code: str) -> int | None:
        """The index of a code, None if there is no such place."""
        return self._index.get(code)

    def code(self, index: int) -> str:
        """The code of an index; IndexError if there is no such place."""
        if index < 0:
            raise IndexError(index)
        return self._places[index].code

    def codes(self) -> tuple[str, ...]:
        """All codes in the order of their index."""
        return tuple(place.code for place in self._places)

    def name(self, index: int, language: str) -> str:
        """The name in a language (en, nl, de; English for any other)."""
        if index < 0:
            raise IndexError(index)
        return self._places[index].names.in_language(language)

    def calling(self, index: int) -> tuple[str, ...]:
        """E.164 digits with which the numbers of a place begin; empty on ships and aircraft."""
        return self._places[index].calling

    def eu_at(self, day: date) -> frozenset[str]:
        """The codes that count as EU on a day."""
        found = self._eu.get(day)
        if found is None:
            found = frozenset(member.code for member in self._memberships if member.covers(day))
            self._eu[day] = found
        return found

    def eu_days(self) -> list[date]:
        """The days on which the list changes, ascending: between two of them it is the same."""
        days = {day for member in self._memberships for day in (member.start, member.until) if day}
        return sorted(days)

    def search(self, text: str, language: str = "en", limit: int = 20) -> list[int]:
        """Indexes that fit what was typed, best first.

        Understood are beginnings of a name or of a word in it (any language, accents and case do not
        matter), ISO codes, calling codes (`+31`, `0031`, `31`) and whole phone numbers.
        """
        typed = fold(text.strip())
        if not typed:
            return []
        digits = _digits(typed)
        ranked = []
        for place, names in zip(self._places, self._folded_names(), strict=True):
            rank = _rank_number(place, digits) if digits else _rank_name(place, names, typed, language)
            if rank is not None:
                ranked.append((rank, names[_language_position(language)], place.index))
        return [index for _, _, index in sorted(ranked)[:limit]]

    def _folded_names(self) -> list[tuple[str, ...]]:
        if not self._folded:
            self._folded = [tuple(fold(name) for name in place.names) for place in self._places]
        return self._folded


def fold(text: str) -> str:
    """Text for comparing: without accents, case and typographic signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(" " if sign in "-’'()." else sign for sign in plain if not unicodedata.combining(sign))


def _language_position(language: str) -> int:
    return LANGUAGES.index(language) if language in LANGUAGES else 0


def _digits(typed: str) -> str:
    digits = typed.removeprefix("+").replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        return ""
    return digits.removeprefix("00")


def _rank_number(place: Place, digits: str) -> int | None:
    """Lower fits better: the longest calling code in a number, then codes that the digits begin."""
    inside = [len(code) for code in place.calling if digits.startswith(code)]
    if inside:
        return -max(inside)
    return 0 if any(code.startswith(digits) for code in place.calling) else None


def _rank_name(place: Place, names: tuple[str, ...], typed: str, language: str) -> int | None:
    own = names[_language_position(language)]
    if typed in (own, fold(place.code)):
        return 0
    if own.startswith(typed):
        return 1
    if any(name.startswith(typed) for name in names):
        return 2
    return 3 if any(f" {typed}" in name for name in names) else None
