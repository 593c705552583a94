"""The door to the database: quick reads on a read-only connection, changes in one transaction."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.store.search.upkeep import fold_in
from app.store.sqlite import StoreError, connect, cure, refuse_network_disk

Row = tuple[Any, ...]


class Transaction:
    """One open transaction; ended by `Store.transaction`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.afterwards: list[Callable[[], object]] = []
        """Called in this order once the transaction has been committed."""
        self._path = path

    def execute(self, sql: str, **values: Any) -> sqlite3.Cursor:
        """Run one statement with named values (`:name`)."""
        return self.connection.execute(sql, values)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        """Run one statement with positional values for each row; the number of rows changed."""
        return self.connection.executemany(sql, rows).rowcount

    def rows(self, sql: str, **values: Any) -> list[Row]:
        """All rows, seeing what this transaction has changed."""
        return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, **values: Any) -> Row | None:
        """The first row, or None."""
        found = self.connection.execute(sql, values).fetchone()
        return found if found is None else tuple(found)


class Store:
    """A database file. Connections belong to the thread that uses them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.path = sqlite_path(url)
        refuse_network_disk(self.path.parent)
        self._local = threading.local()
        self.wrote = False
        """Whether this process has committed anything."""

    def rows(self, sql: str, **values: Any) -> list[Row]:
        """All rows of a read; sees what was committed before it."""
        with self._errors():
            return self._reader().execute(sql, values).fetchall()

    def row(self, sql: str, **values: Any) -> Row | None:
        """The first row of a read, or None."""
        with self._errors():
            found = self._reader().execute(sql, values).fetchone()
        return found if found is None else tuple(found)

    def each(self, sql: str, **values: Any) -> Iterator[Row]:
        """The rows of a read one after another, for what is too long to hold at once."""
        with self._errors():
            yield from self._reader().execute(sql, values)

    def version(self) -> int:
        """A number that changes when another connection has committed; costs no disk access."""
        with self._errors():
            return int(self._reader().execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All or nothing: committed at the end, rolled back on any exception."""
        with self._errors():
            connection = self._writer()
            connection.execute("BEGIN IMMEDIATE")
            opened = Transaction(connection, self.path)
            try:
                yield opened
                fold_in(connection)
                connection.execute("COMMIT")
                self.wrote = True
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            for call in opened.afterwards:
                call()

    def scrub(self) -> None:
        """Write the file anew without what was deleted or changed in it; others wait meanwhile."""
        with self._errors():
            connection = self._writer()
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        """Close this thread's connections."""
        for name in ("reader", "writer"):
            connection = getattr(self._local, name, None)
            if connection is not None:
                connection.close()
                setattr(self._local, name, None)

    def _reader(self) -> sqlite3.Connection:
        if getattr(self._local, "reader", None) is None:
            self._local.reader = connect(self.path, read_only=True)
        connection: sqlite3.Connection = self._local.reader
        return connection

    def _writer(self) -> sqlite3.Connection:
        if getattr(self._local, "writer", None) is None:
            self._local.writer = connect(self.path)
        connection: sqlite3.Connection = self._local.writer
        return connection

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise StoreError(cure(error, self.path)) from error
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.IntegrityError):
                raise
            raise StoreError(cure(error, self.path)) from error


def sqlite_path(url: str) -> Path:
    """The file of a `sqlite:///` address.

    Raises:
        StoreError: another kind of database.
    """
    found = re.fullmatch(r"sqlite:///(.+)", url)
    if not found:
        raise StoreError(
            f"LOKET_DATABASE_URL: {url.split('://')[0]} databases are not supported; use sqlite:///path/to/loket.db"
        )
    return Path(found[1])
