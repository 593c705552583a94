"""Invoices, their positions and bookings as rows of lists."""

from __future__ import annotations

from typing import Any

from app import units
from app.i18n import _
from app.widgets.columns import Column, Tone
from app.widgets.rows import Row


def state_name(state: str) -> str:
    """Whether an invoice is paid, as a word."""
    return {"paid": _("paid"), "open": _("to pay"), "overdue": _("overdue")}.get(state, state)


def invoice_columns() -> list[Column]:
    """The list of invoices."""
    return [
        Column(_("Number"), 12, flex=1),
        Column(_("Date"), 12),
        Column(_("Month"), 15, shown_from=84),
        Column(_("To pay by"), 12),
        Column(_("Amount"), 12, align="right"),
        Column(_("Left to pay"), 12, align="right", shown_from=90),
        Column(_("State"), 9, tone=_state_tone),
    ]


def invoice_cells(invoice: Any, zone: str) -> Row:
    """One invoice; its state stands last, as a word."""
    return (
        invoice.number,
        units.date(invoice.issued_at, zone),
        units.month(invoice.month),
        units.date(invoice.due_at, zone),
        units.money(invoice.total_cents),
        units.money(invoice.open_cents),
        state_name(invoice.state),
    )


def _state_tone(row: Row) -> Tone:
    tones: dict[str, Tone] = {state_name("paid"): "success", state_name("overdue"): "error"}
    return tones.get(str(row[-1]), "warning")


def position_columns() -> list[Column]:
    """What stands on an invoice."""
    return [
        Column(_("Number"), 16, tone=lambda _row: "muted"),
        Column(_("Name"), 14, flex=1, shown_from=70),
        Column(_("What"), 20, flex=2),
        Column(_("Net of VAT"), 12, align="right"),
    ]


def position_cells(position: Any) -> Row:
    """One position."""
    return (units.phone(position.number), position.person, position.text, units.money(position.net_cents))


def booking_columns() -> list[Column]:
    """The ledger."""
    return [
        Column(_("Date"), 12),
        Column(_("What"), 12, flex=1),
        Column(_("Invoice"), 12),
        Column(_("Amount"), 13, align="right"),
        Column(_("Owed then"), 13, align="right"),
    ]


def booking_cells(booking: Any, zone: str) -> Row:
    """One entry; a payment has a minus, for it makes what is owed less."""
    kinds = {"invoice": _("Invoice"), "payment": _("Payment")}
    return (
        units.date(booking.at, zone),
        kinds.get(booking.kind, booking.kind),
        booking.invoice,
        units.money(booking.cents),
        units.money(booking.balance_cents),
    )
