"""One dated version of a tariff plan as people write it: names, countries, prices, decisions.

`app.content.tariffs` reads it from files, `app.rating.build` compiles it for a month, explanations take
their words from it. Prices are micro-euro, volumes bytes, durations seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

ZONE_NAMES = ("home", "eu", "a", "b", "rest", "ships")
"""Names of `Zone` 0 to 5 in files."""


Label = Mapping[str, str]
"""A name by language code; English for any other."""


def in_language(label: Label, language: str) -> str:
    """The name in a language, else in English, else any."""
    return label.get(language) or label.get("en") or next(iter(label.values()), "")


class TariffError(Exception):
    """A tariff that cannot be used: key, problem, cure; whole English sentences."""

    def __init__(self, key: str, problem: str, cure: str) -> None:
        super().__init__(f"{key}: {problem} {cure}")
        self.key = key
        self.problem = problem
        self.cure = cure


@dataclass(frozen=True, slots=True)
class PriceStep:
    """From second `start` of a call: `price` per `unit` seconds, counted in whole `increment`s."""

    start: int
    price: int
    unit: int
    increment: int


@dataclass(frozen=True, slots=True)
class TimeBand:
    """Prices at certain times; of the bands that fit an instant the one of the highest weight holds.

    weekdays: Monday 0, empty for all; begin, end: local seconds of the day, over midnight if end <= begin;
    dates: days ("2026-12-24"), or each year's ("12-24"); months: 1 to 12; holidays: on public holidays
    only. What is empty does not restrict.
    """

    name: str
    steps: tuple[PriceStep, ...]
    label: Label = field(default_factory=dict)
    connect: int = 0
    weight: int = 0
    weekdays: frozenset[int] = frozenset()
    begin: int = 0
    end: int = 86_400
    dates: frozenset[str] = frozenset()
    months: frozenset[int] = frozenset()
    holidays: bool = False

    @property
    def always(self) -> bool:
        """Whether it holds at all times."""
        whole = (self.begin, self.end) == (0, 86_400)
        return whole and not (self.weekdays or self.dates or self.months or self.holidays)

    def on(self, day: date, holiday: bool) -> bool:
        """Whether it holds on a local day at the hours it names."""
        dated = not self.dates or day.isoformat() in self.dates or f"{day:%m-%d}" in self.dates
        fits = (not self.weekdays or day.weekday() in self.weekdays) and dated
        return fits and (not self.months or day.month in self.months) and (holiday or not self.holidays)


@dataclass(frozen=True, slots=True)
class Destination:
    """A set of numbers: digits with which they begin, "=digits" for one number, "*" for any, "unknown".

    countries: places whose calling codes belong to it too; eu: those of all EU places, home included;
    premium: numbers that the premium bar forbids.
    """

    name: str
    prefixes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    eu: bool = False
    premium: bool = False
    label: Label = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CallRate:
    """Voice or SMS from some zones to some destinations, outgoing or incoming.

    kind: `Kind` 1 or 2; zones: `Zone` numbers; bands: empty if `included`; least, most: per event, most
    None for no bound; rounding: "half_up", "up" or "down" to `decimals` of a euro.
    """

    name: str
    kind: int
    zones: tuple[int, ...]
    to: tuple[str, ...]
    incoming: bool = False
    included: bool = False
    bands: tuple[TimeBand, ...] = ()
    least: int = 0
    most: int | None = None
    rounding: str = "half_up"
    decimals: int = 4


@dataclass(frozen=True, slots=True)
class Subject:
    """Prices of one customer or line that come before the plan's; what they leave out the plan prices."""

    name: str
    rates: tuple[CallRate, ...]


@dataclass(frozen=True, slots=True)
class RoamingBundle:
    """One of the four roaming bundles: code "a", "b", "rest" or "world"; zones it covers; size; price."""

    code: str
    zones: tuple[int, ...]
    size: int
    price: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """Where the service description is silent; see `TariffTables`."""

    notice_percent: int = 80
    second_percent: int = 200
    largest_cap: int = 10
    charge_leakage: bool = False
    charge_over_cap: bool = False
    limit_blocks_bundles: bool = True
    zero_blocks_outside_eu: bool = True
    longest_call: int = 30 * 86_400
    most_messages: int = 1_000
    largest_volume: int = 10**14
    most_legs: int = 100


@dataclass(frozen=True, slots=True)
class Tariff:
    """A plan's terms from `valid_from` up to and including `valid_to` (None: no end yet).

    home: places that are home; classes: places of zone 2 (A) and 3 (B); ships: places that are ships and
    planes; all others are zone 4; zone_prices: per data unit by zone 2 to 5; home_numbers: calling codes
    that the international bar leaves free; limits: choices of the cost limit.
    """

    plan: str
    label: Label
    version: str
    valid_from: date
    valid_to: date | None
    time_zone: str
    currency: str
    home: tuple[str, ...]
    home_numbers: tuple[str, ...]
    ships: tuple[str, ...]
    classes: dict[int, tuple[str, ...]]
    data_unit: int
    data_increment: int
    data_decimals: int
    out_of_bundle_price: int
    zone_prices: dict[int, int]
    roaming_bundles: tuple[RoamingBundle, ...]
    limits: tuple[int, ...]
    default_limit: int
    destinations: tuple[Destination, ...]
    rates: tuple[CallRate, ...]
    holiday_country: str = ""
    subjects: tuple[Subject, ...] = ()
    decisions: Decisions = field(default_factory=Decisions)

    @property
    def all_rates(self) -> tuple[CallRate, ...]:
        """The plan's rates, then those of each subject: `Rating.rate` is an index into them."""
        return self.rates + tuple(rate for subject in self.subjects for rate in subject.rates)

    def roaming_bundle(self, index: int) -> RoamingBundle | None:
        """The bundle of a class index (A 0, B 1, rest 2, World 3), if the plan has it."""
        code = ("a", "b", "rest", "world")[index]
        return next((bundle for bundle in self.roaming_bundles if bundle.code == code), None)

    def subject_index(self, name: str) -> int:
        """The number of a subject in `LineTerms.subject`; 0, the plan's own prices, if it has none."""
        names = [subject.name for subject in self.subjects]
        return names.index(name) + 1 if name in names else 0
