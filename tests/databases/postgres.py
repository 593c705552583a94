"""Databases on the server of this run: each test has one of its own, copied from a template."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from app.store import Store
from tests.databases import cluster
from tests.made_once import made_once

_counted = count()
EMPTY = """
CREATE FUNCTION test_empty() RETURNS void LANGUAGE plpgsql AS $$
DECLARE each record;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR each IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', each.tablename);
    END LOOP;
    FOR each IN SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL LOOP
        PERFORM setval(each.sequencename::regclass, 1, false);
    END LOOP;
END $$
"""
"""Quicker than a new database, and than TRUNCATE, for the few rows of a test."""


class Server:
    """The server that all processes of one run share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://loket@/{database}?host={self.folder}&port={cluster.PORT}"

    def do(self, statement: str) -> None:
        """Something about databases as a whole."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def copy(self, template: str = "") -> str:
        """A new database; the name that it got."""
        name = f"t{os.getpid()}_{next(_counted)}"
        # Of the cluster's own when there is nothing to copy: that has the locale C.
        self.do(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'} STRATEGY file_copy")
        return name

    def drop(self, name: str) -> None:
        """Take a database away, whoever is still connected."""
        self.do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class Databases:
    """What one process of the tests works with: one database that is emptied for each test, and copies."""

    def __init__(self, server: Server, template: str) -> None:
        self.server = server
        self.template = template
        self._own = ""

    def empty_store(self, home: Path) -> Iterator[Store]:
        """An empty database, until the test is over."""
        if not self._own:
            self._own = self.server.copy(self.template)
        else:
            with psycopg.connect(self.server.url(self._own), autocommit=True) as connection:
                connection.execute("SELECT test_empty()")
        store = Store(self.server.url(self._own), home)
        yield store
        store.close()

    def another(self) -> str:
        """The address of one more empty database."""
        return self.server.url(self.server.copy(self.template))

    def copy_of(self, store: Store, home: Path) -> Iterator[Store]:
        """A copy of a database until the test is over; nobody may be connected to that one meanwhile."""
        copy = self.twin(store, home)
        yield copy
        copy.close()
        self.server.drop(_database(copy))

    def twin(self, store: Store, home: Path | None = None) -> Store:
        """A copy of a database, which goes with the server."""
        store.close()
        return Store(self.server.url(self.server.copy(_database(store))), home or store.folder)


def _database(store: Store) -> str:
    return urlsplit(store.url).path[1:]


def server_of(factory: pytest.TempPathFactory) -> Server:
    """The server of this run, started by who needs it first; skips, or fails where one is required."""
    if cluster.programs() is None:
        said = "no PostgreSQL server is installed: apt-get install postgresql"
        if os.environ.get("LOKET_TEST_POSTGRES") == "required":
            pytest.fail(said)
        pytest.skip(said)
    watched = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    place = made_once(factory, "cluster", lambda folder: _begin(folder / "where", watched))
    return Server(Path((place / "where").read_text()))


def _begin(where: Path, watched: int) -> None:
    where.write_text(str(cluster.start(watched)))


def template_of(server: Server, factory: pytest.TempPathFactory) -> str:
    """The name of a migrated, empty database."""

    def make(_folder: Path) -> None:
        from app.store.schema import ensure_schema

        server.do("CREATE DATABASE empty TEMPLATE template0")
        store = Store(server.url("empty"), factory.getbasetemp())
        ensure_schema(store)
        with store.transaction() as tx:
            tx.execute(EMPTY)
        store.close()

    made_once(factory, "empty-database", make)
    return "empty"
