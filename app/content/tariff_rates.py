"""Read the voice and SMS prices of a tariff: time bands, destinations, rates."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from app.content.reading import Section
from app.content.reference import Places
from app.content.tariff_values import label, micro, seconds_of_day, zones
from app.rating.bands import ROUNDINGS
from app.rating.codes import Kind
from app.rating.prefixes import check_prefix
from app.rating.tariff import CallRate, Destination, PriceStep, TariffError, TimeBand

DAY: Final = 86_400
DATE: Final = re.compile(r"(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def read_bands(root: Section) -> dict[str, TimeBand]:
    """The tables `[bands.name]`: when each holds; the prices are with the rates."""
    section = root.section("bands", optional=True)
    found = {}
    for name in section.names():
        child = section.section(name)
        found[name] = _band(child, name)
        child.finish()
    section.finish()
    return found


def read_destinations(root: Section, places: Places) -> tuple[Destination, ...]:
    """The tables `[destinations.name]`."""
    section = root.section("destinations", optional=True)
    found = []
    for name in section.names():
        child = section.section(name)
        prefixes = child.words("prefixes", default=())
        for prefix in prefixes:
            try:
                check_prefix(prefix, "prefixes")
            except TariffError as error:
                child.error("prefixes", error.problem, error.cure)
        countries = child.words("countries", choices=places.codes(), default=())
        eu = child.boolean("eu", default=False)
        premium = child.boolean("premium", default=False)
        if not (prefixes or countries or eu):
            child.error("", "The destination has no numbers.", "Add prefixes, countries or eu = true.")
        found.append(Destination(name, prefixes, countries, eu, premium, label(child)))
        child.finish()
    section.finish()
    return tuple(found)


def read_rates(root: Section, bands: dict[str, TimeBand], destinations: list[str]) -> tuple[CallRate, ...]:
    """The tables `[[rates]]` of a plan or of a subject."""
    return tuple(_rate(section, bands, destinations) for section in root.sections("rates", optional=True))


def _rate(section: Section, bands: dict[str, TimeBand], destinations: list[str]) -> CallRate:
    included = section.boolean("included", default=False)
    prices = section.sections("prices", optional=True)
    if included == bool(prices):
        section.error("prices", "A rate is either included or has prices.", "Keep one of the two.")
    rate = CallRate(
        name=section.text("name", pattern="[a-z0-9-]{1,40}"),
        kind=Kind.SMS if section.text("kind", choices=("voice", "sms")) == "sms" else Kind.VOICE,
        zones=zones(section, "from"),
        to=tuple(word for word in section.words("to", choices=destinations) if word in destinations),
        incoming=section.boolean("incoming", default=False),
        included=included,
        bands=tuple(_priced_band(price, bands) for price in prices),
        least=micro(section, "least", 0),
        most=micro(section, "most") if section.has("most") else None,
        rounding=section.text("rounding", default="half_up", choices=ROUNDINGS),
        decimals=section.integer("decimals", low=0, high=6, default=4),
    )
    section.finish()
    return rate


def _priced_band(section: Section, bands: dict[str, TimeBand]) -> TimeBand:
    connect = micro(section, "connect", 0)
    steps = tuple(_step(step) for step in section.sections("steps"))
    name = section.text("band", default="", choices=tuple(bands)) if section.has("band") else ""
    section.finish()
    if name not in bands:
        return TimeBand(name or "always", steps, connect=connect)
    return replace(bands[name], steps=steps, connect=connect)


def _step(section: Section) -> PriceStep:
    step = PriceStep(
        start=section.integer("start", low=0, high=30 * DAY, default=0),
        price=micro(section, "price"),
        unit=section.integer("per", low=1, high=DAY),
        increment=section.integer("increment", low=1, high=DAY),
    )
    section.finish()
    return step


def _band(section: Section, name: str) -> TimeBand:
    days = section.integers("weekdays", low=1, high=7) if section.has("weekdays") else ()
    months = section.integers("months", low=1, high=12) if section.has("months") else ()
    dates = section.words("dates", default=())
    for text in dates:
        if not DATE.fullmatch(text):
            section.error("dates", f"{text!r} is no day.", 'Write "2026-12-24", or "12-24" for each year.')
    return TimeBand(
        name=name,
        steps=(),
        label=label(section),
        weight=section.integer("weight", low=0, high=1000, default=0),
        weekdays=frozenset(day - 1 for day in days),
        begin=seconds_of_day(section, "from", 0),
        end=seconds_of_day(section, "to", DAY),
        dates=frozenset(dates),
        months=frozenset(months),
        holidays=section.boolean("holidays", default=False),
    )
