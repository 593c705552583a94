"""What one call, message or volume of data costs, in words; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.clock import month_of, zone_named
from app.i18n import _
from app.operations.core import Invalid, NotFound, Visit, operation
from app.operations.core.names import BARS, BUNDLES, ZONES, bits_of
from app.rating.codes import Direction, Flag, Kind, Reason, Status
from app.rating.explain import explain
from app.rating.records import LineTerms, State, Usage
from app.rating.single import price_one
from app.unit_input import UnitError, parse_volume


@dataclass(frozen=True, slots=True)
class Price:
    """What it costs and why. `status` is rated, blocked or suspended; `reason` a name of `Reason`."""

    charge_micro: int
    status: str
    reason: str
    zone: str
    place: str
    at: int
    tariff: str
    units: int
    sentences: tuple[str, ...]


@operation("rate.call", right="RATE", changes=False)
def call(
    visit: Visit,
    to: str,
    seconds: int,
    from_country: str = "",
    at: str = "",
    incoming: bool = False,
    wifi: bool = False,
    legs: int = 1,
    bars: list[str] | None = None,
    plan: str = "",
) -> Price:
    """Price a call.

    Args:
        to: the other party's number: +49301234567, 0049..., or 0900123 as dialled at home.
        seconds: how long it lasts.
        from_country: where the line is, as DE; X-SHIP and X-PLANE for ships and planes; default home.
        at: when it starts, as 2026-11-03T12:00 in the operator's time zone; default now.
        incoming: the line is called.
        wifi: over Wi-Fi.
        legs: outgoing calls of a conference that the line organises.
        bars: what is barred on the line: premium international roaming.
        plan: tariff plan; default the one that is sold.
    """
    usage = _usage(visit, Kind.VOICE, seconds, from_country, at, to)
    usage.direction = int(Direction.MT if incoming else Direction.MO)
    usage.flags = int(Flag.WIFI) if wifi else 0
    usage.legs = legs
    return _price(visit, usage, LineTerms(), State(bars=bits_of(bars or (), BARS, "bars")), plan)


@operation("rate.sms", right="RATE", changes=False)
def sms(
    visit: Visit,
    to: str,
    messages: int = 1,
    from_country: str = "",
    at: str = "",
    incoming: bool = False,
    plan: str = "",
) -> Price:
    """Price text messages.

    Args:
        to: the other party's number.
        messages: how many.
        from_country: where the line is, as DE; default home.
        at: when, as 2026-11-03T12:00 in the operator's time zone; default now.
        incoming: the line receives them.
        plan: tariff plan; default the one that is sold.
    """
    usage = _usage(visit, Kind.SMS, messages, from_country, at, to)
    usage.direction = int(Direction.MT if incoming else Direction.MO)
    return _price(visit, usage, LineTerms(), State(), plan)


@operation("rate.data", right="RATE", changes=False)
def data(
    visit: Visit,
    volume: str,
    from_country: str = "",
    at: str = "",
    bundles: list[str] | None = None,
    zero: bool = False,
    lifted: bool = False,
    bars: list[str] | None = None,
    plan: str = "",
) -> Price:
    """Price a volume of data, for a line that has used nothing yet this month.

    Args:
        volume: how much, as "250 MB".
        from_country: where the line is, as JP; default home.
        at: when, as 2026-11-03T12:00 in the operator's time zone; default now.
        bundles: roaming bundles that are enabled: a b rest, or world alone.
        zero: a line of 0 GB.
        lifted: the data block of a 0 GB line is lifted.
        bars: what is barred on the line: data_outside_eu data_eu roaming.
        plan: tariff plan; default the one that is sold.
    """
    try:
        size = parse_volume(volume)
    except UnitError as error:
        raise Invalid(str(error), "volume") from error
    enabled = bits_of((code.lower() for code in bundles or ()), BUNDLES, "bundles")
    if enabled > BUNDLES["world"]:
        raise Invalid(_("World excludes the other roaming bundles."), "bundles")
    state = State(
        bundles=enabled,
        bars=bits_of(bars or (), BARS, "bars"),
        zero_lifted=int(lifted),
        cap=visit.content.operator.policies.default_bundle_cap,
    )
    terms = LineTerms(zero=int(zero))
    return _price(visit, _usage(visit, Kind.DATA, size, from_country, at, ""), terms, state, plan)


def _usage(visit: Visit, kind: Kind, volume: int, country: str, at: str, number: str) -> Usage:
    code = (country or visit.content.operator.home_country).upper()
    place = visit.content.places.find(code)
    if place is None:
        raise Invalid(
            _("There is no country {code}. Write its two letters, as DE.").format(code=code), "from_country"
        )
    if volume < 0:
        raise Invalid(_("Less than nothing cannot be used."), "seconds" if kind == Kind.VOICE else "messages")
    return Usage(
        start=_instant(visit, at),
        kind=int(kind),
        volume=volume,
        place=place,
        number=_number(visit, number) if number else 0,
    )


def _instant(visit: Visit, text: str) -> int:
    if not text:
        return visit.now
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(_("Write the time like 2026-11-03T12:00."), "at") from error
    return int((moment if moment.tzinfo else moment.replace(tzinfo=zone_named(visit.zone))).timestamp())


def _number(visit: Visit, text: str) -> int:
    """The digits of a number with its country code."""
    digits = "".join(sign for sign in text if sign not in " -().")
    home = visit.content.places.calling(visit.content.places.index(visit.content.operator.home_country))[0]
    if digits.startswith("+"):
        digits = digits[1:]
    elif digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0"):
        digits = home + digits[1:]
    if not (digits.isascii() and digits.isdigit() and 0 < len(digits) <= 15):
        raise Invalid(_("Write a number like +49301234567."), "to")
    return int(digits)


def _price(visit: Visit, usage: Usage, terms: LineTerms, state: State, plan: str) -> Price:
    tariffs = visit.content.tariffs
    name = plan or visit.content.catalogue.tariff_plan
    if name not in tariffs.plans():
        known = ", ".join(tariffs.plans())
        raise NotFound(
            _("There is no tariff plan {plan}. There are: {known}.").format(plan=name, known=known), "plan"
        )
    month = month_of(usage.start, visit.zone)
    tariff, tables = tariffs.version(name, month), tariffs.tables(name, month)
    if tariff is None or tables is None:
        raise NotFound(_("The tariff plan {plan} has no edition for that time.").format(plan=name), "at")
    rating = price_one(tables, usage, terms, state)
    place = visit.content.places.name(usage.place, visit.language)
    return Price(
        charge_micro=rating.charge_micro,
        status=Status(rating.status).name.lower(),
        reason=Reason(rating.reason).name.lower(),
        zone=ZONES[rating.zone],
        place=place,
        at=usage.start,
        tariff=tariff.version,
        units=rating.units,
        sentences=tuple(explain(usage, rating, tariff, tables, place)),
    )
