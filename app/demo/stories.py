"""What people do in the demo besides using their phones: answer blocks, send commands, change settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.clock import FixedClock
from app.operations.core import OperationError, Visit, perform


@dataclass(frozen=True, slots=True)
class Text:
    """On a day of each month, at an hour, a user sends a text to the operator's short code."""

    day: int
    hour: int
    person: str
    text: str


@dataclass(frozen=True, slots=True)
class Setting:
    """On a day of each month an admin changes something on the line of a person."""

    day: int
    hour: int
    person: str
    operation: str
    arguments: tuple[tuple[str, Any], ...]


TEXTS: Final = (
    Text(2, 8, "Wilma Brouwer", "help"),
    Text(4, 19, "Jeroen Bakker", "ja"),
    Text(11, 7, "Youssef El Amrani", "Ja"),
    Text(12, 10, "Rik Timmermans", "BERICHT UIT"),
    Text(13, 10, "Rik Timmermans", "bericht aan"),
    Text(14, 16, "Sophie Lambert", "wanneer ben ik weer thuis?"),
)
SETTINGS: Final = (
    Setting(10, 11, "Hassan Yılmaz", "limits.set", (("limit_cents", 5000),)),
    Setting(20, 9, "Hassan Yılmaz", "limits.set", (("limit_cents", 10000),)),
    Setting(18, 14, "Ruben Scholten", "limits.set", (("limit_cents", 3000),)),
)


def instants(day: date) -> list[int]:
    """The hours of a day at which something happens, in order."""
    return sorted({each.hour for each in (*TEXTS, *SETTINGS) if each.day == day.day})


def happen(visit: Visit, day: date, hour: int, at: int) -> None:
    """Do what happens at an hour of a day, with the clock put at it."""
    then = replace(visit, clock=FixedClock(at))
    for text in TEXTS:
        if (text.day, text.hour) == (day.day, hour):
            number = _line(visit, text.person)[1]
            perform(then, "sms.receive", sender=number, text=text.text)
    for setting in SETTINGS:
        if (setting.day, setting.hour) == (day.day, hour):
            line_id = _line(visit, setting.person)[0]
            try:
                perform(then, setting.operation, line_id=line_id, **dict(setting.arguments))
            except OperationError:
                # Somebody has tried the demo and ended this line or set it already: their change stays.
                continue


def _line(visit: Visit, person: str) -> tuple[int, str]:
    found = visit.row("SELECT id, number FROM line WHERE person = :person ORDER BY id LIMIT 1", person=person)
    return (int(found[0]), str(found[1])) if found else (0, "")
