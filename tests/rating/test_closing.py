"""Pools: shared, struck once, priced once, split to the cent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rating.closing import Member, close_pool, close_pools, overage_cents, prorated, split
from app.rating.codes import LineKind
from app.rating.records import LineTerms, State
from app.rating.replay import next_month
from tests.rating.world import DATA, GB_BYTES, MB, TABLES, run, use

G = GB_BYTES


@pytest.mark.capability("RL-01", "RL-04")
def test_five_equal_bundles_are_one_of_five_times_the_size() -> None:
    members = [Member(line, used * G, 3 * G) for line, used in enumerate((4, 3, 3, 2, 2))]
    closed = close_pool(members, TABLES)
    assert (closed.allowance, closed.used, closed.overage) == (15 * G, 14 * G, 0)
    assert (closed.cents, closed.shares) == (0, {})


@pytest.mark.capability("RL-02")
def test_voice_and_data_and_data_only_share_a_pool() -> None:
    members = []
    for number, kind in enumerate(LineKind):
        state = State()
        run(state, use(DATA, 2 * G), line=LineTerms(kind=kind))
        members.append(Member(number, state.data_home_eu, 3 * G))
    closed = close_pool(members, TABLES)
    assert (closed.used, closed.allowance) == (4 * G, 6 * G)


@pytest.mark.capability("RL-05")
def test_overage_goes_pro_rata_to_those_who_went_over() -> None:
    members = [Member(7, 9 * G, 3 * G), Member(8, 6 * G, 3 * G), Member(9, 2 * G, 3 * G)]
    closed = close_pool(members, TABLES)
    assert (closed.overage, closed.cents) == (8 * G, 8_000)
    assert closed.shares == {7: 5_333, 8: 2_667}


@pytest.mark.capability("RL-06")
def test_what_is_left_does_not_carry_over() -> None:
    state = State()
    run(state, use(DATA, G))
    assert next_month(state).data_home_eu == 0


@pytest.mark.capability("RL-03")
def test_each_pool_is_struck_once_for_all_its_lines() -> None:
    pools = [[Member(1, 4 * G, 3 * G), Member(2, 0, 3 * G)], [Member(3, 4 * G, 3 * G)]]
    assert [closed.shares for closed in close_pools(pools, TABLES)] == [{}, {3: 1_000}]


def test_unlimited_lines_neither_feed_nor_drain() -> None:
    closed = close_pool([Member(1, 4 * G, 3 * G), Member(2, 99 * G, 0, unlimited=True)], TABLES)
    assert (closed.used, closed.allowance, closed.shares) == (4 * G, 3 * G, {1: 1_000})


def test_joining_mid_month_gives_a_part_and_usage_counts_whole() -> None:
    assert prorated(3 * G, 10, 30) == G
    assert prorated(2 * G, 31, 31) == 2 * G
    with pytest.raises(ValueError):
        prorated(G, 31, 30)


def test_ties_go_to_the_lowest_line() -> None:
    assert split(100, {3: 1, 1: 1, 2: 1}) == {1: 34, 2: 33, 3: 33}


@given(
    st.dictionaries(
        st.integers(1, 10**6), st.tuples(st.integers(0, 10**14), st.integers(0, 10**14)), max_size=40
    )
)
def test_shares_always_sum_to_the_cent(drawn: dict[int, tuple[int, int]]) -> None:
    members = [Member(line, used, allowance) for line, (used, allowance) in drawn.items()]
    closed = close_pool(members, TABLES)
    assert sum(closed.shares.values()) == closed.cents
    assert closed.overage == max(sum(m.used for m in members) - sum(m.allowance for m in members), 0)
    assert all(drawn[line][0] > drawn[line][1] for line in closed.shares)
    assert close_pool(reversed(members), TABLES) == closed


def test_overage_is_rounded_half_up_to_the_cent() -> None:
    assert [overage_cents(volume, TABLES) for volume in (0, MB // 2 - 1000, MB // 2, MB)] == [0, 0, 1, 1]
