"""A small tariff with round prices, and short names for making records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.rating.build import compile_tariff
from app.rating.codes import Kind
from app.rating.records import LineTerms, Rating, State, Usage
from app.rating.rulebook import rate
from app.rating.tables import TariffTables
from app.rating.tariff import CallRate, Decisions, Destination, PriceStep, RoamingBundle, Tariff, TimeBand

CODES = ("NL", "DE", "US", "JP", "BR", "X-SHIP", "GB")
NL, DE, US, JP, BR, SHIP, GB = range(7)
CALLING = {"NL": ("31",), "DE": ("49",), "US": ("1",), "JP": ("81",), "BR": ("55",), "GB": ("44",)}
MONTH = 202611
START = 1_793_487_600
"""2026-11-01 00:00 in Amsterdam, a Sunday."""
MB = 10**6
GB_BYTES = 10**9
EURO = 10**6
VOICE, SMS, DATA = Kind.VOICE, Kind.SMS, Kind.DATA


class FewPlaces:
    """Seven places are enough."""

    count = len(CODES)

    def index(self, code: str) -> int:
        return CODES.index(code)

    def code(self, index: int) -> str:
        return CODES[index]

    def calling(self, index: int) -> tuple[str, ...]:
        return CALLING.get(CODES[index], ())


def steps(price: int, unit: int = 60, increment: int = 1) -> tuple[PriceStep, ...]:
    return (PriceStep(0, price, unit, increment),)


def band(price: int, unit: int = 60, increment: int = 1, connect: int = 0, **when: Any) -> TimeBand:
    return TimeBand("band", steps(price, unit, increment), connect=connect, **when)


HOME_EU = (0, 1)
ABROAD = (2, 3, 4, 5)
RATES = (
    CallRate("eu", VOICE, HOME_EU, ("eu",), included=True),
    CallRate("in", VOICE, HOME_EU, ("anyone",), incoming=True, included=True),
    CallRate("world", VOICE, HOME_EU, ("world",), bands=(band(600_000, connect=100_000),)),
    CallRate("dear", VOICE, HOME_EU, ("premium",), bands=(band(1_000_000, 60, 60),)),
    CallRate("away", VOICE, ABROAD, ("anyone",), bands=(band(1_200_000, 60, 30),)),
    CallRate("in-away", VOICE, ABROAD, ("anyone",), incoming=True, bands=(band(300_000),)),
    CallRate("sms", SMS, HOME_EU + ABROAD, ("anyone",), bands=(band(100_000, 1),)),
    CallRate("sms-in", SMS, HOME_EU + ABROAD, ("anyone",), incoming=True, included=True),
)
DESTINATIONS = (
    Destination("eu", eu=True),
    Destination("premium", ("31900", "31906", "31909"), premium=True),
    Destination("world", ("*",)),
    Destination("anyone", ("*", "unknown")),
)
BUNDLES = (
    RoamingBundle("a", (2,), 30 * GB_BYTES, 15 * EURO),
    RoamingBundle("b", (3,), 7_500 * MB, 25 * EURO),
    RoamingBundle("rest", (4,), 5 * GB_BYTES, 35 * EURO),
    RoamingBundle("world", (2, 3, 4), 7_500 * MB, 30 * EURO),
)
TARIFF = Tariff(
    plan="small",
    label={"en": "Small"},
    version="small@2026-01-01",
    valid_from=date(2026, 1, 1),
    valid_to=None,
    time_zone="Europe/Amsterdam",
    currency="EUR",
    home=("NL",),
    home_numbers=("31",),
    ships=("X-SHIP",),
    classes={2: ("US", "GB"), 3: ("JP",)},
    data_unit=MB,
    data_increment=1000,
    data_decimals=4,
    out_of_bundle_price=10_000,
    zone_prices={2: 250_000, 3: 1_000_000, 4: 4_000_000, 5: 12_000_000},
    roaming_bundles=BUNDLES,
    limits=(10, 50, 100),
    default_limit=50,
    destinations=DESTINATIONS,
    rates=RATES,
)


def tables(month: int = MONTH, holidays: tuple[date, ...] = (), **changes: Any) -> TariffTables:
    return compile_tariff(replace(TARIFF, **changes), month, FewPlaces(), frozenset({"NL", "DE"}), holidays)


def with_decisions(**changes: Any) -> TariffTables:
    return tables(decisions=Decisions(**changes))


TABLES = tables()


def use(kind: int, volume: int, at: int = 0, place: int = NL, **rest: Any) -> Usage:
    return Usage(start=START + at, tie=at, kind=kind, volume=volume, place=place, **rest)


def run(
    state: State, *stream: Usage, line: LineTerms | None = None, tariff: TariffTables = TABLES
) -> list[Rating]:
    found = []
    for usage in stream:
        out = Rating()
        rate(usage, line or LineTerms(allowance=5 * GB_BYTES), state, tariff, out)
        found.append(out)
    return found
