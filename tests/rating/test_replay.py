"""Any order, any slices, any repetition of a month's records end in the same state."""

from __future__ import annotations

import random
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rating.records import (
    LineTerms,
    Rating,
    State,
    Usage,
    rating_columns,
    rating_from,
    rating_values,
    state_columns,
    state_from,
    state_values,
)
from app.rating.replay import OutOfOrderError, in_month, key, merge, replay
from tests.rating.streams import TERMS, records, states
from tests.rating.world import DATA, MB, TABLES, use


@pytest.mark.capability("BX-46", "BX-45")
@given(
    stream=st.lists(records().filter(lambda usage: usage.start >= 0), max_size=20, unique_by=key),
    line=TERMS,
    start=states(),
    seed=st.integers(0, 999),
    cut=st.integers(0, 25),
)
def test_order_slicing_and_repetition_do_not_matter(
    stream: list[Usage], line: LineTerms, start: State, seed: int, cut: int
) -> None:
    expected, whole = closing([stream], line, start)
    shuffled = random.Random(seed).sample(stream, len(stream))
    assert closing([shuffled[:cut], shuffled[cut:], stream[:3]], line, start) == (expected, whole)
    state = state_from(state_values(start))
    rows = []
    ordered = list(merge(stream))
    for part in (ordered[:cut], ordered[cut:]):
        rows += [rating_values(rating) for _, rating in replay(part, line, state, TABLES)]
        state = state_from(state_values(state))
    assert (rows, state_values(state)) == (expected, whole)


def closing(
    streams: list[list[Usage]], line: LineTerms, start: State
) -> tuple[list[tuple[int, ...]], tuple[int, ...]]:
    state = state_from(state_values(start))
    rows = [rating_values(rating) for _, rating in replay(merge(*streams), line, state, TABLES)]
    return rows, state_values(state)


def test_a_record_from_before_asks_for_a_replay() -> None:
    state = State()
    list(replay([use(DATA, MB, 5)], LineTerms(), state, TABLES))
    assert list(replay([use(DATA, MB, 5)], LineTerms(), state, TABLES)) == []
    with pytest.raises(OutOfOrderError):
        list(replay([use(DATA, MB, 4)], LineTerms(), state, TABLES))


@pytest.mark.parametrize("month, hours", [(202603, 743), (202610, 745), (202611, 720)])
def test_a_month_is_half_open_in_the_operators_zone(month: int, hours: int) -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    first = int(datetime(month // 100, month % 100, 1, tzinfo=zone).timestamp())
    edges = [Usage(start=first + at) for at in (-1, 0, hours * 3600 - 1, hours * 3600)]
    assert list(in_month(edges, month, "Europe/Amsterdam")) == edges[1:3]


def test_columns_name_every_integer_once() -> None:
    assert len(set(rating_columns())) == len(rating_columns()) == len(Rating.__slots__)
    assert len(set(state_columns())) == len(state_columns()) == len(State.__slots__) - 2 + 8
    values = tuple(range(len(state_columns())))
    assert state_values(state_from(values)) == values
    assert rating_values(rating_from(range(18))) == tuple(range(18))
    with pytest.raises(ValueError):
        state_from((*values, 1))
