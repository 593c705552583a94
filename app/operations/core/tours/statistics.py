"""Where people stop: figures of each step, and whether the task was done soon after its tour was left."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from app.operations.core.visit import Visit

SOON_SECONDS: Final = 600
"""Who does the task within this time after leaving did not need the rest of the tour."""
LEFT: Final = "(run.state = 'left' AND run.step = shown.step)"
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
    outcomes = {tour.id: tour.outcome for tour in visit.content.tours.tours.values() if tour.outcome}
    rows = visit.rows(
        "SELECT run.tour, shown.step, count(*), sum(shown.seconds) / count(*), sum(shown.backs),"
        f" sum(shown.wrongs), sum(shown.shown), sum({LEFT}) AS gone, sum({LEFT} AND {DONE_SOON}) AS soon"
        " FROM tour_run AS run JOIN tour_step AS shown ON shown.run_id = run.id"
        " LEFT JOIN json_each(:outcomes) AS meant ON meant.key = run.tour"
        " WHERE run.started_at >= :since GROUP BY run.tour, shown.step"
        " ORDER BY gone - soon DESC, sum(shown.wrongs) + sum(shown.backs) DESC, 4 DESC, 1, 2 LIMIT :most",
        outcomes=json.dumps(outcomes),
        soon=SOON_SECONDS,
        since=since,
        most=most,
    )
    return [StepRow(*row) for row in rows]
