"""Why a record costs what it costs, in a few words."""

from __future__ import annotations

from typing import Final

from app.i18n import _, mark
from app.rating.codes import Reason

TEXTS: Final = {
    Reason.NONE: "",
    Reason.INCLUDED: mark("Included"),
    Reason.ALLOWANCE: mark("Data bundle"),
    Reason.OUT_OF_BUNDLE: mark("Out of bundle"),
    Reason.ROAMING_BUNDLE: mark("Roaming bundle"),
    Reason.STANDARD: mark("Standard rate outside the EU"),
    Reason.PRICED: mark("Destination"),
    Reason.ZERO_VOLUME: mark("Nothing was used"),
    Reason.BAR_PREMIUM: mark("Premium numbers are barred"),
    Reason.BAR_INTERNATIONAL: mark("International calls are barred"),
    Reason.BAR_DATA_OUTSIDE_EU: mark("Data outside the EU is barred"),
    Reason.BAR_DATA_EU: mark("Data in the EU is barred"),
    Reason.BAR_ROAMING: mark("Use abroad is barred"),
    Reason.DATA_OFF: mark("No roaming bundle: data outside the EU is off"),
    Reason.ZERO_BLOCK: mark("0 GB: data is blocked"),
    Reason.LIMIT_BLOCK: mark("The cost limit was reached"),
    Reason.CAP_BLOCK: mark("The last roaming bundle is used up"),
    Reason.NO_VOICE: mark("Data Only has no calls"),
    Reason.NO_RATE: mark("No price is known"),
    Reason.UNKNOWN_PLACE: mark("Unknown network"),
    Reason.UNKNOWN_LINE: mark("No such line"),
    Reason.CLOCK_AHEAD: mark("The time is in the future"),
    Reason.CONFLICT: mark("Same number, other content"),
    Reason.BAD_FIELD: mark("A field cannot be right"),
    Reason.TOO_LATE: mark("Its month is closed for good"),
    Reason.COUNTER_FULL: mark("Beyond anything real"),
}


def reason_text(reason: int) -> str:
    """A `Reason` in the reader's language, short enough for a list."""
    text = TEXTS[Reason(reason)]
    return _(text) if text else ""
