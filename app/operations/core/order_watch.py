"""Orders whose mails should have come: advice where an order is looked at, and an alert for the helpdesk."""

from __future__ import annotations

from app.i18n import _
from app.operations.core.mail_words import lasting
from app.operations.core.outbox import raise_alert
from app.operations.core.visit import Visit

KIND = "order_late"
WAITING = "status = 'ordered' AND ordered_at <= :latest"


def advice(visit: Visit, status: str, ordered_at: int, *, has_password: bool) -> str:
    """What to do where the customer should have been able to sign in by now; else empty.

    Args:
        status: ordered, provisioned or withdrawn.
        has_password: whether its customer has made a password.
    """
    waits = visit.content.access.help.advice_seconds
    if status == "withdrawn" or has_password or visit.now - ordered_at < waits:
        return ""
    contact = visit.content.operator.contact
    text = _(
        "No mail {time} after the order? First look in the spam folder. Is it not there either: {phone} or "
        "{email}; the helpdesk sends the mails again."
    ).format(time=lasting(waits), phone=contact.phone, email=contact.email)
    if status == "ordered":
        return _("Not delivered yet: the user name and the code leave when it is.") + " " + text
    return text


def late_orders(visit: Visit) -> int:
    """Alerts on orders that have waited too long for delivery, one for each; how many are new."""
    latest = visit.now - visit.content.access.help.advice_seconds
    due = f"{WAITING} AND alerted_at IS NULL"
    if visit.row(f"SELECT 1 FROM customer_order WHERE {due} LIMIT 1", latest=latest) is None:
        return 0
    with visit.transaction() as tx:
        rows = tx.rows(
            f"UPDATE customer_order SET alerted_at = :now WHERE {due} RETURNING id",
            now=visit.now,
            latest=latest,
        )
        return sum(raise_alert(tx, key_of(number), KIND, f"order:{number}", visit.now) for (number,) in rows)


def settle(visit: Visit, order_id: int) -> None:
    """An order was delivered: its alert is done, in the open transaction."""
    visit.change.execute(
        "UPDATE alert SET done_at = :now WHERE key = :key AND done_at IS NULL",
        now=visit.now,
        key=key_of(order_id),
    )


def key_of(order_id: int) -> str:
    """Names the alert of an order."""
    return f"order-late:{order_id}"
