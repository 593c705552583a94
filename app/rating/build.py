"""Compiles one version of a tariff for one month into the integers that the rulebook reads."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Protocol
from zoneinfo import ZoneInfo

from app.rating.bands import EPOCH, compile_rates
from app.rating.codes import Kind, Zone
from app.rating.numbers import ZONES
from app.rating.prefixes import check_prefix, intervals_of, override, prefixes_of, rates_by_prefix
from app.rating.records import CLASSES
from app.rating.tables import ClassRow, Interval, NumberTable, Offset, TariffTables, ZoneRow
from app.rating.tariff import Tariff, TariffError

KINDS = (Kind.VOICE, Kind.SMS)


class Places(Protocol):
    """Countries, ships and planes by index."""

    @property
    def count(self) -> int: ...
    def index(self, code: str) -> int: ...
    def code(self, index: int) -> str: ...
    def calling(self, index: int) -> tuple[str, ...]: ...


def compile_tariff(
    tariff: Tariff, month: int, places: Places, eu: frozenset[str], holidays: Iterable[date] = ()
) -> TariffTables:
    """The tables of a version for month YYYYMM.

    eu: codes of the places that count as EU in that month; holidays: public holidays of the tariff's
    country around it. Raises TariffError when the version contradicts itself.
    """
    tables = TariffTables()
    add_data(tables, tariff, places, eu)
    decisions = tariff.decisions
    for name in (
        *("notice_percent", "second_percent", "largest_cap", "charge_leakage", "charge_over_cap"),
        *("limit_blocks_bundles", "zero_blocks_outside_eu", "longest_call", "most_messages"),
        *("largest_volume", "most_legs"),
    ):
        setattr(tables, name, int(getattr(decisions, name)))
    tables.largest_limit = 10**15
    first, last = calendar_days(month, decisions.longest_call)
    prices = compile_rates(tariff.all_rates, first, last, frozenset(holidays), decisions)
    for name in ("rates", "bands", "steps", "days", "segments", "special_days", "day_types"):
        setattr(tables, name, getattr(prices, name))
    tables.first_day = (first - EPOCH).days
    tables.last_day = (last - EPOCH).days
    tables.offsets = offsets(tariff.time_zone, first, last)
    add_numbers(tables, tariff, lambda code: places.calling(places.index(code)), eu)
    tables.places = len(tables.place_zone)
    tables.subjects = 1 + len(tariff.subjects)
    tables.special_count = len(tables.special_days)
    tables.offset_count = len(tables.offsets)
    return tables


def calendar_days(month: int, longest_call: int) -> tuple[date, date]:
    """The local days on which a call that starts in the month can be; a day more at each end."""
    start = date(month // 100, month % 100, 1)
    days = monthrange(start.year, start.month)[1]
    return start - timedelta(days=1), start + timedelta(days=days + longest_call // 86_400 + 1)


def add_data(tables: TariffTables, tariff: Tariff, places: Places, eu: frozenset[str]) -> None:
    """Zones, classes and prices of data."""
    tables.data_unit = tariff.data_unit
    tables.data_increment = tariff.data_increment
    tables.data_quantum = 10 ** (6 - tariff.data_decimals)
    tables.out_of_bundle_price = tariff.out_of_bundle_price
    tables.place_zone = [int(zone_of_place(tariff, places.code(i), eu)) for i in range(places.count)]
    covered = dict.fromkeys(range(ZONES), 0)
    for bundle in tariff.roaming_bundles:
        for zone in bundle.zones:
            covered[zone] |= 1 << CLASSES.index(bundle.code)
    tables.zones = [ZoneRow(tariff.zone_prices.get(zone, 0), covered[zone]) for zone in range(ZONES)]
    sizes = {bundle.code: ClassRow(bundle.size, bundle.price) for bundle in tariff.roaming_bundles}
    tables.classes = [sizes.get(code, ClassRow(1, 0)) for code in CLASSES]
    dearest = max([tariff.out_of_bundle_price, *tariff.zone_prices.values()])
    if dearest * (tariff.decisions.largest_volume // tariff.data_unit + 1) >= 1 << 60:
        raise TariffError(
            "data", "A price is so high that sums leave 64 bits.", "Check prices and the largest_volume."
        )


def zone_of_place(tariff: Tariff, code: str, eu: frozenset[str]) -> Zone:
    """Home before EU before class A and B; ships and planes apart; rest of the world else."""
    if code in tariff.home:
        return Zone.HOME
    if code in tariff.ships:
        return Zone.SHIP_PLANE
    if code in eu:
        return Zone.EU
    for zone, codes in tariff.classes.items():
        if code in codes:
            return Zone(zone)
    return Zone.REST


def offsets(zone: str, first: date, last: date) -> list[Offset]:
    """When the offset from UTC changes between two days, found by halving the day on which it does."""
    tz = ZoneInfo(zone)

    def seconds_at(instant: int) -> int:
        ahead = datetime.fromtimestamp(instant, UTC).astimezone(tz).utcoffset()
        return int(ahead.total_seconds()) if ahead is not None else 0

    start = (first - EPOCH).days * 86_400 - 86_400
    rows = [Offset(start, seconds_at(start))]
    for begin in range(start, (last - EPOCH).days * 86_400 + 2 * 86_400, 86_400):
        after = seconds_at(begin + 86_400)
        if after == rows[-1].seconds:
            continue
        low, high = begin, begin + 86_400
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if seconds_at(middle) == after else (middle, high)
        rows.append(Offset(high, after))
    return rows


def add_numbers(
    tables: TariffTables, tariff: Tariff, calling: Callable[[str], tuple[str, ...]], eu: frozenset[str]
) -> None:
    """The intervals of each subject (0 is the plan), kind, zone and direction; equal ones are shared."""
    prefixes = {}
    for destination in tariff.destinations:
        prefixes[destination.name] = prefixes_of(destination, calling, eu)
        for prefix in prefixes[destination.name]:
            check_prefix(prefix, f"destinations.{destination.name}")
    premium = [prefix for d in tariff.destinations if d.premium for prefix in prefixes[d.name]]
    rows: list[Interval] = []
    positions: dict[tuple[Interval, ...], int] = {}
    numbers: list[NumberTable] = []
    for own, kind, zone, incoming in product(rate_ranges(tariff), KINDS, range(ZONES), (False, True)):
        found: dict[str, int] = {}
        for part in dict.fromkeys((range(len(tariff.rates)), own)):
            chosen = [
                (index, rate.to)
                for index, rate in enumerate(tariff.all_rates)
                if index in part and (rate.kind, rate.incoming) == (kind, incoming) and zone in rate.zones
            ]
            found = override(found, rates_by_prefix(tariff, chosen, prefixes))
        intervals = intervals_of(found, premium, tariff.home_numbers)
        if intervals not in positions:
            positions[intervals] = len(rows)
            rows.extend(intervals)
        numbers.append(NumberTable(positions[intervals], len(intervals)))
    tables.tables = numbers
    tables.intervals = rows


def rate_ranges(tariff: Tariff) -> list[range]:
    """Which of `all_rates` are the plan's, then each subject's own."""
    ranges = [range(len(tariff.rates))]
    for subject in tariff.subjects:
        ranges.append(range(ranges[-1].stop, ranges[-1].stop + len(subject.rates)))
    return ranges
