"""A PostgreSQL database: one connection a thread, one writer at a time in the whole database.

The promise is that of a SQLite file. A transaction begins by taking an advisory lock that every other writer
of the database takes too, whatever its host; waiting ones are served in their order. The audit chain puts
all changes in one order anyway, so this costs little, and it spares every operation from lost updates,
retries and deadlocks. READ COMMITTED is enough then: nobody else commits meanwhile. Reads never wait.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import psycopg

from app.store.errors import IntegrityError, StoreError
from app.store.listening import Listener
from app.store.postgres.connection import connect, named, store_error, without_values
from app.store.postgres.statements import translated
from app.store.search.upkeep import fold_in
from app.store.store import Cursor, Row, Store, Transaction

if TYPE_CHECKING:
    from app.store.postgres.connection import Connection

LOCKS: Final = 0x4C4F4B45
"""First number of all advisory locks of Loket; the second says which."""
WRITER: Final = 1
CHANGED: Final = "loket_changed"
"""Channel on which every committed change is told; see LISTEN and NOTIFY of PostgreSQL."""
BEGIN: Final = (
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; "
    f"SELECT pg_advisory_xact_lock({LOCKS}, {WRITER}); SELECT pg_current_xact_id()::text"
)
TELL_AND_COMMIT: Final = f"NOTIFY {CHANGED}; COMMIT"
AT_ONCE: Final = 2000
"""Rows that `each` fetches at a time."""
Status = psycopg.pq.TransactionStatus
_names = count()


class PostgresTransaction(Transaction):
    """An open transaction of a PostgreSQL database."""

    dialect = "postgresql"
    connection: Connection

    def __init__(self, connection: Connection, version: int = 0) -> None:
        super().__init__(connection)
        self._version = version

    def execute(self, sql: str, **values: Any) -> Cursor:
        cursor = self.connection.execute(translated(sql), values)
        # As "UPDATE 3"; a read says "SELECT 3".
        said = cursor.statusmessage or ""
        if not said.startswith(("SELECT", "FETCH")) and not said.endswith(" 0"):
            self.changed = True
        return cursor

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        # Bound by the server: the statement is prepared once and the rows are sent without waiting.
        with psycopg.Cursor(self.connection) as cursor:
            cursor.executemany(translated(sql), rows)
            self.changed = self.changed or cursor.rowcount > 0
            return max(cursor.rowcount, 0)

    def rows(self, sql: str, **values: Any) -> list[Row]:
        return self.execute(sql, **values).fetchall()

    def row(self, sql: str, **values: Any) -> Row | None:
        found: Row | None = self.execute(sql, **values).fetchone()
        return found

    def each(self, sql: str, **values: Any) -> Iterator[Row]:
        return _each(self.connection, sql, values, hold=False)

    def version(self) -> int:
        return self._version


class PostgresStore(Store):
    """A database on a server."""

    dialect = "postgresql"
    begin_schema = (
        "SET TRANSACTION READ WRITE",
        "SET LOCAL lock_timeout = 600000",
        "SET LOCAL idle_in_transaction_session_timeout = 600000",
        f"SELECT pg_advisory_xact_lock({LOCKS}, {WRITER})",
    )

    def __init__(self, url: str, home: Path | None = None) -> None:
        super().__init__(url)
        self.name = named(url)
        self.folder = home or _home()
        self._local = threading.local()

    def rows(self, sql: str, **values: Any) -> list[Row]:
        found: list[Row] = self._read(sql, values).fetchall()
        return found

    def row(self, sql: str, **values: Any) -> Row | None:
        found: Row | None = self._read(sql, values).fetchone()
        return found

    def each(self, sql: str, **values: Any) -> Iterator[Row]:
        with self.errors():
            yield from _each(self._connection(), sql, values, hold=True)

    def version(self) -> int:
        found = self.row("SELECT pg_current_snapshot()::text")
        # Any transaction that begins or ends makes another text: more often than needed, never less.
        return hash(found)

    @contextmanager
    def transaction(self, *, quiet: bool = False) -> Iterator[Transaction]:
        with self.errors():
            opened = self._begin()
            connection = opened.connection
            try:
                yield opened
                fold_in(opened)
                connection.execute("COMMIT" if quiet or not opened.changed else TELL_AND_COMMIT)
                self.wrote = True
            except BaseException:
                _roll_back(connection)
                raise
            for call in opened.afterwards:
                call()

    def listen(self) -> Listener:
        from app.store.postgres.listener import PostgresListener

        with self.errors():
            return PostgresListener(connect(self.url), CHANGED)

    def error_of(self, said: BaseException) -> StoreError | IntegrityError | None:
        if isinstance(said, psycopg.IntegrityError):
            return IntegrityError(without_values(said))
        return store_error(said, self.url) if isinstance(said, psycopg.Error) else None

    def ready(self) -> None:
        from app.store.postgres.functions import FUNCTIONS
        from app.store.postgres.health import refuse_unsuitable

        refuse_unsuitable(self)
        with self.errors():
            connection = self._connection()
            connection.execute(BEGIN)
            try:
                for statement in FUNCTIONS:
                    connection.execute(statement.encode())
                connection.execute("COMMIT")
            finally:
                _roll_back(connection)

    def connect_for_schema(self) -> Connection:
        return connect(self.url, autocommit=False)

    def transaction_on(self, connection: Any) -> Transaction:
        return PostgresTransaction(connection)

    def exists(self) -> bool:
        return bool(self.revision())

    def revision(self) -> str:
        if not self.row("SELECT 1 FROM pg_class WHERE oid = to_regclass('alembic_version')"):
            return ""
        found = self.row("SELECT version_num FROM alembic_version")
        return str(found[0]) if found else ""

    def damage(self) -> list[str]:
        from app.store.postgres.health import damage

        return damage(self)

    def bytes(self) -> int:
        found = self.row("SELECT pg_database_size(current_database())")
        return int(found[0]) if found else 0

    def tables(self) -> list[str]:
        found = self.rows(
            "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
        )
        return [name for (name,) in found]

    def scrub(self) -> None:
        from app.store.postgres.scrub import scrub

        with self.errors():
            connection = self._connection()
            connection.execute("SET default_transaction_read_only = off")
            try:
                scrub(connection)
            finally:
                connection.execute("SET default_transaction_read_only = on")

    @contextmanager
    def hold_sign(self, name: str) -> Iterator[bool]:
        # A connection of its own: the server takes the sign away with it.
        with self.errors():
            connection = connect(self.url)
        try:
            with self.errors():
                key = (LOCKS, _number(name))
                alone = _one(connection, "SELECT pg_try_advisory_lock(%s, %s)", key)
                connection.execute("SELECT pg_advisory_lock_shared(%s, %s)", key)
                if alone:
                    connection.execute("SELECT pg_advisory_unlock(%s, %s)", key)
            yield bool(alone)
        finally:
            # Said, not only closed: the server notices a closed connection a moment later.
            with suppress(psycopg.Error):
                connection.execute("SELECT pg_advisory_unlock_all()")
            connection.close()

    def sees_sign(self, name: str) -> bool:
        with self.errors():
            connection, key = self._connection(), (LOCKS, _number(name))
            if not _one(connection, "SELECT pg_try_advisory_lock(%s, %s)", key):
                return True
            connection.execute("SELECT pg_advisory_unlock(%s, %s)", key)
            return False

    def close(self) -> None:
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _read(self, sql: str, values: dict[str, Any]) -> Any:
        with self.errors():
            connection = self._connection()
            try:
                return connection.execute(translated(sql), values)
            except psycopg.OperationalError:
                if not connection.broken:
                    raise
            # The server was restarted, or a firewall forgot the connection: a read may be asked twice.
            return self._connection().execute(translated(sql), values)

    def _begin(self) -> PostgresTransaction:
        """Wait for the turn."""
        connection = self._connection()
        if _status(connection) != Status.IDLE:
            raise RuntimeError("this thread is in a transaction already")
        try:
            cursor = connection.execute(BEGIN)
        except psycopg.Error:
            if not connection.broken:
                _roll_back(connection)
                raise
            connection = self._connection()
            cursor = connection.execute(BEGIN)
        while cursor.nextset():
            pass
        own = int(cast("Row", cursor.fetchone())[0])
        if own != self._local.last + 1:
            # Numbers of transactions follow each other: somebody else had the one between.
            self._local.version += 1
        self._local.last = own
        return PostgresTransaction(connection, self._local.version)

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None or connection.closed:
            connection = self._local.connection = connect(self.url)
            self._local.last = self._local.version = 0
        return connection


def _each(connection: Connection, sql: str, values: dict[str, Any], *, hold: bool) -> Iterator[Row]:
    """Rows of a cursor on the server; one that is held outlives statements and transactions in between."""
    name = f"loket_{next(_names)}"
    kept = "WITH HOLD " if hold else ""
    connection.execute(f"DECLARE {name} NO SCROLL CURSOR {kept}FOR ".encode() + translated(sql), values)
    try:
        while found := connection.execute(f"FETCH {AT_ONCE} FROM {name}".encode()).fetchall():
            yield from found
            if len(found) < AT_ONCE:
                return
    finally:
        with suppress(psycopg.Error):
            connection.execute(f"CLOSE {name}".encode())


def _roll_back(connection: Connection) -> None:
    if not connection.closed and _status(connection) != Status.IDLE:
        with suppress(psycopg.Error):
            connection.execute("ROLLBACK")


def _status(connection: Connection) -> Status:
    return connection.info.transaction_status


def _one(connection: Connection, sql: Any, values: Any) -> Any:
    found = cast("Row", connection.execute(sql, values).fetchone())
    return found[0]


def _number(name: str) -> int:
    """The second number of an advisory lock, far from those above."""
    import zlib

    return 1000 + zlib.crc32(name.encode()) % 2**30


def _home() -> Path:
    from app.settings import read_settings

    return read_settings().home
