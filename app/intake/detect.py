"""Which mapping fits a file: the one whose columns are all in the header."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.content.sources import SourceMapping
from app.i18n import _
from app.intake.errors import IntakeError
from app.intake.files import header_line, kind_of, split_header
from app.intake.parquet import parquet_columns
from app.text import safe

SHOWN = 300


@dataclass(frozen=True, slots=True)
class Layout:
    """A file with the mapping that reads it and its columns in their order."""

    path: Path
    kind: str
    mapping: SourceMapping
    header: tuple[str, ...]


def layout_of(path: Path, mappings: dict[str, SourceMapping], source: str = "") -> Layout:
    """The layout of a file, by the mapping named `source` or, if none is named, by its header.

    Raises:
        IntakeError: no mapping fits, several do, or the named one does not; the text says what was found.
    """
    kind = kind_of(path)
    if source:
        return named(path, kind, mappings, source)
    fits = [layout for layout in (try_mapping(path, kind, m) for m in mappings.values()) if layout]
    if not fits:
        raise IntakeError(none_fits(path, kind, mappings))
    most = max(len(layout.mapping.columns) for layout in fits)
    best = [layout for layout in fits if len(layout.mapping.columns) == most]
    if len(best) > 1:
        names = ", ".join(layout.mapping.name for layout in best)
        raise IntakeError(
            _("Several mappings fit {path}: {names}. Name one with --source.").format(
                path=path.name, names=names
            )
        )
    return best[0]


def named(path: Path, kind: str, mappings: dict[str, SourceMapping], source: str) -> Layout:
    """The layout by a mapping that was asked for."""
    mapping = mappings.get(source)
    if mapping is None:
        raise IntakeError(
            _("There is no mapping {source}. There are: {names}.").format(
                source=safe(source), names=", ".join(mappings) or "-"
            )
        )
    header = header_of(path, kind, mapping)
    missing = [column for column in mapping.columns if column not in header]
    if missing:
        raise IntakeError(
            _(
                "{path} does not fit the mapping {source}: it has no column {missing}. Found: {found}. "
                "Name another mapping, or add the columns to data/sources/{source}.toml."
            ).format(path=path.name, source=source, missing=", ".join(missing), found=shown(header))
        )
    return Layout(path, kind, mapping, tuple(header))


def try_mapping(path: Path, kind: str, mapping: SourceMapping) -> Layout | None:
    """The layout by one mapping, None if it does not fit."""
    header = header_of(path, kind, mapping)
    if not set(mapping.columns) <= set(header) or len(set(header)) != len(header):
        return None
    return Layout(path, kind, mapping, tuple(header))


def header_of(path: Path, kind: str, mapping: SourceMapping) -> list[str]:
    """The names of the columns, read as the mapping reads them."""
    if kind == "parquet":
        return parquet_columns(path)
    return split_header(header_line(path, mapping.encoding), mapping.delimiter)


def none_fits(path: Path, kind: str, mappings: dict[str, SourceMapping]) -> str:
    """What to say when no mapping fits: what was found, what is nearest, what to do."""
    best, lacking, header = "", list[str](), list[str]()
    for mapping in mappings.values():
        found = header_of(path, kind, mapping)
        missing = [column for column in mapping.columns if column not in found]
        if not best or len(found) > len(header) or len(missing) < len(lacking):
            best, lacking, header = mapping.name, missing, found
    return _(
        "No mapping fits {path}. Columns found: {found}. Nearest is {name}, which also wants: {missing}. "
        "Write data/sources/<name>.toml for this file, or name a mapping with --source."
    ).format(path=path.name, found=shown(header), name=best or "-", missing=", ".join(lacking) or "-")


def shown(header: list[str] | tuple[str, ...]) -> str:
    """Column names for a message, cut to a bearable length."""
    return safe(", ".join(header), cells=SHOWN) or "-"
