"""Hypothesis strategies for streams of records, extremes included."""

from __future__ import annotations

from hypothesis import strategies as st

from app.rating.codes import Kind
from app.rating.records import LineTerms, State, Usage
from tests.rating.world import GB_BYTES, START

EDGE = st.sampled_from([0, 1, -1, 2**31, 2**61, 2**62, 2**63 - 1, -(2**63), 10**14, 10**14 + 1])
VOLUME = st.integers(0, 3_600) | st.integers(0, 200 * GB_BYTES) | EDGE
COMMANDS = [int(kind) for kind in Kind if kind >= 16]
NUMBERS = st.sampled_from([0, 31612345678, 4915112345678, 12025550123, 31900123, 999_999_999_999_999]) | EDGE


@st.composite
def records(draw: st.DrawFn, wild: bool = True) -> Usage:
    """One record of usage or a change of settings; `wild` ones have fields out of any range."""
    kind = draw(st.sampled_from([1, 2, 3, 3, 3, *COMMANDS]) | (EDGE if wild else st.just(3)))
    small = st.integers(0, 31) | st.sampled_from([20_000_000, 50_000_000, GB_BYTES])
    tame = small if kind >= 16 else st.integers(0, 3_600 if kind < 3 else 40 * GB_BYTES)
    return Usage(
        start=draw(st.integers(START, START + 2_000_000) | (EDGE if wild else st.just(START))),
        tie=draw(st.integers(0, 2**63 - 1)),
        kind=kind,
        direction=draw(st.integers(0, 2) | (EDGE if wild else st.just(0))),
        volume=draw(VOLUME if wild and draw(st.booleans()) else tame),
        place=draw(st.integers(-1, 7) | (EDGE if wild else st.just(0))),
        number=draw(NUMBERS),
        flags=draw(st.integers(0, 3)),
        legs=draw(st.sampled_from([1, 1, 1, 2]) | (EDGE if wild else st.just(1))),
    )


TERMS = st.builds(
    LineTerms,
    kind=st.integers(1, 2),
    allowance=st.just(5 * GB_BYTES),
    unlimited=st.integers(0, 1),
    zero=st.integers(0, 1),
    pool=st.integers(-1, 1),
    subject=st.sampled_from([0, 0, 1, -1, 2**62]),
)


@st.composite
def states(draw: st.DrawFn) -> State:
    """Settings that the portal can store."""
    return State(
        limit=draw(st.sampled_from([10_000_000, 50_000_000, 10**15])),
        hard=draw(st.integers(0, 1)),
        bars=draw(st.sampled_from([0, 0, 0, 1, 2, 4, 8, 16, 31])),
        bundles=draw(st.integers(0, 8)),
        cap=draw(st.integers(1, 10)),
        zero_lifted=draw(st.integers(0, 1)),
        usage_notice=draw(st.sampled_from([0, 1, GB_BYTES])),
        roaming_notice=draw(st.sampled_from([0, 1, GB_BYTES])),
    )
