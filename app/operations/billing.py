"""Issuing the invoices of a month."""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.clock import month_bounds
from app.i18n import _
from app.operations.closing import month_of_the_calendar
from app.operations.core import Invalid, Visit, operation
from app.operations.core.billing.run import issue_month


@dataclass(frozen=True, slots=True)
class BillRun:
    """What a run of invoices came to.

    total_cents: with VAT; nothing: customers without anything on it; failed: those whose invoice cannot be
    made, each with an alert that says why.
    """

    month: int
    invoices: int
    total_cents: int
    nothing: int
    failed: int


@operation("billing.run", right="CLOSE_MONTH", own_transactions=True)
def run(visit: Visit, month: int) -> BillRun:
    """Issue the invoices of a month that is over.

    For the customer that is open, or for all; none is issued twice.

    Args:
        month: YYYYMM.
    """
    month_of_the_calendar(month)
    if visit.now < month_bounds(month, visit.zone)[1]:
        raise Invalid(_("This month is not over yet."), "month")
    issued = issue_month(visit, month)
    total = visit.row(
        "SELECT coalesce(sum(total_cents), 0) FROM invoice"
        " WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids))",
        ids=json.dumps(issued.invoices),
    )
    return BillRun(month, len(issued.invoices), int(total[0]) if total else 0, issued.nothing, issued.failed)
