"""Usage of lines: records, days, why a price, what is to come, and how it gets in."""

from __future__ import annotations

from app.clock import month_of
from app.i18n import _
from app.operations.core import Invalid, NotFound, Visit, operation
from app.operations.core.explaining import Explanation, explain_record
from app.operations.core.forecasts import ForecastRow, line_forecasts, pool_forecasts
from app.operations.core.line_detail import read_line
from app.operations.core.line_use import LineUse, months_with_use, read_by_line
from app.operations.core.paging import Page
from app.operations.core.scope import beyond_own, line_in_scope, line_scope
from app.operations.core.simulation import DATA, ROAMING, Simulation, run_simulation
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


@operation("usage.by_line", right="VIEW_USAGE", changes=False)
def by_line(
    visit: Visit,
    month: int = 0,
    after: str | None = None,
    before: str | None = None,
    limit: int = 128,
    number: str = "",
) -> Page[LineUse]:
    """What each line used and cost in a month, by number; lines without use are left out.

    Args:
        month: YYYYMM; 0 for the current one.
        after: the page below the row with this key; before: the page above it.
        limit: rows of the page.
        number: only the line with this number, as it is stored.
    """
    return read_by_line(visit, month or this_month(visit), after, before, limit, number)


@operation("usage.months", right="VIEW_USAGE", changes=False)
def months(visit: Visit, line_id: int | None = None) -> list[int]:
    """The months in which there are records, the newest first.

    Args:
        line_id: only those of this line; default: of any line in reach.
    """
    if line_id is None:
        return months_with_use(visit)
    return read_months(visit, line_in_scope(visit, line_id, "VIEW_USAGE"))


@operation("usage.explain", right="VIEW_USAGE", changes=False)
def explain(visit: Visit, record_id: int) -> Explanation:
    """Why a record costs what it costs, in words from which the amount can be worked out.

    Args:
        record_id: the record.
    """
    return explain_record(visit, record_id)


@operation("usage.forecast", right="VIEW_USAGE", changes=False)
def forecast(visit: Visit, line_id: int) -> list[ForecastRow]:
    """When a line's bundle, pool, running roaming bundles and cost limit will be reached this month.

    Args:
        line_id: the line.
    """
    return line_forecasts(visit, read_line(visit, line_in_scope(visit, line_id, "VIEW_USAGE")))


@operation("usage.forecast_group", right="VIEW_USAGE", changes=False)
def forecast_group(visit: Visit, group_id: int) -> list[ForecastRow]:
    """When the pools of a group will be used up this month.

    Args:
        group_id: the group.
    """
    scope, values = line_scope(visit, "VIEW_USAGE")
    found = visit.row(f"SELECT 1 FROM line WHERE group_id = :group AND {scope}", group=group_id, **values)
    if not found or not beyond_own(visit, "VIEW_USAGE"):
        raise NotFound(_("There is no such group."), "group_id")
    return pool_forecasts(visit, group_id, this_month(visit))


@operation("usage.simulate", right="SIMULATE", changes=False)
def simulate(
    visit: Visit,
    month: int = 0,
    what: str = "data",
    line_id: int | None = None,
    group_id: int | None = None,
    after: str | None = None,
    limit: int = 100,
) -> Simulation:
    """What a past month would have cost on other bundles; per line the cheapest. Nothing is written.

    Args:
        month: YYYYMM; 0 for the previous one.
        what: "data" tries every data bundle, "roaming" every set of roaming bundles.
        line_id: only this line.
        group_id: only lines of this group.
        after: the page below the line with this key.
        limit: lines of the page.
    """
    if what not in (DATA, ROAMING):
        raise Invalid(_("Choose from: {words}.").format(words=f"{DATA}, {ROAMING}"), "what")
    scope, values = line_scope(visit, "SIMULATE")
    if line_id is not None:
        values["one"] = line_in_scope(visit, line_id, "SIMULATE")
        scope += " AND line.id = :one"
    if group_id is not None:
        values["group"] = group_id
        scope += " AND line.group_id = :group"
    return run_simulation(visit, scope, values, month, what, after, limit)


def this_month(visit: Visit) -> int:
    """The current month of the operator's time zone."""
    return month_of(visit.now, visit.zone)


from app.operations import intake as _intake  # noqa: E402, F401  (the operations that bring usage in)
