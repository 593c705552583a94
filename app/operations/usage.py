"""Usage of lines: records, days, why a price, what is to come, and how it gets in."""

from __future__ import annotations

from app.clock import month_of
from app.operations.core import Visit, operation
from app.operations.core.paging import Page
from app.operations.core.scope import line_in_scope
from app.operations.core.usage_rows import DayUse, RecordRow, read_days, read_months, read_records


@operation("usage.records", right="VIEW_USAGE", changes=False)
def records(
    visit: Visit,
    line_id: int,
    month: int = 0,
    after: str | None = None,
    before: str | None = None,
    limit: int = 128,
    kind: str = "",
) -> Page[RecordRow]:
    """Records of a line in a month, the newest first.

    Args:
        line_id: the line.
        month: YYYYMM; 0 for the current one.
        after: the page of older records below the row with this key; before: the page above it.
        limit: rows of the page.
        kind: only "voice", "sms" or "data".
    """
    line = line_in_scope(visit, line_id, "VIEW_USAGE")
    return read_records(visit, line, month or this_month(visit), kind, after, before, limit)


@operation("usage.daily", right="VIEW_USAGE", changes=False)
def daily(visit: Visit, line_id: int, month: int = 0) -> list[DayUse]:
    """What a line used and cost on each day of a month.

    Args:
        line_id: the line.
        month: YYYYMM; 0 for the current one.
    """
    return read_days(visit, line_in_scope(visit, line_id, "VIEW_USAGE"), month or this_month(visit))


@operation("usage.months", right="VIEW_USAGE", changes=False)
def months(visit: Visit, line_id: int) -> list[int]:
    """The months in which a line has records, the newest first.

    Args:
        line_id: the line.
    """
    return read_months(visit, line_in_scope(visit, line_id, "VIEW_USAGE"))


def this_month(visit: Visit) -> int:
    """The current month of the operator's time zone."""
    return month_of(visit.now, visit.zone)
