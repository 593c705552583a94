"""All tours of an operator. A file with a mistake is left out and said; the others stay."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.content.errors import ContentError
from app.content.tours import Tour
from app.content.tours_file import read_tour
from app.settings import shipped_content

FOLDER: Final = "tours"
WITHOUT: Final = "without.toml"
"""Operations that need no tour, with the reason; no tour itself."""
LOG: Final = logging.getLogger("loket.tours")

Stamp = tuple[str, int, int]
"""A file with the time of its last change, of its text or its rights, and its size."""


class Tours:
    """The tours by id, in the order of their files, and what is wrong with those that were left out."""

    tours: Mapping[str, Tour]
    problems: tuple[ContentError, ...]

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stamps: tuple[Stamp, ...] = ()
        self._read()

    def changed(self) -> bool:
        """Whether a file came, went or was written since the tours were read."""
        return _stamps(self.folder) != self._stamps

    def reload(self) -> bool:
        """Read the tours anew if a file has changed; whether one had."""
        if not self.changed():
            return False
        self._read()
        return True

    def _read(self) -> None:
        errors: list[ContentError] = []
        self._stamps = _stamps(self.folder)
        self.tours = read_tours(self.folder, errors)
        self.problems = tuple(errors)
        for error in errors:
            LOG.warning("A tour is left out. %s", error)


def read_tours(folder: Path, errors: list[ContentError]) -> dict[str, Tour]:
    """The tours that can be used, by id; the mistakes of the others are added to `errors`."""
    found = {}
    for stamp in _stamps(folder):
        tour, mistakes = _read_once(*stamp)
        errors += mistakes
        if tour is not None:
            found[tour.id] = tour
    return found


@lru_cache(maxsize=512)
def _read_once(path: str, _changed: int, _size: int) -> tuple[Tour | None, tuple[ContentError, ...]]:
    """A file as it was at that time: while one is written on, the others need not be read again."""
    errors: list[ContentError] = []
    tour = read_tour(Path(path), f"{FOLDER}/{Path(path).name}", errors)
    return tour, tuple(errors)


def tour_files(folder: Path) -> list[Path]:
    """The operator's files, and those that come with Loket where the operator has none of that name."""
    places = (shipped_content() / FOLDER, folder / FOLDER)
    files = {path.name: path for place in places for path in sorted(place.glob("*.toml"))}
    return [files[name] for name in sorted(files) if name != WITHOUT]


def _stamps(folder: Path) -> tuple[Stamp, ...]:
    stamps = []
    for path in tour_files(folder):
        try:
            about = path.stat()
        except OSError:
            stamps.append((str(path), 0, 0))  # it went between the list and the look, or leads nowhere
        else:
            stamps.append((str(path), about.st_ctime_ns, about.st_size))
    return tuple(stamps)
