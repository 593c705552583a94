"""Why a record costs what it costs, in a few words."""

from __future__ import annotations

from app.i18n import _
from app.rating.codes import Reason


def reason_text(reason: int) -> str:
    """A `Reason` in the reader's language, short enough for a list."""
    return {
        Reason.NONE: "",
        Reason.INCLUDED: _("Included"),
        Reason.ALLOWANCE: _("Data bundle"),
        Reason.OUT_OF_BUNDLE: _("Out of bundle"),
        Reason.ROAMING_BUNDLE: _("Roaming bundle"),
        Reason.STANDARD: _("Standard rate outside the EU"),
        Reason.PRICED: _("Destination"),
        Reason.ZERO_VOLUME: _("Nothing was used"),
        Reason.BAR_PREMIUM: _("Premium numbers are barred"),
        Reason.BAR_INTERNATIONAL: _("International calls are barred"),
        Reason.BAR_DATA_OUTSIDE_EU: _("Data outside the EU is barred"),
        Reason.BAR_DATA_EU: _("Data in the EU is barred"),
        Reason.BAR_ROAMING: _("Use abroad is barred"),
        Reason.DATA_OFF: _("No roaming bundle: data outside the EU is off"),
        Reason.ZERO_BLOCK: _("0 GB: data is blocked"),
        Reason.LIMIT_BLOCK: _("The cost limit was reached"),
        Reason.CAP_BLOCK: _("The last roaming bundle is used up"),
        Reason.NO_VOICE: _("Data Only has no calls"),
        Reason.NO_RATE: _("No price is known"),
        Reason.UNKNOWN_PLACE: _("Unknown network"),
        Reason.UNKNOWN_LINE: _("No such line"),
        Reason.CLOCK_AHEAD: _("The time is in the future"),
        Reason.CONFLICT: _("Same number, other content"),
        Reason.BAD_FIELD: _("A field cannot be right"),
        Reason.TOO_LATE: _("Its month is closed for good"),
        Reason.COUNTER_FULL: _("Beyond anything real"),
    }[Reason(reason)]
