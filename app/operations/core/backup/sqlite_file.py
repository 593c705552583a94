"""A copy of a SQLite file while others write to it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.operations.core.backup.container import Tell
from app.store import Store
from app.store.sqlite import connect, store_error

PAGES = 4096
"""Copied at a time, with progress between."""


def copy_database(path: Path, to: Path, tell: Tell) -> None:
    """Copy a database as it is at one instant; nobody waits for it, and it waits for nobody.

    Args:
        to: a new file; it stands alone, without a journal beside it.
        tell: called with bytes done and bytes to do.

    Raises:
        StoreError: it cannot be read, or the copy not be written.
    """
    source = connect(path, read_only=True)
    try:
        # One view for the whole copy: without it, each commit of others would begin the copy anew.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        size = source.execute("PRAGMA page_size").fetchone()[0]
        copy = sqlite3.connect(to, isolation_level=None)
        try:
            source.backup(
                copy,
                pages=PAGES,
                progress=lambda _state, left, total: tell((total - left) * size, total * size),
            )
            copy.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.Error as error:
            raise store_error(error, to) from error
        finally:
            copy.close()
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    finally:
        source.close()


def path_of(store: Store) -> Path:
    """The file of a store of that kind."""
    from app.store.sqlite_store import sqlite_path

    return sqlite_path(store.url)


def stand_alone(path: Path) -> None:
    """Write all of a database into its one file, so that it can be moved without what lies beside it.

    Raises:
        StoreError: the disk does not take it.
    """
    try:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise store_error(error, path) from error
