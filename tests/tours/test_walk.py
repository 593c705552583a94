"""Every tour can be walked by its own keys: on each size of screen, in each language, in each theme.

Here each tour is walked once, in circumstances that its name decides; all of them together take long.
"""

from __future__ import annotations

import hashlib
from itertools import product

import pytest

from app.content.tour_list import read_tours
from app.settings import shipped_content
from app.tours.walk_setting import How
from tests.tours.conftest import LANGUAGES, WalkTour

SIZES = ((60, 20), (80, 24), (120, 40))
THEMES = ("dark", "light", "ansi")
TOURS = read_tours(shipped_content(), [])


def rotated(id: str, show_me: bool = False) -> How:
    """Circumstances for a tour, always the same ones, and each of them for a part of the tours."""
    number = int.from_bytes(hashlib.sha256(f"{id} {show_me}".encode()).digest()[:4], "big")
    ways = list(product(SIZES, LANGUAGES, THEMES))
    size, language, theme = ways[number % len(ways)]
    return How(size, language, theme, show_me)


@pytest.mark.parametrize("id", TOURS)
async def test_a_tour_is_walked(id: str, walk_tour: WalkTour) -> None:
    await walk_tour(TOURS[id], rotated(id))


@pytest.mark.long
@pytest.mark.parametrize("show_me", [False, True], ids=["guide", "show-me"])
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("id", TOURS)
async def test_a_tour_is_walked_everywhere(
    id: str, size: tuple[int, int], language: str, theme: str, show_me: bool, walk_tour: WalkTour
) -> None:
    await walk_tour(TOURS[id], How(size, language, theme, show_me))


def test_the_circumstances_differ() -> None:
    found = {str(rotated(f"tour-{number}")) for number in range(200)}
    assert len(found) == len(SIZES) * len(LANGUAGES) * len(THEMES)
