"""Two hosts on one database: nothing is done twice, nothing is lost, the log stays one chain."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.operations.core import Conflict, Refused, Visit, audit, outbox, perform
from app.store import Store
from tests.factories import Factory

pytestmark = pytest.mark.both_databases
HOSTS = 4


def at_once(store: Store, work: Callable[[Store], object]) -> list[object]:
    """What the work gives on each host; each has connections of its own."""
    found: list[object] = []
    begin = threading.Barrier(HOSTS)

    def host() -> None:
        mine = Store(store.url, store.folder)
        begin.wait()
        try:
            found.append(work(mine))
        except BaseException as error:
            found.append(error)
        finally:
            mine.close()

    threads = [threading.Thread(target=host) for _ in range(HOSTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def elsewhere(visit: Visit, store: Store) -> Visit:
    """The same person on another host."""
    return replace(visit, store=store, tx=None, touched=[], changed={})


def test_a_message_is_claimed_by_one_worker(store: Store, factory: Factory, admin_visit: Visit) -> None:
    with store.transaction() as tx:
        for number in range(120):
            tx.execute(
                "INSERT INTO message (key, channel, recipient, subject, body, created_at, not_before, status,"
                " attempts, error) VALUES (:key, 'sms', '+31600000000', '', 'x', 0, 0, 'queued', 0, '')",
                key=f"m{number}",
            )

    def work(mine: Store) -> list[int]:
        claimed: list[int] = []
        while batch := outbox.claim(mine, 1, 7):
            claimed += [message.id for message in batch]
        return claimed

    found = at_once(store, work)
    ids = [number for claimed in found for number in claimed]  # type: ignore[attr-defined]
    assert len(ids) == len(set(ids)) == 120


def test_the_log_is_one_chain_whoever_writes(store: Store, factory: Factory, admin_visit: Visit) -> None:
    line = factory.line(admin_visit.account_id or 0)

    def work(mine: Store) -> int:
        visit = elsewhere(admin_visit, mine)
        for number in range(12):
            perform(visit, "limits.set_hard", line_id=line, hard=bool(number % 2))
        return 12

    assert at_once(store, work) == [12] * HOSTS
    report = audit.verify(admin_visit)
    assert report.sound
    assert report.rows >= 12 * HOSTS


def test_of_those_who_save_the_same_form_one_wins(store: Store, factory: Factory, admin_visit: Visit) -> None:
    line = factory.line(admin_visit.account_id or 0)
    version = perform(admin_visit, "lines.get", line_id=line).version

    def work(mine: Store) -> object:
        return perform(
            elsewhere(admin_visit, mine), "limits.set", line_id=line, limit_cents=10_000, version=version
        )

    found = at_once(store, work)
    assert sum(isinstance(each, Conflict) for each in found) == HOSTS - 1
    assert perform(admin_visit, "lines.get", line_id=line).version == version + 1


def test_a_price_is_accepted_once(store: Store, factory: Factory, admin_visit: Visit) -> None:
    line = factory.line(admin_visit.account_id or 0)
    quote = perform(admin_visit, "bundles.quote", line_id=line, classes=["a"], cap=1)

    def work(mine: Store) -> object:
        return perform(elsewhere(admin_visit, mine), "quotes.accept", quote_id=quote.id)

    found = at_once(store, work)
    refused = [each for each in found if isinstance(each, Refused | Conflict)]
    assert len(refused) == HOSTS - 1, found
    assert store.row("SELECT count(*) FROM line_command WHERE kind = 19 AND value > 0") == (1,)
