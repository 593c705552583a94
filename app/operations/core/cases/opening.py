"""Opening a case: one row, and never two that ask the same of the same."""

from __future__ import annotations

import json
from typing import Any

from app.i18n import _
from app.operations.core.cases.rows import spoken
from app.operations.core.errors import Invalid, Refused
from app.operations.core.visit import Visit

LONGEST_TEXT = 200
LONGEST_REASON = 300


def open_case(
    visit: Visit,
    kind: str,
    payload: dict[str, Any],
    *,
    reason: str = "",
    login_id: int | None = None,
    effective_at: int | None = None,
) -> int:
    """Write a case that waits for a second pair of eyes, in the open transaction; its id.

    Args:
        kind: one of those of models.helpdesk.ServiceCase.
        payload: what releasing it needs to know; it holds no secret.
        login_id: whose login it is about.
        effective_at: from when it is asked for, in unix seconds; None for at once.

    Raises:
        Refused: the same is waiting already.
    """
    waiting = visit.row(
        "SELECT id FROM service_case WHERE account_id = :account AND kind = :kind AND status = 'waiting'"
        " AND coalesce(login_id, 0) = coalesce(:login, 0)",
        account=visit.account_id,
        kind=kind,
        login=login_id,
    )
    if waiting is not None:
        text = _("Case {number} asks for this already. Withdraw it first, or wait for its answer.")
        raise Refused(text.format(number=spoken(waiting[0])))
    row = visit.change.row(
        "INSERT INTO service_case (kind, account_id, login_id, asked_by, asked_at, payload, reason, status,"
        " effective_at, version) VALUES (:kind, :account, :login, :by, :now, :payload, :reason, 'waiting',"
        " :effective, 1) RETURNING id",
        kind=kind,
        account=visit.account_id,
        login=login_id,
        by=visit.login_id,
        now=visit.now,
        payload=json.dumps(payload),
        reason=reason_text(reason),
        effective=effective_at,
    )
    assert row is not None
    visit.touch("case", row[0])
    return int(row[0])


def account_of(visit: Visit) -> tuple[str, str]:
    """Kind and name of the customer that is worked for.

    Raises:
        Refused: no customer is open.
    """
    row = visit.row("SELECT kind, name FROM account WHERE id = :account", account=visit.account_id)
    if row is None:
        raise Refused(_("No customer is open."))
    return row[0], row[1]


def one_line(text: str, field: str) -> str:
    """A name as it is stored: one line, not empty.

    Raises:
        Invalid: it is empty or too long.
    """
    text = " ".join(text.split())
    if not text:
        raise Invalid(_("Fill this in."), field)
    if len(text) > LONGEST_TEXT:
        raise Invalid(_("Use {most} characters at most.").format(most=LONGEST_TEXT), field)
    return text


def reason_text(text: str) -> str:
    """A reason as it is stored."""
    text = " ".join(text.split())
    if len(text) > LONGEST_REASON:
        raise Invalid(_("Use {most} characters at most.").format(most=LONGEST_REASON), "reason")
    return text


def address(text: str, field: str) -> str:
    """An e-mail address in its usual form; nothing is looked up.

    Raises:
        Invalid: it is none.
    """
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Invalid(_("Write an address like name@example.org."), field) from error
