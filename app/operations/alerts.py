"""What staff must look at: usage that is missing, messages that could not be delivered, late orders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.i18n import _
from app.operations.core import NotFound, Visit, operation
from app.operations.core.paging import Order, Page, read_page
from app.units import month as month_name

FACT: Final = re.compile(r"(?:month|source|message|order|case|account):\S+")
"""What an alert is about; other words of its detail are the reason."""
NEWEST_FIRST = Order(("alert.id",), (int,), descending=True)


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert: `kind` is a code, `title` its text in the reader's language, `detail` what it is about."""

    id: int
    at: int
    kind: str
    title: str
    detail: str
    done_at: int | None


@operation("alerts.page", right="SEE_ALERTS", changes=False)
def page(
    visit: Visit, after: str | None = None, before: str | None = None, limit: int = 128, all: bool = False
) -> Page[AlertRow]:
    """Alerts, newest first.

    Args:
        all: also those that have been settled.
    """
    return read_page(
        visit,
        "SELECT alert.id, id, at, kind, detail, done_at FROM alert"
        " WHERE {where} AND (:all = 1 OR done_at IS NULL) {order}",
        NEWEST_FIRST,
        lambda row: AlertRow(row[0], row[1], row[2], title_of(row[2], row[3]), row[3], row[4]),
        after=after,
        before=before,
        limit=limit,
        all=int(all),
    )


@operation("alerts.settle", right="SEE_ALERTS")
def settle(visit: Visit, alert_id: int) -> None:
    """Say that an alert has been dealt with.

    Args:
        alert_id: its number.
    """
    changed = visit.change.execute(
        "UPDATE alert SET done_at = :now WHERE id = :id AND done_at IS NULL", now=visit.now, id=alert_id
    ).rowcount
    if not changed:
        raise NotFound(_("There is no such open alert."), "alert_id")
    visit.touch("alert", alert_id)


def told(kind: str, detail: str) -> str:
    """An alert as sentences: what it is about, and the reason if one was written down."""
    reason = " ".join(word for word in detail.split() if not FACT.fullmatch(word))
    return f"{title_of(kind, detail)}. {reason}".strip()


def title_of(kind: str, detail: str) -> str:
    """What an alert says, in the reader's language; details are words such as `month:202610`."""
    facts = dict(word.split(":", 1) for word in detail.split() if FACT.fullmatch(word))
    if kind == "usage_missing" and facts.get("month", "").isdigit():
        month = month_name(int(facts["month"]))
        if "source" in facts:
            return _("No validated usage of {month} from {source}").format(
                month=month, source=facts["source"]
            )
        return _("No usage of {month} has arrived").format(month=month)
    if kind == "message_failed":
        return _("Message {number} could not be delivered").format(number=facts.get("message", "?"))
    if kind == "order_late":
        return _("Order {number} waits for delivery").format(number=facts.get("order", "?"))
    if kind == "case_failed":
        return _("Case {number} cannot be carried out").format(number=facts.get("case", "?"))
    if kind == "invoice_failed" and facts.get("month", "").isdigit():
        return _("The invoice of {month} for customer {number} cannot be made").format(
            month=month_name(int(facts["month"])), number=facts.get("account", "?")
        )
    if kind == "scrub_failed":
        return _("What an erasure removed could not be overwritten in the database")
    return kind
