"""A SQLite file: reads on a read-only connection, changes on one that locks out other writers."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from app.store import file_sign
from app.store.errors import IntegrityError, StoreError
from app.store.listening import Listener, listen, notify
from app.store.search.upkeep import fold_in
from app.store.sqlite import connect, refuse_network_disk, store_error
from app.store.store import Row, Store, Transaction


class SqliteTransaction(Transaction):
    """An open transaction of a SQLite file."""

    dialect = "sqlite"
    connection: sqlite3.Connection

    def execute(self, sql: str, **values: Any) -> sqlite3.Cursor:
        return self.connection.execute(sql, values)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        return self.connection.executemany(sql, rows).rowcount

    def rows(self, sql: str, **values: Any) -> list[Row]:
        return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, **values: Any) -> Row | None:
        found = self.connection.execute(sql, values).fetchone()
        return found if found is None else tuple(found)

    def each(self, sql: str, **values: Any) -> Iterator[Row]:
        return self.connection.execute(sql, values)

    def version(self) -> int:
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])


class SqliteStore(Store):
    """A database file."""

    dialect = "sqlite"
    # The driver would commit before each CREATE TABLE: a killed migration would leave half a schema.
    begin_schema = ("BEGIN IMMEDIATE",)

    def __init__(self, url: str, home: Path | None = None) -> None:
        super().__init__(url)
        self.path = sqlite_path(url)
        self.folder = self.path.parent
        self.name = str(self.path)
        refuse_network_disk(self.folder)
        self._local = threading.local()

    def rows(self, sql: str, **values: Any) -> list[Row]:
        with self.errors():
            return self._reader().execute(sql, values).fetchall()

    def row(self, sql: str, **values: Any) -> Row | None:
        with self.errors():
            found = self._reader().execute(sql, values).fetchone()
        return found if found is None else tuple(found)

    def each(self, sql: str, **values: Any) -> Iterator[Row]:
        with self.errors():
            yield from self._reader().execute(sql, values)

    def version(self) -> int:
        with self.errors():
            return int(self._reader().execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def transaction(self, *, quiet: bool = False) -> Iterator[Transaction]:
        with self.errors():
            connection = self._writer()
            connection.execute("BEGIN IMMEDIATE")
            before = connection.total_changes
            opened = SqliteTransaction(connection)
            try:
                yield opened
                fold_in(opened)
                connection.execute("COMMIT")
                self.wrote = True
                if not quiet and connection.total_changes != before:
                    notify(self.path)
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            for call in opened.afterwards:
                call()

    def listen(self) -> Listener:
        return listen(self.path)

    def error_of(self, said: BaseException) -> StoreError | IntegrityError | None:
        if isinstance(said, sqlite3.IntegrityError):
            return IntegrityError(str(said))
        return store_error(said, self.path) if isinstance(said, sqlite3.DatabaseError) else None

    def ready(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Personal data and password hashes: nobody else's to read, wherever the folder lies.
            self.path.touch(mode=0o600)
        except OSError as error:
            raise StoreError(
                f"{self.path}: the folder for the database cannot be made ({error.strerror}). "
                "Set LOKET_HOME to a folder that is yours to write."
            ) from error

    def connect_for_schema(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        return connection

    def transaction_on(self, connection: Any) -> Transaction:
        return SqliteTransaction(connection)

    def exists(self) -> bool:
        return self.path.exists()

    def revision(self) -> str:
        if not self.path.exists():
            return ""
        if not self.row("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"):
            return ""
        found = self.row("SELECT version_num FROM alembic_version")
        return str(found[0]) if found else ""

    def damage(self) -> list[str]:
        found = [str(row[0]) for row in self.rows("PRAGMA integrity_check(20)") if row[0] != "ok"]
        for table, row, other, _key in self.rows("PRAGMA foreign_key_check")[:20]:
            found.append(f"Row {row} of {table} points to a row of {other} that is gone.")
        return found

    def bytes(self) -> int:
        return self.path.stat().st_size

    def tables(self) -> list[str]:
        found = self.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return [name for (name,) in found if name != "sqlite_sequence"]

    def scrub(self) -> None:
        with self.errors():
            connection = self._writer()
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def hold_sign(self, name: str) -> AbstractContextManager[bool]:
        return file_sign.hold(self.folder / f"{name}.lock")

    def sees_sign(self, name: str) -> bool:
        return file_sign.sees(self.folder / f"{name}.lock")

    def close(self) -> None:
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


def sqlite_path(url: str) -> Path:
    """The file of a `sqlite:///` address.

    Raises:
        StoreError: the address names no file.
    """
    found = re.fullmatch(r"sqlite:///(.+)", url)
    if not found:
        raise StoreError(f"LOKET_DATABASE_URL: {url} names no file; use sqlite:///path/to/loket.db")
    return Path(found[1])
