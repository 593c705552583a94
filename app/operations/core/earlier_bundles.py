"""Which data bundle a line had in which month: a change counts from the month it is made in, never before."""

from __future__ import annotations

from app.clock import month_bounds, month_of
from app.operations.core.visit import Visit

BUNDLE_THEN = (
    "coalesce((SELECT earlier_bundle.data_bundle FROM earlier_bundle WHERE earlier_bundle.line_id = line.id "
    "AND earlier_bundle.until >= :bundle_end ORDER BY earlier_bundle.until LIMIT 1), line.data_bundle)"
)
"""The bundle of a row of `line` in the month that ends at `:bundle_end`."""


def keep_earlier(visit: Visit, line_id: int, data_bundle: str) -> None:
    """Remember what a line had up to this month; of several changes in a month the first has it."""
    visit.change.execute(
        "INSERT INTO earlier_bundle (line_id, until, data_bundle) VALUES (:line, :until, :bundle) "
        "ON CONFLICT DO NOTHING",
        line=line_id,
        until=month_bounds(month_of(visit.now, visit.zone), visit.zone)[0],
        bundle=data_bundle,
    )
