"""Where people stop: figures of each step, and whether the task was done soon after its tour was left."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from app.operations.core.visit import Visit

SOON_SECONDS: Final = 600
"""Who does the task within this time after leaving did not need the rest of the tour."""
LEFT: Final = "run.state = 'left' AND run.step = shown.step"
DONE_SOON: Final = (
    "EXISTS (SELECT 1 FROM audit WHERE audit.login_id = run.login_id AND audit.operation = meant.value"
    " AND audit.at BETWEEN run.ended_at AND run.ended_at + :soon AND audit.outcome = 'done')"
)
"""The log says so, not the tour."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a tour, over many runs.

    runs: how many came to it; seconds: how long it was shown on average; backs, wrongs: how often people went
    back from it, or tried something else; keys_shown: how often its keys were shown; left: how many left
    there, of whom `done_soon` did the task within ten minutes.
    """

    tour: str
    step: str
    runs: int
    seconds: int
    backs: int
    wrongs: int
    keys_shown: int
    left: int
    done_soon: int


def steps_of(visit: Visit, since: int, most: int) -> list[StepRow]:
    """The steps at which most people gave up, the worst first; then those that took most tries and time."""
    meant = [(tour.id, tour.outcome) for tour in visit.content.tours.tours.values() if tour.outcome]
    rows = visit.rows(
        "SELECT run.tour, shown.step, count(*), CAST(sum(shown.seconds) AS BIGINT) / count(*),"
        f" sum(shown.backs), sum(shown.wrongs), sum(shown.shown), sum(CASE WHEN {LEFT} THEN 1 ELSE 0 END),"
        f" sum(CASE WHEN {LEFT} AND {DONE_SOON} THEN 1 ELSE 0 END)"
        " FROM tour_run AS run JOIN tour_step AS shown ON shown.run_id = run.id"
        " LEFT JOIN (SELECT tours.value AS tour, outcomes.value AS value FROM json_each(:tours) AS tours"
        " JOIN json_each(:outcomes) AS outcomes ON outcomes.key = tours.key) AS meant"
        " ON meant.tour = run.tour"
        " WHERE run.started_at >= :since GROUP BY run.tour, shown.step"
        f" ORDER BY sum(CASE WHEN {LEFT} AND NOT {DONE_SOON} THEN 1 ELSE 0 END) DESC,"
        " sum(shown.wrongs) + sum(shown.backs) DESC, 4 DESC, 1, 2 LIMIT :most",
        tours=json.dumps([tour for tour, _outcome in meant]),
        outcomes=json.dumps([outcome for _tour, outcome in meant]),
        soon=SOON_SECONDS,
        since=since,
        most=most,
    )
    return [StepRow(*row) for row in rows]
