"""What an erasure would take away, what stays and why, and what has to end before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from app.clock import month_bounds
from app.content.retention import in_force
from app.i18n import _, mark
from app.operations.core.privacy.owners import LINES
from app.operations.core.visit import Visit
from app.units import date

PARTS = (
    (
        mark("people who sign in"),
        "login WHERE id IN (SELECT login_id FROM membership WHERE account_id = :account)",
    ),
    (mark("contacts"), "contact WHERE account_id = :account"),
    (mark("names and numbers of lines"), "line WHERE account_id = :account"),
    (mark("messages"), f"message WHERE account_id = :account OR line_id IN {LINES}"),
    (mark("texts that were received"), f"inbound_sms WHERE line_id IN {LINES}"),
    (mark("numbers that were called"), f"usage_record WHERE line_id IN {LINES} AND number <> 0"),
    (mark("invitations"), "invitation WHERE account_id = :account"),
    (mark("requests and calls"), "service_case WHERE account_id = :account"),
    (mark("notes"), "account_note WHERE account_id = :account"),
    (
        mark("names in the activity log"),
        "audit_personal WHERE seq IN (SELECT seq FROM audit WHERE account_id = :account)",
    ),
)
BOOKS = (
    (mark("invoices, with the names that stand on them"), "invoice WHERE account_id = :account"),
    (mark("payments, without names"), "booking WHERE account_id = :account AND kind = 'payment'"),
    (mark("rated records, without names"), f"usage_record WHERE line_id IN {LINES}"),
    (mark("closed months, without names"), "closing WHERE account_id = :account"),
    (mark("accepted prices, without names"), "quote WHERE account_id = :account AND status = 'accepted'"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Something that goes, and how much of it there is."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that stays: how much, because of which law, until which day; empty where no law is known."""

    what: str
    count: int
    why: str
    until: str


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What an erasure does. hinders: what has to end before it can be released."""

    goes: tuple[Part, ...]
    stays: tuple[Kept, ...]
    hinders: tuple[str, ...]


def preview(visit: Visit, account_id: int) -> ErasurePreview:
    """Count what would go and what would stay."""
    goes = (Part(_(what), _count(visit, source, account_id)) for what, source in PARTS)
    why, until = _law(visit, account_id)
    stays = (Kept(_(what), _count(visit, source, account_id), why, until) for what, source in BOOKS)
    return ErasurePreview(
        tuple(each for each in goes if each.count),
        tuple(each for each in stays if each.count),
        tuple(hindrances(visit, account_id)),
    )


def hindrances(visit: Visit, account_id: int) -> list[str]:
    """What still runs: nobody can be forgotten who is served."""
    row = visit.row(
        "SELECT count(*), max(coalesce(ends_at, 0)) FROM line WHERE account_id = :account"
        " AND status <> 'ended' AND (ends_at IS NULL OR ends_at > :now)",
        account=account_id,
        now=visit.now,
    )
    if row is not None and row[0]:
        text = _("{count} lines still run: cancel them and wait for their end first.")
        return [text.format(count=row[0])]
    if _last_invoice_to_come(visit, account_id):
        return [_("The last invoice is still to come, with the name on it: wait for the next month.")]
    return []


def _last_invoice_to_come(visit: Visit, account_id: int) -> bool:
    """Whether a line ran in a month after the newest that was invoiced."""
    row = visit.row("SELECT max(month) FROM invoice WHERE account_id = :account", account=account_id)
    if row is None or row[0] is None:
        return False
    ran = visit.row(
        "SELECT 1 FROM line WHERE account_id = :account AND ends_at > :invoiced LIMIT 1",
        account=account_id,
        invoiced=month_bounds(int(row[0]), visit.zone)[1],
    )
    return ran is not None


def _law(visit: Visit, account_id: int) -> tuple[str, str]:
    """The law that keeps the books, and until when."""
    today = datetime.fromtimestamp(visit.now, UTC).date()
    rule = in_force(visit.content.retention, visit.content.operator.home_country, "books", today)
    if rule is None:
        return _("as the law of the operator's country says"), ""
    last = visit.row(f"SELECT max(start) FROM usage_record WHERE line_id IN {LINES}", account=account_id)
    written = datetime.fromtimestamp(last[0], UTC).date() if last and last[0] else today
    end = rule.until(max(written, today))
    noon = int(datetime(end.year, end.month, end.day, 12, tzinfo=UTC).timestamp())
    return rule.law, date(noon, visit.zone)


def _count(visit: Visit, source: str, account_id: int) -> int:
    row = visit.row(f"SELECT count(*) FROM {source}", account=account_id)
    return int(row[0]) if row else 0
