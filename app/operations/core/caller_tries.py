"""How often an agent may hear the wrong thing from callers of one customer.

A try is counted before it is checked, in a transaction of its own, so that many at once count as many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.operations.core.visit import Visit

FAILURES: Final = "CASE WHEN telephone_check.locked_until > 0 THEN 1 ELSE telephone_check.failures + 1 END"
"""After a wait the count begins anew."""


@dataclass(frozen=True, slots=True)
class Tries:
    """What is left of them; `locked_until` is 0 while there are any."""

    left: int
    locked_until: int


def tries(visit: Visit, account_id: int) -> Tries:
    """The visitor's tries for a customer now."""
    row = visit.row(
        "SELECT failures, locked_until FROM telephone_check"
        " WHERE login_id = :login AND account_id = :account",
        login=visit.login_id,
        account=account_id,
    )
    most = visit.content.access.help.wrong_passwords
    if row is None or 0 < row[1] <= visit.now:
        return Tries(most, 0)
    return Tries(max(most - row[0], 0), row[1])


def reserve(visit: Visit, account_id: int) -> bool:
    """Count a try; False while the agent has to wait. The last one starts the wait at once.

    After a wait the count begins again.
    """
    limits = visit.content.access.help
    with visit.store.transaction() as tx:
        counted = tx.execute(
            "INSERT INTO telephone_check (login_id, account_id, failures, locked_until)"
            " VALUES (:login, :account, 1, CASE WHEN :most <= 1 THEN :until ELSE 0 END)"
            " ON CONFLICT (login_id, account_id) DO UPDATE SET"
            f" failures = {FAILURES}, locked_until = CASE WHEN {FAILURES} >= :most THEN :until ELSE 0 END"
            " WHERE telephone_check.locked_until <= :now",
            login=visit.login_id,
            account=account_id,
            most=limits.wrong_passwords,
            until=visit.now + limits.wait_seconds,
            now=visit.now,
        ).rowcount
    return counted == 1


def forget(visit: Visit, account_id: int) -> None:
    """The caller was right: earlier mistakes no longer count. In the open transaction."""
    visit.change.execute(
        "DELETE FROM telephone_check WHERE login_id = :login AND account_id = :account",
        login=visit.login_id,
        account=account_id,
    )
