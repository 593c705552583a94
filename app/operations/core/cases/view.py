"""A case as people see it: what is asked, by whom, what releasing it will do, what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _
from app.operations.core.cases.kinds import KINDS, title
from app.operations.core.cases.recovery import check_texts
from app.operations.core.cases.rows import Case
from app.operations.core.visit import Visit


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case.

    number: as people say it; person: whose login it is about, if it is about one; steps: what releasing it
    does; checks: what was checked; dated: whether it can take effect on a later day; why_not: why the
    reader may not release it, empty if they may; asked_at, decided_at, effective_at, done_at: unix seconds.
    """

    id: int
    number: str
    kind: str
    title: str
    status: str
    customer_number: str
    customer: str
    person: str
    asked_by: str
    asked_at: int
    reason: str
    steps: tuple[str, ...]
    checks: tuple[str, ...]
    dated: bool
    decided_by: str
    decided_at: int | None
    answer: str
    effective_at: int | None
    done_at: int | None
    own: bool
    why_not: str
    version: int


def view(visit: Visit, case: Case) -> CaseView:
    """A case in the reader's language."""
    kind = KINDS.get(case.kind)
    return CaseView(
        id=case.id,
        number=case.spoken,
        kind=case.kind,
        title=title(case.kind),
        status=case.status,
        customer_number=case.customer_number,
        customer=case.customer,
        person=case.person,
        asked_by=case.asker,
        asked_at=case.asked_at,
        reason=case.reason,
        steps=tuple(kind.steps(visit, case)) if kind else (),
        checks=tuple(check_texts(visit, case)),
        dated=kind.dated if kind else False,
        decided_by=case.decider,
        decided_at=case.decided_at,
        answer=case.answer,
        effective_at=case.effective_at,
        done_at=case.done_at,
        own=visit.login_id is not None and case.asked_by == visit.login_id,
        why_not=why_not(visit, case),
        version=case.version,
    )


def why_not(visit: Visit, case: Case) -> str:
    """Why the reader may not release or reject a case; empty if they may."""
    if case.status != "waiting":
        return _("It has been decided.")
    if visit.reach("RELEASE_CASES") is None:
        return _("Our helpdesk releases it.")
    return own_case(visit, case)


def own_case(visit: Visit, case: Case) -> str:
    """The rule of four eyes: who asked for it, or whose login it is about, never decides.

    Nor does another login of the same person, told by its name or its proven mobile number.
    """
    if case.is_of(visit.login_id) or _same_person(visit, case):
        return _("You opened this case, or it is about you: somebody else has to decide.")
    return ""


def _same_person(visit: Visit, case: Case) -> bool:
    rows = visit.rows(
        "SELECT id = :me, name, mobile FROM login WHERE id IN (:me, :asker, :about)",
        me=visit.login_id,
        asker=case.asked_by,
        about=case.login_id,
    )
    mine, theirs = (
        {
            known
            for is_me, name, mobile in rows
            if bool(is_me) is wanted
            for known in (" ".join(name.casefold().split()), mobile)
            if known
        }
        for wanted in (True, False)
    )
    return bool(mine & theirs)
