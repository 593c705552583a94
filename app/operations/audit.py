"""Who did what: the pages of the audit chain, and the proof that nobody changed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.operations.core import Visit, operation
from app.operations.core.audit import ChainReport
from app.operations.core.audit import verify as walk
from app.operations.core.paging import Order, Page, read_page

NEWEST_FIRST = Order(("audit.seq",), (int,), descending=True)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row: what was done, to which objects, by whom. `personal` holds the erasable arguments."""

    seq: int
    at: int
    person: str
    role: str
    channel: str
    operation: str
    object: str
    outcome: str
    personal: str

    @property
    def id(self) -> int:
        """What tells it from the others in a list."""
        return self.seq


@operation("audit.page", right="VIEW_AUDIT", changes=False)
def page(
    visit: Visit, after: str | None = None, before: str | None = None, limit: int = 128, text: str = ""
) -> Page[AuditEntry]:
    """What was done, newest first.

    Args:
        after: the page below the row with this key.
        before: the page above the row with this key.
        limit: rows of the page.
        text: part of the operation's name or of the object, as line:5.
    """
    condition, values = _scope(visit)
    if text:
        condition += " AND (instr(audit.operation, :text) OR instr(audit.object, :text))"
        values["text"] = text
    return read_page(
        visit,
        "SELECT audit.seq, audit.seq, audit.at, coalesce(login.name, ''), audit.role, audit.channel, "
        "audit.operation, audit.object, audit.outcome, coalesce(audit_personal.text, '') FROM audit "
        "LEFT JOIN login ON login.id = audit.login_id LEFT JOIN audit_personal USING (seq) "
        f"WHERE {condition} AND {{where}} {{order}}",
        NEWEST_FIRST,
        lambda row: AuditEntry(*row),
        after=after,
        before=before,
        limit=limit,
        **values,
    )


@operation("audit.verify", right="VERIFY_AUDIT", changes=False)
def verify(visit: Visit) -> ChainReport:
    """Check the whole log: names the first row that was changed, removed or moved, or a tail cut off."""
    return walk(visit)


def _scope(visit: Visit) -> tuple[str, dict[str, Any]]:
    """Staff see everything until they open an account; customers their own account's rows."""
    reach = visit.reach("VIEW_AUDIT")
    if reach == "any" and visit.account_id is None:
        return "1", {}
    return "audit.account_id = :account", {"account": visit.account_id}
