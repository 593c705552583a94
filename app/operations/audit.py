"""Who did what: the pages of the audit chain in plain words, and the proof that nobody changed it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from app.operations.core import Visit, audit_words, operation
from app.operations.core.audit import ChainReport
from app.operations.core.audit import verify as walk
from app.operations.core.paging import Order, Page, read_page

NEWEST_FIRST = Order(("audit.seq",), (int,), descending=True)
COLUMNS = (
    "audit.seq, audit.at, coalesce(login.name, ''), audit.role, audit.channel, audit.operation, audit.object,"
    " audit.outcome, coalesce(audit_personal.text, ''), coalesce(account.name, ''),"
    " coalesce(assistance.caller_name, ''), coalesce(assistance.caller_kind, ''),"
    " coalesce(assistance.reason, '')"
)
TABLES = (
    "audit LEFT JOIN login ON login.id = audit.login_id LEFT JOIN audit_personal USING (seq)"
    " LEFT JOIN account ON account.id = audit.account_id"
    " LEFT JOIN assistance ON assistance.id = audit.assistance_id"
)
MOST_LINES = 100
"""Lines whose rows are found by a part of their number."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row: who did what, when, to what, for whom.

    person: who; empty for the operator's own machine and for who had not signed in. account: the customer it
    was for. caller, caller_kind, reason: on whose behalf an agent did it, and why; the reason also where the
    person wrote one down. what, about, details: the operation in words, the objects by their names, old and
    new values or what was asked; empty once that part was erased. `personal` is the erasable part itself.
    """

    seq: int
    at: int
    person: str
    role: str
    channel: str
    operation: str
    object: str
    outcome: str
    personal: str
    account: str
    caller: str
    caller_kind: str
    reason: str
    what: str = ""
    about: str = ""
    details: tuple[str, ...] = ()

    @property
    def id(self) -> int:
        """What tells it from the others in a list."""
        return self.seq


@operation("audit.page", right="VIEW_AUDIT", changes=False)
def page(
    visit: Visit,
    after: str | None = None,
    before: str | None = None,
    limit: int = 128,
    text: str = "",
    outcome: str = "",
) -> Page[AuditEntry]:
    """What was done, newest first.

    Args:
        after: the page below the row with this key.
        before: the page above the row with this key.
        limit: rows of the page.
        text: part of what was done, of who did it, of a line's number, or of an object, as line:5.
        outcome: done, refused or failed; empty for all.
    """
    condition, values = _scope(visit)
    if outcome:
        condition += " AND audit.outcome = :outcome"
        values["outcome"] = outcome
    if text.strip():
        wanted, named = _filter(visit, text.strip())
        condition += wanted
        values |= named
    found = read_page(
        visit,
        f"SELECT audit.seq, {COLUMNS} FROM {TABLES} WHERE {condition} AND {{where}} {{order}}",
        NEWEST_FIRST,
        lambda row: AuditEntry(*row),
        after=after,
        before=before,
        limit=limit,
        **values,
    )
    names = audit_words.object_names(visit, (entry.object for entry in found.rows))
    return replace(found, rows=tuple(_in_words(entry, names) for entry in found.rows))


@operation("audit.verify", right="VERIFY_AUDIT", changes=False)
def verify(visit: Visit) -> ChainReport:
    """Check the whole log: names the first row that was changed, removed or moved, or a tail cut off."""
    return walk(visit)


def _in_words(entry: AuditEntry, names: dict[str, str]) -> AuditEntry:
    return replace(
        entry,
        what=audit_words.operation_words(entry.operation),
        about=audit_words.about(entry.object, names),
        details=audit_words.details(entry.personal),
        reason=entry.reason or audit_words.reason_of(entry.personal),
    )


def _filter(visit: Visit, text: str) -> tuple[str, dict[str, Any]]:
    """What a typed text narrows the log to."""
    digits = "".join(text.split()).lstrip("+0")
    lines = (
        visit.rows(
            "SELECT id FROM line WHERE (:account IS NULL OR account_id = :account)"
            " AND instr(number, :digits) > 0 LIMIT :most",
            account=visit.account_id,
            digits=digits,
            most=MOST_LINES,
        )
        if len(digits) > 2 and digits.isdecimal()
        else []
    )
    condition = (
        " AND (audit.operation IN (SELECT value FROM json_each(:operations)) OR"
        " instr(audit.operation, :text) > 0 OR instr(audit.object, :text) > 0"
        " OR instr(lower(login.name), lower(:text)) > 0 OR EXISTS (SELECT 1 FROM json_each(:objects)"
        " WHERE instr(',' || audit.object || ',', ',' || value || ',') > 0))"
    )
    return condition, {
        "text": text,
        "operations": json.dumps(audit_words.operations_like(text)),
        "objects": json.dumps([f"line:{number}" for (number,) in lines]),
    }


def _scope(visit: Visit) -> tuple[str, dict[str, Any]]:
    """Staff see everything until they open an account; customers their own account's rows."""
    reach = visit.reach("VIEW_AUDIT")
    if reach == "any" and visit.account_id is None:
        return "TRUE", {}
    return "audit.account_id = :account", {"account": visit.account_id}
