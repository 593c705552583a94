"""Prices of a tariff version as rows for people: what use in, and calls to, one country cost."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import month_of
from app.content.reference import Places
from app.i18n import language
from app.operations.core.plans import tables_of, tariff_of
from app.operations.core.visit import Visit
from app.rating.codes import Direction, Kind
from app.rating.records import LineTerms, Usage
from app.rating.tables import TariffTables
from app.rating.tariff import CallRate, Tariff, in_language
from app.rating.voice import find_interval

ANY_SUBSCRIBER = "201234567"
"""Prices go by how a number begins; this stands for the rest of it."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """From this second of a call (or message): micro-euro per `unit`, counted in whole `increment`s."""

    start: int
    price_micro: int
    unit: int
    increment: int


@dataclass(frozen=True, slots=True)
class PriceRow:
    """What a call or message costs.

    kind: "voice" or "sms"; direction: "outgoing" or "incoming"; origin, destination: names of countries,
    destination "" for any; band: when it holds, "" for always; included: it costs nothing.
    """

    kind: str
    direction: str
    origin: str
    destination: str
    band: str
    included: bool
    connect_micro: int
    steps: tuple[StepRow, ...]
    least_micro: int
    most_micro: int | None


def prices_of_country(visit: Visit, plan: str, place: int) -> tuple[PriceRow, ...]:
    """Use in a country (calls home, calls within it, incoming, messages home), then calls to it from home."""
    month = month_of(visit.now, visit.zone)
    tariff, tables = tariff_of(visit, plan, month), tables_of(visit, plan, month)
    home = visit.content.places.index(visit.content.operator.home_country)
    wanted = [
        (Kind.VOICE, Direction.MO, place, home),
        (Kind.VOICE, Direction.MO, place, place),
        (Kind.VOICE, Direction.MT, place, home),
        (Kind.SMS, Direction.MO, place, home),
        (Kind.VOICE, Direction.MO, home, place),
        (Kind.SMS, Direction.MO, home, place),
    ]
    rows: list[PriceRow] = []
    for kind, direction, origin, destination in dict.fromkeys(wanted):
        rate = rate_of(tables, tariff, visit.content.places, kind, direction, origin, destination)
        if rate is not None:
            rows += price_rows(visit, rate, direction, origin, destination)
    return tuple(rows)


def rate_of(
    tables: TariffTables,
    tariff: Tariff,
    places: Places,
    kind: Kind,
    direction: Direction,
    origin: int,
    destination: int,
) -> CallRate | None:
    """The rate of a call or message between two countries; None if the tariff has none."""
    calling = places.calling(destination)
    usage = Usage(
        kind=int(kind),
        direction=int(direction),
        volume=1,
        place=origin,
        number=int(calling[0] + ANY_SUBSCRIBER) if calling else 0,
    )
    found = find_interval(usage, LineTerms(), tables.place_zone[origin], tables)
    rate = tables.intervals[found].rate if found >= 0 else -1
    return tariff.all_rates[rate] if rate >= 0 else None


def price_rows(
    visit: Visit, rate: CallRate, direction: Direction, origin: int, destination: int
) -> list[PriceRow]:
    """One row for each time band of a rate, one alone if it is included."""
    places, reader = visit.content.places, language()

    def row(band: str, connect: int, steps: tuple[StepRow, ...]) -> PriceRow:
        return PriceRow(
            kind="voice" if rate.kind == Kind.VOICE else "sms",
            direction="incoming" if direction == Direction.MT else "outgoing",
            origin=places.name(origin, reader),
            destination="" if direction == Direction.MT else places.name(destination, reader),
            band=band,
            included=rate.included,
            connect_micro=connect,
            steps=steps,
            least_micro=rate.least,
            most_micro=rate.most,
        )

    if rate.included:
        return [row("", 0, ())]
    return [
        row(
            in_language(band.label, reader),
            band.connect,
            tuple(StepRow(step.start, step.price, step.unit, step.increment) for step in band.steps),
        )
        for band in rate.bands
    ]
