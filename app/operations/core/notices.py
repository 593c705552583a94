"""Messages about use: one for each mark that a line passes, written in the transaction that rates.

Which switch mutes which message follows the service description of the short codes: BERICHT the use
of data abroad, LIMIET the notices of limits abroad. The notice on data at home and in the EU has no short
code, and what blocks or answers is always said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from app.clock import month_of
from app.content import Content
from app.i18n import use_language
from app.operations.core.marks import Mark
from app.operations.core.notice_texts import text_of
from app.operations.core.outbox import enqueue
from app.operations.core.sms_words import help_text
from app.rating.codes import Crossing
from app.store import Transaction

LEVELS: Final = (
    (Crossing.NOTICE_80, Crossing.NOTICE_100),
    (Crossing.ROAMING_80, Crossing.ROAMING_100),
    (Crossing.LIMIT_80, Crossing.LIMIT_100, Crossing.LIMIT_200),
    (Crossing.BUNDLE_80, Crossing.BUNDLE_100, Crossing.BUNDLE_CAP),
)
"""Marks of one kind, ascending: of several at once the highest is told, and none below one already told."""
SWITCHES: Final = {
    Crossing.BUNDLE_START: "tell_usage",
    Crossing.BUNDLE_80: "tell_usage",
    Crossing.BUNDLE_100: "tell_usage",
    Crossing.ROAMING_80: "tell_limit",
    Crossing.ROAMING_100: "tell_limit",
    Crossing.LIMIT_80: "tell_limit",
}
"""The column of `line` that mutes a message; what is not here is always sent."""
ANSWERS: Final = (
    Crossing.LIFTED_100,
    Crossing.LIFTED_200,
    Crossing.ANSWER_REFUSED,
    Crossing.ANSWER_IDLE,
)
SWITCHED_OFF, MONTH_OVER, NO_NUMBER = "switched off", "month over", "no number"
"""Why a message is kept for reading and not sent."""


def queue_crossings(
    tx: Transaction, content: Content, line_id: int, crossings: Iterable[Mark], now: int
) -> int:
    """Queue the SMS about marks that a line passed; how many messages are new.

    Give every mark of `marks.marks_of`, again and again as a month is replayed: one mark is told once.
    """
    found = list(crossings)
    if not found:
        return 0
    line = _line(tx, line_id)
    with use_language(line["language"]):
        return sum(_queue(tx, content, line, mark, now) for mark in _told(tx, line_id, found))


def key_of(line_id: int, mark: Mark) -> str:
    """The reason for sending. A raised limit or notice can be reached again, so its value is part of it."""
    start = f"sms:{line_id}:{mark.month}"
    if mark.kind in ANSWERS:
        return answer_key(line_id, mark.month, mark.at, mark.tie)
    name = mark.kind.name.lower().replace("_", "-") if mark.kind.name else str(int(mark.kind))
    if mark.bundle_no:
        return f"{start}:{name}:{mark.bundle_class}:{mark.bundle_number}"
    return f"{start}:{name}:{mark.value}"


def answer_key(line_id: int, month: int, at: int, tie: int) -> str:
    """The reason for the reply to one answer, whatever becomes of it."""
    return f"sms:{line_id}:{month}:answer:{at}:{tie}"


def _line(tx: Transaction, line_id: int) -> dict[str, Any]:
    columns = "line.id, line.number, account_id, tell_usage, tell_border, tell_limit, account.language"
    row = tx.row(
        f"SELECT {columns} FROM line JOIN account ON account.id = line.account_id WHERE line.id = :line",
        line=line_id,
    )
    if row is None:
        raise LookupError(f"no line {line_id}")
    names = ("id", "number", "account_id", "tell_usage", "tell_border", "tell_limit", "language")
    return dict(zip(names, row, strict=True))


def _told(tx: Transaction, line_id: int, found: list[Mark]) -> list[Mark]:
    """Those marks that are not overtaken by a higher one of the same record, or by one told before."""
    reached = {(mark.at, mark.tie, mark.bundle_no, mark.kind) for mark in found}
    return [
        mark
        for mark in found
        if not any((mark.at, mark.tie, mark.bundle_no, kind) in reached for kind in _above(mark.kind))
        and not _overtaken(tx, line_id, mark)
    ]


def _above(kind: Crossing) -> tuple[Crossing, ...]:
    for levels in LEVELS:
        if kind in levels:
            return levels[levels.index(kind) + 1 :]
    return ()


def _overtaken(tx: Transaction, line_id: int, mark: Mark) -> bool:
    """A replay may split what one record had passed at once: 80 % is no news after 100 % was told."""
    keys = [key_of(line_id, replace(mark, kind=kind)) for kind in _above(mark.kind)]
    return any(tx.row("SELECT 1 FROM message WHERE key = :key", key=key) for key in keys)


def _queue(tx: Transaction, content: Content, line: dict[str, Any], mark: Mark, now: int) -> bool:
    body = (
        help_text(content.operator.sms_short_code)
        if mark.kind == Crossing.ANSWER_IDLE
        else text_of(mark, content)
    )
    return (
        enqueue(
            tx,
            key_of(line["id"], mark),
            "sms",
            line["number"],
            body,
            now,
            account_id=line["account_id"],
            line_id=line["id"],
            muted=_muted(line, mark, month_of(now, content.operator.time_zone)),
        )
        is not None
    )


def _muted(line: dict[str, Any], mark: Mark, this_month: int) -> str:
    """Why the message is not sent; empty if it is."""
    if not line["number"].startswith("+"):
        return NO_NUMBER
    if mark.month != this_month:
        return MONTH_OVER
    switch = SWITCHES.get(mark.kind)
    return SWITCHED_OFF if switch and not line[switch] else ""
