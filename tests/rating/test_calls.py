"""Voice and SMS: bars, and who pays what."""

from __future__ import annotations

import pytest

from app.rating.codes import Bar, Direction, Flag, LineKind, Reason, Status
from app.rating.records import LineTerms, Rating, State, Usage
from tests.rating.world import DATA, DE, EURO, MB, NL, SMS, US, VOICE, run, tables, use

DUTCH, GERMAN, AMERICAN, PREMIUM = 31612345678, 4915112345678, 12025550123, 31900123


def call(seconds: int = 60, number: int = DUTCH, place: int = NL, **rest: int) -> Usage:
    return use(VOICE, seconds, place=place, number=number, **rest)


def one(usage: Usage, bars: int = 0, line: LineTerms | None = None, **changes: object) -> Rating:
    (rating,) = run(State(bars=bars, bundles=1), usage, line=line, tariff=tables(**changes))
    return rating


def test_calls_in_and_to_the_eu_are_included() -> None:
    for usage in (call(), call(number=GERMAN, place=DE), call(number=AMERICAN, direction=Direction.MT)):
        rating = one(usage)
        assert (rating.reason, rating.charge_micro, rating.included) == (Reason.INCLUDED, 0, 60)


def test_incoming_outside_the_eu_is_priced_by_the_tariff() -> None:
    assert one(call(place=US, direction=Direction.MT)).charge_micro == 300_000


@pytest.mark.capability("RL-41")
def test_premium_numbers_can_be_barred() -> None:
    assert one(call(61, PREMIUM)).charge_micro == 2 * EURO
    for number in (31900123, 31906123, 31909123):
        rating = one(call(61, number), Bar.PREMIUM)
        assert (rating.status, rating.reason) == (Status.BLOCKED, Reason.BAR_PREMIUM)
        assert (rating.charge_micro, rating.gross_micro, rating.leaked) == (0, 2 * EURO, 1)


@pytest.mark.capability("RL-42")
def test_international_calls_can_be_barred_and_sms_passes() -> None:
    for place in (NL, DE, US):
        assert one(call(number=GERMAN, place=place), Bar.INTERNATIONAL).reason == Reason.BAR_INTERNATIONAL
        assert one(call(number=DUTCH, place=place), Bar.INTERNATIONAL).status == Status.RATED
    assert one(use(SMS, 1, number=GERMAN), Bar.INTERNATIONAL).status == Status.RATED


def test_incoming_calls_pass_the_bars_on_numbers() -> None:
    for number in (GERMAN, PREMIUM):
        incoming = call(number=number, direction=Direction.MT)
        assert one(incoming, Bar.INTERNATIONAL | Bar.PREMIUM).status == Status.RATED


@pytest.mark.capability("RL-46")
def test_forwarding_abroad_follows_the_international_bar() -> None:
    forwarded = call(number=GERMAN, direction=Direction.FORWARDED)
    assert one(forwarded, Bar.INTERNATIONAL).reason == Reason.BAR_INTERNATIONAL
    assert one(forwarded).status == Status.RATED


@pytest.mark.capability("RL-43")
def test_data_outside_the_eu_can_be_barred_alone() -> None:
    everything = (call(place=US), use(SMS, 1, place=US, number=DUTCH), use(DATA, MB, place=DE))
    assert one(use(DATA, MB, place=US), Bar.DATA_OUTSIDE_EU).reason == Reason.BAR_DATA_OUTSIDE_EU
    assert all(one(usage, Bar.DATA_OUTSIDE_EU).status == Status.RATED for usage in everything)


@pytest.mark.capability("RL-44")
def test_data_in_the_eu_abroad_can_be_barred_alone() -> None:
    everything = (call(place=DE), use(SMS, 1, place=DE, number=DUTCH), use(DATA, MB, place=NL))
    assert one(use(DATA, MB, place=DE), Bar.DATA_EU).reason == Reason.BAR_DATA_EU
    assert all(one(usage, Bar.DATA_EU).status == Status.RATED for usage in everything)


@pytest.mark.capability("RL-45")
def test_all_roaming_can_be_barred() -> None:
    for place in (DE, US):
        everything = (call(place=place), use(SMS, 1, place=place, number=DUTCH), use(DATA, MB, place=place))
        assert all(one(usage, Bar.ROAMING).reason == Reason.BAR_ROAMING for usage in everything)
    assert one(use(DATA, MB), Bar.ROAMING).status == Status.RATED


@pytest.mark.capability("RL-48")
def test_over_wifi_a_call_costs_what_it_costs_at_home() -> None:
    abroad, home = call(90, AMERICAN, place=US, flags=Flag.WIFI), call(90, AMERICAN)
    assert one(abroad).charge_micro == one(home).charge_micro == 1_000_000
    assert one(abroad, Bar.ROAMING).status == Status.RATED


@pytest.mark.capability("RL-49")
def test_the_organiser_of_a_conference_pays_each_outgoing_leg() -> None:
    assert one(call(60, AMERICAN, legs=2)).charge_micro == 2 * one(call(60, AMERICAN)).charge_micro
    assert one(call(60, AMERICAN)).charge_micro == 700_000


@pytest.mark.capability("RL-50")
def test_two_calls_at_once_cost_what_two_calls_cost() -> None:
    state = State()
    ratings = run(state, call(60, AMERICAN), call(60, AMERICAN))
    assert [rating.charge_micro for rating in ratings] == [700_000, 700_000]
    assert state.voice_micro == 1_400_000


def test_a_data_line_makes_no_calls_and_zero_seconds_cost_nothing() -> None:
    assert one(call(), line=LineTerms(kind=LineKind.DATA_ONLY)).reason == Reason.NO_VOICE
    rating = one(call(0, AMERICAN))
    assert (rating.reason, rating.charge_micro) == (Reason.ZERO_VOLUME, 0)


def test_what_has_no_rate_waits() -> None:
    for usage in (call(number=0), call(number=10**15), use(VOICE, 60, place=-1), use(VOICE, 60, place=99)):
        rating = one(usage)
        assert (rating.status, rating.charge_micro) == (Status.SUSPENDED, 0)
        assert rating.reason in (Reason.NO_RATE, Reason.UNKNOWN_PLACE)


def test_data_over_wifi_is_no_call() -> None:
    assert one(use(DATA, MB, place=US, flags=Flag.WIFI)).reason == Reason.ROAMING_BUNDLE
