"""The steps of a tour that count for somebody, by what they have and may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.content.tours import Step, Tour
from app.screens.desk import Desk


async def steps_for(desk: Desk, tour: Tour) -> tuple[Step, ...]:
    """The steps without those left out for this person. Raises OperationError."""
    asked = [fact for step in tour.steps for fact in (*step.when, *step.skip_if)]
    if not asked:
        return tour.steps
    facts: Mapping[str, bool] = await desk.do("tours.facts") if desk.visit is not None else {}
    visit = desk.visit

    def true(fact: str) -> bool:
        kind, _colon, name = fact.partition(":")
        if kind == "right":
            return visit is not None and visit.reach(name) is not None
        return bool(facts.get(name))

    return tuple(step for step in tour.steps if counts(step, [fact for fact in asked if true(fact)]))


def counts(step: Step, true: Sequence[str]) -> bool:
    """Whether a step is shown where these facts are true."""
    return all(fact in true for fact in step.when) and not any(fact in true for fact in step.skip_if)
