"""Every tour can be walked by its own keys: on each size of screen, in each language.

Each size meets each language; themes, and whether the person or "show me" presses the keys, take turns. Here
one tour in three is walked once, in circumstances that its name decides; the others take long.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest

from app.content.tour_list import read_tours
from app.settings import shipped_content
from app.tours.walk_setting import How
from tests.tours.conftest import LANGUAGES, WalkTour

SIZES = ((60, 20), (80, 24), (120, 40))
THEMES = ("dark", "light", "ansi")
TOURS = read_tours(shipped_content(), [])


def circumstances(id: str) -> list[How]:
    """All those of a tour, always in the same order; each comes first for a part of the tours."""
    number = number_of(id)
    found = [
        How(size, language, THEMES[(number // 9 + turn) % 3], (number // 27 + turn + turn // 3) % 2 == 1)
        for turn, (size, language) in enumerate(product(SIZES, LANGUAGES))
    ]
    first = number % len(found)
    return [*found[first:], *found[:first]]


def number_of(id: str) -> int:
    """A number of a tour's own, the same in every run."""
    return int.from_bytes(hashlib.sha256(id.encode()).digest()[:4], "big")


def some(ids: Iterable[str]) -> list[Any]:
    """One tour in three is walked in every run, the others with the long proofs."""
    return [pytest.param(id, marks=[pytest.mark.long] if number_of(id) % 3 else []) for id in ids]


def rotated(id: str) -> How:
    """Those in which a tour is walked each time."""
    return circumstances(id)[0]


@pytest.mark.parametrize("id", some(TOURS))
async def test_a_tour_is_walked(id: str, walk_tour: WalkTour) -> None:
    await walk_tour(TOURS[id], rotated(id))


@pytest.mark.long
@pytest.mark.parametrize(
    ("id", "how"), [pytest.param(id, how, id=f"{id}-{how}") for id in TOURS for how in circumstances(id)[1:]]
)
async def test_a_tour_is_walked_everywhere(id: str, how: How, walk_tour: WalkTour) -> None:
    await walk_tour(TOURS[id], how)


def test_the_circumstances_differ() -> None:
    every = circumstances("invite")
    assert {(how.size, how.language) for how in every} == set(product(SIZES, LANGUAGES))
    assert {how.theme for how in every} == set(THEMES)
    assert {how.show_me for how in every} == {True, False}
    firsts = [rotated(f"tour-{number}") for number in range(400)]
    assert len({str(how) for how in firsts}) >= 27
