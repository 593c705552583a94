"""Who pays what in the demo: invoices are paid on the day they are due; one customer pays late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from app.clock import FixedClock
from app.operations.core import Visit, perform

LATE: Final = "100057"
"""Number of the customer who pays late, and how much later."""
LATER_SECONDS: Final = 40 * 86_400


def pay(visit: Visit, day: date, at: int) -> None:
    """Book what the bank tells at the end of a day."""
    then = replace(visit, clock=FixedClock(at))
    due = visit.rows(
        "SELECT invoice.number, total_cents - paid_cents FROM invoice JOIN account ON account.id = account_id"
        " WHERE paid_cents < total_cents"
        " AND due_at + CASE WHEN account.number = :late THEN :later ELSE 0 END <= :at ORDER BY invoice.id",
        late=LATE,
        later=LATER_SECONDS,
        at=at,
    )
    for number, cents in due:
        perform(then, "payments.add", reference=number, cents=cents, bank_reference=f"{day:%Y%m%d}-{number}")
