"""Whether a visitor still is who signed in: read from the database at each operation."""

from __future__ import annotations

from app.operations.core.visit import Visit


def still_stands(visit: Visit) -> bool:
    """Whether the login still has the visit's role, and the line that counts as its own.

    Visits without a login have nothing to lose: nobody signed in yet, or the operator's own host.
    """
    if visit.login_id is None:
        return True
    row = visit.row(
        "SELECT login.staff_role, login.line_id, membership.role FROM login LEFT JOIN membership "
        "ON membership.login_id = login.id AND membership.account_id = :account "
        "WHERE login.id = :login AND login.status <> 'disabled'",
        login=visit.login_id,
        account=visit.account_id,
    )
    if row is None or visit.role != (row[0] or row[2]):
        return False
    return visit.own_line_id is None or visit.own_line_id == row[1]
