"""Runs: whose they are, where they are taken up, what is counted; nothing is written into the log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.clock import FixedClock
from app.operations.core import Visit
from app.operations.core.tours import runs
from app.store import Store
from tests.factories import DAY, Factory


@pytest.fixture
def person(admin_visit: Visit, factory: Factory) -> Visit:
    """Somebody with a login."""
    return replace(admin_visit, login_id=factory.login(admin_visit.account_id, "admin"))


def steps(store: Store) -> list[tuple[object, ...]]:
    return store.rows("SELECT run_id, step, seconds, backs, wrongs, shown FROM tour_step ORDER BY 1, 2")


def test_a_run_goes_from_step_to_step_and_is_finished(person: Visit, store: Store, clock: FixedClock) -> None:
    assert runs.progress(person) == {}
    run = runs.begin(person, "mailings", "tab")
    assert runs.progress(person)["mailings"] == runs.Progress("begun", "tab")
    runs.reach(person, run, "topic", seconds=4, wrongs=1)
    runs.reach(person, run, "tab", seconds=2, backs=1)
    runs.reach(person, run, "topic", seconds=3)
    assert runs.progress(person)["mailings"].step == "topic"
    clock.advance(60)
    runs.finish(person, run, seconds=5, shown=1)
    assert runs.progress(person)["mailings"] == runs.Progress("done", "", clock.now())
    assert steps(store) == [(run, "tab", 7, 0, 1, 0), (run, "topic", 7, 1, 0, 1)]
    assert store.rows("SELECT operation FROM audit") == []


def test_what_was_left_is_taken_up_where_it_was_on_any_terminal(person: Visit, store: Store) -> None:
    run = runs.begin(person, "mailings", "tab")
    runs.reach(person, run, "topic")
    runs.leave(person, run, "escape", seconds=9)
    elsewhere = replace(person, session_id="b" * 32, account_id=None)
    assert runs.progress(elsewhere)["mailings"] == runs.Progress("begun", "topic")
    assert runs.begin(elsewhere, "mailings", "topic") == run
    runs.finish(elsewhere, run)
    assert store.row("SELECT state, why FROM tour_run") == ("finished", "")


def test_from_the_start_is_another_run(person: Visit, store: Store) -> None:
    first = runs.begin(person, "mailings", "tab")
    runs.reach(person, first, "topic")
    second = runs.begin(person, "mailings", "tab")
    assert second != first
    assert store.rows("SELECT state, why FROM tour_run ORDER BY id") == [("left", "again"), ("running", "")]


def test_a_finished_one_that_is_begun_again_stays_learnt(person: Visit, clock: FixedClock) -> None:
    runs.finish(person, runs.begin(person, "mailings", "tab"))
    done = clock.now()
    clock.advance(DAY)
    runs.begin(person, "mailings", "tab")
    assert runs.progress(person)["mailings"] == runs.Progress("begun", "tab", done)


def test_nobody_writes_into_another_ones_run_or_one_that_is_over(
    person: Visit, factory: Factory, store: Store
) -> None:
    run = runs.begin(person, "mailings", "tab")
    other = replace(person, login_id=factory.login(person.account_id, "user"))
    for visit in (other, replace(person, login_id=None)):
        runs.reach(visit, run, "topic", seconds=1)
        runs.leave(visit, run, "escape")
        runs.finish(visit, run)
        assert runs.progress(visit) == {}
    runs.reach(person, 0, "topic", seconds=1)
    assert store.rows("SELECT step, state FROM tour_run") == [("tab", "running")]
    assert steps(store) == []
    runs.finish(person, run)
    runs.reach(person, run, "topic", seconds=1)
    assert store.rows("SELECT step, state FROM tour_run") == [("tab", "finished")]


def test_figures_are_within_reason(person: Visit, store: Store) -> None:
    run = runs.begin(person, "mailings", "tab")
    runs.leave(person, run, "escape" * 20, seconds=10**9, backs=-3)
    assert steps(store) == [(run, "tab", runs.LONGEST_SECONDS, 0, 0, 0)]
    (why,) = store.row("SELECT why FROM tour_run") or ("",)
    assert len(why) == 20


def test_visitors_are_counted_and_cannot_fill_the_disk(
    factory: Factory, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "VISITORS_A_DAY", 3)
    visitor = factory.visit("visitor")
    begun = [runs.begin(visitor, "forgot", "who") for _turn in range(5)]
    assert [bool(run) for run in begun] == [True, True, True, False, False]
    runs.finish(visitor, begun[0])
    runs.finish(visitor, 0)
    assert runs.progress(visitor) == {}
    assert store.row("SELECT count(*) FROM tour_run") == (3,)


def test_old_runs_are_forgotten(person: Visit, store: Store, clock: FixedClock) -> None:
    old = runs.begin(person, "mailings", "tab")
    runs.finish(person, old, seconds=1)
    clock.advance(runs.KEPT_SECONDS + 1)
    runs.begin(person, "limit-lower", "line")
    assert store.rows("SELECT tour FROM tour_run") == [("limit-lower",)]
    assert steps(store) == []
