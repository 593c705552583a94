"""How to reach the operator, and whether somebody is there now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.clock import zone_named
from app.content.public_holidays import holiday_dates
from app.operations.core import Visit, operation
from app.operations.core.sms_words import ANSWER_TO_GIVE, HELP, STATES, SWITCHES

LOOK_AHEAD_DAYS = 14
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Ways to the operator.

    hours: (days as mon … sun, opens, closes) with times of the operator's zone; turns_at: when the desk
    closes if it is open, opens if it is closed, None if that is more than two weeks away.
    """

    name: str
    phone: str
    email: str
    website: str
    street: str
    postcode: str
    city: str
    hours: tuple[tuple[tuple[str, ...], str, str], ...]
    open_now: bool
    turns_at: int | None


@dataclass(frozen=True, slots=True)
class SmsCommand:
    """A text that users may send to the short code; `switches` names what it turns on or off."""

    text: str
    switches: str
    on: bool


@operation("support.contact", right="VIEW_TARIFFS", changes=False)
def contact(visit: Visit) -> ContactCard:
    """Telephone, mail, address and opening hours, and whether the desk is open now."""
    operator = visit.content.operator
    spans = _spans(visit)
    inside = next(((start, end) for start, end in spans if start <= visit.now < end), None)
    following = next((start for start, _ in spans if start > visit.now), None)
    where = operator.contact
    return ContactCard(
        name=operator.name,
        phone=where.phone,
        email=where.email,
        website=where.website,
        street=where.street,
        postcode=where.postcode,
        city=where.city,
        hours=tuple((row.days, f"{row.opens:%H:%M}", f"{row.closes:%H:%M}") for row in operator.hours),
        open_now=inside is not None,
        turns_at=inside[1] if inside else following,
    )


@operation("support.sms_commands", right="VIEW_TARIFFS", changes=False)
def sms_commands(visit: Visit) -> list[SmsCommand]:
    """The texts that users may send to the operator's short code."""
    switches = [
        SmsCommand(f"{command} {state}", column, on)
        for command, column in SWITCHES.items()
        for state, on in STATES.items()
    ]
    answer = ANSWER_TO_GIVE.get(visit.language, ANSWER_TO_GIVE["en"])
    return [*switches, SmsCommand(HELP, "help", True), SmsCommand(answer, "answer", True)]


def _spans(visit: Visit) -> list[tuple[int, int]]:
    """Opening times of the coming days as instants, public holidays left out."""
    operator = visit.content.operator
    today = datetime.fromtimestamp(visit.now, zone_named(operator.time_zone)).date()
    days = [today + timedelta(days=offset) for offset in range(LOOK_AHEAD_DAYS)]
    closed = set(holiday_dates(operator.home_country, {day.year for day in days}))
    spans = [
        (_instant(day, row.opens, operator.time_zone), _instant(day, row.closes, operator.time_zone))
        for day in days
        if day not in closed
        for row in operator.hours
        if DAYS[day.weekday()] in row.days
    ]
    return sorted(spans)


def _instant(day: date, at: time, zone: str) -> int:
    return int(datetime.combine(day, at, zone_named(zone)).timestamp())
