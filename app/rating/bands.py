"""Time bands and price steps compiled: exact numerators, and for each type of day who holds when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import lcm

from app.rating.calendar import DAY
from app.rating.tables import Band, Day, Rate, Segment, SpecialDay, Step
from app.rating.tariff import CallRate, Decisions, TariffError, TimeBand

EPOCH = date(1970, 1, 1)
ROUNDINGS = ("half_up", "up", "down")
Signature = tuple[tuple[int, int], ...]


@dataclass
class Prices:
    """The rows of voice and SMS prices of one version and month."""

    rates: list[Rate] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    special_days: list[SpecialDay] = field(default_factory=list)
    day_types: int = 7


def compile_rates(
    rates: Sequence[CallRate], first: date, last: date, holidays: frozenset[date], decisions: Decisions
) -> Prices:
    """Rows for rates in their order, with a calendar from `first` to `last`."""
    prices = Prices()
    types = day_types(rates, first, last, holidays, prices)
    prices.day_types = len(types)
    for rate in rates:
        check_rate(rate, decisions)
        first_band = len(prices.bands)
        denominator = add_bands(rate, prices)
        quantum = 10 ** (6 - rate.decimals)
        days = len(prices.days)
        banded = not rate.included and not (len(rate.bands) == 1 and rate.bands[0].always)
        if banded:
            add_days(rate, types, first_band, prices)
        most = -1 if rate.most is None else rate.most * denominator
        least = rate.least * denominator
        rounding = ROUNDINGS.index(rate.rounding)
        terms = (int(rate.included), denominator, least, most, quantum, rounding, int(banded), days)
        prices.rates.append(Rate(*terms, -1 if rate.included else first_band))
    return prices


def add_bands(rate: CallRate, prices: Prices) -> int:
    """Add the bands and steps of a rate; the common denominator of all its prices."""
    exact = [Fraction(step.price * step.increment, step.unit) for band in rate.bands for step in band.steps]
    denominator = lcm(*(price.denominator for price in exact)) if exact else 1
    for band in rate.bands:
        prices.bands.append(Band(band.connect * denominator, len(prices.steps), len(band.steps)))
        for step in band.steps:
            price = Fraction(step.price * step.increment, step.unit) * denominator
            prices.steps.append(Step(step.start, step.increment, int(price)))
    return denominator


def check_rate(rate: CallRate, decisions: Decisions) -> None:
    """Steps begin at 0 and ascend, and no call that is allowed can leave 64 bits."""
    key = f"rates.{rate.name}"
    if not rate.included and not rate.bands:
        raise TariffError(key, "The rate has no price.", "Add bands with steps, or included = true.")
    exact = [Fraction(step.price * step.increment, step.unit) for band in rate.bands for step in band.steps]
    denominator = lcm(*(price.denominator for price in exact)) if exact else 1
    for band in rate.bands:
        starts = [step.start for step in band.steps]
        if not starts or starts[0] != 0 or starts != sorted(set(starts)):
            raise TariffError(
                f"{key}.{band.name}", "The price steps do not ascend from second 0.", "Put them in order."
            )
        longest = max(decisions.longest_call, decisions.most_messages)
        dearest = max(Fraction(step.price, step.unit) for step in band.steps)
        widest = max(step.increment for step in band.steps)
        total = band.connect + dearest * (longest + widest) + rate.least
        check_total(key, total, denominator, decisions)
    check_total(key, Fraction(max(rate.least, rate.most or 0)), denominator, decisions)


def check_total(key: str, micro: Fraction, denominator: int, decisions: Decisions) -> None:
    """The dearest event, as a numerator and times its legs, stays far within 64 bits."""
    rounded = int(micro) + 10**6
    if rounded * denominator >= 1 << 62 or rounded * decisions.most_legs >= 1 << 60:
        raise TariffError(
            key, "The price is so high that sums leave 64 bits.", "Check price, per, increment, longest_call."
        )


def day_types(
    rates: Sequence[CallRate], first: date, last: date, holidays: frozenset[date], prices: Prices
) -> list[tuple[date, bool]]:
    """One sample day (and whether it is a holiday) per type: 7 weekdays, then the special ones."""
    bands = [band for rate in rates for band in rate.bands if not band.always]
    monday = first - timedelta(days=first.weekday())
    samples: list[tuple[date, bool]] = [(monday + timedelta(days=offset), False) for offset in range(7)]
    undated = [not (band.dates or band.months or band.holidays) for band in bands]
    plain = [
        tuple(free and _weekday_fits(band, weekday) for band, free in zip(bands, undated, strict=True))
        for weekday in range(7)
    ]
    known: dict[tuple[bool, ...], int] = {}
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        holds = tuple(band.on(day, day in holidays) for band in bands)
        if holds == plain[day.weekday()]:
            continue
        if holds not in known:
            known[holds] = len(samples)
            samples.append((day, day in holidays))
        prices.special_days.append(SpecialDay((day - EPOCH).days, known[holds]))
    return samples


def _weekday_fits(band: TimeBand, weekday: int) -> bool:
    return not band.weekdays or weekday in band.weekdays


def add_days(rate: CallRate, types: list[tuple[date, bool]], first_band: int, prices: Prices) -> None:
    """For each type of day: the segments of the day and the band that holds in each, -1 for none."""
    for number, (day, holiday) in enumerate(types):
        if number < 7:
            fitting = [
                index
                for index, band in enumerate(rate.bands)
                if _weekday_fits(band, number) and not (band.dates or band.months or band.holidays)
            ]
        else:
            fitting = [index for index, band in enumerate(rate.bands) if band.on(day, holiday)]
        rows = segments_of(rate, fitting)
        prices.days.append(Day(len(prices.segments), len(rows)))
        prices.segments.extend(
            Segment(start, first_band + index if index >= 0 else -1) for start, index in rows
        )


def segments_of(rate: CallRate, fitting: list[int]) -> Signature:
    """(start second, index of the band), ascending from 0; the highest weight wins."""
    edges = {0} | {
        edge % DAY for index in fitting for edge in (rate.bands[index].begin, rate.bands[index].end)
    }
    rows: list[tuple[int, int]] = []
    for start in sorted(edges):
        holding = [index for index in fitting if covers(rate.bands[index], start)]
        best = max(holding, key=lambda index: rate.bands[index].weight, default=-1)
        equal = [index for index in holding if rate.bands[index].weight == rate.bands[best].weight]
        if len(equal) > 1:
            names = " and ".join(rate.bands[index].name for index in equal)
            raise TariffError(
                f"rates.{rate.name}", f"The bands {names} hold at the same time.", "Give one more weight."
            )
        if not rows or rows[-1][1] != best:
            rows.append((start, best))
    return tuple(rows)


def covers(band: TimeBand, second: int) -> bool:
    """Whether the band's hours hold at a second of the day, over midnight if they end before they begin."""
    if band.begin < band.end:
        return band.begin <= second < band.end
    return second >= band.begin or second < band.end
