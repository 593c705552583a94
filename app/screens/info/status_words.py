"""Notices of the operator in words."""

from __future__ import annotations

from app import units
from app.i18n import _, language
from app.operations.status import StatusRow


def kind_word(row: StatusRow) -> str:
    """What sort of notice it is."""
    return {"fault": _("Fault"), "maintenance": _("Maintenance"), "message": _("Message")}[row.kind]


def time_words(row: StatusRow, zone: str) -> str:
    """From when, until when; of what goes on only until when, if that is known."""
    ends = "" if row.ends is None else units.instant(row.ends, zone, language())
    if row.now:
        return _("now, until {time}").format(time=ends) if ends else _("now")
    begins = units.instant(row.begins, zone, language())
    if ends:
        return _("from {begins} until {ends}").format(begins=begins, ends=ends)
    return _("from {time}").format(time=begins)
