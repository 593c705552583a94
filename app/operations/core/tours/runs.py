"""Where somebody is in a tour, and how long its steps take: ids and times, never what is typed.

These are no operations: nothing of a customer changes, so nothing is written into the log. A run belongs to
its login, so it goes on wherever the same person signs in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from app.operations.core.visit import Visit
from app.store import Transaction

KEPT_SECONDS: Final = 400 * 86_400
"""How long a run is known."""
VISITORS_A_DAY: Final = 500
"""Runs of people who have not signed in that are written down: nobody fills the disk at a kiosk."""
LONGEST_SECONDS: Final = 3600
"""Of one showing of a step: who was away longer was not reading."""

State = Literal["new", "begun", "done"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a login is: `step` where a begun tour is taken up again; done_at: when it was last finished."""

    state: State
    step: str = ""
    done_at: int | None = None


NEW: Final = Progress("new")


def begin(visit: Visit, tour: str, step: str) -> int:
    """Note that a tour begins, or is taken up where the same person left it; the id of the run.

    A run that was left, or cut off, goes on if it was left at this step; it is finished with otherwise.
    0 where nothing is written down: too many visitors today.
    """
    with visit.transaction(quiet=True) as tx:
        _clear(visit, tx)
        if visit.login_id is None and _crowded(visit, tx):
            return 0
        before = visit.login_id and tx.row(
            "SELECT id, step, state FROM tour_run WHERE login_id = :login AND tour = :tour"
            " ORDER BY id DESC LIMIT 1",
            login=visit.login_id,
            tour=tour,
        )
        if before and before[2] != "finished" and before[1] == step:
            tx.execute(
                "UPDATE tour_run SET state = 'running', why = '', ended_at = NULL WHERE id = :id",
                id=before[0],
            )
            return int(before[0])
        if before and before[2] == "running":
            _end(visit, tx, before[0], "left", "again")
        row = tx.row(
            "INSERT INTO tour_run (tour, login_id, step, state, started_at)"
            " VALUES (:tour, :login, :step, 'running', :now) RETURNING id",
            tour=tour,
            login=visit.login_id,
            step=step,
            now=visit.now,
        )
        assert row is not None
        return int(row[0])


def reach(
    visit: Visit, run: int, step: str, seconds: int = 0, backs: int = 0, wrongs: int = 0, shown: int = 0
) -> None:
    """The next step is shown, forth or back; the figures are of the step that was shown until now.

    Args:
        run: what `begin` answered; nothing is written for 0 or for somebody else's.
        seconds: how long it was shown.
        backs: 1 if the person goes back from it.
        wrongs: how often something was tried that it does not ask for.
        shown: how often its keys were shown.
    """
    with visit.transaction(quiet=True) as tx:
        if _measure(visit, tx, run, seconds, backs, wrongs, shown):
            tx.execute("UPDATE tour_run SET step = :step WHERE id = :run", run=run, step=step)


def leave(
    visit: Visit, run: int, why: str, seconds: int = 0, backs: int = 0, wrongs: int = 0, shown: int = 0
) -> None:
    """The tour is left at the step that is shown; the same figures as of `reach`.

    Args:
        why: a short word: escape, wandered, signed_out, stuck.
    """
    with visit.transaction() as tx:
        if _measure(visit, tx, run, seconds, backs, wrongs, shown):
            _end(visit, tx, run, "left", why[:20])


def finish(visit: Visit, run: int, seconds: int = 0, backs: int = 0, wrongs: int = 0, shown: int = 0) -> None:
    """The last step is done; the same figures as of `reach`."""
    with visit.transaction() as tx:
        if _measure(visit, tx, run, seconds, backs, wrongs, shown):
            _end(visit, tx, run, "finished", "")


def progress(visit: Visit) -> dict[str, Progress]:
    """Where the visitor's login is, by tour; a tour that is not there is new."""
    if visit.login_id is None:
        return {}
    rows = visit.rows(
        "SELECT newest.tour, tour_run.state, tour_run.step, newest.done_at FROM"
        " (SELECT tour, max(id) AS id, max(CASE WHEN state = 'finished' THEN ended_at END) AS done_at"
        " FROM tour_run WHERE login_id = :login GROUP BY tour) AS newest"
        " JOIN tour_run ON tour_run.id = newest.id",
        login=visit.login_id,
    )
    return {
        tour: Progress("done", "", done_at) if state == "finished" else Progress("begun", step, done_at)
        for tour, state, step, done_at in rows
    }


def _measure(visit: Visit, tx: Transaction, run: int, *figures: int) -> bool:
    """Add to the step that is shown; False if the run is not the visitor's, or over."""
    row = tx.row(
        "SELECT step FROM tour_run WHERE id = :run AND coalesce(login_id, 0) = coalesce(:login, 0)"
        " AND state = 'running'",
        run=run,
        login=visit.login_id,
    )
    if row is None:
        return False
    seconds, backs, wrongs, shown = (max(0, min(figure, LONGEST_SECONDS)) for figure in figures)
    values: dict[str, Any] = {"seconds": seconds, "backs": backs, "wrongs": wrongs, "shown": shown}
    tx.execute(
        "INSERT INTO tour_step (run_id, step, seconds, backs, wrongs, shown)"
        " VALUES (:run, :step, :seconds, :backs, :wrongs, :shown) ON CONFLICT (run_id, step) DO UPDATE SET"
        " seconds = tour_step.seconds + :seconds, backs = tour_step.backs + :backs,"
        " wrongs = tour_step.wrongs + :wrongs, shown = tour_step.shown + :shown",
        run=run,
        step=row[0],
        **values,
    )
    return True


def _end(visit: Visit, tx: Transaction, run: int, state: str, why: str) -> None:
    tx.execute(
        "UPDATE tour_run SET state = :state, why = :why, ended_at = :now WHERE id = :run",
        run=run,
        state=state,
        why=why,
        now=visit.now,
    )


def _crowded(visit: Visit, tx: Transaction) -> bool:
    row = tx.row(
        "SELECT count(*) FROM (SELECT 1 FROM tour_run WHERE started_at > :day AND login_id IS NULL"
        " LIMIT :most) AS found",
        day=visit.now - 86_400,
        most=VISITORS_A_DAY,
    )
    return row is not None and row[0] >= VISITORS_A_DAY


def _clear(visit: Visit, tx: Transaction) -> None:
    """Forget old runs."""
    old = {"old": visit.now - KEPT_SECONDS}
    if tx.row("SELECT 1 FROM tour_run WHERE started_at < :old LIMIT 1", **old) is None:
        return
    tx.execute(
        "DELETE FROM tour_step WHERE run_id IN (SELECT id FROM tour_run WHERE started_at < :old)", **old
    )
    tx.execute("DELETE FROM tour_run WHERE started_at < :old", **old)
