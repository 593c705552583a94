"""Everything that one operator's folder says, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.content.access import Access, read_access
from app.content.catalogue import Catalogue
from app.content.catalogue_file import read_catalogue
from app.content.errors import ContentError, raise_if_any
from app.content.folders import practice_folder, reference_folder
from app.content.operator import Operator, read_operator
from app.content.reference import Places
from app.content.reference_files import read_places
from app.content.rights import Matrix, read_matrix

if TYPE_CHECKING:
    from app.content.articles import Articles
    from app.content.demo import Demo
    from app.content.networks import Networks
    from app.content.retention import Housekeeping, Retention
    from app.content.sources import SourceMapping
    from app.content.tariffs import Tariffs
    from app.content.tour_list import Tours


@dataclass(frozen=True)
class Content:
    """What the operator decided. Networks, tariffs and source mappings are read when first asked for."""

    folder: Path
    operator: Operator
    catalogue: Catalogue
    places: Places
    matrix: Matrix
    access: Access

    @cached_property
    def networks(self) -> Networks:
        """Mobile networks by MCC and MNC. Raises InvalidContent."""
        from app.content.networks import read_networks

        errors: list[ContentError] = []
        networks = read_networks(reference_folder(self.folder), self.places, errors)
        raise_if_any(errors)
        return networks

    @cached_property
    def tariffs(self) -> Tariffs:
        """Dated tariff plans. Raises InvalidContent."""
        from app.content.tariffs import load_tariffs

        return load_tariffs(self.folder, self.places)

    @cached_property
    def sources(self) -> dict[str, SourceMapping]:
        """How files of usage are read, by name of the source. Raises InvalidContent."""
        from app.content.sources_file import read_sources

        errors: list[ContentError] = []
        sources = read_sources(self.folder, errors)
        raise_if_any(errors)
        return sources

    @cached_property
    def retention(self) -> tuple[Retention, ...]:
        """How long the law has things kept. Raises InvalidContent."""
        from app.content.retention import read_retention

        errors: list[ContentError] = []
        rules = read_retention(reference_folder(self.folder), errors)
        raise_if_any(errors)
        return rules

    @cached_property
    def housekeeping(self) -> tuple[Housekeeping, ...]:
        """What the worker takes away after some days."""
        from app.content.retention import read_housekeeping

        return read_housekeeping(reference_folder(self.folder))

    @cached_property
    def tours(self) -> Tours:
        """Tasks shown step by step. A broken one is left out and told in `problems`; nothing is raised."""
        from app.content.tour_list import Tours

        return Tours(self.folder)

    @cached_property
    def articles(self) -> Articles:
        """What people read to help themselves. A broken one is left out and told in `problems`."""
        from app.content.articles_file import read_articles

        return read_articles(self.folder)

    @cached_property
    def demo(self) -> Demo:
        """Fictional customers. Raises InvalidContent, also when the folder has none."""
        from app.content.demo_file import read_demo

        errors: list[ContentError] = []
        demo = read_demo(self.folder, self.operator, self.catalogue, self.matrix.areas, errors)
        raise_if_any(errors)
        return demo

    @cached_property
    def practice(self) -> Demo:
        """The customers that people practise on: the operator's own, else Loket's. Raises InvalidContent."""
        from app.content.demo_file import PRACTICE_FILE, read_demo

        errors: list[ContentError] = []
        folder = practice_folder(self.folder)
        practice = read_demo(
            folder, self.operator, self.catalogue, self.matrix.areas, errors, file=PRACTICE_FILE
        )
        raise_if_any(errors)
        return practice


def load_content(folder: Path) -> Content:
    """Read an operator's folder. Raises InvalidContent with every mistake in what was read."""
    errors: list[ContentError] = []
    content = read_core(folder, errors)
    raise_if_any(errors)
    return content


def read_core(folder: Path, errors: list[ContentError]) -> Content:
    """What is needed from the first screen on; mistakes are added to `errors`."""
    content = Content(
        folder=folder,
        operator=read_operator(folder, errors),
        catalogue=read_catalogue(folder, errors),
        places=read_places(reference_folder(folder), errors),
        matrix=read_matrix(folder, errors),
        access=read_access(folder, errors),
    )
    for key, code in (
        ("home_country", content.operator.home_country),
        ("contact.country", content.operator.contact.country),
    ):
        if not errors and content.places.find(code) is None:
            cure = "Write a code of reference/countries.csv, like NL."
            errors.append(ContentError("operator.toml", key, f"There is no country {code!r}.", cure))
    return content
