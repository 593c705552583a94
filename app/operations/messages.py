"""What was sent to people and what they sent, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from app.i18n import _
from app.operations.core import Visit, operation
from app.operations.core.border_notices import LATE
from app.operations.core.notices import MONTH_OVER, NO_NUMBER, SWITCHED_OFF
from app.operations.core.paging import Order, Page, read_page
from app.operations.core.scope import line_in_scope, line_scope
from app.operations.core.topics import UNWANTED

RIGHT = "VIEW_MESSAGES"
NEWEST_FIRST = Order(("at", "serial"), (int, int), descending=True)


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message of one line, or to the people of an account.

    channel: "sms" or "mail"; direction: "out" to `recipient`, "in" from it; status: "queued", "claimed" (on
    its way), "sent", "failed", "muted" or "received"; note: why it was muted or failed, or what an incoming
    one was understood as; at, sent_at: unix seconds; line: the line's number, empty for mail to people.
    """

    id: int
    at: int
    channel: str
    direction: str
    recipient: str
    subject: str
    body: str
    status: str
    note: str
    sent_at: int | None
    line_id: int | None
    line: str
    person: str


COLUMNS = (
    "at, serial, item.id, at, channel, direction, recipient, subject, body, item.status, note, sent_at,"
    " item.line_id, coalesce(line.number, ''), coalesce(line.person, '')"
)
# Incoming and outgoing ones share no counter: even and odd serials keep them apart within one second.
OUT = (
    "SELECT created_at AS at, message.id * 2 + 1 AS serial, message.id AS id, channel, 'out' AS direction,"
    " recipient, subject, body, message.status AS status, error AS note, sent_at, message.line_id AS line_id"
    " FROM message"
)
IN = (
    "SELECT received_at AS at, inbound_sms.id * 2 AS serial, inbound_sms.id AS id, 'sms' AS channel,"
    " 'in' AS direction, sender AS recipient, '' AS subject, text AS body, 'received' AS status,"
    " understood AS note, CAST(NULL AS BIGINT) AS sent_at, line_id"
    " FROM inbound_sms"
)
MATCHES = (
    "(:text = '' OR instr(lower(body), lower(:text)) > 0 OR instr(recipient, :text) > 0)"
    " AND (:channel = '' OR channel = :channel)"
)
PAGE = (
    "SELECT * FROM (SELECT * FROM ({items} WHERE {scope}) AS one"
    " WHERE {{where}} AND {matches} {{order}}) AS page"
)
"""Each direction is cut to the page before the two are merged: the rest is never read out."""


@operation("messages.page", right=RIGHT, changes=False)
def page(
    visit: Visit,
    line_id: int | None = None,
    text: str = "",
    after: str | None = None,
    before: str | None = None,
    limit: int = 128,
    channel: str = "",
) -> Page[MessageRow]:
    """Messages, newest first: those of one line, or all that the visitor may see.

    Args:
        line_id: one line; else all.
        text: part of the text, or of the number or address.
        channel: only "sms" or "mail".
    """
    outgoing, incoming, values = _scopes(visit, line_id)
    sent = PAGE.format(items=OUT, scope=outgoing, matches=MATCHES)
    received = PAGE.format(items=IN, scope=incoming, matches=MATCHES)
    return read_page(
        visit,
        f"SELECT {COLUMNS} FROM ({sent} UNION ALL {received}) AS item"
        " LEFT JOIN line ON line.id = item.line_id {order}",
        NEWEST_FIRST,
        _row,
        after=after,
        before=before,
        limit=limit,
        text=text.strip(),
        channel=channel,
        **values,
    )


def _scopes(visit: Visit, line_id: int | None) -> tuple[str, str, dict[str, Any]]:
    """Conditions for outgoing and incoming messages. Mail has no line, only an account."""
    if line_id is not None:
        line_in_scope(visit, line_id, RIGHT)
        return "line_id = :line_id", "line_id = :line_id", {"line_id": line_id}
    where, values = line_scope(visit, RIGHT)
    if where == "TRUE":
        return "TRUE", "TRUE", values
    of_lines = f"line_id IN (SELECT line.id FROM line WHERE {where})"
    if {"scope_line", "scope_group"} & set(values) or "scope_account" not in values:
        return of_lines, of_lines, values
    return "account_id = :scope_account", of_lines, values


def _row(row: tuple[Any, ...]) -> MessageRow:
    found = MessageRow(*row)
    gone = found.status == "sent" and not found.body
    return replace(
        found,
        note=note_text(found.note),
        body=_("This text is not kept any more.") if gone else found.body,
    )


def note_text(note: str) -> str:
    """Why a message was kept back, in the reader's language; other notes as they are."""
    texts = {
        SWITCHED_OFF: _("Not sent: switched off by SMS."),
        MONTH_OVER: _("Not sent: its month was over."),
        NO_NUMBER: _("Not sent: the line has no telephone number."),
        LATE: _("Not sent: it came too late to be of use."),
        UNWANTED: _("Not sent: switched off under My Data, Notices."),
    }
    return texts.get(note, note)
