"""Why one record costs what it costs: sentences, and the facts they are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.clock import month_of
from app.i18n import _, language
from app.operations.core.errors import NotFound
from app.operations.core.scope import line_in_scope
from app.operations.core.usage_rows import COLUMNS, RecordRow, make_record
from app.operations.core.visit import Visit
from app.rating.explain import explain
from app.rating.records import RATING_COLUMNS, Usage, rating_from

USAGE = ("line_id", "start", "tie", "kind", "direction", "volume", "place", "number", "flags", "legs")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a record costs what it costs.

    record: the record as lists show it; sentences: in the reader's language, with every number needed to
    work the amount out by hand; facts: what is stored, by the names of the rated record's columns, and
    `tariff`, the version that priced it.
    """

    record: RecordRow
    sentences: tuple[str, ...]
    facts: dict[str, int | str]


def explain_record(visit: Visit, record_id: int) -> Explanation:
    """The explanation of a record that the visitor may see.

    Raises:
        NotFound: no such record, or another customer's.
    """
    record = _row(visit, record_id, ", ".join(f"usage_record.{name}" for name in USAGE))
    try:
        line_in_scope(visit, record[0], "VIEW_USAGE")
    except NotFound as error:
        raise _gone() from error
    usage = Usage(*record)
    rated = _row(visit, record_id, ", ".join(f"rated_record.{name}" for name in ("tariff", *RATING_COLUMNS)))
    rating = rating_from(rated[1:])
    shown = make_record(visit, _row(visit, record_id, COLUMNS)[2:])
    sentences: list[str] = [shown.reason]
    if rated[0]:
        tariffs = visit.content.tariffs
        tariff = tariffs.named(rated[0])
        tables = tariffs.tables(tariff.plan, month_of(usage.start, visit.zone))
        if tables is not None:
            known = 0 <= usage.place < visit.content.places.count
            place = visit.content.places.name(usage.place, language()) if known else ""
            sentences = explain(usage, rating, tariff, tables, place)
    facts: dict[str, int | str] = {"tariff": rated[0]}
    facts |= dict(zip(RATING_COLUMNS, rated[1:], strict=True))
    return Explanation(shown, tuple(sentences), facts)


def _row(visit: Visit, record_id: int, columns: str) -> tuple[Any, ...]:
    row = visit.row(
        f"SELECT {columns} FROM usage_record JOIN rated_record ON rated_record.usage_id = usage_record.id "
        "WHERE usage_record.id = :record",
        record=record_id,
    )
    if row is None:
        raise _gone()
    return row


def _gone() -> NotFound:
    return NotFound(_("There is no such record."), "record_id")
