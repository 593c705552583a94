"""The cost limit: choices, raising at once, lowering from the 1st, nobody's change lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import FixedClock
from app.operations.core import Conflict, Invalid, NotFound, Refused, Visit, perform
from tests.factories import DAY, NOVEMBER, Factory

pytestmark = pytest.mark.both_databases
DECEMBER = NOVEMBER + 30 * DAY
CHOICES = [1000, 3000, 5000, 10000, 15000, 20000, 50000, 100000, 200000, 500000]


@contextmanager
def rolled_back(visit: Visit) -> Iterator[None]:
    """Everything inside is undone, so that examples of one test do not see each other."""
    try:
        with visit.transaction():
            yield
            raise InterruptedError
    except InterruptedError:
        pass


@pytest.fixture
def line_id(factory: Factory, account_id: int) -> int:
    return factory.line(account_id, limit_cents=10000, bundles=1)


@pytest.mark.capability("RL-26")
def test_a_line_has_a_limit_of_50_unless_set(factory: Factory, admin_visit: Visit, account_id: int) -> None:
    quote = perform(admin_visit, "orders.quote", kind="voice_data", data_bundle="6")
    ordered = perform(admin_visit, "quotes.accept", quote_id=quote.id).line_id
    assert perform(admin_visit, "lines.get", line_id=ordered).limit_cents == 5000


@pytest.mark.capability("RL-27")
def test_exactly_ten_choices(admin_visit: Visit, line_id: int) -> None:
    assert perform(admin_visit, "limits.choices") == CHOICES
    for cents in (0, 1, 4999, 5001, 500001):
        with pytest.raises(Invalid) as refused:
            perform(admin_visit, "limits.set", line_id=line_id, limit_cents=cents)
        assert refused.value.field == "limit_cents"


@pytest.mark.capability("RL-34")
def test_lowering_waits_for_the_first(admin_visit: Visit, clock: FixedClock, line_id: int) -> None:
    state = perform(admin_visit, "limits.set", line_id=line_id, limit_cents=5000)
    assert (state.active_cents, state.pending_cents, state.pending_from) == (10000, 5000, DECEMBER)
    clock.set(DECEMBER - 1)
    assert perform(admin_visit, "lines.get", line_id=line_id).limit_cents == 10000
    clock.set(DECEMBER)
    line = perform(admin_visit, "lines.get", line_id=line_id)
    assert (line.limit_cents, line.pending_limit_cents) == (5000, None)


@pytest.mark.capability("RL-34")
def test_raising_holds_at_once(admin_visit: Visit, line_id: int) -> None:
    state = perform(admin_visit, "limits.set", line_id=line_id, limit_cents=20000)
    assert (state.active_cents, state.pending_cents) == (20000, None)


def test_a_later_change_replaces_the_one_that_waits(
    admin_visit: Visit, clock: FixedClock, line_id: int
) -> None:
    perform(admin_visit, "limits.set", line_id=line_id, limit_cents=5000)
    perform(admin_visit, "limits.set", line_id=line_id, limit_cents=3000)
    waiting = admin_visit.rows(
        "SELECT value FROM line_command WHERE line_id = :line AND effective_at >= :at",
        line=line_id,
        at=DECEMBER,
    )
    assert waiting == [(30_000_000,)]
    state = perform(admin_visit, "limits.set", line_id=line_id, limit_cents=10000)
    assert (state.active_cents, state.pending_cents) == (10000, None)
    clock.set(DECEMBER + DAY)
    assert perform(admin_visit, "lines.get", line_id=line_id).limit_cents == 10000


def test_after_a_lower_limit_took_hold_it_can_be_raised_again(
    admin_visit: Visit, clock: FixedClock, line_id: int, factory: Factory
) -> None:
    perform(admin_visit, "limits.set", line_id=line_id, limit_cents=5000)
    clock.set(DECEMBER + DAY)
    state = perform(admin_visit, "limits.set", line_id=line_id, limit_cents=10000)
    assert (state.active_cents, state.pending_cents) == (10000, None)
    commands = admin_visit.rows(
        "SELECT effective_at, value FROM line_command WHERE line_id = :line AND kind = 16 "
        "AND effective_at > :start ORDER BY effective_at, tie",
        line=line_id,
        start=NOVEMBER,
    )
    assert commands == [(DECEMBER, 50_000_000), (DECEMBER + DAY, 100_000_000)]


@given(steps=st.lists(st.tuples(st.sampled_from(CHOICES), st.integers(0, 40)), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rating_and_people_see_the_same_limit(
    admin_visit: Visit, clock: FixedClock, line_id: int, steps: list[tuple[int, int]]
) -> None:
    """The limit that the stream says for an instant is the one that the line shows at that instant."""
    from app.intake.streams import first_state
    from app.operations.core.simulation import read_commands

    began = clock.now()
    with rolled_back(admin_visit):
        for cents, days in steps:
            perform(admin_visit, "limits.set", line_id=line_id, limit_cents=cents)
            clock.advance(days * DAY)
            shown = perform(admin_visit, "lines.get", line_id=line_id).limit_cents
            said = first_state(read_commands(admin_visit, line_id, 209912), clock.now()).limit
            assert said == shown * 10_000
    clock.set(began)


@pytest.mark.capability("BX-08")
def test_the_slower_of_two_editors_sees_the_difference(admin_visit: Visit, line_id: int) -> None:
    read = perform(admin_visit, "lines.get", line_id=line_id)
    perform(admin_visit, "limits.set", line_id=line_id, limit_cents=20000, version=read.version)
    with pytest.raises(Conflict) as met:
        perform(
            admin_visit,
            "limits.set",
            line_id=line_id,
            limit_cents=50000,
            version=read.version,
            was_cents=read.limit_cents,
        )
    shown = {one.field: (one.before, one.theirs, one.mine) for one in met.value.differences}
    assert shown["limit_cents"] == (10000, 20000, 50000)
    assert perform(admin_visit, "lines.get", line_id=line_id).limit_cents == 20000
    perform(admin_visit, "limits.set", line_id=line_id, limit_cents=50000, version=met.value.version)
    assert perform(admin_visit, "lines.get", line_id=line_id).limit_cents == 50000


@pytest.mark.capability("BX-08")
def test_bars_differ_in_words(admin_visit: Visit, line_id: int) -> None:
    read = perform(admin_visit, "lines.get", line_id=line_id)
    perform(admin_visit, "barring.set", line_id=line_id, bars=["premium"], version=read.version)
    with pytest.raises(Conflict) as met:
        perform(admin_visit, "barring.set", line_id=line_id, bars=["roaming"], version=read.version, was=[])
    [one] = met.value.differences
    assert (one.before, one.theirs, one.mine) == ([], ["premium"], ["roaming"])


@given(order=st.lists(st.integers(0, 2), min_size=2, max_size=8))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_update_is_lost(admin_visit: Visit, line_id: int, order: list[int]) -> None:
    """Three editors save in any order: each save has seen the newest version or is refused."""
    with rolled_back(admin_visit):
        version = perform(admin_visit, "lines.get", line_id=line_id).version
        read = [version] * 3
        for number, editor in enumerate(order):
            bars = ["premium"] if number % 2 else ["roaming"]
            arguments = {"line_id": line_id, "bars": bars, "version": read[editor]}
            if read[editor] == version:
                version = read[editor] = perform(admin_visit, "barring.set", **arguments).version
                continue
            with pytest.raises(Conflict) as met:
                perform(admin_visit, "barring.set", **arguments)
            assert met.value.version == version
            read[editor] = version


def test_of_two_who_save_at_once_one_wins(factory: Factory, account_id: int, line_id: int) -> None:
    started = threading.Barrier(2)
    outcomes: list[str] = []

    def save(bar: str) -> None:
        visit = factory.visit("admin", account_id)
        version = perform(visit, "lines.get", line_id=line_id).version
        started.wait(10)
        try:
            perform(visit, "barring.set", line_id=line_id, bars=[bar], version=version)
            outcomes.append("saved")
        except Conflict:
            outcomes.append("refused")
        finally:
            visit.store.close()

    threads = [threading.Thread(target=save, args=(bar,)) for bar in ("premium", "roaming")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["refused", "saved"]


def test_only_those_who_manage_lines_may(user_visit: Visit, factory: Factory, account_id: int) -> None:
    own = user_visit.own_line_id
    with pytest.raises(Refused):
        perform(user_visit, "limits.set", line_id=own, limit_cents=5000)
    stranger = factory.visit("admin", factory.account())
    with pytest.raises(NotFound):
        perform(stranger, "limits.set", line_id=own, limit_cents=5000)


def test_notices_are_set_by_the_reseller_and_never_negative(
    factory: Factory, account_id: int, line_id: int
) -> None:
    reseller = factory.visit("reseller", account_id)
    state = perform(
        reseller, "limits.set_notices", line_id=line_id, usage_bytes=4 * 10**9, roaming_bytes=10**9
    )
    assert (state.usage_bytes, state.roaming_bytes) == (4 * 10**9, 10**9)
    kept = perform(reseller, "limits.set_notices", line_id=line_id, roaming_bytes=0)
    assert (kept.usage_bytes, kept.roaming_bytes) == (4 * 10**9, 0)
    with pytest.raises(Invalid):
        perform(reseller, "limits.set_notices", line_id=line_id, usage_bytes=-1)
