"""An agent's time for a customer whose caller was verified: how it stands, more of it, and its end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.i18n import _
from app.operations.core import Refused, Visit, operation
from app.operations.core.visit import Assistance


@dataclass(frozen=True, slots=True)
class Help:
    """The help that is going on.

    verified_by: telephone_password, mail_code or sms_code; started_at, expires_at: unix seconds.
    """

    customer_number: str
    customer: str
    caller: str
    caller_kind: str
    service: str
    verified_by: str
    reason: str
    started_at: int
    expires_at: int


@operation("assistance.current", right="HELP_CALLERS", changes=False)
def current(visit: Visit) -> Help | None:
    """Whom the agent helps now; nothing where nobody."""
    if visit.assistance is None:
        return None
    row = visit.row(
        "SELECT account.number, account.name, caller_name, caller_kind, coalesce(line_group.name, ''),"
        " verified_by, reason, started_at, expires_at FROM assistance"
        " JOIN account ON account.id = assistance.account_id"
        " LEFT JOIN line_group ON line_group.id = assistance.group_id WHERE assistance.id = :id",
        id=visit.assistance.id,
    )
    return Help(*row) if row else None


@operation("assistance.extend", right="HELP_CALLERS")
def extend(visit: Visit) -> Assistance:
    """Take more time for the customer while the caller is still on the line.

    There is never more time ahead than a call has at its beginning.
    """
    assistance, limits = _mine(visit), visit.content.access.help
    row = visit.change.row(
        "UPDATE assistance SET expires_at = min(expires_at + :more, :now + :whole) WHERE id = :id"
        " RETURNING expires_at",
        more=limits.extension_seconds,
        now=visit.now,
        whole=limits.seconds,
        id=assistance.id,
    )
    assert row is not None
    visit.touch("assistance", assistance.id)
    return replace(assistance, expires_at=row[0])


@operation("assistance.end", right="HELP_CALLERS")
def end(visit: Visit) -> None:
    """End the help for the customer."""
    assistance = _mine(visit)
    visit.change.execute(
        "UPDATE assistance SET ended_at = :now WHERE id = :id", now=visit.now, id=assistance.id
    )
    visit.touch("assistance", assistance.id)


def _mine(visit: Visit) -> Assistance:
    if visit.assistance is None:
        raise Refused(_("You help nobody now. Verify a caller first."))
    return visit.assistance
