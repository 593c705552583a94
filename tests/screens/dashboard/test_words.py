"""Cost limits as meters: what counts is where the next block comes."""

from __future__ import annotations

import pytest

from app.operations.alerts import told
from app.operations.core.overview_rows import AlertRow, LimitRow
from app.screens.dashboard.words import CENT, alert_text, alert_title, limit_gauge


@pytest.mark.parametrize(
    "level, blocked, label, total_cents, numbers",
    [
        (0, False, "Anna", 5_000, "€45.00 of €50.00"),
        (0, True, "✗ Anna", 5_000, "€45.00 of €50.00"),
        (1, False, "Anna", 10_000, "€45.00 of €100.00"),
        (1, True, "✗ Anna", 10_000, "€45.00 of €100.00"),
        (2, False, "Anna", None, "€45.00"),
    ],
)
def test_a_lifted_limit_runs_to_the_next_block(
    level: int, blocked: bool, label: str, total_cents: int | None, numbers: str
) -> None:
    row = LimitRow(1, "+31610000001", "Anna", 5_000, 4_500 * CENT, 90, blocked, level)
    gauge = limit_gauge(row)
    assert (gauge.label, gauge.numbers) == (label, numbers)
    assert gauge.total == (None if total_cents is None else total_cents * CENT)


@pytest.mark.parametrize(
    "kind, detail, title, text, whole",
    [
        (
            "usage_missing",
            "month:202610 source:network",
            "Usage is missing",
            "nothing has arrived for October 2026",
            "No validated usage of October 2026 from network.",
        ),
        (
            "message_failed",
            "message:7 550 No such user",
            "Message not sent",
            "number 7",
            "Message 7 could not be delivered. 550 No such user",
        ),
        ("order_late", "order:12", "Order waits", "number 12", "Order 12 waits for delivery."),
        (
            "case_failed",
            "case:C-9 The line has ended.",
            "Case not carried out",
            "number C-9",
            "Case C-9 cannot be carried out. The line has ended.",
        ),
        (
            "invoice_failed",
            "account:K1001 month:202610 no such bundle.",
            "Invoice not made",
            "customer K1001",
            "The invoice of October 2026 for customer K1001 cannot be made. no such bundle.",
        ),
        (
            "scrub_failed",
            "disk full",
            "Erasure unfinished",
            "disk full",
            "What an erasure removed could not be overwritten in the database. disk full",
        ),
    ],
)
def test_an_alert_says_what_it_is_about_and_why(
    kind: str, detail: str, title: str, text: str, whole: str
) -> None:
    alert = AlertRow(1, 0, kind, detail)
    assert (alert_title(kind), alert_text(alert), told(kind, detail)) == (title, text, whole)
