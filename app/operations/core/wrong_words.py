"""What is wrong with a row of usage, in the reader's language."""

from __future__ import annotations

import json

from app.i18n import _
from app.units import phone

QUOTED = ("text",)
"""Values that came with the row: shown as they were written, signs that cannot be seen included."""


def wrong_text(detail: str) -> str:
    """The words for a stored fault; an empty text if there are none for it.

    Faults stored before they had codes are sentences, and stay as they are.
    """
    if not detail.startswith("{"):
        return detail
    try:
        values = json.loads(detail)
        words = _words(str(values.pop("wrong", "")))
        return words.format(**{name: _shown(name, value) for name, value in values.items()})
    except (ValueError, KeyError, AttributeError):
        return ""


def _shown(name: str, value: object) -> object:
    if name in QUOTED:
        return repr(value)
    return phone(str(value)) if name == "subscriber" else value


def _words(code: str) -> str:
    return {
        "no_meaning": _("{text} has no meaning in the mapping"),
        "no_duration": _("{text} is not a duration like 0:01:30"),
        "point": _("{text} has a decimal point, a comma is expected"),
        "no_number": _("{text} is not a number"),
        "negative": _("{text} is negative"),
        "unreal": _("{text} is beyond anything real"),
        "no_phone": _("{text} is not a phone number"),
        "long_phone": _("{text} has more than 15 digits"),
        "no_time": _("{text} is not a time of the form {form}"),
        "skipped_time": _("{text} was skipped when the clock changed in {zone}"),
        "no_flag": _("{text} is neither yes nor no"),
        "no_legs": _("{text} is not a number of legs"),
        "bad_id": _("The id is empty or longer than {most} characters."),
        "too_old": _("The record is older than 1970."),
        "no_subscriber": _("{text} names no subscriber"),
        "no_place": _("{text} is no known country or network"),
        "ahead": _("The record starts {minutes} minutes after now."),
        "cells": _("The row has {found} cells instead of {expected}."),
        "no_line": _("No line had {subscriber} at that time."),
        "closed": _("Its month was closed more than {months} closings ago."),
        "conflict": _("Another record with this id is stored already, with other content."),
        "no_rate": _("The tariff cannot rate this record."),
    }.get(code, "")
