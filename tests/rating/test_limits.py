"""The cost limit outside the EU: notices, blocks, answers, changes."""

from __future__ import annotations

import pytest

from app.rating.codes import Crossing, Kind, Reason, RoamingClass, Status
from app.rating.crossings import passed, to_tell
from app.rating.records import LineTerms, Rating, State
from app.rating.replay import next_month
from tests.rating.world import BR, DATA, EURO, JP, MB, TABLES, US, run, use, with_decisions


def roamer(**changes: int) -> State:
    """A bundle for A, so that JP costs 1 euro a MB under the limit of 50 euro."""
    return State(bundles=RoamingClass.A, **changes)


def spend(state: State, *euros: int, at: int = 0) -> list[Rating]:
    return run(state, *(use(DATA, euro * MB, at + i, place=JP) for i, euro in enumerate(euros)))


@pytest.mark.capability("RL-26")
def test_the_limit_starts_at_50_euro() -> None:
    assert State().limit == 50 * EURO


@pytest.mark.capability("RL-28", "RL-29", "RL-16")
def test_80_percent_tells_and_100_percent_blocks_when_reached() -> None:
    state = roamer()
    ratings = spend(state, 39, 1, 9, 1, 1)
    assert [rating.crossings for rating in ratings] == [0, Crossing.LIMIT_80, 0, Crossing.LIMIT_100, 0]
    assert (ratings[-1].status, ratings[-1].reason) == (Status.BLOCKED, Reason.LIMIT_BLOCK)
    assert (ratings[-1].charge_micro, ratings[-1].gross_micro, ratings[-1].leaked) == (0, EURO, 1)
    assert state.standard_micro == 50 * EURO


@pytest.mark.capability("RL-30", "RL-31", "RL-32")
def test_answers_lift_the_blocks_at_100_and_200_percent() -> None:
    state = roamer()
    spend(state, 50)
    (lifted,) = run(state, use(Kind.ANSWER, 0, 10))
    assert (lifted.crossings, state.blocked) == (Crossing.LIFTED_100, 0)
    assert [rating.crossings for rating in spend(state, 49, 1, at=20)] == [0, Crossing.LIMIT_200]
    assert state.blocked == 1
    (again,) = run(state, use(Kind.ANSWER, 0, 30))
    assert again.crossings == Crossing.LIFTED_200
    assert all(rating.status == Status.RATED for rating in spend(state, 500, 500, at=40))
    assert state.blocked == 0


def test_one_record_keeps_all_levels_and_tells_the_highest() -> None:
    state = roamer()
    (rating,) = spend(state, 120)
    assert rating.charge_micro == 120 * EURO
    assert rating.crossings == Crossing.LIMIT_80 | Crossing.LIMIT_100 | Crossing.LIMIT_200
    assert [mark.percent for mark in to_tell(passed(rating, state, TABLES))] == [200]
    (lifted,) = run(state, use(Kind.ANSWER, 0, 5))
    assert (lifted.crossings, state.limit_level) == (Crossing.LIFTED_200, 2)


@pytest.mark.capability("RL-33")
def test_a_hard_limit_refuses_the_answer() -> None:
    state = roamer(hard=1)
    spend(state, 50)
    (refused,) = run(state, use(Kind.ANSWER, 0, 5))
    assert (refused.crossings, state.blocked) == (Crossing.ANSWER_REFUSED, 1)


def test_an_answer_outside_a_block_does_nothing() -> None:
    state = roamer()
    (idle,) = run(state, use(Kind.ANSWER, 0))
    assert (idle.crossings, state.limit_level) == (Crossing.ANSWER_IDLE, 0)


@pytest.mark.capability("RL-34")
def test_a_higher_limit_works_at_once() -> None:
    state = roamer()
    spend(state, 50)
    run(state, use(Kind.LIMIT, 100 * EURO, 5))
    assert state.blocked == 0
    assert [rating.crossings for rating in spend(state, 29, 1, 20, at=10)] == [
        0,
        Crossing.LIMIT_80,
        Crossing.LIMIT_100,
    ]


def test_a_higher_limit_after_a_lift_blocks_where_it_is_reached() -> None:
    state = roamer()
    spend(state, 50)
    run(state, use(Kind.ANSWER, 0, 5), use(Kind.LIMIT, 100 * EURO, 6))
    spend(state, 50, at=10)
    assert state.blocked == 1


def test_a_lower_limit_in_the_stream_blocks_what_is_above_it() -> None:
    state = roamer()
    spend(state, 45)
    (lowered,) = run(state, use(Kind.LIMIT, 30 * EURO, 5))
    assert (lowered.crossings, state.blocked) == (Crossing.LIMIT_100, 1)


def test_the_second_block_goes_when_the_limit_rises_beyond_it() -> None:
    state = roamer()
    spend(state, 50)
    run(state, use(Kind.ANSWER, 0, 5))
    spend(state, 60, at=10)
    assert state.blocked == 1
    run(state, use(Kind.LIMIT, 100 * EURO, 20))
    assert state.blocked == 0


def test_a_higher_limit_keeps_the_lift_to_the_end_of_the_month() -> None:
    state = roamer()
    spend(state, 120)
    run(state, use(Kind.ANSWER, 0, 5), use(Kind.LIMIT, 150 * EURO, 6))
    assert all(rating.status == Status.RATED for rating in spend(state, 100, 500, at=10))


@pytest.mark.capability("RL-36")
def test_on_the_first_counters_and_blocks_are_gone_and_settings_stay() -> None:
    state = roamer(limit=10 * EURO, cap=3)
    spend(state, 10)
    state = next_month(state)
    assert (state.blocked, state.standard_micro, state.marks, state.limit_level) == (0, 0, 0, 0)
    assert (state.limit, state.cap, state.bundles) == (10 * EURO, 3, RoamingClass.A)
    assert [rating.crossings for rating in spend(state, 8)] == [Crossing.LIMIT_80]


def test_the_block_stops_bundles_too_unless_the_tariff_says_otherwise() -> None:
    for decision, reason in ((True, Reason.LIMIT_BLOCK), (False, Reason.ROAMING_BUNDLE)):
        state = roamer()
        stream = (use(DATA, 50 * MB, place=JP), use(DATA, MB, 1, place=US))
        _, rating = run(state, *stream, tariff=with_decisions(limit_blocks_bundles=decision))
        assert rating.reason == reason


@pytest.mark.capability("RL-47")
def test_leakage_is_charged_only_where_the_tariff_says_so() -> None:
    state = roamer()
    stream = (use(DATA, 50 * MB, place=JP), use(DATA, MB, 1, place=BR))
    _, rating = run(state, *stream, tariff=with_decisions(charge_leakage=True))
    assert (rating.status, rating.leaked, rating.charge_micro) == (Status.BLOCKED, 1, 4 * EURO)
    assert state.standard_micro == 54 * EURO


def test_values_that_no_setting_has_wait_with_a_reason() -> None:
    wrong = ((Kind.CAP, 0), (Kind.CAP, 11), (Kind.LIMIT, 0), (Kind.HARD, 2), (Kind.BARS, 32), (99, 1))
    for kind, value in wrong:
        state = State()
        (rating,) = run(state, use(kind, value))
        assert (rating.status, rating.reason) == (Status.SUSPENDED, Reason.BAD_FIELD)


@pytest.mark.capability("RL-32")
def test_a_lift_at_200_percent_holds_to_month_end_even_on_a_higher_limit() -> None:
    state = roamer(limit=10 * EURO)
    spend(state, 20)
    run(state, use(Kind.ANSWER, 0, 10))
    assert state.limit_level == 2
    run(state, use(Kind.LIMIT, 50 * EURO, 20))
    assert [rating.crossings for rating in spend(state, 40, 40, at=30)] == [
        Crossing.LIMIT_80 | Crossing.LIMIT_100,
        Crossing.LIMIT_200,
    ]
    assert (state.blocked, spend(state, 1, at=40)[0].status) == (0, Status.RATED)


def test_the_usage_notice_counts_what_a_lifted_0_gb_line_uses() -> None:
    state = State(zero_lifted=1, usage_notice=100 * MB)
    line = LineTerms(zero=1)
    ratings = run(state, use(DATA, 79 * MB, 0), use(DATA, MB, 1), use(DATA, 20 * MB, 2), line=line)
    assert [rating.crossings for rating in ratings] == [0, Crossing.NOTICE_80, Crossing.NOTICE_100]


def test_all_marks_that_a_higher_limit_puts_out_of_reach_are_told_again() -> None:
    every = Crossing.LIMIT_80 | Crossing.LIMIT_100 | Crossing.LIMIT_200
    state = roamer(limit=10 * EURO)
    assert spend(state, 20)[0].crossings == every
    run(state, use(Kind.LIMIT, 50 * EURO, 20))
    assert [rating.crossings for rating in spend(state, 19, 1, at=30)] == [0, Crossing.LIMIT_80]
    run(state, use(Kind.LIMIT, 100 * EURO, 40))
    assert spend(state, 160, at=50)[0].crossings == every


def test_a_new_roaming_notice_is_told_again() -> None:
    state = roamer(roaming_notice=10 * MB)
    both = Crossing.ROAMING_80 | Crossing.ROAMING_100
    assert run(state, use(DATA, 10 * MB, 0, place=US))[0].crossings & both == both
    run(state, use(Kind.ROAMING_NOTICE, 20 * MB, 1))
    assert run(state, use(DATA, 10 * MB, 2, place=US))[0].crossings & both == both
