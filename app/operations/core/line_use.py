"""What each line used and cost in a month, from its counter: quick however many records there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.operations.core.paging import Order, Page, read_page
from app.operations.core.scope import line_scope
from app.operations.core.visit import Visit

BY_NUMBER = Order(("line.number",), (str,))


@dataclass(frozen=True, slots=True)
class LineUse:
    """One line's month; newest_at: the beginning of the newest of its `records`.

    data_bytes: in NL and the EU; roaming_bytes: data elsewhere; charge_micro: all of it, before VAT.
    """

    line_id: int
    number: str
    person: str
    department: str
    data_bytes: int
    roaming_bytes: int
    voice_seconds: int
    sms_count: int
    charge_micro: int
    records: int
    newest_at: int


COLUMNS = (
    "line.number, line.id, line.number, line.person, line.department, counter.data_home_eu,"
    " counter.data_roaming, counter.voice_seconds, counter.sms_count,"
    " counter.out_of_bundle_micro + counter.standard_micro + counter.bundle_micro + counter.voice_micro"
    " + counter.sms_micro, counter.records, counter.last_start"
)


def read_by_line(
    visit: Visit, month: int, after: str | None, before: str | None, limit: int, number: str = ""
) -> Page[LineUse]:
    """A page of the lines that have records in a month, by number.

    Args:
        number: only the line with this one.
    """
    scope, values = line_scope(visit, "VIEW_USAGE")
    if number:
        scope += " AND line.number = :number"
        values["number"] = number
    return read_page(
        visit,
        f"SELECT {COLUMNS} FROM line JOIN counter ON counter.line_id = line.id AND counter.month = :month"
        f" WHERE counter.records > 0 AND {scope} AND {{where}} {{order}}",
        BY_NUMBER,
        _use,
        after=after,
        before=before,
        limit=limit,
        month=month,
        **values,
    )


def _use(row: tuple[Any, ...]) -> LineUse:
    return LineUse(*row)


def months_with_use(visit: Visit) -> list[int]:
    """The months in which any line in the visitor's reach has records, the newest first."""
    scope, values = line_scope(visit, "VIEW_USAGE")
    rows = visit.rows(
        "SELECT DISTINCT counter.month FROM line JOIN counter ON counter.line_id = line.id"
        f" WHERE counter.records > 0 AND {scope} ORDER BY counter.month DESC",
        **values,
    )
    return [month for (month,) in rows]
