"""Explanations, forecasts and simulations: their numbers are the real ones."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rating.codes import Bar, RoamingClass
from app.rating.explain import explain
from app.rating.forecast import forecast
from app.rating.records import LineTerms, State, Usage, state_values
from app.rating.simulate import Choice, cheapest, simulate
from app.rating.single import price_one
from app.rating.tariff import CallRate, PriceStep, TimeBand
from tests.rating.test_calls import AMERICAN
from tests.rating.world import (
    DATA,
    EURO,
    GB_BYTES,
    JP,
    MB,
    NL,
    RATES,
    SMS,
    START,
    TABLES,
    TARIFF,
    US,
    VOICE,
    replace,
    tables,
    use,
)

DAY = 86_400


def number(text: str) -> Fraction:
    return Fraction(text.replace(",", "").replace("€", ""))


def by_hand(sentences: list[str]) -> Fraction:
    """The amount worked out from the numbers in the sentences alone, rounded as they say."""
    total = Fraction(0)
    words = "\n".join(sentences)
    for fee in re.findall(r"Connect fee: (\S+)\.\n", words):
        total += number(fee)
    for units, size, price, unit in re.findall(
        r"([\d,]+) increments? of ([\d,]+) \w+ at (\S+) per ([\d,]+)", words
    ):
        total += number(units) * number(size) * number(price) / number(unit)
    for units, price, unit in re.findall(r"([\d,]+) messages? at (\S+) per (\d+)", words):
        total += number(units) * number(price) / number(unit)
    for price in re.findall(r"for (\S+) in all", words):
        total += number(price)
    for least in re.findall(r"at least (\S+)\.\n", words):
        total = max(total, number(least))
    for most in re.findall(r"at most (\S+)\.\n", words):
        total = min(total, number(most))
    found = re.search(r"rounded (half up|up|down) to (\d) decimals", words)
    if found:
        scaled = total * 10 ** int(found[2])
        rounded = {"half up": (2 * scaled + 1) // 2, "up": -(-scaled // 1), "down": scaled // 1}[found[1]]
        total = Fraction(rounded, 10 ** int(found[2]))
    for legs in re.findall(r"(\d+) times that", words):
        total *= int(legs)
    return total


@pytest.mark.capability("BX-47")
@given(
    seconds=st.integers(1, 5_000),
    prices=st.tuples(*[st.integers(0, 999_999)] * 3),
    units=st.tuples(*[st.integers(1, 90)] * 4),
    least=st.integers(0, 2 * EURO),
    most=st.none() | st.integers(2 * EURO, 9 * EURO),
    rounding=st.sampled_from(["half_up", "up", "down"]),
    legs=st.integers(1, 3),
)
def test_the_words_of_a_call_worked_out_by_hand_give_its_price(
    seconds: int,
    prices: tuple[int, ...],
    units: tuple[int, ...],
    least: int,
    most: int | None,
    rounding: str,
    legs: int,
) -> None:
    steps = (PriceStep(0, prices[0], units[0], units[1]), PriceStep(60, prices[1], units[2], units[3]))
    band = TimeBand("all", steps, connect=prices[2])
    terms = {"least": least, "most": most, "rounding": rounding, "decimals": 3}
    rate = CallRate("tried", VOICE, (0,), ("world",), bands=(band,), **terms)  # type: ignore[arg-type]
    tariff = replace(TARIFF, rates=(rate,))
    compiled = tables(rates=(rate,))
    usage = use(VOICE, seconds, number=AMERICAN, legs=legs)
    rating = price_one(compiled, usage)
    sentences = explain(usage, rating, tariff, compiled, "Netherlands")
    assert by_hand(sentences) == Fraction(rating.charge_micro, EURO)


@pytest.mark.capability("BX-47")
@pytest.mark.parametrize(
    "usage",
    [
        use(DATA, 6_500_001, place=JP),
        use(DATA, 65 * GB_BYTES, place=US),
        use(DATA, 3 * GB_BYTES, place=NL),
        use(SMS, 3, number=AMERICAN),
        use(VOICE, 61, place=US, number=AMERICAN),
        use(VOICE, 61, number=31612345678),
    ],
    ids=["standard", "bundles", "allowance", "sms", "roaming call", "included"],
)
def test_the_words_of_any_record_give_its_price(usage: Usage) -> None:
    rating = price_one(TABLES, usage, state=State(bundles=RoamingClass.A))
    sentences = explain(usage, rating, TARIFF, TABLES, "Somewhere")
    assert by_hand(sentences) == Fraction(rating.charge_micro, EURO)
    assert sentences[0] == "Tariff Small, edition of 2026-01-01."
    assert "Somewhere" in sentences[1]


def test_words_say_why_nothing_is_charged_or_why_it_waits() -> None:
    barred = use(VOICE, 60, number=AMERICAN)
    rating = price_one(TABLES, barred, state=State(bars=Bar.INTERNATIONAL))
    words = explain(barred, rating, TARIFF, TABLES, "Netherlands")
    assert "Calls to foreign numbers are barred on this line." in words
    assert words[-1] == "Used in spite of the block: marked, and not charged."
    waiting = use(VOICE, 60, number=0)
    words = explain(waiting, price_one(TABLES, waiting), TARIFF, TABLES, "Netherlands")
    assert words[-1] == "The tariff has no rate for this number and time; the record waits."


def test_pricing_one_record_moves_nothing() -> None:
    state = State(bundles=RoamingClass.A)
    before = state_values(state)
    assert price_one(TABLES, use(DATA, MB, place=US), state=state).charge_micro == 15 * EURO
    assert state_values(state) == before


@pytest.mark.capability("BX-49")
def test_a_forecast_is_a_date_with_a_range() -> None:
    now, end = START + 10 * DAY, START + 30 * DAY
    even = forecast([GB_BYTES] * 10, 15 * GB_BYTES, now, end)
    assert even == (False, START + 15 * DAY, START + 15 * DAY, START + 15 * DAY)
    uneven = forecast([GB_BYTES, 3 * GB_BYTES] * 5, 30 * GB_BYTES, now, end)
    assert uneven.earliest
    assert uneven.expected == START + 15 * DAY
    assert uneven.latest
    assert uneven.earliest < uneven.expected < uneven.latest
    assert forecast([GB_BYTES] * 10, 10 * GB_BYTES, now, end).reached
    assert forecast([1] * 10, 15 * GB_BYTES, now, end) == (False, None, None, None)
    assert forecast([0], 1, now, end) == (False, None, None, None)
    assert forecast([0, 0, 9], 9 * 100, now, end).latest is None


@given(daily=st.lists(st.integers(0, 10**12), min_size=1, max_size=31), target=st.integers(1, 10**14))
def test_a_range_holds_what_is_expected(daily: list[int], target: int) -> None:
    now, end = START + len(daily) * DAY, START + 40 * DAY
    found = forecast(daily, target, now, end)
    instants = [found.earliest, found.expected, found.latest]
    known = [instant for instant in instants if instant is not None]
    assert known == sorted(known)
    assert instants[: len(known)] == known
    assert all(now <= instant < end for instant in known)


@pytest.mark.capability("BX-48")
def test_a_simulation_names_the_cheapest_and_writes_nothing() -> None:
    stream = [
        use(DATA, 3 * GB_BYTES, 5),
        use(DATA, GB_BYTES, 9, place=US),
        use(VOICE, 60, 12, number=AMERICAN),
    ]
    start = State(bundles=RoamingClass.A)
    before = state_values(start)
    dearer = tables(out_of_bundle_price=20_000, rates=RATES)
    choices = [
        Choice("0 GB", TABLES, 0, 0),
        Choice("2 GB", TABLES, 2 * GB_BYTES, 350),
        Choice("6 GB", TABLES, 6 * GB_BYTES, 700),
        Choice("2 GB elsewhere", dearer, 2 * GB_BYTES, 350),
        Choice("unlimited", TABLES, 0, 2_450, unlimited=True),
        Choice("6 GB, World", TABLES, 6 * GB_BYTES, 700, bundles=RoamingClass.WORLD),
    ]
    costs = simulate(stream, LineTerms(allowance=2 * GB_BYTES), start, choices)
    assert [cost.overage_cents for cost in costs] == [0, 1_000, 0, 2_000, 0, 0]
    assert [cost.roaming_cents for cost in costs] == [0, 1_500, 1_500, 1_500, 1_500, 3_000]
    assert [cost.blocked for cost in costs] == [2, 0, 0, 0, 0, 0]
    assert (cheapest(costs).name, cheapest(costs).total_cents) == ("6 GB", 700 + 1_500 + 70)
    assert state_values(start) == before
