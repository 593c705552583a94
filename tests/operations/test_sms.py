"""What users send to the short code, and what comes back."""

from __future__ import annotations

import pytest

from app.content import Content
from app.operations.core import Refused, Visit, perform
from app.operations.core.sms_words import normalise, split_switch
from app.operations.sms import SmsReply
from app.store import Store
from tests.factories import DAY, NOVEMBER, Factory

PLAN = "zakelijk-mobiel"
NUMBER = "+31612345678"


@pytest.fixture
def system(factory: Factory) -> Visit:
    return factory.visit("system")


@pytest.fixture
def line(factory: Factory) -> int:
    """A line with roaming bundle A and a cost limit of € 50."""
    return factory.line(factory.account(), number=NUMBER, bundles=1, plan=PLAN)


def send(system: Visit, text: str, sender: str = NUMBER) -> SmsReply:
    reply: SmsReply = perform(system, "sms.receive", sender=sender, text=text)
    return reply


@pytest.mark.capability("RL-37")
@pytest.mark.parametrize(
    ("text", "column", "on"),
    [
        ("BERICHT AAN", "tell_usage", 1),
        ("bericht uit", "tell_usage", 0),
        ("Info  AAN", "tell_border", 1),
        (" INFO\nuit. ", "tell_border", 0),
        ("LimietAan", "tell_limit", 1),
        ("LIMIET-UIT", "tell_limit", 0),
    ],
)
def test_six_commands_flip_and_are_confirmed(
    system: Visit, line: int, store: Store, text: str, column: str, on: int
) -> None:
    with store.transaction() as tx:
        tx.execute("UPDATE line SET tell_usage = :off, tell_border = :off, tell_limit = :off", off=1 - on)
    reply = send(system, text)
    columns = ("tell_usage", "tell_border", "tell_limit")
    found = store.row(f"SELECT {', '.join(columns)} FROM line WHERE id = :id", id=line)
    assert found == tuple(on if name == column else 1 - on for name in columns)
    assert reply.line_id == line
    assert "now" in reply.reply if on else "no longer" in reply.reply
    assert store.rows("SELECT recipient, body, status FROM message") == [(NUMBER, reply.reply, "queued")]


@pytest.mark.capability("RL-40")
@pytest.mark.parametrize("text", ["HELP", "help!", "what is this", "", "BERICHT", "UIT", "BERICHT MISSCHIEN"])
def test_help_and_unknown_text_get_the_list(system: Visit, line: int, text: str) -> None:
    reply = send(system, text)
    assert reply.understood == ("HELP" if text.lower().startswith("help") else "UNKNOWN")
    for word in ("1330", "BERICHT", "INFO", "LIMIET", "HELP"):
        assert word in reply.reply


def spend(factory: Factory, line: int, euros: int, start: int = NOVEMBER + 9 * DAY) -> None:
    """Standard-rate data in Japan (class B, not enabled) for so many euros."""
    content = factory.system.content
    tables = content.tariffs.tables(PLAN, 202611)
    assert tables is not None
    price = tables.zones[tables.place_zone[content.places.index("JP")]].price
    volume = euros * 1_000_000 * tables.data_unit // price
    factory.usage(line, "data", volume, start, "JP")


def blocked(store: Store) -> int:
    row = store.row("SELECT blocked FROM counter")
    assert row is not None
    return int(row[0])


@pytest.mark.capability("RL-30")
@pytest.mark.parametrize("word", ["JA", "yes", " Ok.", "aan"])
def test_answer_lifts_the_block_and_is_logged(
    system: Visit, line: int, store: Store, factory: Factory, word: str
) -> None:
    spend(factory, line, 51)
    assert blocked(store) == 1
    reply = send(system, word, "06 1234 5678")
    assert reply.understood == "ANSWER"
    assert "works again" in reply.reply
    assert blocked(store) == 0
    assert store.row("SELECT sender, text, understood FROM inbound_sms") == (NUMBER, word, "ANSWER")
    operation, at, named = store.rows("SELECT operation, at, object FROM audit ORDER BY seq DESC LIMIT 1")[0]
    assert (operation, at) == ("sms.receive", system.now)
    assert f"line:{line}" in named


def test_second_answer_at_twice_the_limit_holds_to_the_end_of_the_month(
    system: Visit, line: int, store: Store, factory: Factory
) -> None:
    spend(factory, line, 51)
    send(system, "JA")
    later = NOVEMBER + 20 * DAY + 15 * 3600
    factory.system.clock.set(later)  # type: ignore[attr-defined]
    spend(factory, line, 60, later - 3600)
    assert blocked(store) == 1
    assert "not blocked any more" in send(system, "JA").reply
    spend(factory, line, 600, later - 60)
    assert blocked(store) == 0


def test_hard_limit_refuses_and_says_so(system: Visit, store: Store, factory: Factory) -> None:
    hard = factory.line(factory.account(), number=NUMBER, bundles=1, plan=PLAN, hard_limit=1)
    spend(factory, hard, 51)
    reply = send(system, "JA")
    assert "administrator" in reply.reply
    assert blocked(store) == 1


def test_answer_outside_a_block_changes_nothing(system: Visit, line: int, store: Store) -> None:
    commands = store.row("SELECT count(*) FROM line_command")
    reply = send(system, "JA")
    assert "BERICHT" in reply.reply
    assert store.row("SELECT count(*) FROM line_command") == commands


def test_same_answer_twice_lifts_once(system: Visit, line: int, store: Store, factory: Factory) -> None:
    spend(factory, line, 51)
    assert "works again" in send(system, "JA").reply
    assert "HELP" in send(system, "JA").reply


def test_stranger_is_noted_and_gets_no_answer(system: Visit, line: int, store: Store) -> None:
    reply = send(system, "BERICHT UIT", "+49301234567")
    assert (reply.line_id, reply.understood, reply.reply) == (None, "UNKNOWN SENDER", "")
    assert store.row("SELECT count(*) FROM message") == (0,)
    assert store.row("SELECT sender, line_id FROM inbound_sms") == ("+49301234567", None)


def test_reply_is_in_the_language_of_the_customer_and_listed(
    system: Visit, line: int, admin_visit: Visit, factory: Factory
) -> None:
    send(system, "HELP")
    row = system.row("SELECT account_id FROM line WHERE id = :line", line=line)
    assert row is not None
    page = perform(factory.visit("admin", row[0]), "messages.page", line_id=line)
    assert [(each.direction, each.status) for each in page.rows] == [("out", "queued"), ("in", "received")]


def test_agents_do_not_answer_for_users(agent_visit: Visit, line: int) -> None:
    with pytest.raises(Refused):
        perform(agent_visit, "sms.receive", sender=NUMBER, text="JA")


def test_long_and_hostile_text_is_kept_as_unknown(system: Visit, line: int, store: Store) -> None:
    assert send(system, "\x1b]0;x\x07" + "a" * 5000).understood == "UNKNOWN"
    row = store.row("SELECT length(text) FROM inbound_sms")
    assert row == (1000,)


def test_words(content: Content) -> None:
    assert normalise("  bericht\t-  aan!! ") == "BERICHT AAN"
    assert split_switch("BERICHT AAN") == ("BERICHT", True)
    assert split_switch("LIMIET") is None
    assert split_switch("AAN BERICHT") is None
