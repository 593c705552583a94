"""Text as the search compares it: without case, accents, spaces and signs.

A name is filed under what follows from each of its words, written together: "Jan de Vries" as `jandevries`,
` devries` and ` vries`, the later ones behind a space. So a stretch of the sorted terms holds whatever starts
with "jan", "devr", "jan de" or "vries". A number is filed as it is and, behind `<`, backwards: its last
digits are found too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

LONGEST: Final = 40
"""Signs of a term; a longer text is found by its beginning."""
MOST_WORDS: Final = 24
"""Words of one column that are filed."""
LATER: Final = " "
TAIL: Final = "<"
SHORTEST_TAIL: Final = 4
SHORTEST_NATIONAL: Final = 2
SHORTEST_SIGNIFICANT: Final = 3
"""Digits from which a number at home is recognised, with its first 0 and without."""

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[+\d][\d\s\-./()]*")
_ONE_SIGN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d"})


def fold(text: str) -> str:
    """The text without case and accents: "Müller" and "MULLER" are one."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in split if not unicodedata.combining(sign)).translate(_ONE_SIGN)


def words(text: str) -> list[str]:
    """Runs of letters and digits, folded."""
    return _WORD.findall(fold(text))


def name_terms(text: str) -> Iterator[str]:
    """Under what a name is filed."""
    parts = words(text)
    for first in range(min(len(parts), MOST_WORDS)):
        yield (LATER if first else "") + "".join(parts[first:])[:LONGEST]


def number_terms(text: str) -> Iterator[str]:
    """Under what a number or a code is filed."""
    whole = "".join(words(text))[:LONGEST]
    if whole:
        yield whole
        yield TAIL + whole[::-1]


def typed_words(text: str) -> list[str]:
    """The words of what was typed; a number in groups ("06 1234-5678") is one of them."""
    typed = text.strip()
    if _NUMBER.fullmatch(typed):
        digits = "".join(sign for sign in fold(typed) if sign.isdecimal())
        return [("+" if typed.startswith("+") else "") + digits] if digits else []
    return words(text)


def forms(word: str, home: str) -> list[str]:
    """How a word may be written in the index: a phone number also in international form.

    Args:
        word: one of `typed_words`.
        home: calling code that a national number stands for, such as "31"; may be empty.
    """
    plain = word.removeprefix("+")[:LONGEST]
    if word.startswith("+") or not plain.isdecimal():
        return [plain]
    if plain.startswith("00"):
        return [plain, plain[2:]] if plain[2:] else [plain]
    if not home or len(plain) < (SHORTEST_NATIONAL if plain.startswith("0") else SHORTEST_SIGNIFICANT):
        return [plain]
    return [plain, (home + (plain[1:] if plain.startswith("0") else plain))[:LONGEST]]


def starts(found: Iterable[str]) -> Iterator[str]:
    """Where the sorted terms are read for the forms of one word: the best hits come first."""
    every = list(found)
    yield from every
    yield from (LATER + form for form in every)
    if len(every[0]) >= SHORTEST_TAIL:
        yield TAIL + every[0][::-1]


def fits(terms: Iterable[str], typed: Iterable[str], home: str) -> bool:
    """Whether an object filed under `terms` is found: by all words written together, or by each of them."""
    filed, wanted = tuple(terms), list(typed)
    if not wanted:
        return False
    together = [[*wanted]] if len(wanted) == 1 else [["".join(wanted)], wanted]
    return any(
        all(any(term.startswith(tuple(starts(forms(word, home)))) for term in filed) for word in way)
        for way in together
    )
