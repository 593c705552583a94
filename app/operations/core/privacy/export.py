"""What is stored about somebody, as files: JSON for programs, CSV for spreadsheets, a text for reading."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from app.export import csv_rows
from app.i18n import _
from app.operations.core.privacy.owners import OWNED, exported_columns, personal_columns
from app.operations.core.visit import Visit
from app.store import Row
from app.text import safe
from app.units import date, instant

BATCH = 1000
READABLE_ROWS = 200
"""Rows of each table that the text shows; the other files have them all."""


def write(visit: Visit, folder: Path) -> dict[str, int]:
    """Write the files into an empty folder; how many rows each table had.

    A holder gets what belongs to the account and to the own login, everybody else what belongs to the login.
    """
    whole = visit.reach("OWN_EXPORT") in ("account", "any")
    counts: dict[str, int] = {}
    try:
        with (
            (folder / "personal-data.json").open("w", encoding="utf-8") as everything,
            (folder / "personal-data.txt").open("w", encoding="utf-8") as text,
        ):
            text.write(_heading(visit) + "\n")
            everything.write("{")
            for table in dict.fromkeys([*(name for name, _column in personal_columns()), *OWNED]):
                condition = _condition(visit, table, whole)
                if condition:
                    everything.write(",\n" if counts else "\n")
                    counts[table] = _table(visit, table, condition, folder, everything, text)
            everything.write("\n}\n")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    for file in folder.iterdir():
        file.chmod(0o600)
    return counts


def _heading(visit: Visit) -> str:
    text = _("What {operator} stores about {person} ({account}), on {day}")
    return safe(
        text.format(
            operator=visit.content.operator.name,
            person=visit.person or "–",
            account=visit.account_name or "–",
            day=date(visit.now, visit.zone),
        )
    )


def _condition(visit: Visit, table: str, whole: bool) -> str:
    owned = OWNED.get(table)
    if owned is None:
        return ""
    parts = [owned.login] if owned.login and visit.login_id is not None else []
    if whole and owned.account and visit.account_id is not None:
        parts.append(owned.account)
    return " OR ".join(f"({part})" for part in parts)


def _table(visit: Visit, table: str, condition: str, folder: Path, everything: TextIO, text: TextIO) -> int:
    columns = exported_columns(table)
    names = ", ".join(f'"{column}"' for column in columns)
    rows = visit.each(
        f'SELECT {names} FROM "{table}" WHERE {condition}', account=visit.account_id, login=visit.login_id
    )
    count = 0
    everything.write(f"{json.dumps(table)}: [")
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as sheet:
        sheet.write(csv_rows(columns, []))
        for batch in _batches(rows):
            sheet.write(csv_rows(columns, batch).split("\r\n", 1)[1])
            for row in batch:
                record = dict(zip(columns, row, strict=True))
                everything.write(("," if count else "") + "\n " + json.dumps(record, ensure_ascii=False))
                if count < READABLE_ROWS:
                    text.write(_readable(visit, table, record))
                count += 1
    everything.write("]")
    if count > READABLE_ROWS:
        more = _("{count} more of these are in {file}.")
        text.write("\n" + more.format(count=count - READABLE_ROWS, file=f"{table}.csv") + "\n")
    return count


def _readable(visit: Visit, table: str, record: dict[str, object]) -> str:
    lines = [f"\n{table.replace('_', ' ').capitalize()}"]
    for name, value in record.items():
        if value in (None, "") or name.endswith("_id") or name in ("id", "version"):
            continue
        when = isinstance(value, int) and (name.endswith("_at") or name in ("at", "start"))
        told = instant(value, visit.zone) if when and isinstance(value, int) else str(value)
        lines.append(f"  {name.replace('_', ' ')}: {safe(told)}")
    return "\n".join(lines) + "\n"


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
