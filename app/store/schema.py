"""The shape of the database: made on first start, brought up to date afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.store.errors import StoreError
from app.store.store import Store

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Engine

MIGRATIONS = Path(__file__).parents[1] / "models" / "migrations"
NEWEST = "0009"
"""The newest revision, known without loading the migration tool; a test holds it against the files."""
DRIVER = {"sqlite": "", "postgresql": "+psycopg"}
"""What SQLAlchemy adds to the name of a kind of database."""


def revision(store: Store) -> str:
    """The revision of a database; empty for a new or missing one."""
    return store.revision()


def ensure_schema(store: Store) -> bool:
    """Make or upgrade the database; True if something was done. Costs one read when all is well.

    Of two hosts that start at once one does it, the other waits for it.

    Raises:
        StoreError: it cannot be made, or is of a newer version; with the cure.
    """
    found = store.revision()
    if found == NEWEST:
        return False
    if found > NEWEST:
        raise StoreError(
            f"{store.name}: a newer Loket has used this database (revision {found}; this knows {NEWEST}). "
            "Install that version again, or restore the backup from before the upgrade."
        )
    from alembic import command

    from app.store.search.install import install, unwatch

    store.ready()
    engine = engine_of(store)
    try:
        with store.errors(), engine.begin() as connection:
            config = alembic_config()
            config.attributes["connection"] = connection
            # The index of the search is made in the same transaction: with the schema or not at all.
            raw: Any = connection.connection.driver_connection
            tx = store.transaction_on(raw)
            unwatch(tx)
            command.upgrade(config, "head")
            install(tx)
    finally:
        engine.dispose()
    return True


def engine_of(store: Store) -> Engine:
    """An engine of its own for work on the schema; one such work at a time."""
    from sqlalchemy import NullPool, create_engine, event

    begin = store.begin_schema
    engine = create_engine(
        f"{store.dialect}{DRIVER[store.dialect]}://", creator=store.connect_for_schema, poolclass=NullPool
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: object) -> None:
        for statement in begin:
            connection.exec_driver_sql(statement)  # type: ignore[attr-defined]

    return engine


def alembic_config() -> Config:
    """Where the migrations lie."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
