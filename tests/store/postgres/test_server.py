"""A server that is not there, not fit, restarted or held: said with its cure, and mended by itself."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlmodel import SQLModel

import app.models  # noqa: F401 - fills the metadata
from app.store import IntegrityError, Store, StoreError
from app.store.postgres.connection import named
from app.store.schema import NEWEST, engine_of, ensure_schema
from tests.databases.postgres import Databases
from tests.factories import Factory


@pytest.fixture
def database(postgres: Databases) -> str:
    """The kind that the fixture `store` gives."""
    return "postgres"


@pytest.fixture
def unmade(postgres: Databases, tmp_path: Path) -> Iterator[Store]:
    """A database without tables."""
    name = postgres.server.copy()
    store = Store(postgres.server.url(name), tmp_path)
    yield store
    store.close()
    postgres.server.drop(name)


def end_connections(store: Store, postgres: Databases) -> None:
    """As a restart of the server does, to this database alone: other tests are at work in theirs."""
    name = store.url.split("?")[0].rpartition("/")[2]
    postgres.server.do(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


SHAPE = (
    "SELECT table_name::text, column_name::text, data_type::text, is_nullable::text, column_default::text,"
    " identity_generation::text FROM information_schema.columns WHERE table_schema = 'public'"
    " AND table_name <> 'alembic_version' ORDER BY 1, 2",
    "SELECT tablename::text, regexp_replace(indexdef, ' INDEX [^ ]+ ON', ' INDEX ON') FROM pg_indexes"
    " WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1, 2",
    "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE conrelid::regclass::text <> 'alembic_version' AND connamespace = 'public'::regnamespace"
    " ORDER BY 1, 2",
)


def test_migrations_make_what_the_entities_say(store: Store, unmade: Store) -> None:
    engine = engine_of(unmade)
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
    engine.dispose()
    for question in SHAPE:
        wanted = unmade.rows(question)
        assert len(wanted) > 50
        assert store.rows(question) == wanted


def test_partial_indexes_have_their_condition(store: Store) -> None:
    rows = store.rows("SELECT indexname::text FROM pg_indexes WHERE indexdef LIKE '% WHERE %' ORDER BY 1")
    assert {name for (name,) in rows} >= {
        "counter_abroad",
        "line_fixed_ip",
        "line_of_zero",
        "line_to_come",
        "line_with_bundles",
        "one_holder",
        "one_pending_invitation",
    }


def test_of_two_hosts_that_start_at_once_one_makes_the_tables(unmade: Store) -> None:
    done: list[bool] = []

    def begin() -> None:
        mine = Store(unmade.url, unmade.folder)
        done.append(ensure_schema(mine))
        mine.close()

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 2
    assert unmade.revision() == NEWEST
    assert unmade.damage() == []


def test_an_unmade_database_is_told_apart(unmade: Store) -> None:
    assert not unmade.exists()
    assert unmade.revision() == ""


def test_another_order_of_texts_is_refused_with_the_command(postgres: Databases, tmp_path: Path) -> None:
    postgres.server.do("CREATE DATABASE other TEMPLATE template0 ENCODING 'SQL_ASCII'")
    store = Store(postgres.server.url("other"), tmp_path)
    with pytest.raises(StoreError, match=r"createdb --template=template0 --encoding=UTF8 --locale=C other"):
        ensure_schema(store)
    store.close()
    postgres.server.drop("other")


def test_a_missing_database_is_named_with_the_command(postgres: Databases, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no such database.*createdb .* gone"):
        Store(postgres.server.url("gone"), tmp_path).rows("SELECT 1")


def test_a_missing_server_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"postgresql:///loket: the database server cannot be reached"):
        Store(f"postgresql:///loket?host={tmp_path}", tmp_path).rows("SELECT 1")


def test_no_message_shows_a_password() -> None:
    address = "postgresql://anna:secret@db.example:5433/loket?sslmode=require"
    assert named(address) == "postgresql://anna@db.example:5433/loket"


def test_reads_go_on_after_a_restart_and_so_do_changes(store: Store, postgres: Databases) -> None:
    assert store.rows("SELECT 1") == [(1,)]
    end_connections(store, postgres)
    assert store.rows("SELECT 2") == [(2,)]
    end_connections(store, postgres)
    with store.transaction() as tx:
        tx.execute("INSERT INTO source (name) VALUES ('after')")
    assert store.rows("SELECT name FROM source") == [("after",)]


def test_a_restart_within_a_change_keeps_nothing_of_it(store: Store, postgres: Databases) -> None:
    with pytest.raises(StoreError, match=r"stopping|cannot be reached"), store.transaction() as tx:
        tx.execute("INSERT INTO source (name) VALUES ('half')")
        end_connections(store, postgres)
        tx.execute("INSERT INTO source (name) VALUES ('lost')")
    assert store.rows("SELECT name FROM source") == []
    with store.transaction() as tx:
        tx.execute("INSERT INTO source (name) VALUES ('again')")


def test_a_change_goes_no_further_after_an_error(store: Store) -> None:
    with pytest.raises(StoreError), store.transaction() as tx:
        tx.execute("INSERT INTO source (name) VALUES ('one')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            tx.execute("INSERT INTO source (name) VALUES ('one')")
    assert store.rows("SELECT * FROM source") == []


def test_an_error_tells_nothing_of_what_people_typed(store: Store, factory: Factory) -> None:
    factory.login(email="anna@molenwerf.example")
    with pytest.raises(IntegrityError) as broken:
        factory.login(email="anna@molenwerf.example")
    with pytest.raises(StoreError) as wrong:
        store.rows("SELECT nothing FROM login WHERE email = :email", email="anna@molenwerf.example")
    for caught in (broken, wrong):
        told = "".join(traceback.format_exception(caught.value))
        assert "login" in told
        assert "anna@" not in told.replace('email="anna@molenwerf.example"', "")


def test_changes_do_not_nest(store: Store) -> None:
    with pytest.raises(RuntimeError, match="already"), store.transaction(), store.transaction():
        pass


def test_numbers_of_rows_go_on_after_numbers_that_were_given(store: Store) -> None:
    with store.transaction() as tx:
        first = tx.added("INSERT INTO source (name) VALUES ('a') RETURNING id")
        assert tx.added("INSERT INTO source (name) VALUES ('b') RETURNING id") == first + 1
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.execute("INSERT INTO source (id, name) VALUES (:id, 'c')", id=first)


def test_a_missing_driver_is_named_with_its_cure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in sys.modules if name.startswith(("psycopg", "app.store.postgres"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"pip install 'loket\[postgres\]'"):
        Store("postgresql:///loket", tmp_path)
