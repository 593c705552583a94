"""Records of usage as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import units
from app.i18n import _, ngettext
from app.widgets.columns import Column, Tone
from app.widgets.rows import Row

if TYPE_CHECKING:
    from app.operations.core.usage_rows import RecordRow


def record_columns() -> list[Column]:
    """When, what, with whom or where, how much, what it cost, why; the last cell is the status."""
    return [
        Column(_("When"), 12, align="right"),
        Column(_("What"), 8),
        Column(_("With or where"), 15, flex=1),
        Column(_("How much"), 8, align="right"),
        Column(_("Price"), 8, align="right"),
        Column(_("Why"), 13, flex=2, tone=record_tone),
    ]


def record_tone(row: Row) -> Tone:
    """What was blocked or waits stands out."""
    tones: dict[str, Tone] = {"blocked": "warning", "suspended": "error"}
    return tones.get(str(row[6]), "muted")


def record_cells(record: RecordRow, zone: str) -> Row:
    """One record; its reason says what blocked it, and whether it came late."""
    reason = record.reason
    if record.late:
        reason = _("late · {reason}").format(reason=reason)
    return (
        units.instant(record.start, zone, year=False),
        what(record),
        party(record),
        amount(record),
        units.money_micro(record.charge_micro) if record.charge_micro else "–",
        reason,
        record.status,
    )


def what(record: RecordRow) -> str:
    """Data, a call with its way, or an SMS."""
    if record.kind == "data":
        return _("data")
    if record.kind == "sms":
        return _("SMS in") if record.direction == "incoming" else _("SMS out")
    if record.wifi:
        return _("Wi-Fi call")
    ways = {"incoming": _("call in"), "forwarded": _("forward")}
    return ways.get(record.direction, _("call out"))


def party(record: RecordRow) -> str:
    """The other number, and the country when it was not at home."""
    number = units.phone(record.number)
    if record.zone == "home" and number:
        return number
    if not number:
        return record.place_name
    return f"{number} · {record.place}"


def amount(record: RecordRow) -> str:
    """Volume, duration or number of messages."""
    if record.kind == "data":
        return units.volume(record.volume, decimals=1)
    if record.kind == "voice":
        return units.duration(record.volume)
    return ngettext("{count} SMS", "{count} SMS", record.volume).format(count=record.volume)
