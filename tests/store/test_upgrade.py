"""A new Loket on an older database, and an older Loket on a newer one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from app.clock import FixedClock
from app.content import Content
from app.operations.core import Visit, perform
from app.store import Store, StoreError
from app.store.schema import NEWEST, alembic_config, engine_of, ensure_schema
from tests.cli.conftest import Loket, home, loket  # noqa: F401

pytestmark = pytest.mark.sqlite_only

FIRST_WITH_LOGINS = "0003"
OLD = [
    each.revision
    for each in ScriptDirectory.from_config(alembic_config()).walk_revisions()
    if FIRST_WITH_LOGINS <= each.revision < NEWEST
]


def made_at(path: Path, revision: str) -> Store:
    """A database as an older version left it, with somebody signed in."""
    store = Store(f"sqlite:///{path}")
    store.ready()
    engine = engine_of(store)
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    with store.transaction() as tx:
        tx.execute(
            "INSERT INTO account (id, number, kind, name, language, status, created_at, version)"
            " VALUES (1, 'C1', 'company', 'Old firm', 'nl', 'active', 1, 1)"
        )
        tx.execute(
            "INSERT INTO login (id, user_name, email, name, password_hash, language, staff_role,"
            " status, theme, failures, locked_until, version) VALUES (1, 'ada', 'ada@example.org', 'Ada',"
            " 'hash', 'nl', '', 'active', '', 0, 0, 1)"
        )
        tx.execute("INSERT INTO membership (login_id, account_id, role) VALUES (1, 1, 'admin')")
        tx.execute(
            "INSERT INTO session (id, login_id, channel, address, started_at, seen_at, checked_at)"
            " VALUES ('s1', 1, 'terminal', '', 1, 1, 1)"
        )
    return store


def rows_of(store: Store, table: str) -> list[str]:
    """What a table holds, as one text a row, by the names of its columns."""
    names = [row[1] for row in store.rows(f"PRAGMA table_info({table})")]
    return [json.dumps(dict(zip(names, row, strict=True))) for row in store.rows(f"SELECT * FROM {table}")]


@pytest.mark.parametrize("revision", OLD)
def test_an_older_database_is_brought_up_to_date_with_all_that_is_in_it(
    tmp_path: Path, revision: str, clock: FixedClock, content: Content
) -> None:
    store = made_at(tmp_path / "loket.db", revision)
    before = {table: rows_of(store, table) for table in ("account", "login", "membership", "session")}
    report = perform(Visit(store, clock, content, role="system"), "database.create")
    assert (report.revision, report.problems) == (NEWEST, ())
    for table, rows in before.items():
        now = rows_of(store, table)
        assert len(now) == len(rows)
        for old, new in zip(rows, now, strict=True):
            # What is new has a default; what was there is as it was, who is signed in stays so.
            assert json.loads(old).items() <= json.loads(new).items()
    store.close()


def newer(path: Path) -> Store:
    """A database that a later version has used."""
    store = Store(f"sqlite:///{path}")
    ensure_schema(store)
    with store.transaction() as tx:
        tx.execute("UPDATE alembic_version SET version_num = '9999'")
    return store


def test_a_newer_database_is_not_touched_and_the_cure_is_named(
    tmp_path: Path,
    loket: Loket,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = newer(tmp_path / "newer.db")
    with pytest.raises(StoreError, match=r"newer Loket.*9999.*Install that version"):
        ensure_schema(store)
    monkeypatch.setenv("LOKET_DATABASE_URL", store.url)
    for words in (("database", "create"), ("worker", "--once"), ("accounts", "page")):
        told = loket(*words)
        assert told.code == 6
        assert "newer Loket" in told.err
    assert store.rows("SELECT version_num FROM alembic_version") == [("9999",)]
    store.close()
