"""Notes: what staff write down about a customer for each other."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _
from app.operations.core import Invalid, Refused, Visit, operation
from app.operations.core.paging import Order, Page, read_page

LONGEST = 4000
NEWEST_FIRST = Order(("account_note.id",), (int,), descending=True)


@dataclass(frozen=True, slots=True)
class Note:
    """One note; `at` in unix seconds."""

    id: int
    at: int
    person: str
    text: str


@operation("notes.page", right="HELP_CALLERS", changes=False)
def page(visit: Visit, after: str | None = None, before: str | None = None, limit: int = 128) -> Page[Note]:
    """Notes about the customer who is helped, the newest first.

    Args:
        after: the page below the row with this key.
        before: the page above the row with this key.
        limit: rows of the page.
    """
    return read_page(
        visit,
        "SELECT account_note.id, account_note.id, at, coalesce(login.name, ''), text FROM account_note"
        " LEFT JOIN login ON login.id = login_id WHERE account_id = :account AND {where} {order}",
        NEWEST_FIRST,
        lambda row: Note(*row),
        after=after,
        before=before,
        limit=limit,
        account=_customer(visit),
    )


@operation("notes.add", right="HELP_CALLERS")
def add(visit: Visit, text: str) -> int:
    """Write a note about the customer who is helped; its number.

    Args:
        text: what colleagues should know; no passwords.
    """
    text = text.strip()
    if not text:
        raise Invalid(_("Write something."), "text")
    if len(text) > LONGEST:
        raise Invalid(_("Use {most} characters at most.").format(most=LONGEST), "text")
    row = visit.change.row(
        "INSERT INTO account_note (account_id, login_id, at, text) VALUES (:account, :login, :now, :text)"
        " RETURNING id",
        account=_customer(visit),
        login=visit.login_id,
        now=visit.now,
        text=text,
    )
    assert row is not None
    visit.touch("note", row[0])
    return int(row[0])


def _customer(visit: Visit) -> int:
    """The customer whose caller was verified."""
    if visit.assistance is None or visit.account_id is None:
        raise Refused(_("Verify a caller of this customer first."))
    return visit.account_id
