"""Messages that users send to the short code: switches, help, and answers to the message of a block."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import month_of
from app.i18n import _, use_language
from app.operations.core import Visit, operation
from app.operations.core.notices import answer_key
from app.operations.core.numbers import international, line_of_number
from app.operations.core.outbox import enqueue
from app.operations.core.sms_words import ANSWERS, HELP, SWITCHES, help_text, normalise, split_switch
from app.rating.codes import Kind

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class SmsReply:
    """What became of a message: `understood` is a command, "ANSWER", "HELP", "UNKNOWN" or "UNKNOWN SENDER".

    reply: the text that is sent back, empty if none is.
    """

    id: int
    line_id: int | None
    understood: str
    reply: str


@operation("sms.receive", right="RECEIVE_SMS")
def receive(visit: Visit, sender: str, text: str) -> SmsReply:
    """Take in a message that a user sent to the short code, and answer it.

    Args:
        sender: the number it came from.
        text: what it says: BERICHT, INFO or LIMIET with AAN or UIT, HELP, or the answer to a block.
    """
    number = international(sender, visit.content)
    line_id = line_of_number(visit, number)
    inbound = _store(visit, number, text, line_id)
    visit.touch("inbound_sms", inbound)
    if line_id is None:
        return _settle(visit, inbound, None, "UNKNOWN SENDER", None)
    visit.touch("line", line_id)
    language = visit.row(
        "SELECT language FROM account WHERE id = (SELECT account_id FROM line WHERE id = :line)",
        line=line_id,
    )
    with use_language(language[0] if language else visit.language):
        return _obey(visit, inbound, line_id, normalise(text))


def _obey(visit: Visit, inbound: int, line_id: int, said: str) -> SmsReply:
    switch = split_switch(said)
    if switch:
        return _switch(visit, inbound, line_id, *switch)
    if said in ANSWERS and _blocked(visit, line_id):
        return _answer(visit, inbound, line_id)
    understood = HELP if said == HELP else "ANSWER" if said in ANSWERS else "UNKNOWN"
    reply = help_text(visit.content.operator.sms_short_code)
    if understood == "ANSWER":
        reply = _("Nothing is blocked that an answer could lift.") + " " + reply
    return _settle(visit, inbound, line_id, understood, _reply(visit, inbound, line_id, reply))


def _switch(visit: Visit, inbound: int, line_id: int, command: str, on: bool) -> SmsReply:
    column = SWITCHES[command]
    visit.change.execute(
        f"UPDATE line SET {column} = :on,"
        f" version = version + CASE WHEN {column} <> :on THEN 1 ELSE 0 END WHERE id = :line",
        on=int(on),
        line=line_id,
    )
    reply = _confirmation(command, on)
    understood = f"{command} {'AAN' if on else 'UIT'}"
    return _settle(visit, inbound, line_id, understood, _reply(visit, inbound, line_id, reply))


def _confirmation(command: str, on: bool) -> str:
    texts = {
        ("BERICHT", True): _("You now get messages about data use abroad."),
        ("BERICHT", False): _("You no longer get messages about data use abroad."),
        ("INFO", True): _("You now get the tariffs of a country when you cross its border."),
        ("INFO", False): _("You no longer get the tariffs of a country when you cross its border."),
        ("LIMIET", True): _("You now get notices of limits for data use abroad."),
        ("LIMIET", False): _("You no longer get notices of limits for data use abroad."),
    }
    return texts[command, on]


def _blocked(visit: Visit, line_id: int) -> bool:
    """Whether the cost limit blocks the line this month."""
    row = visit.row(
        "SELECT blocked FROM counter WHERE line_id = :line AND month = :month",
        line=line_id,
        month=month_of(visit.now, visit.zone),
    )
    return bool(row and row[0])


def _answer(visit: Visit, inbound: int, line_id: int) -> SmsReply:
    """The answer becomes a record in the line's stream; the replay decides, and writes the reply."""
    from app.operations.core.rating_store import recount
    from app.operations.core.settings_stream import put_kind

    month = month_of(visit.now, visit.zone)
    put_kind(visit, line_id, Kind.ANSWER, 0, visit.now)
    recount(visit, line_id, month)
    tie = visit.row(
        "SELECT tie FROM line_command WHERE line_id = :line ORDER BY id DESC LIMIT 1", line=line_id
    )
    reply = visit.row(
        "SELECT id FROM message WHERE key = :key",
        key=answer_key(line_id, month, visit.now, tie[0] if tie else 0),
    )
    return _settle(visit, inbound, line_id, "ANSWER", reply[0] if reply else None)


def _store(visit: Visit, number: str, text: str, line_id: int | None) -> int:
    row = visit.row(
        "INSERT INTO inbound_sms (received_at, sender, text, line_id, understood)"
        " VALUES (:now, :sender, :text, :line, '') RETURNING id",
        now=visit.now,
        sender=number[:40],
        text=text[:LONGEST],
        line=line_id,
    )
    assert row is not None
    return int(row[0])


def _reply(visit: Visit, inbound: int, line_id: int, body: str) -> int | None:
    line = visit.row("SELECT number, account_id FROM line WHERE id = :line", line=line_id)
    assert line is not None
    return enqueue(
        visit.change,
        f"sms:{line_id}:reply:{inbound}",
        "sms",
        line[0],
        body,
        visit.now,
        account_id=line[1],
        line_id=line_id,
    )


def _settle(
    visit: Visit, inbound: int, line_id: int | None, understood: str, message_id: int | None
) -> SmsReply:
    visit.change.execute(
        "UPDATE inbound_sms SET understood = :understood, answer_id = :answer WHERE id = :id",
        understood=understood,
        answer=message_id,
        id=inbound,
    )
    body = visit.row("SELECT body FROM message WHERE id = :id", id=message_id)
    return SmsReply(inbound, line_id, understood, str(body[0]) if body else "")
