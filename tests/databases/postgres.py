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
KEEPING = """
CREATE SCHEMA kept;
CREATE TABLE kept.sequence (name text, last bigint);
CREATE TABLE kept.since (xid bigint);
CREATE FUNCTION test_keep() RETURNS void LANGUAGE plpgsql AS $$
DECLARE t text;
BEGIN
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP TABLE IF EXISTS kept.%1$I; CREATE TABLE kept.%1$I AS TABLE public.%1$I', t);
    END LOOP;
    DELETE FROM kept.sequence;
    INSERT INTO kept.sequence SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public';
    DELETE FROM kept.since;
    INSERT INTO kept.since SELECT pg_current_xact_id()::text::bigint;
END $$;
CREATE FUNCTION test_restore() RETURNS void LANGUAGE plpgsql AS $$
DECLARE t text; since bigint; changed boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    SELECT xid INTO since FROM kept.since;
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT (SELECT count(*) FROM %1$I) <> (SELECT count(*) FROM kept.%1$I)'
            ' OR EXISTS (SELECT 1 FROM %1$I WHERE xmin::text::bigint > %2$s)', t, since) INTO changed;
        IF changed THEN
            EXECUTE format('DELETE FROM %1$I; INSERT INTO %1$I SELECT * FROM kept.%1$I', t);
        END IF;
    END LOOP;
    PERFORM setval(name::regclass, coalesce(last, 1), last IS NOT NULL) FROM kept.sequence;
    UPDATE kept.since SET xid = pg_current_xact_id()::text::bigint;
END $$;
"""
"""Bringing back the few rows that a test changed is quicker than another database, and than TRUNCATE."""


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
    """What one process of the tests works with: databases whose rows are brought back for each test."""

    def __init__(self, server: Server, template: str) -> None:
        self.server = server
        self.template = template
        self._copies: dict[str, str] = {}

    def empty_store(self, home: Path) -> Iterator[Store]:
        """An empty database, until the test is over."""
        return self._restored(self.template, home)

    def copy_of(self, store: Store, home: Path) -> Iterator[Store]:
        """A database with the rows of another one, which nobody changes, until the test is over."""
        return self._restored(_database(store), home)

    def _restored(self, template: str, home: Path) -> Iterator[Store]:
        if template not in self._copies:
            self._copies[template] = self.server.copy(template)
        name = self._copies[template]
        with psycopg.connect(self.server.url(name), autocommit=True) as connection:
            connection.execute("SELECT test_restore()")
        store = Store(self.server.url(name), home)
        yield store
        store.close()

    def keep(self, store: Store) -> None:
        """From now on the rows that a database has are those that its copies begin with."""
        with store.transaction() as tx:
            tx.execute("SELECT test_keep()")
        store.close()

    def another(self) -> str:
        """The address of one more empty database."""
        return self.server.url(self.server.copy(self.template))

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
            tx.execute(KEEPING)
            tx.execute("SELECT test_keep()")
        store.close()

    made_once(factory, "empty-database", make)
    return "empty"
