"""Releasing and rejecting: by somebody else than who asked, once, in one transaction with what it does."""

from __future__ import annotations

import json
from dataclasses import replace

from app.i18n import _
from app.operations.core import audit
from app.operations.core.cases.kinds import KINDS
from app.operations.core.cases.letters import tell_decision
from app.operations.core.cases.rows import Case, read
from app.operations.core.cases.view import own_case
from app.operations.core.errors import Conflict, Difference, Refused
from app.operations.core.visit import Visit


def at_account(visit: Visit, account_id: int, name: str) -> Visit:
    """The same person writing into a customer's log."""
    if visit.account_id == account_id:
        return replace(visit, touched=[])
    return replace(visit.as_account(account_id, name), assistance=None)


def decide(
    visit: Visit,
    operation: str,
    case: Case,
    status: str,
    *,
    version: int | None,
    answer: str = "",
    effective_at: int | None = None,
) -> Case:
    """Decide one case and write that into the customer's log.

    Args:
        status: released or rejected.
        version: of the case that was read.
        effective_at: from when, in unix seconds; None for when it was asked for, or at once.

    Raises:
        Refused: one's own; that is written down too.
        Conflict: somebody else was quicker; it names who.
    """
    about = at_account(visit, case.account_id, case.customer)
    mine = own_case(visit, case)
    if mine:
        with about.transaction():
            audit.append(about, operation, "refused", objects=f"case:{case.id}")
        raise Refused(mine)
    with about.transaction():
        now = read(about, case.id)
        _check_waiting(now, status, version)
        due = max(effective_at or now.effective_at or 0, about.now)
        done = due <= about.now and status == "released"
        about.change.execute(
            "UPDATE service_case SET status = :status, decided_by = :by, decided_at = :now, answer = :answer,"
            " effective_at = :due, done_at = :done, version = version + 1 WHERE id = :id",
            status=status,
            by=about.login_id,
            now=about.now,
            answer=answer,
            due=due if status == "released" else None,
            done=about.now if done else None,
            id=now.id,
        )
        about.touch("case", now.id)
        if done:
            KINDS[now.kind].carry_out(about, now)
        decided = read(about, now.id)
        tell_decision(about, decided, released=status == "released")
        audit.append(about, operation, "done", personal(decided))
    return decided


def personal(case: Case) -> str:
    """What the log says of a case: what was, what is asked, by whom, why."""
    said = {"case": case.spoken, **case.payload, "asked_by": case.asker, "reason": case.reason}
    return json.dumps({**said, "answer": case.answer})


def _check_waiting(case: Case, wanted: str, version: int | None) -> None:
    if case.status == "waiting" and version in (None, case.version):
        return
    text = _("Case {number} was decided meanwhile by {person}. Nothing was done twice.")
    if case.status == "withdrawn":
        text = _("Case {number} was withdrawn meanwhile by {person}. Nothing was done.")
    raise Conflict(
        text.format(number=case.spoken, person=case.decider or _("somebody else")),
        (Difference("status", "waiting", case.status, wanted),),
        case.version,
    )
