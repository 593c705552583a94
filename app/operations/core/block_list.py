"""Passwords that everybody tries first, as a Bloom filter in data/passwords.

The filter says "no" for certain and is wrong with a "yes" once in 100,000 questions. It is mapped, not
read: a question touches a few bytes of it, and nothing of it is loaded before the first question.
tools/make_block_list.py makes it; data/passwords/SOURCES.md says from what.
"""

from __future__ import annotations

import hashlib
import mmap
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from app.settings import shipped_content

HEADER: Final = 16
"""Bytes before the bits: how many bits there are and how many of them one entry sets."""
FEWEST_SIGNS: Final = 5
"""A password of fewer different signs, like ababababab12, is as easy as a common one."""
SHORTEST_WORD: Final = 4
COMPOUND: Final = 12
"""Letters from which one run of them is more than a word or a name."""
LEET: Final = str.maketrans("@4810$53!|7+", "aabiosseiltt")
"""Signs that are written for letters."""
EDGES: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
SIGNS: Final = re.compile(r"^[\W_]+|[\W_]+$")
LETTERS: Final = re.compile(r"[^\W\d_]+")
TAIL: Final = re.compile(r"[\W\d_]+$")


def is_common(password: str) -> bool:
    """Whether a password is one that many people have, or one word of theirs with signs around it."""
    folded = fold(password)
    if len(set(folded)) < FEWEST_SIGNS or _holds(whole(folded)):
        return True
    return any(_holds(core(word)) or word in _words() for word in words_in(folded))


def is_one_word(password: str) -> bool:
    """Whether a password is one word or name with figures or symbols around it, however rare the word.

    Names with a number are many, and no list has all of them; a compound as long as a password by itself is
    left to who makes it up.
    """
    word, *others = sorted(LETTERS.findall(fold(password)), key=len, reverse=True) or [""]
    # Single letters between figures are a walk over the keyboard, like 1q2w3e; random signs have no word.
    around = not others or (len(word) >= SHORTEST_WORD and len(others[0]) == 1)
    return 0 < len(word) < COMPOUND and around


def fold(password: str) -> str:
    """One form for what looks or sounds the same to who guesses: composed, without capitals."""
    return unicodedata.normalize("NFC", password).casefold()


def whole(folded: str) -> str:
    """The entry of a whole password."""
    return f"whole\x1f{folded}"


def core(word: str) -> str:
    """The entry of a word that may stand between signs."""
    return f"core\x1f{word}"


def words_in(folded: str) -> Iterator[str]:
    """The words that a password may come down to: "welkom" of Welkom2026!, "password" of P@ssw0rd#1."""
    bare, headed, figures = EDGES.sub("", folded), TAIL.sub("", folded), SIGNS.sub("", folded)
    words = {folded, bare, bare.translate(LEET), headed.translate(LEET), figures}
    for word in words | {letters(folded), letters(folded.translate(LEET))}:
        yield from (each for each in (word, _unit(word)) if len(each) >= SHORTEST_WORD)


def letters(folded: str) -> str:
    """The letters only."""
    return "".join(sign for sign in folded if sign.isalpha())


def positions(entry: str, bits: int, hashes: int) -> list[int]:
    """Which bits of a filter stand for an entry."""
    digest = hashlib.blake2b(entry.encode(), digest_size=16).digest()
    first, step = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big") | 1
    return [(first + turn * step) % bits for turn in range(hashes)]


def folder() -> Path:
    """Where the filter and the words lie; they belong to the product, not to an operator."""
    return shipped_content() / "passwords"


def _holds(entry: str) -> bool:
    data, bits, hashes = _filter()
    return all(data[HEADER + at // 8] >> at % 8 & 1 for at in positions(entry, bits, hashes))


@cache
def _filter() -> tuple[mmap.mmap, int, int]:
    with (folder() / "common.bloom").open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return data, int.from_bytes(data[:8], "big"), int.from_bytes(data[8:HEADER], "big")


@cache
def _words() -> frozenset[str]:
    """Words of words.txt, which are few: those the sources of the filter miss."""
    lines = (folder() / "words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for line in lines if not line.startswith("#") for word in line.split())


def _unit(word: str) -> str:
    """The part that a word repeats: "welkom" of "welkomwelkom", else the word."""
    return word[: (word + word).index(word, 1)] if word else word
