"""Quotes: a price that was shown, and exactly what is booked when it is accepted."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from app.i18n import _
from app.operations.core.errors import NotFound, Refused
from app.operations.core.visit import Visit

VALID_SECONDS = 1800


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One position net of VAT: cents once, cents a month, micro-euro each time it is really used."""

    text: str
    once_cents: int = 0
    monthly_cents: int = 0
    per_use_micro: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """A price as it was shown; accepting it books this and nothing else.

    operation: which operation made it; lines: positions; notes: what to know before accepting; once_cents,
    monthly_cents: sums of the positions; status: "open", "accepted" or "expired".
    """

    id: int
    operation: str
    lines: tuple[QuoteLine, ...]
    notes: tuple[str, ...]
    once_cents: int
    monthly_cents: int
    created_at: int
    expires_at: int
    status: str


@dataclass(frozen=True, slots=True)
class Booked:
    """What accepting a quote did: the quote as it was shown, the line, its new version, a sentence."""

    quote: Quote
    line_id: int
    version: int
    text: str


def make_quote(
    visit: Visit,
    operation: str,
    account_id: int,
    payload: dict[str, Any],
    lines: list[QuoteLine],
    notes: list[str],
) -> Quote:
    """Store a quote inside the open transaction.

    Args:
        operation: name of the operation that makes it; its module has `book(visit, payload)`.
        payload: everything that booking needs, nothing is worked out again later.
    """
    number = visit.change.added(
        "INSERT INTO quote (operation, account_id, login_id, created_at, expires_at, payload, lines, status) "
        "VALUES (:operation, :account, :login, :now, :expires, :payload, :lines, 'open')"
        " RETURNING id",
        operation=operation,
        account=account_id,
        login=visit.login_id,
        now=visit.now,
        expires=visit.now + VALID_SECONDS,
        payload=json.dumps(payload, sort_keys=True),
        lines=json.dumps({"lines": [asdict(line) for line in lines], "notes": notes}, ensure_ascii=False),
    )
    visit.touch("quote", number)
    return read_quote(visit, number)[0]


def read_quote(visit: Visit, quote_id: int) -> tuple[Quote, dict[str, Any]]:
    """A quote of the visitor's account as it was shown, and its payload.

    Raises:
        NotFound: no such quote, or another customer's.
    """
    row = visit.row(
        "SELECT id, operation, account_id, created_at, expires_at, payload, lines, status FROM quote "
        "WHERE id = :quote",
        quote=quote_id,
    )
    if row is None or not (visit.account_id == row[2] or (visit.is_staff and visit.account_id is None)):
        raise NotFound(_("There is no such quote."), "quote_id")
    payload = json.loads(row[5])
    if not _of_the_service(visit, payload):
        raise NotFound(_("There is no such quote."), "quote_id")
    shown = json.loads(row[6])
    lines = tuple(QuoteLine(**line) for line in shown["lines"])
    status = "expired" if row[7] == "open" and row[4] <= visit.now else row[7]
    quote = Quote(
        id=row[0],
        operation=row[1],
        lines=lines,
        notes=tuple(shown["notes"]),
        once_cents=sum(line.once_cents for line in lines),
        monthly_cents=sum(line.monthly_cents for line in lines),
        created_at=row[3],
        expires_at=row[4],
        status=status,
    )
    return quote, payload


def _of_the_service(visit: Visit, payload: dict[str, Any]) -> bool:
    """Whether a caller who may speak about one service may hear of the quote."""
    service = visit.assistance.group_id if visit.assistance is not None else None
    if service is None:
        return True
    what = payload.get("line")
    if isinstance(what, dict):
        return bool(what.get("group_id") == service)
    row = visit.row("SELECT group_id FROM line WHERE id = :line", line=what)
    return row is not None and row[0] == service


def claim(visit: Visit, quote: Quote) -> None:
    """Mark a quote as accepted; only one of two who accept it at once gets it.

    Raises:
        Refused: it was accepted before, or is too old.
    """
    if quote.status == "expired":
        raise Refused(_("This quote is too old. Ask for a new one; the price may have changed."))
    done = visit.change.execute(
        "UPDATE quote SET status = 'accepted' WHERE id = :quote AND status = 'open'", quote=quote.id
    )
    if done.rowcount != 1:
        raise Refused(_("This quote was accepted before; nothing was booked twice."))
    visit.touch("quote", quote.id)
