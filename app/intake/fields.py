"""Single values of a row: from the file's text to the integers that are rated.

Each function takes text and answers a number, or raises ValueError with what is wrong (see
`app.intake.wrong`). `Memo` makes each a quick table for values that come again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from app.content.sources import UNITS, Numbers, Times
from app.intake.wrong import wrong
from app.rating.numbers import NUMBER_BOUND

MEMO_SIZE = 200_000
CLOCK = re.compile(r"(\d{1,5}):([0-5]\d):([0-5]\d)", re.ASCII)
SEPARATORS = str.maketrans("", "", " -./()\u00a0")
INFINITE = 1 << 62
LONGEST_NUMBER = 15


class Memo(dict[str, int | None]):
    """Remembers what a text means; None for a text without a meaning, whose fault is told elsewhere."""

    def __init__(self, meaning: Callable[[str], int]) -> None:
        super().__init__()
        self._meaning = meaning

    def __missing__(self, text: str) -> int | None:
        try:
            found: int | None = self._meaning(text)
        except ValueError:
            found = None
        if len(self) < MEMO_SIZE:
            self[text] = found
        return found


def word(text: str, known: dict[str, int]) -> int:
    """The number of a word of the mapping, in any letter case."""
    found = known.get(text.strip().lower())
    if found is None:
        raise ValueError(wrong("no_meaning", text=text))
    return found


def volume(text: str, unit: str, kind: str, decimal: str) -> int:
    """Seconds, messages or bytes; parts of them are rounded up."""
    text = text.strip()
    if unit == "clock":
        parts = CLOCK.fullmatch(text)
        if not parts:
            raise ValueError(wrong("no_duration", text=text))
        hours, minutes, seconds = (int(part) for part in parts.groups())
        return hours * 3600 + minutes * 60 + seconds
    if decimal == ",":
        if "." in text:
            raise ValueError(wrong("point", text=text))
        text = text.replace(",", ".")
    try:
        if "_" in text:
            raise InvalidOperation
        amount = Decimal(text)
    except InvalidOperation:
        raise ValueError(wrong("no_number", text=text)) from None
    if not amount.is_finite() or abs(amount.adjusted()) > 25:
        raise ValueError(wrong("no_number", text=text))
    if amount < 0:
        raise ValueError(wrong("negative", text=text))
    scaled = amount / 1000 if unit == "millisecond" else amount * UNITS[kind][unit]
    whole = int(scaled.to_integral_value(ROUND_CEILING))
    if whole >= INFINITE:
        raise ValueError(wrong("unreal", text=text))
    return whole


def number(text: str, numbers: Numbers) -> int:
    """E.164 digits of a phone number; 0 if there is none."""
    plain = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER and text[0] != "0"
    if plain and numbers.form == "international":
        # Most numbers are plain; the long way would say the same.
        return int(text)
    text = text.strip().translate(SEPARATORS)
    if not text:
        return 0
    international = text.startswith(("+", "00"))
    digits = text.removeprefix("+").removeprefix("00") if international else text
    if not (digits.isascii() and digits.isdecimal()):
        raise ValueError(wrong("no_phone", text=text))
    if numbers.form == "dialled" and not international:
        digits = numbers.home + digits.removeprefix("0")
    found = int(digits)
    if found >= NUMBER_BOUND:
        raise ValueError(wrong("long_phone", text=text))
    return found


def sender(text: str, numbers: Numbers) -> int:
    """As `number`, but names are no fault: messages come from senders like "Bank"."""
    try:
        return number(text, numbers)
    except ValueError:
        return 0


def instant(text: str, times: Times, zone: ZoneInfo) -> int:
    """Unix seconds. A local time that exists twice is the first of the two; one that was skipped is wrong."""
    text = text.strip()
    if times.format in ("unix", "unix_ms"):
        if not re.fullmatch(r"-?\d{1,15}", text, re.ASCII):
            raise no_time(text, times)
        return int(text) if times.format == "unix" else int(text) // 1000
    try:
        if times.format == "iso":
            moment = datetime.fromisoformat(text)
        else:
            moment = datetime.strptime(text, times.format)
    except ValueError:
        raise no_time(text, times) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
        found = int(moment.timestamp())
        if datetime.fromtimestamp(found, zone).replace(tzinfo=None) != moment.replace(
            tzinfo=None, microsecond=0
        ):
            raise ValueError(wrong("skipped_time", text=text, zone=times.zone))
        return found
    return int((moment - datetime.fromtimestamp(0, moment.tzinfo)) // timedelta(seconds=1))


def no_time(text: str, times: Times) -> ValueError:
    """What is wrong with a text that is no time."""
    return ValueError(wrong("no_time", text=text, form=times.format))


def flag(text: str) -> bool:
    """Whether a yes-or-no cell says yes."""
    text = text.strip().lower()
    if text in ("", "0", "no", "false", "n"):
        return False
    if text in ("1", "yes", "true", "y"):
        return True
    raise ValueError(wrong("no_flag", text=text))


def legs(text: str) -> int:
    """Outgoing legs of a conference; 1 if the cell is empty."""
    text = text.strip()
    if not text:
        return 1
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 1000):
        raise ValueError(wrong("no_legs", text=text))
    return int(text)
