"""Cases as stored, and as they are shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.i18n import _
from app.operations.core.errors import NotFound
from app.operations.core.visit import Visit
from app.store import Row

FIRST_NUMBER = 1000
COLUMNS = (
    "service_case.id, service_case.kind, service_case.status, service_case.version,"
    " service_case.account_id, account.number, account.name, account.kind, service_case.login_id,"
    " coalesce(about.name, ''), asked_by, coalesce(asker.name, ''), coalesce(asker.staff_role, '') <> '',"
    " asked_at, payload, reason, coalesce(decider.name, ''), decided_at, answer, effective_at, done_at"
)
TABLES = (
    "service_case JOIN account ON account.id = service_case.account_id"
    " LEFT JOIN login AS about ON about.id = service_case.login_id"
    " LEFT JOIN login AS asker ON asker.id = asked_by"
    " LEFT JOIN login AS decider ON decider.id = decided_by"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A case as stored. `payload`: what was, what is asked, the ids of the checks that were made.

    login_id, person: whose login it is about, where it is about one; asked_at, decided_at, effective_at,
    done_at: unix seconds.
    """

    id: int
    kind: str
    status: str
    version: int
    account_id: int
    customer_number: str
    customer: str
    customer_kind: str
    login_id: int | None
    person: str
    asked_by: int | None
    asker: str
    asked_by_staff: bool
    asked_at: int
    payload: Mapping[str, Any]
    reason: str
    decider: str
    decided_at: int | None
    answer: str
    effective_at: int | None
    done_at: int | None

    def said(self, name: str) -> str:
        """A text of the payload."""
        return str(self.payload.get(name, ""))

    @property
    def spoken(self) -> str:
        """Its number, as people say it."""
        return spoken(self.id)

    def is_of(self, login_id: int | None) -> bool:
        """Whether this login asked for it, or it is about this login."""
        return login_id is not None and login_id in (self.asked_by, self.login_id)


def spoken(case_id: int) -> str:
    """The number of a case, as people say it: C-1042."""
    return f"C-{FIRST_NUMBER + case_id}"


def case_of(row: Row) -> Case:
    """A row of COLUMNS."""
    values = list(row)
    values[12], values[14] = bool(values[12]), json.loads(values[14])
    return Case(*values)


def read(visit: Visit, case_id: int, condition: str = "TRUE", **values: Any) -> Case:
    """One case, where it meets a condition.

    Raises:
        NotFound: there is none, or not for this visitor.
    """
    row = visit.row(
        f"SELECT {COLUMNS} FROM {TABLES} WHERE service_case.id = :case AND {condition}",
        case=case_id,
        **values,
    )
    if row is None:
        raise NotFound(_("There is no such case."), "case_id")
    return case_of(row)
