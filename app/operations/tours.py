"""Tasks that are shown step by step: which there are for whom, which can be done now, which are learnt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.content import Content
from app.content.tours import AUDIENCES, Tour
from app.i18n import language
from app.operations.core import Visit, operation
from app.operations.core.tours.asking import facts_of
from app.operations.core.tours.reasons import Reason, facts_needed, may, reason_of
from app.operations.core.tours.runs import NEW, Progress, State, progress
from app.operations.core.tours.statistics import StepRow, steps_of

AREAS: Final = ("sign_in", "dashboard", "services", "my_products", "my_data", "info", "support", "helpdesk")
"""In the order in which tasks are listed."""
DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task in the reader's language.

    area: where it is done; service: "mobile", or empty; possible: whether it can be done now, else `reason`
    says why not and `who` who can help (may be empty); state: new, begun or done; step: where a begun one is
    taken up again; introduces: it is offered at the first sign-in.
    """

    id: str
    title: str
    area: str
    service: str
    minutes: int
    steps: int
    possible: bool
    reason: str
    who: str
    state: State
    step: str
    introduces: bool


@dataclass(frozen=True, slots=True)
class LearntRow:
    """A task of the checklist; done_at: when its tour was last finished."""

    id: str
    title: str
    area: str
    state: State
    done_at: int | None


@operation("tours.tasks", right="SIGN_IN", changes=False)
def tasks(visit: Visit, area: str = "", service: str = "") -> list[TaskRow]:
    """Tasks that the portal shows step by step, with those that are not possible now and why.

    Args:
        area: only of this area: sign_in, dashboard, services, my_products, my_data, info, support, helpdesk.
        service: only of this service, as mobile; those of no service are left out.
    """
    tours = [
        tour
        for tour in tours_for(visit.content, audiences(visit))
        if area in ("", tour.area) and service in ("", tour.service)
    ]
    facts = facts_of(visit, facts_needed(tours))
    known = progress(visit)
    own = audiences(visit)[0]
    return [_task(tour, reason_of(visit, tour, facts), known.get(tour.id, NEW), own) for tour in tours]


@operation("tours.facts", right="SIGN_IN", changes=False)
def facts(visit: Visit) -> dict[str, bool]:
    """What tours may ask for (`has:line`), and whether it is there now."""
    return facts_of(visit)


@operation("tours.learnt", right="SIGN_IN", changes=False)
def learnt(visit: Visit) -> list[LearntRow]:
    """Your checklist: the tasks that you may do, and which of their tours you have finished."""
    known = progress(visit)
    found = []
    for tour in tours_for(visit.content, audiences(visit)):
        if may(visit, tour):
            there = known.get(tour.id, NEW)
            title = tour.title.in_language(language())
            found.append(LearntRow(tour.id, title, tour.area, there.state, there.done_at))
    return found


@operation("tours.worst", right="RUN_WORKER", changes=False)
def worst(visit: Visit, days: int = 30, limit: int = 20) -> list[StepRow]:
    """The steps at which most people gave up and did not do the task within ten minutes.

    Args:
        days: of the tours that were begun in so many days.
        limit: the most steps to list.
    """
    return steps_of(visit, visit.now - days * DAY, limit)


def all_tasks(content: Content) -> list[TaskRow]:
    """Every task, in the language in force, as nobody in particular sees it; needs no database."""
    return [_task(tour, Reason(), NEW) for tour in tours_for(content, AUDIENCES)]


def visitor_tasks(content: Content) -> list[TaskRow]:
    """The tasks of who has not signed in, in the language in force; needs no database."""
    return [_task(tour, Reason(), NEW) for tour in tours_for(content, ("visitor",))]


def audiences(visit: Visit) -> tuple[str, ...]:
    """For whom a tour may be that the visitor is shown. Staff do for customers what customers do."""
    if visit.is_staff:
        return ("staff", "customer")
    return ("visitor",) if visit.role in ("", "visitor", "kiosk") else ("customer",)


def tours_for(content: Content, audiences: Iterable[str]) -> list[Tour]:
    """The tours for some audiences, area by area, by their titles."""
    wanted, reader = set(audiences), language()
    found = [tour for tour in content.tours.tours.values() if tour.audience in wanted]
    return sorted(found, key=lambda tour: (AREAS.index(tour.area), tour.title.in_language(reader).casefold()))


def _task(tour: Tour, lacks: Reason, there: Progress, own: str = "") -> TaskRow:
    """A task; to whom the audience `own` is, only a tour for it introduces the portal."""
    return TaskRow(
        id=tour.id,
        title=tour.title.in_language(language()),
        area=tour.area,
        service=tour.service,
        minutes=tour.minutes,
        steps=len(tour.steps),
        possible=not lacks.why,
        reason=lacks.why,
        who=lacks.who,
        state=there.state,
        step=there.step,
        introduces=tour.introduces and own in ("", tour.audience),
    )
