"""Lists as files: CSV that no spreadsheet calculates, or JSON; read page by page, however long."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from app.export import csv_rows, plain
from app.i18n import _
from app.operations.core import Invalid, Refused, Visit, audit, operation
from app.operations.core.export_folder import make_folder, said_path
from app.operations.core.paging import LARGEST, Page
from app.operations.core.registry import Operation, allow
from app.operations.core.registry import get as get_operation
from app.units import date

FORMATS = ("csv", "json")


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file that was written, and how many rows it has."""

    path: str
    rows: int


@operation("export.rows", right="EXPORT", changes=False)
def rows(visit: Visit, what: str, form: str = "csv", arguments: list[str] | None = None) -> ExportFile:
    """Write a whole list to a file in the exports folder, with the visitor's own rights on that list.

    Args:
        what: a list, such as lines.page or usage.records.
        form: csv or json.
        arguments: what the list asks for, such as line_id=5 or month=202611.
    """
    listed, given = _asked(what, form, arguments)
    path = new_file(make_folder(visit), f"{what.replace('.', '-')}-{date(visit.now, visit.zone, 'en')}", form)
    count = 0
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            for text, added in stream(visit, listed, given, form):
                file.write(text)
                count += added
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    _write_down(visit, what, arguments)
    return ExportFile(said_path(visit, path), count)


def printed(visit: Visit, what: str, form: str = "csv", arguments: list[str] | None = None) -> Iterator[str]:
    """The text of the same file in pieces, for who is elsewhere and takes it along at once; see `rows`."""
    allow(visit, "export.rows", "EXPORT")
    listed, given = _asked(what, form, arguments)
    for text, _rows in stream(visit, listed, given, form):
        yield text
    _write_down(visit, what, arguments)


def _asked(what: str, form: str, arguments: list[str] | None) -> tuple[Operation, dict[str, Any]]:
    if form not in FORMATS:
        raise Invalid(_("Choose from: {words}.").format(words=", ".join(FORMATS)), "form")
    listed = list_operation(what)
    return listed, parse_arguments(listed, arguments or [])


def _write_down(visit: Visit, what: str, arguments: list[str] | None) -> None:
    """Apart from the reading: no other change waits while a long list is copied."""
    with visit.transaction():
        audit.append(visit, "export.rows", "done", json.dumps({"what": what, "arguments": arguments}))


def stream(visit: Visit, listed: Operation, given: dict[str, Any], form: str) -> Iterator[tuple[str, int]]:
    """The file in pieces, one a page, each with its number of rows."""
    header, separator = True, ""
    if form == "json":
        yield "[", 0
    for page in pages(visit, listed, given):
        if form == "csv":
            yield csv_piece(page, header), len(page)
            header = header and not page
            continue
        for row in page:
            yield separator + "\n" + json.dumps(plain(row), ensure_ascii=False), 1
            separator = ","
    if form == "json":
        yield "\n]\n", 0


def pages(visit: Visit, listed: Operation, given: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a list, page by page; a list without pages comes whole."""
    while True:
        found = listed.function(visit, **given)
        if not isinstance(found, Page):
            yield tuple(found)
            return
        yield found.rows
        if not found.more:
            return
        given = {**given, "after": found.last_key}


def csv_piece(page: tuple[Any, ...], header: bool) -> str:
    """Rows as CSV, with the names of their fields on top of the first piece."""
    if not page:
        return ""
    names = [field.name for field in fields(page[0])]
    text = csv_rows(names, ([plain(getattr(row, name)) for name in names] for row in page))
    return text if header else text.split("\r\n", 1)[1]


def list_operation(name: str) -> Operation:
    """A read that answers with rows.

    Raises:
        Invalid: there is no such list.
    """
    try:
        found = get_operation(name)
    except (KeyError, ModuleNotFoundError) as error:
        raise Invalid(_("There is no list {name}.").format(name=name), "what") from error
    returned = str(inspect.signature(found.function).return_annotation)
    if found.changes or not returned.startswith(("Page[", "list[")):
        raise Invalid(_("{name} is not a list.").format(name=name), "what")
    return found


def parse_arguments(listed: Operation, arguments: list[str]) -> dict[str, Any]:
    """`name=value` as the list's own arguments; numbers where it asks for numbers.

    Raises:
        Invalid: the list has no such argument, or another type is asked for.
    """
    parameters = dict(list(inspect.signature(listed.function).parameters.items())[1:])
    found: dict[str, Any] = {}
    for argument in arguments:
        name, _sign, value = argument.partition("=")
        if name not in parameters or name in ("after", "before", "limit"):
            raise Invalid(_("{name} is not known here.").format(name=name), "arguments")
        kind = str(parameters[name].annotation)
        try:
            found[name] = int(value) if kind.startswith("int") else value
        except ValueError as error:
            raise Invalid(_("{name} needs a number.").format(name=name), "arguments") from error
    if "limit" in parameters:
        found["limit"] = LARGEST
    needed = [name for name, one in parameters.items() if one.default is inspect.Parameter.empty]
    missing = [name for name in needed if name not in found]
    if missing:
        raise Refused(_("Say which: {names}.").format(names=", ".join(missing)), "arguments")
    return found


def new_file(folder: Path, stem: str, form: str) -> Path:
    """An empty file of our own naming; of two who export at once each gets their own."""
    stem = stem.lower().replace(" ", "-")
    path, number = folder / f"{stem}.{form}", 1
    while True:
        try:
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            number += 1
            path = folder / f"{stem}-{number}.{form}"
        else:
            return path
