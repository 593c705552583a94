"""Released cases whose day has come: carried out by the worker, each in a transaction of its own."""

from __future__ import annotations

from app.operations.core import audit
from app.operations.core.cases.deciding import personal
from app.operations.core.cases.kinds import KINDS
from app.operations.core.cases.rows import read, spoken
from app.operations.core.errors import OperationError
from app.operations.core.outbox import raise_alert
from app.operations.core.visit import Visit

DUE = "status = 'released' AND done_at IS NULL AND effective_at <= :now"


def carry_out_cases(visit: Visit) -> int:
    """Do what has been released for a day that has begun; how many cases.

    One that cannot be done any more is told to staff and stays as it is.
    """
    done = 0
    for case_id, account_id in visit.rows(
        f"SELECT id, account_id FROM service_case WHERE {DUE} ORDER BY effective_at, id", now=visit.now
    ):
        about = visit.as_account(account_id, "")
        try:
            with about.transaction() as tx:
                tx.execute("UPDATE service_case SET done_at = :now WHERE id = :id", now=visit.now, id=case_id)
                case = read(about, case_id)
                about.touch("case", case_id)
                KINDS[case.kind].carry_out(about, case)
                audit.append(about, "worker.carry_out_cases", "done", personal(case))
            done += 1
        except OperationError as error:
            with about.transaction() as tx:
                raise_alert(
                    tx, f"case:{case_id}", "case_failed", f"case:{spoken(case_id)} {error.message}", visit.now
                )
    return done
