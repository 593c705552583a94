"""Data in NL and the EU, roaming bundles, and what is off outside the EU."""

from __future__ import annotations

import pytest

from app.rating.codes import Crossing, Kind, Reason, RoamingClass, Status
from app.rating.crossings import passed, to_tell
from app.rating.records import LineTerms, State
from app.rating.replay import next_month
from tests.rating.world import (
    BR,
    DATA,
    DE,
    EURO,
    GB_BYTES,
    JP,
    MB,
    NL,
    SHIP,
    TABLES,
    US,
    run,
    tables,
    use,
    with_decisions,
)

ZERO = LineTerms(zero=1)


def test_home_and_eu_draw_on_the_allowance() -> None:
    state = State()
    first, second = run(state, use(DATA, 3 * GB_BYTES, place=NL), use(DATA, GB_BYTES, 1, place=DE))
    assert (first.reason, first.charge_micro, first.included) == (Reason.ALLOWANCE, 0, 3 * GB_BYTES)
    assert second.reason == Reason.ALLOWANCE
    assert state.data_home_eu == 4 * GB_BYTES


@pytest.mark.capability("RL-07")
def test_a_zero_line_has_no_data() -> None:
    state = State()
    (rating,) = run(state, use(DATA, MB), line=ZERO)
    assert (rating.status, rating.reason, rating.charge_micro) == (Status.BLOCKED, Reason.ZERO_BLOCK, 0)
    assert (rating.gross_micro, rating.leaked, state.leaked_volume) == (10_000, 1, MB)


@pytest.mark.capability("RL-09")
def test_a_lifted_zero_line_pays_out_of_bundle_and_never_draws() -> None:
    state = State()
    stream = (use(Kind.ZERO_LIFTED, 1), use(DATA, 2 * MB + 1, 1, place=DE))
    _, rating = run(state, *stream, line=ZERO)
    assert rating.reason == Reason.OUT_OF_BUNDLE
    assert rating.charge_micro == 2 * 10_000 + 0
    assert rating.gross_micro == 20_010
    assert (state.data_home_eu, state.out_of_bundle_volume) == (0, 2 * MB + 1)


@pytest.mark.capability("RL-14")
def test_without_a_bundle_data_outside_the_eu_is_off() -> None:
    (rating,) = run(State(), use(DATA, MB, place=US))
    assert (rating.status, rating.reason, rating.charge_micro) == (Status.BLOCKED, Reason.DATA_OFF, 0)


@pytest.mark.capability("RL-15")
def test_one_bundle_opens_data_everywhere() -> None:
    bundle, standard, ship = run(
        State(bundles=RoamingClass.A),
        use(DATA, MB, place=US),
        use(DATA, MB, 1, place=JP),
        use(DATA, MB, 2, place=SHIP),
    )
    assert (bundle.reason, bundle.charge_micro) == (Reason.ROAMING_BUNDLE, 15 * EURO)
    assert (standard.reason, standard.charge_micro) == (Reason.STANDARD, EURO)
    assert (ship.reason, ship.charge_micro) == (Reason.STANDARD, 12 * EURO)


@pytest.mark.capability("RL-11")
def test_world_stands_alone() -> None:
    state = State(bundles=RoamingClass.WORLD)
    (refused,) = run(state, use(Kind.BUNDLES, RoamingClass.WORLD | RoamingClass.A))
    assert (refused.status, refused.reason) == (Status.SUSPENDED, Reason.BAD_FIELD)
    assert state.bundles == RoamingClass.WORLD


@pytest.mark.capability("RL-12")
def test_the_other_three_combine() -> None:
    state = State()
    three = RoamingClass.A | RoamingClass.B | RoamingClass.REST
    ratings = run(state, use(Kind.BUNDLES, three), *(use(DATA, MB, 1 + p, place=p) for p in (US, JP, BR)))
    assert [rating.bundle_class for rating in ratings[1:]] == [0, 1, 2]


@pytest.mark.capability("RL-13")
def test_a_bundle_is_paid_only_when_used() -> None:
    state = State(bundles=RoamingClass.A)
    run(state, use(DATA, MB, place=DE), use(DATA, 0, 1, place=US))
    assert (state.bundle_micro, state.bundle_started) == (0, [0, 0, 0, 0])


@pytest.mark.capability("RL-18", "RL-19")
def test_bundles_start_by_themselves_also_within_one_record() -> None:
    state = State(bundles=RoamingClass.A)
    exact, more, many = run(
        state,
        use(DATA, 30 * GB_BYTES, place=US),
        use(DATA, 1, 1, place=US),
        use(DATA, 75 * GB_BYTES, 2, place=US),
    )
    assert (exact.bundle_first, exact.bundle_count, exact.charge_micro) == (1, 1, 15 * EURO)
    assert (more.bundle_first, more.bundle_count) == (2, 1)
    assert (many.bundle_first, many.bundle_count, many.charge_micro) == (3, 2, 30 * EURO)
    assert state.bundle_started == [4, 0, 0, 0]


@pytest.mark.capability("RL-20")
def test_after_the_last_bundle_the_class_is_blocked() -> None:
    state = State(bundles=RoamingClass.A | RoamingClass.B, cap=2)
    last, after, other = run(
        state,
        use(DATA, 60 * GB_BYTES, place=US),
        use(DATA, MB, 1, place=US),
        use(DATA, MB, 2, place=JP),
    )
    assert last.crossings & Crossing.BUNDLE_CAP
    assert (after.status, after.reason, after.charge_micro) == (Status.BLOCKED, Reason.CAP_BLOCK, 0)
    assert other.reason == Reason.ROAMING_BUNDLE
    (opened,) = run(state, use(Kind.CAP, 3, 3), use(DATA, MB, 4, place=US))[1:]
    assert (opened.reason, opened.bundle_first) == (Reason.ROAMING_BUNDLE, 3)


def test_what_the_last_bundle_cannot_take_leaks_or_costs_as_the_tariff_says() -> None:
    record = use(DATA, 7_500 * MB + 10 * MB, place=JP)
    state = State(bundles=RoamingClass.B, cap=1)
    (free,) = run(state, record)
    assert (free.charge_micro, free.leaked, state.leaked_volume) == (25 * EURO, 1, 10 * MB)
    paying = State(bundles=RoamingClass.B, cap=1)
    (paid,) = run(paying, record, tariff=with_decisions(charge_over_cap=True))
    assert (paid.charge_micro, paid.leaked, paying.standard_micro) == (35 * EURO, 0, 10 * EURO)


@pytest.mark.capability("RL-21", "RL-22")
def test_each_bundle_tells_its_start_80_and_100_percent_once() -> None:
    state = State(bundles=RoamingClass.A, cap=3)
    gigabytes = [1, 23, 1, 4, 1, 30, 1, 28, 1]
    told = []
    for at, size in enumerate(gigabytes):
        (rating,) = run(state, use(DATA, size * GB_BYTES, at, place=US))
        told += [(mark.mark.name, mark.bundle, mark.left) for mark in passed(rating, state, TABLES)]
    assert told == [
        ("BUNDLE_START", 1, 2),
        ("BUNDLE_80", 1, 2),
        ("BUNDLE_100", 1, 2),
        ("BUNDLE_START", 2, 1),
        ("BUNDLE_80", 2, 1),
        ("BUNDLE_100", 2, 1),
        ("BUNDLE_START", 3, 0),
        ("BUNDLE_80", 3, 0),
        ("BUNDLE_100", 3, 0),
        ("BUNDLE_CAP", 3, 0),
    ]


def test_one_record_through_several_bundles_is_told_once_per_bundle() -> None:
    state = State(bundles=RoamingClass.A)
    (rating,) = run(state, use(DATA, 65 * GB_BYTES, place=US))
    marks = passed(rating, state, TABLES)
    assert [(mark.mark, mark.bundle) for mark in marks] == [
        (Crossing.BUNDLE_START, 1),
        (Crossing.BUNDLE_80, 1),
        (Crossing.BUNDLE_100, 1),
        (Crossing.BUNDLE_START, 2),
        (Crossing.BUNDLE_80, 2),
        (Crossing.BUNDLE_100, 2),
        (Crossing.BUNDLE_START, 3),
    ]
    assert [(mark.percent, mark.bundle) for mark in to_tell(marks)] == [(100, 1), (100, 2), (0, 3)]


def test_a_record_says_only_the_marks_that_it_passed() -> None:
    state = State(bundles=RoamingClass.A)
    ratings = run(state, *(use(DATA, size * GB_BYTES, size, place=US) for size in (1, 2, 21, 6)))
    assert [rating.crossings for rating in ratings] == [
        Crossing.BUNDLE_START,
        0,
        Crossing.BUNDLE_80,
        Crossing.BUNDLE_100,
    ]


def test_a_lower_cap_lets_the_running_bundle_be_finished() -> None:
    state = State(bundles=RoamingClass.A)
    run(state, use(DATA, 31 * GB_BYTES, place=US), use(Kind.CAP, 1, 1))
    rest, after = run(state, use(DATA, 29 * GB_BYTES, 2, place=US), use(DATA, 1, 3, place=US))
    assert (rest.reason, rest.charge_micro, rest.leaked) == (Reason.ROAMING_BUNDLE, 0, 0)
    assert rest.crossings & Crossing.BUNDLE_CAP
    assert after.reason == Reason.CAP_BLOCK


@pytest.mark.capability("RL-23")
def test_the_rest_of_a_bundle_lapses_with_the_month() -> None:
    state = State(bundles=RoamingClass.A)
    run(state, use(DATA, MB, place=US))
    state = next_month(state)
    (rating,) = run(state, use(DATA, MB, place=US))
    assert (rating.bundle_first, rating.bundle_before, rating.charge_micro) == (1, 0, 15 * EURO)


@pytest.mark.capability("RL-24")
def test_notices_tell_at_80_and_100_percent_and_never_block() -> None:
    state = State(bundles=RoamingClass.A, usage_notice=GB_BYTES, roaming_notice=GB_BYTES)
    home = run(state, *(use(DATA, 400 * MB, at, place=DE) for at in range(4)))
    away = run(state, *(use(DATA, 400 * MB, 10 + at, place=US) for at in range(4)))
    assert [rating.crossings for rating in home] == [0, Crossing.NOTICE_80, Crossing.NOTICE_100, 0]
    notices = Crossing.ROAMING_80 | Crossing.ROAMING_100
    assert [rating.crossings & notices for rating in away] == [
        0,
        Crossing.ROAMING_80,
        Crossing.ROAMING_100,
        0,
    ]
    assert all(rating.status == Status.RATED for rating in home + away)


def test_a_terabyte_costs_no_more_work_and_stays_exact() -> None:
    state = State(bundles=RoamingClass.A)
    (rating,) = run(state, use(DATA, 10**12 + 1, place=JP))
    assert rating.charge_micro == 1_000_000 * EURO + 1_000
    assert rating.crossings == Crossing.LIMIT_80 | Crossing.LIMIT_100 | Crossing.LIMIT_200


def test_rounding_happens_once() -> None:
    """0.0049999 euro exact: half up twice would make it a cent."""
    cents = tables(data_decimals=2, data_increment=1, out_of_bundle_price=4_999_500)
    (rating,) = run(State(zero_lifted=1), use(DATA, 1_000), line=ZERO, tariff=cents)
    assert (rating.gross_micro, rating.charge_micro) == (4_999, 0)
