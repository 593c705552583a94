"""What nobody needs any more is taken away on its day and not before, and the log says how much."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.clock import FixedClock
from app.content import Content
from app.operations.core import Visit, outbox, perform
from app.operations.core.tidying import AT_ONCE, DUE, tidy_up
from app.settings import Settings, read_settings
from app.store import Store
from app.worker import run_once
from tests.factories import DAY, Factory

LONGEST = {"sessions": 180, "codes": 30, "messages": 400, "drafts": 30, "tries": 2}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"LOKET_HOME": str(tmp_path / "home"), "LANG": "C"})


def fill(factory: Factory, login: int, now: int) -> None:
    """One thing of each kind that has just ended, and what must stay whatever happens."""
    row = {"login_id": login, "started_at": now - 60, "seen_at": now, "checked_at": now}
    factory.insert(
        "session", {**row, "id": "a" * 32, "ended_at": now, "channel": "terminal", "address": "192.0.2.1"}
    )
    factory.insert("presence", {"session_id": "a" * 32, "object": "account:1", "editing": 0, "since": now})
    code = {"kind": "reset", "subject": f"login:{login}", "digest": "0" * 64, "created_at": now - 60}
    factory.insert("access_code", {**code, "login_id": login, "expires_at": now, "tries": 0})
    factory.insert(
        "draft",
        {"login_id": login, "form": "cases.ask_name", "object": "x", "fields": "{}", "saved_at": now},
    )
    factory.insert("throttle", {"key": "source:192.0.2.1", "since": now, "count": 1, "locked_until": 0})
    with factory.system.store.transaction() as tx:
        outbox.enqueue(tx, "old", "mail", "anna@example.org", "Dear Anna", now, subject="Hello")
        outbox.enqueue(tx, "waits", "mail", "bert@example.org", "Dear Bert", now, subject="Hello")
        tx.execute("UPDATE message SET status = 'sent', sent_at = :now WHERE key = 'old'", now=now)
        tx.execute("UPDATE message SET status = 'failed' WHERE key = 'waits'")


def left(store: Store) -> dict[str, int]:
    """How much there is of each kind."""
    rows = {"messages": "SELECT count(*) FROM message WHERE body <> '' AND key = 'old'"}
    queries = {kind: rows.get(kind, f"SELECT count(*) FROM {table}") for kind, (table, *_how) in DUE.items()}
    return {kind: int(store.rows(query)[0][0]) for kind, query in queries.items()}


@pytest.mark.parametrize("kind", LONGEST)
def test_each_kind_goes_on_its_day_and_not_before(
    kind: str,
    factory: Factory,
    account_id: int,
    store: Store,
    content: Content,
    settings: Settings,
    clock: FixedClock,
) -> None:
    login = factory.login(account_id, "admin")
    fill(factory, login, clock.now())
    clock.advance(LONGEST[kind] * DAY)
    run_once(store, content, clock, settings)
    assert left(store)[kind] == 1
    clock.advance(DAY)
    before = left(store)
    report = run_once(store, content, clock, settings)
    assert left(store)[kind] == 0
    assert report.tidied == sum(before.values()) - sum(left(store).values())
    told = [
        json.loads(text)
        for (text,) in store.rows(
            "SELECT text FROM audit JOIN audit_personal USING (seq) WHERE operation = 'worker.tidy_up'"
        )
    ]
    assert {"kind": kind, "count": 1} in told
    assert run_once(store, content, clock, settings).tidied == 0
    assert store.rows("SELECT count(*) FROM message WHERE key = 'waits' AND body <> ''") == [(1,)]


def test_what_goes_on_stays(factory: Factory, account_id: int, clock: FixedClock) -> None:
    login = factory.login(account_id, "admin")
    clock.advance(500 * DAY)
    now = clock.now()
    values: dict[str, dict[str, Any]] = {
        "session": {"id": "b" * 32, "login_id": login, "started_at": now, "seen_at": now, "checked_at": now,
                    "channel": "terminal", "address": ""},
        "access_code": {"kind": "invitation", "subject": "invitation:1", "digest": "1" * 64,
                        "created_at": now - 90 * DAY, "expires_at": now + 1, "tries": 0},
        "throttle": {"key": "code:1", "since": now - 90 * DAY, "count": 9, "locked_until": now + 60},
    }  # fmt: skip
    for table, row in values.items():
        factory.insert(table, row)
    assert tidy_up(factory.system) == 0


def test_many_rows_are_many_short_transactions(factory: Factory, store: Store) -> None:
    with store.transaction() as tx:
        tx.executemany(
            "INSERT INTO throttle (key, since, count, locked_until) VALUES (?, 1, 1, 0)",
            [(f"source:{number}",) for number in range(AT_ONCE + 5)],
        )
    assert tidy_up(factory.system) == AT_ONCE + 5
    counts = [
        json.loads(text)["count"] for (text,) in store.rows("SELECT text FROM audit_personal ORDER BY seq")
    ]
    assert counts == [AT_ONCE, 5]


def test_a_text_that_is_gone_says_so(admin_visit: Visit, store: Store) -> None:
    with store.transaction() as tx:
        account = admin_visit.account_id
        outbox.enqueue(
            tx, "old", "mail", "a@example.org", "Dear Anna", 1, subject="Hello", account_id=account
        )
        tx.execute("UPDATE message SET status = 'sent', sent_at = 1")
    tidy_up(admin_visit)
    (row,) = perform(admin_visit, "messages.page").rows
    assert (row.subject, row.body) == ("Hello", "This text is not kept any more.")


def test_exports_of_people_go_after_thirty_days(
    admin_visit: Visit, store: Store, content: Content, settings: Settings, clock: FixedClock
) -> None:
    perform(admin_visit, "export.rows", what="lines.page")
    perform(admin_visit, "privacy.export")
    written = list((store.folder / "exports").glob("login-*/*"))
    assert len(written) == 2
    now = max(int(path.stat().st_mtime) for path in written)
    clock.advance(now - clock.now() + 29 * DAY)
    run_once(store, content, clock, settings)
    assert all(path.exists() for path in written)
    clock.advance(2 * DAY)
    assert run_once(store, content, clock, settings).tidied >= 2
    assert not any(path.exists() for path in written)
