"""Reads and checks data/sources/*.toml."""

from __future__ import annotations

import codecs
from pathlib import Path
from zoneinfo import ZoneInfo

from app.content.errors import ContentError
from app.content.reading import Section, read_toml
from app.content.sources import (
    IDENTITIES,
    NUMBER_FORMS,
    SUBSCRIBER_KINDS,
    TIME_WORDS,
    UNITS,
    Cell,
    Numbers,
    PlaceCells,
    Provision,
    SourceMapping,
    Times,
    Volume,
)
from app.rating.codes import Direction, Kind

KINDS = {"voice": int(Kind.VOICE), "sms": int(Kind.SMS), "data": int(Kind.DATA)}
DIRECTIONS = {"out": int(Direction.MO), "in": int(Direction.MT), "forwarded": int(Direction.FORWARDED)}


def read_sources(folder: Path, errors: list[ContentError]) -> dict[str, SourceMapping]:
    """All mappings by name, which is the name of the file; mistakes are added to `errors`."""
    found = {}
    for path in sorted((folder / "sources").glob("*.toml")):
        found[path.stem] = read_source(path, f"sources/{path.name}", errors)
    return found


def read_source(path: Path, file: str, errors: list[ContentError]) -> SourceMapping:
    """One mapping."""
    root = read_toml(path, file, errors)
    columns = root.words("columns")
    identity, id_column = _identity(root.section("id"))
    subscriber = root.section("subscriber")
    kind = root.section("kind")
    direction = root.section("direction")
    mapping = SourceMapping(
        name=path.stem,
        delimiter=_delimiter(root),
        encoding=_encoding(root),
        decimal=root.text("decimal", default=".", choices=(".", ",")),
        columns=columns,
        identity=identity,
        id_column=id_column,
        subscriber=_cell(subscriber),
        subscriber_kind=subscriber.text("kind", choices=SUBSCRIBER_KINDS),
        time=_time(root.section("time")),
        kind=_cell(kind),
        kinds=_words(kind, KINDS),
        direction=_cell(direction),
        directions=_words(direction, DIRECTIONS),
        volumes=_volumes(root.section("volume")),
        place=_place(root.section("place")),
        numbers=_numbers(root.section("number", optional=True)),
        wifi=root.text("wifi", default=""),
        legs=root.text("legs", default=""),
        skip=tuple(_skip(section) for section in root.sections("skip", optional=True)),
        provision=_provision(root.section("provision", optional=True)),
    )
    for section in (subscriber, kind, direction):
        section.finish()
    root.finish()
    _check_columns(root, mapping)
    return mapping


def used_columns(mapping: SourceMapping) -> list[str]:
    """The columns that a mapping reads, each once."""
    place = mapping.place
    names = [mapping.id_column, mapping.subscriber.column, mapping.time.column, mapping.kind.column]
    names += [mapping.direction.column, *(volume.column for volume in mapping.volumes.values())]
    names += [place.mcc, place.mnc, place.network, place.country.column if place.country else ""]
    names += [mapping.numbers.outgoing, mapping.numbers.incoming, mapping.wifi, mapping.legs]
    names += [column for column, _ in mapping.skip]
    return [name for name in dict.fromkeys(names) if name]


def _check_columns(root: Section, mapping: SourceMapping) -> None:
    for name in used_columns(mapping):
        if name not in mapping.columns:
            cure = root.suggest(name, mapping.columns, f"Add {name!r} to the list.")
            root.error("columns", f"The mapping reads the column {name!r}, which is not listed.", cure)
    for word, kind in mapping.kinds.items():
        if kind not in mapping.volumes:
            name = Kind(kind).name.lower()
            root.error("volume", f"Rows with {word!r} have no volume.", f"Add [volume.{name}].")


def _cell(section: Section) -> Cell:
    column = section.text("column", default="")
    constant = section.text("constant", default="")
    if bool(column) == bool(constant):
        section.error("column", "Exactly one of column and constant is needed.", "Keep one of the two.")
    return Cell(column, constant)


def _words(section: Section, meanings: dict[str, int]) -> dict[str, int]:
    """The file's words for a few meanings, written { voice = ["VOICE", "call"] }."""
    known: dict[str, int] = {}
    words = section.section("words", optional=section.has("constant"))
    for meaning, number in meanings.items():
        for word in words.words(meaning, default=()):
            if word.strip().lower() in known:
                words.error(meaning, f"{word!r} has two meanings.", "Keep it in one list.")
            known[word.strip().lower()] = number
    words.finish()
    constant = section.text("constant", default="")
    if constant:
        if constant not in meanings:
            section.error("constant", f"{constant!r} is unknown.", f"Choose one of {', '.join(meanings)}.")
        return {constant: meanings.get(constant, 0)}
    if not known:
        section.error("words", "No word of the file is given a meaning.", 'Write { voice = ["CALL"] }.')
    return known


def _identity(section: Section) -> tuple[str, str]:
    column = section.text("column", default="")
    identity = section.text("identity", default="column" if column else "content", choices=IDENTITIES)
    if (identity == "column") != bool(column):
        section.error(
            "identity",
            "A column of ids and another identity exclude each other.",
            'Name a column, or write identity = "content".',
        )
    section.finish()
    return identity, column


def _delimiter(root: Section) -> str:
    delimiter = root.text("delimiter", default=",") if root.has("delimiter") else ","
    if len(delimiter) != 1 or delimiter in '"\r\n':
        root.error("delimiter", f"{delimiter!r} cannot part columns.", 'Write one sign, like ";" or "|".')
        return ","
    return delimiter


def _encoding(root: Section) -> str:
    name = root.text("encoding", default="utf-8")
    try:
        codecs.lookup(name)
    except LookupError:
        root.error("encoding", f"There is no encoding {name!r}.", "Write utf-8, cp1252 or iso8859-15.")
        return "utf-8"
    return name


def _time(section: Section) -> Times:
    column, form = section.text("column"), section.text("format", default="iso")
    zone = section.text("zone", default="UTC")
    if form not in TIME_WORDS and "%" not in form:
        section.error("format", f"{form!r} is no form of a time.", 'Write iso, unix or "%d-%m-%Y %H:%M:%S".')
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, LookupError):
        section.error("zone", f"There is no time zone {zone!r}.", "Write a name like Europe/Amsterdam.")
        zone = "UTC"
    section.finish()
    return Times(column, form, zone)


def _volumes(section: Section) -> dict[int, Volume]:
    found = {}
    for name, kind in KINDS.items():
        if not section.has(name):
            continue
        part = section.section(name)
        cell = _cell(part)
        unit = part.text("unit", choices=tuple(UNITS[name]))
        found[kind] = Volume(cell.column, cell.constant, unit)
        part.finish()
    section.finish()
    return found


def _place(section: Section) -> PlaceCells:
    place = PlaceCells(
        mcc=section.text("mcc", default=""),
        mnc=section.text("mnc", default=""),
        network=section.text("network", default=""),
        country=_cell(section.section("country")) if section.has("country") else None,
    )
    ways = [bool(place.mcc and place.mnc), bool(place.network), place.country is not None]
    if sum(ways) != 1 or bool(place.mcc) != bool(place.mnc):
        cure = "Give mcc and mnc, or network, or country."
        section.error("", "The place of a record must come from exactly one of these.", cure)
    section.finish()
    return place


def _numbers(section: Section) -> Numbers:
    numbers = Numbers(
        outgoing=section.text("outgoing", default=""),
        incoming=section.text("incoming", default=""),
        form=section.text("form", default="international", choices=NUMBER_FORMS),
        home=section.text("home", default="", pattern="[1-9][0-9]{0,3}"),
    )
    if numbers.form == "dialled" and not numbers.home:
        section.error("home", "Dialled numbers need a calling code.", 'Write home = "31".')
    section.finish()
    return numbers


def _skip(section: Section) -> tuple[str, frozenset[str]]:
    column, words = section.text("column"), section.words("words")
    section.finish()
    return column, frozenset(word.strip().lower() for word in words)


def _provision(section: Section) -> Provision:
    provision = Provision(
        plan=section.text("plan", default=""),
        subscription=section.text("subscription", default="voice_data", choices=("voice_data", "data_only")),
        data_bundle=section.text("data_bundle", default="unlimited"),
    )
    section.finish()
    return provision
