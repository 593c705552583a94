"""How often an agent may hear the wrong thing from callers of one customer.

A try is counted before it is checked, in a transaction of its own, so that many at once count as many.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.operations.core.visit import Visit


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
            " VALUES (:login, :account, 1, iif(:most <= 1, :until, 0))"
            " ON CONFLICT (login_id, account_id) DO UPDATE SET"
            " failures = iif(locked_until > 0, 1, failures + 1),"
            " locked_until = iif(iif(locked_until > 0, 1, failures + 1) >= :most, :until, 0)"
            " WHERE locked_until <= :now",
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
