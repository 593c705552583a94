"""A place to write usage files and import them, for tests of the intake."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.intake.importing import Intake, Summary, import_file
from app.intake.rerate import RATED_COLUMNS
from app.operations.core.visit import Visit
from app.operations.intake import intake_of

COLUMNS = ("id", "subscriber", "start", "type", "direction", "seconds", "messages", "bytes")
COLUMNS += ("mcc", "mnc", "number", "wifi", "legs")
NETWORKS = {"NL": ("204", "04"), "DE": ("262", "01"), "US": ("310", "410"), "JP": ("440", "10")}
UNITS = {"data": "bytes", "voice": "seconds", "sms": "messages"}


def cells(
    name: str,
    subscriber: str,
    start: int,
    kind: str = "data",
    volume: object = 1_000_000,
    place: str = "NL",
    number: str = "",
    **other: object,
) -> dict[str, object]:
    """One row of the portal's own format."""
    row: dict[str, object] = dict.fromkeys(COLUMNS, "")
    mcc, mnc = NETWORKS[place]
    row |= {"id": name, "subscriber": subscriber, "type": kind, "direction": "out", "mcc": mcc, "mnc": mnc}
    row["start"] = datetime.fromtimestamp(start, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return row | {UNITS[kind]: volume, "number": number} | other


def write(path: Path, rows: Iterable[dict[str, object]]) -> Path:
    """A file of such rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def take_in(visit: Visit, path: Path, **settings: Any) -> Summary:
    """Import a file, with other settings of the intake where given."""
    create_lines = bool(settings.pop("create_lines", False))
    intake: Intake = replace(intake_of(visit), **{"compiled": False, **settings})
    return import_file(intake, path, create_lines=create_lines)


def outcome(visit: Visit) -> dict[str, list[Any]]:
    """All that must not depend on the order of arrival, without row numbers and instants of storing."""
    rated = ", ".join(f"r.{name}" for name in RATED_COLUMNS if name != "usage_id")
    return {
        "rated": visit.rows(
            f"SELECT external_id, line_id, start, tie, digest, {rated} FROM usage_record u "
            "JOIN rated_record r ON usage_id = u.id ORDER BY 1"
        ),
        "counter": visit.rows("SELECT * FROM counter ORDER BY line_id, month"),
        "crossing": visit.rows(
            "SELECT scope, owner_id, month, c.kind, bundle_no, at, external_id FROM crossing c "
            "LEFT JOIN usage_record u ON u.id = usage_id ORDER BY 1, 2, 3, 4, 5"
        ),
        "suspense": visit.rows("SELECT external_id, field, reason, status FROM suspense ORDER BY 1, 2, 3"),
    }


def adds_up(summary: Summary) -> bool:
    """Every row became one of four things."""
    return summary.rows == summary.rated + summary.suspended + summary.duplicates + summary.rejected
