"""Check a whole operator's folder, for `loket content check`: every file, and what they say of each other."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from app.content.articles_check import check_articles
from app.content.articles_file import read_articles
from app.content.demo_file import FILE as DEMO_FILE
from app.content.demo_file import PRACTICE_FILE, read_demo
from app.content.errors import ContentError
from app.content.folders import reference_folder
from app.content.load import Content, read_core
from app.content.networks import read_networks
from app.content.public_holidays import read_holidays
from app.content.retention import read_retention
from app.content.sources import SourceMapping
from app.content.sources_file import read_sources
from app.content.status import read_status
from app.content.tariffs import Tariffs, read_tariffs
from app.content.tour_list import read_tours
from app.content.tours import Tour

KNOWN_FILES: Final = ("operator.toml", "catalogue.toml", "rights.toml", "access.toml", "status.toml")
CENTS: Final = 100
"""In a unit of the currency; tariffs give limits in whole units."""


def check_content(folder: Path) -> list[ContentError]:
    """Every mistake in an operator's folder; an empty list if it can be used."""
    errors: list[ContentError] = list(_unknown_files(folder))
    content = read_core(folder, errors)
    reference = reference_folder(folder)
    read_holidays(reference, errors)
    read_status(folder, errors)
    tours = read_tours(folder, errors)
    errors.extend(_articles(folder, content, tours))
    for file in (DEMO_FILE, PRACTICE_FILE):
        if (folder / file).exists():
            read_demo(folder, content.operator, content.catalogue, content.matrix.areas, errors, file)
    if content.places.count:
        read_networks(reference, content.places, errors)
        read_retention(reference, errors)
        sources = read_sources(folder, errors)
        in_tariffs: list[ContentError] = []
        tariffs = read_tariffs(folder, content.places, in_tariffs)
        if not errors and not in_tariffs:
            errors.extend(_against_tariff(content, tariffs))
            errors.extend(_provisioned(sources, content, tariffs))
        errors.extend(in_tariffs)
    return list({str(error): error for error in errors}.values())


def _unknown_files(folder: Path) -> Iterable[ContentError]:
    for path in sorted(folder.glob("*.toml")):
        if path.name not in KNOWN_FILES:
            close = difflib.get_close_matches(path.name, KNOWN_FILES, n=1)
            cure = f"Did you mean {close[0]}?" if close else "Remove it."
            yield ContentError(path.name, "", "No part of the portal reads this file.", cure)


def _articles(folder: Path, content: Content, tours: Mapping[str, Tour]) -> Iterable[ContentError]:
    """Mistakes in the operator's own articles; those that come with Loket are not theirs to mend."""
    for error in check_articles(read_articles(folder), tours, content.catalogue.subscriptions):
        if (folder / error.file).exists():
            yield error


def _against_tariff(content: Content, tariffs: Tariffs) -> Iterable[ContentError]:
    """What is sold and what is rated must be the same thing."""
    plan = content.catalogue.tariff_plan
    if plan not in tariffs.plans():
        close = difflib.get_close_matches(plan, tariffs.plans(), n=1)
        cure = f"Did you mean {close[0]}?" if close else f"Choose one of {', '.join(tariffs.plans())}."
        yield ContentError("catalogue.toml", "tariff_plan", f"There is no tariff plan {plan!r}.", cure)
        return
    tariff = tariffs.versions(plan)[-1]
    rated = {bundle.code.upper(): bundle.size for bundle in tariff.roaming_bundles}
    sold = {code: bundle.volume for code, bundle in content.catalogue.roaming_bundles.items()}
    for code in sorted(rated.keys() | sold.keys()):
        if rated.get(code) != sold.get(code):
            here, there = _megabytes(sold.get(code)), _megabytes(rated.get(code))
            problem = f"The catalogue has {here}, {tariff.version} has {there}."
            key = f"roaming_bundles.{code}"
            yield ContentError("catalogue.toml", key, problem, "Write the same size in both files.")
    policies = content.operator.policies
    choices = tuple(units * CENTS for units in tariff.limits)
    if choices != policies.limit_choices_cents:
        cure = "Write the same choices in both files."
        problem = f"The choices are not those of {tariff.version}."
        yield ContentError("operator.toml", "policies.limit_choices_cents", problem, cure)
    if tariff.default_limit * CENTS != policies.default_limit_cents:
        problem = f"The limit is not the default of {tariff.version}."
        yield ContentError(
            "operator.toml", "policies.default_limit_cents", problem, "Write the same limit in both files."
        )


def _provisioned(
    sources: dict[str, SourceMapping], content: Content, tariffs: Tariffs
) -> Iterable[ContentError]:
    """Lines that a source makes for unknown subscribers need a plan and a bundle that exist."""
    for name, source in sources.items():
        for key, word, known in (
            ("plan", source.provision.plan, tariffs.plans()),
            ("data_bundle", source.provision.data_bundle, tuple(content.catalogue.data_bundles)),
        ):
            if source.provision.plan and word not in known:
                close = difflib.get_close_matches(word, known, n=1)
                cure = f"Did you mean {close[0]}?" if close else f"Choose one of {', '.join(known)}."
                yield ContentError(f"sources/{name}.toml", f"provision.{key}", f"There is no {word!r}.", cure)


def _megabytes(volume: int | None) -> str:
    return "no such bundle" if volume is None else f"{volume // 1_000_000} MB"
