"""Compiled, the rules give what they give interpreted, extremes included."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.rating.records import LineTerms, Rating, State, Usage, rating_columns, rating_values
from app.rating.replay import merge
from app.rating.rulebook import rate
from tests.rating.streams import TERMS, records, states
from tests.rating.test_call_prices import BANDS, RATES, VOICE, CallRate
from tests.rating.world import DATA, MB, START, tables, use

np = pytest.importorskip("numpy")
batch = pytest.importorskip("app.rating.batch")

RICH = tables(rates=(CallRate("banded", VOICE, (0,), ("world",), bands=BANDS), *RATES[:2], *RATES[3:]))


def in_batch(
    stream: list[Usage], lines: list[LineTerms], start: list[State]
) -> tuple[object, object, object]:
    columns = batch.USAGE.names
    rows = [tuple(getattr(usage, name) for name in columns) for usage in stream]
    usage = np.array(rows, batch.USAGE)
    states = batch.state_array(start)
    out = np.zeros(len(usage), batch.RATING)
    pools = np.zeros(2, np.int64)
    batch.rate_batch(usage, batch.line_array(lines), states, batch.arrays(RICH), out, pools)
    return out, states, pools


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stream=st.lists(records(), max_size=30), line=TERMS, start=states())
def test_compiled_equals_interpreted(stream: list[Usage], line: LineTerms, start: State) -> None:
    ordered = list(merge(stream))
    out, states, pools = in_batch(ordered, [line], [start])
    drawn = 0
    for index, usage in enumerate(ordered):
        rating = Rating()
        rate(usage, line, start, RICH, rating)
        assert tuple(int(value) for value in out[index]) == rating_values(rating)
        drawn += rating.included if rating.reason == 2 else 0
    assert states.tobytes() == batch.state_array([start]).tobytes()
    assert sum(pools) == (drawn if line.pool >= 0 and not line.unlimited else 0)


def test_counters_stop_before_64_bits_end() -> None:
    state = State(limit=10**15, zero_lifted=1)
    state.data_home_eu = (1 << 61) + 1
    line = LineTerms(allowance=1)
    out, states, _ = in_batch([use(DATA, MB)], [line], [state])
    assert (out["status"][0], out["reason"][0]) == (3, 47)
    assert states["data_home_eu"][0] == (1 << 61) + 1


def test_ordered_sorts_by_line_start_and_tie_and_drops_repetitions() -> None:
    rows = [(1, START, 2), (0, START, 9), (1, START, 1), (0, START, 9), (1, START - 5, 7)]
    usage = np.zeros(len(rows), batch.USAGE)
    for name, column in zip(("line", "start", "tie"), zip(*rows, strict=True), strict=True):
        usage[name] = column
    found = batch.ordered(usage)
    kept = list(zip(found["line"].tolist(), found["start"].tolist(), found["tie"].tolist(), strict=True))
    assert kept == [(0, START, 9), (1, START - 5, 7), (1, START, 1), (1, START, 2)]


def test_a_line_or_pool_that_is_not_there_is_refused() -> None:
    with pytest.raises(IndexError):
        in_batch([use(DATA, MB, line=1)], [LineTerms()], [State()])
    with pytest.raises(IndexError):
        in_batch([use(DATA, MB)], [LineTerms(pool=2)], [State()])


def test_names_are_those_of_the_records() -> None:
    assert batch.RATING.names == rating_columns()
    assert set(batch.STATE.names) == set(State.__slots__)
    assert set(batch.USAGE.names) == set(Usage.__slots__)
    assert set(batch.TERMS.names) == set(LineTerms.__slots__)
