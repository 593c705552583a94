"""Prices of calls: bands, steps, connect fees, prefixes; as exact as fractions."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rating.codes import Flag, Reason
from app.rating.prefixes import intervals_of
from app.rating.records import LineTerms, Rating, State, Usage
from app.rating.tariff import CallRate, Destination, PriceStep, Subject, TariffError, TimeBand
from app.rating.voice import number_key
from tests.rating.test_calls import AMERICAN, call, one
from tests.rating.world import EURO, NL, RATES, VOICE, band, run, tables


def rated(seconds: int, at: int = 0, subject: int = 0, number: int = AMERICAN, **terms: object) -> Rating:
    """A call to America under one rate of its own."""
    rate = CallRate("tried", VOICE, (0, 1), ("world",), **terms)  # type: ignore[arg-type]
    usage = call(seconds, number)
    usage.start += at
    (rating,) = run(State(), usage, line=LineTerms(subject=subject), tariff=tables(rates=(*RATES[:2], rate)))
    return rating


def test_ten_minutes_at_five_cents_by_the_second_are_fifty_cents() -> None:
    assert rated(600, bands=(band(50_000),)).charge_micro == 500_000


def test_rounding_methods_least_and_most() -> None:
    third = (band(10_000, 3),)
    assert rated(1, bands=third, decimals=3).charge_micro == 3_000
    assert rated(1, bands=third, decimals=3, rounding="up").charge_micro == 4_000
    assert rated(2, bands=third, decimals=3, rounding="down").charge_micro == 6_000
    assert rated(2, bands=third, decimals=3).charge_micro == 7_000
    assert rated(1, bands=third, least=EURO).charge_micro == EURO
    assert rated(600, bands=third, most=EURO).charge_micro == EURO


def test_a_continued_slice_pays_no_second_connect_fee() -> None:
    whole, rest = call(60, AMERICAN), call(60, AMERICAN, flags=Flag.CONTINUED)
    assert one(whole).charge_micro - one(rest).charge_micro == 100_000


AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BANDS = (
    band(600_000, connect=100_000, begin=8 * 3600, end=18 * 3600, weekdays=frozenset(range(5)), weight=10),
    band(60_000, connect=50_000),
    band(6_000, holidays=True, weight=20),
    band(12_000, dates=frozenset({"11-11"}), weight=30),
)


def naive(start: int, seconds: int, steps_of: tuple[PriceStep, ...] | None = None) -> Fraction:
    """Second by second: an increment belongs to the band and step in which it starts."""
    total, passed, fee = Fraction(0), 0, None
    while passed < seconds:
        local = datetime.fromtimestamp(start + passed, AMSTERDAM)
        peak = local.weekday() < 5 and 8 <= local.hour < 18
        found = BANDS[0] if peak else BANDS[1]
        if local.date() == date(2026, 11, 5):
            found = BANDS[2]
        if (local.month, local.day) == (11, 11):
            found = BANDS[3]
        fee = found.connect if fee is None else fee
        step = [step for step in steps_of or found.steps if step.start <= passed][-1]
        total += Fraction(step.price * step.increment, step.unit)
        passed += step.increment
    return total + (fee or 0)


@given(at=st.integers(0, 30 * 86_400), seconds=st.integers(1, 3 * 86_400))
def test_bands_split_a_call_exactly(at: int, seconds: int) -> None:
    seconds = seconds % 5_000 + 1
    tariff = tables(
        rates=(CallRate("tried", VOICE, (0,), ("world",), bands=BANDS),), holidays=(date(2026, 11, 5),)
    )
    usage = call(seconds, AMERICAN)
    usage.start += at
    (rating,) = run(State(), usage, tariff=tariff)
    exact = naive(usage.start, seconds)
    assert rating.gross_micro == int(exact)
    assert rating.charge_micro == int((exact + 50) // 100 * 100)


STEPS = st.lists(
    st.tuples(st.integers(1, 400), st.integers(0, 999_999), st.integers(1, 90), st.integers(1, 75)),
    min_size=1,
    max_size=4,
)


@given(drawn=STEPS, seconds=st.integers(1, 2_000))
def test_increments_in_closed_form_are_those_of_the_loop(
    drawn: list[tuple[int, int, int, int]], seconds: int
) -> None:
    start, made = 0, []
    for length, price, unit, increment in drawn:
        made.append(PriceStep(start, price, unit, increment))
        start += length
    exact, passed, units = Fraction(0), 0, 0
    while passed < seconds:
        step = [step for step in made if step.start <= passed][-1]
        exact += Fraction(step.price * step.increment, step.unit)
        passed += step.increment
        units += 1
    rating = rated(seconds, bands=(TimeBand("all", tuple(made)),), decimals=6)
    assert rating.units == units
    assert rating.charge_micro == int((2 * exact + 1) // 2)


def test_the_clock_going_back_gives_the_night_an_hour_more() -> None:
    night = band(60_000, 60, 60, begin=0, end=6 * 3600, weight=1)
    rates = (CallRate("tried", VOICE, (0,), ("world",), bands=(night, band(6_000_000, 60, 60))),)
    usage = Usage(start=int(datetime(2026, 10, 25, tzinfo=AMSTERDAM).timestamp()), kind=VOICE, place=NL)
    usage.volume, usage.number = 7 * 3600 + 60, AMERICAN
    (rating,) = run(State(), usage, tariff=tables(202610, rates=rates))
    assert rating.charge_micro == 7 * 60 * 60_000 + 6_000_000


def test_the_clock_going_forward_takes_an_hour_of_the_night() -> None:
    night = band(60_000, 60, 60, begin=0, end=6 * 3600, weight=1)
    rates = (CallRate("tried", VOICE, (0,), ("world",), bands=(night, band(6_000_000, 60, 60))),)
    usage = Usage(start=int(datetime(2026, 3, 29, tzinfo=AMSTERDAM).timestamp()), kind=VOICE, place=NL)
    usage.volume, usage.number = 6 * 3600, AMERICAN
    (rating,) = run(State(), usage, tariff=tables(202603, rates=rates))
    assert rating.charge_micro == 5 * 60 * 60_000 + 60 * 6_000_000


def test_equal_weights_at_one_time_are_refused() -> None:
    with pytest.raises(TariffError, match="same time"):
        rated(60, bands=(band(1), band(2)))


def test_a_subject_has_its_own_prices_and_falls_back_to_the_plan() -> None:
    own = Subject("acme", (CallRate("own", VOICE, (0,), ("us",), bands=(band(60_000),)),))
    more = (
        Destination("eu", eu=True),
        Destination("world", ("*",)),
        Destination("us", countries=("US",)),
        Destination("washington", ("1202",)),
    )
    dear = CallRate("dear", VOICE, (0,), ("washington",), bands=(band(6_000_000),))
    tariff = tables(rates=(RATES[0], RATES[2], dear), subjects=(own,), destinations=more)
    prices = {}
    for subject in (0, 1, 2):
        line = LineTerms(subject=subject)
        ratings = run(State(), call(60, AMERICAN), call(60, 5511912345678), line=line, tariff=tariff)
        prices[subject] = [rating.charge_micro for rating in ratings]
        assert subject < 2 or all(rating.reason == Reason.NO_RATE for rating in ratings)
    assert prices == {0: [6_000_000, 700_000], 1: [60_000, 700_000], 2: [0, 0]}


PREFIX = st.from_regex(r"=?[1-3][0-2]{0,4}", fullmatch=True)


@given(
    prefixes=st.sets(PREFIX | st.sampled_from(["*", "unknown"]), max_size=12),
    numbers=st.lists(st.from_regex(r"[1-3][0-3]{0,14}|0", fullmatch=True), max_size=20),
)
def test_the_longest_prefix_wins_and_the_exact_number_before_it(
    prefixes: set[str], numbers: list[str]
) -> None:
    rates = {prefix: index for index, prefix in enumerate(sorted(prefixes))}
    intervals = intervals_of(rates, (), ("31",))
    for number in numbers:
        fitting = [prefix for prefix in prefixes if not prefix.startswith("=") and number.startswith(prefix)]
        fitting += ["*"] if "*" in prefixes and number != "0" else []
        best = max(fitting, key=lambda prefix: len(prefix.replace("*", "")), default="")
        best = f"={number}" if f"={number}" in prefixes else best
        best = "unknown" if number == "0" and "unknown" in prefixes else best
        key = number_key(int(number))
        held = [interval for interval in intervals if interval.start <= key][-1]
        assert held.rate == rates.get(best, -1)
        assert bool(held.flags & 2) == (number != "0" and not number.startswith("31"))
