"""The shape of the database: made on first start, brought up to date afterwards."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.store.sqlite import StoreError, cure
from app.store.store import Store

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Engine

MIGRATIONS = Path(__file__).parents[1] / "models" / "migrations"
NEWEST = "0007"
"""The newest revision, known without loading the migration tool; a test holds it against the files."""

UNCHANGING_AUDIT = (
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END",
)

HOLDER_STAYS = (
    "CREATE TRIGGER holder_stays BEFORE DELETE ON membership WHEN OLD.role = 'holder' "
    "BEGIN SELECT RAISE(ABORT, 'the holder of an account is never removed'); END",
    "CREATE TRIGGER holder_keeps_role BEFORE UPDATE OF role, account_id ON membership "
    "WHEN OLD.role = 'holder' AND (NEW.role <> 'holder' OR NEW.account_id <> OLD.account_id) "
    "BEGIN SELECT RAISE(ABORT, 'the holder of an account keeps that role'); END",
)
"""A change of ownership puts another login into the holder's row; nothing else touches it."""


def revision(store: Store) -> str:
    """The revision of a database; empty for a new or missing one."""
    if not store.path.exists():
        return ""
    if not store.row("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"):
        return ""
    found = store.row("SELECT version_num FROM alembic_version")
    return str(found[0]) if found else ""


def ensure_schema(store: Store) -> bool:
    """Make or upgrade the database; True if something was done. Costs one read when all is well."""
    if revision(store) == NEWEST:
        return False
    from alembic import command
    from sqlalchemy.exc import DBAPIError

    from app.store.search.install import install, unwatch

    try:
        store.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Personal data and password hashes: nobody else's to read, wherever the folder lies.
        store.path.touch(mode=0o600)
    except OSError as error:
        raise StoreError(
            f"{store.path}: the folder for the database cannot be made ({error.strerror}). "
            "Set LOKET_HOME to a folder that is yours to write."
        ) from error
    engine = engine_of(store)
    try:
        with engine.begin() as connection:
            config = alembic_config()
            config.attributes["connection"] = connection
            # The index of the search is made in the same transaction: with the schema or not at all.
            raw: Any = connection.connection.driver_connection
            unwatch(raw)
            command.upgrade(config, "head")
            install(raw)
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise StoreError(cure(error.orig, store.path)) from error
        raise
    except sqlite3.Error as error:
        raise StoreError(cure(error, store.path)) from error
    finally:
        engine.dispose()
    return True


def engine_of(store: Store) -> Engine:
    """An engine of its own for work on the schema."""
    from sqlalchemy import create_engine, event

    engine = create_engine(store.url)

    @event.listens_for(engine, "connect")
    def _settings(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]

    @event.listens_for(engine, "begin")
    def _begin(connection: object) -> None:
        # The driver would commit before each CREATE TABLE: a killed migration would leave half a schema.
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]

    return engine


def alembic_config() -> Config:
    """Where the migrations lie."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
