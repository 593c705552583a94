"""What was removed is taken out of the files, as soon as nobody may look at it any more."""

from __future__ import annotations

import logging
import threading

import psycopg
import pytest

from app.store import Store
from app.store.postgres import scrub
from tests.databases.postgres import Databases
from tests.databases.stored import stored_bytes


@pytest.fixture
def database(postgres: Databases) -> str:
    """The kind that the fixture `store` gives."""
    return "postgres"


def removed_under_a_reader(store: Store) -> psycopg.Connection:
    """A row that is gone, and a session that looks at the state before."""
    with store.transaction() as tx:
        tx.execute("INSERT INTO source (name) VALUES ('Zwartkanarie')")
    reader = psycopg.connect(store.url)
    reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    reader.execute("SELECT 1")  # looks, and holds no table
    with store.transaction() as tx:
        tx.execute("DELETE FROM source")
    return reader


def test_it_waits_for_who_may_still_look(store: Store) -> None:
    with removed_under_a_reader(store) as reader:
        timer = threading.Timer(0.3, reader.rollback)
        timer.start()
        store.scrub()
        timer.join()
    assert b"Zwartkanarie" not in stored_bytes(store)


def test_what_stays_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(scrub, "WAITS", (0.0, 0.01))
    with removed_under_a_reader(store) as reader, caplog.at_level(logging.WARNING, "loket.store"):
        store.scrub()
        reader.rollback()
    assert "still in the files" in caplog.text
