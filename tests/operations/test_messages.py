"""Messages as people read them: theirs alone, newest first, whole pages."""

from __future__ import annotations

import pytest

from app.operations.core import NotFound, Visit, perform
from app.operations.core.outbox import enqueue
from app.operations.core.paging import Page
from app.operations.messages import MessageRow
from app.store import Store
from tests.factories import Factory

pytestmark = pytest.mark.both_databases


def write(store: Store, number: int, *, line: int | None, account: int, muted: str = "") -> None:
    with store.transaction() as tx:
        channel, to = ("sms", "+31612345678") if line else ("mail", "anna@molenwerf.example")
        enqueue(
            tx, f"k{number}", channel, to, f"Text {number}", 1000 + number,
            account_id=account, line_id=line, muted=muted,
        )  # fmt: skip


def texts(page: Page[MessageRow]) -> list[str]:
    return [row.body for row in page.rows]


def test_newest_first_page_by_page_and_back(
    store: Store, factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    line = factory.line(account_id)
    for number in range(25):
        write(store, number, line=line, account=account_id)
    expected = [f"Text {number}" for number in reversed(range(25))]
    seen, after = [], None
    while True:
        page = perform(admin_visit, "messages.page", line_id=line, after=after, limit=10)
        seen += texts(page)
        after = page.last_key
        if not page.more:
            break
    assert seen == expected
    back = perform(admin_visit, "messages.page", line_id=line, before=page.first_key, limit=10)
    assert texts(back) == expected[10:20]


def test_everybody_sees_their_own(
    store: Store, factory: Factory, admin_visit: Visit, user_visit: Visit, agent_visit: Visit, account_id: int
) -> None:
    other = factory.account()
    mine, colleague = user_visit.own_line_id, factory.line(account_id)
    assert mine is not None
    foreign = factory.line(other)
    for number, line in enumerate((mine, colleague, None), 1):
        write(store, number, line=line, account=account_id)
    write(store, 4, line=foreign, account=other)
    write(store, 5, line=None, account=other)
    assert texts(perform(user_visit, "messages.page")) == ["Text 1"]
    assert texts(perform(admin_visit, "messages.page")) == ["Text 3", "Text 2", "Text 1"]
    helping = factory.assisting(agent_visit, other)
    assert texts(perform(helping, "messages.page")) == ["Text 5", "Text 4"]
    for visit in (user_visit, admin_visit):
        with pytest.raises(NotFound):
            perform(visit, "messages.page", line_id=foreign)
    with pytest.raises(NotFound):
        perform(user_visit, "messages.page", line_id=colleague)


def test_both_directions_and_why_one_was_kept_back(
    store: Store, factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    line = factory.line(account_id)
    write(store, 1, line=line, account=account_id, muted="switched off")
    row = {
        "received_at": 2000,
        "sender": "+31612345678",
        "text": "JA",
        "line_id": line,
        "understood": "ANSWER",
    }
    factory.insert("inbound_sms", row)
    incoming, outgoing = perform(admin_visit, "messages.page", line_id=line).rows
    assert (incoming.direction, incoming.body, incoming.status, incoming.note) == (
        "in", "JA", "received", "ANSWER",
    )  # fmt: skip
    assert (outgoing.direction, outgoing.status) == ("out", "muted")
    assert "switched off" in outgoing.note
    assert outgoing.line == incoming.line != ""


def test_search(store: Store, factory: Factory, admin_visit: Visit, account_id: int) -> None:
    line = factory.line(account_id)
    for number in (1, 2, 12):
        write(store, number, line=line, account=account_id)
    assert texts(perform(admin_visit, "messages.page", text="text 2")) == ["Text 2"]
    assert len(perform(admin_visit, "messages.page", text="6123").rows) == 3
    assert not perform(admin_visit, "messages.page", text="%").rows
