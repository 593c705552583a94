"""The door to the database: quick reads, and changes in one transaction. What both databases promise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol

from app.store.errors import IntegrityError, StoreError, driver_error
from app.store.listening import Listener

Row = tuple[Any, ...]
Dialect = Literal["sqlite", "postgresql"]


class Cursor(Protocol):
    """What a statement gives back, as of the Python database interface."""

    @property
    def rowcount(self) -> int:
        """Rows that were changed."""
        ...

    def fetchone(self) -> Any:
        """The next row, or None."""
        ...

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        ...


class Transaction:
    """One open transaction; ended by `Store.transaction`."""

    dialect: ClassVar[Dialect]

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        """The driver's own; for the ORM, and for what only one kind of database knows."""
        self.afterwards: list[Callable[[], object]] = []
        """Called in this order once the transaction has been committed."""
        self.changed = False
        """Whether something was changed that the database itself does not count, as by the ORM."""

    def execute(self, sql: str, **values: Any) -> Cursor:
        """Run one statement with named values (`:name`); a new row's number comes by `RETURNING id`."""
        raise NotImplementedError

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        """Run one statement with positional values (`?`) for each row; the number of rows changed."""
        raise NotImplementedError

    def added(self, sql: str, **values: Any) -> int:
        """Insert one row by a statement that ends with RETURNING; the number it got."""
        found = self.row(sql, **values)
        if found is None:
            raise LookupError("the statement inserted nothing, or does not end with RETURNING")
        return int(found[0])

    def rows(self, sql: str, **values: Any) -> list[Row]:
        """All rows, seeing what this transaction has changed."""
        raise NotImplementedError

    def row(self, sql: str, **values: Any) -> Row | None:
        """The first row, or None."""
        raise NotImplementedError

    def each(self, sql: str, **values: Any) -> Iterator[Row]:
        """The rows one after another, for what is too long to hold at once."""
        raise NotImplementedError

    def version(self) -> int:
        """A number that is another one if others committed since this connection's last transaction."""
        raise NotImplementedError


class Store:
    """A database, of the kind that its address names. Connections belong to the thread that uses them.

    Args:
        url: `sqlite:///path/to/loket.db` or `postgresql://user@host/database`.
        home: folder for what lies beside a database on a server: exports, locks of this host. By default that
            of a SQLite file, or LOKET_HOME.

    Raises:
        StoreError: another kind of database, a disk that SQLite cannot lock, no driver.
    """

    dialect: ClassVar[Dialect]
    url: str
    name: str
    """What messages call it: the path, or the address without a password."""
    folder: Path
    """Where files that go with it are put."""
    wrote: bool
    """Whether this process has committed anything."""
    begin_schema: ClassVar[tuple[str, ...]]
    """Statements that begin a change of the schema: one at a time, readers see it whole or not at all."""

    def __new__(cls, url: str, home: Path | None = None) -> Store:
        """The kind that the address names."""
        if cls is not Store:
            return super().__new__(cls)
        kind = url.split("://")[0]
        if kind == "sqlite":
            from app.store.sqlite_store import SqliteStore

            return super().__new__(SqliteStore)
        if kind in ("postgresql", "postgres"):
            from app.store.postgres.store import PostgresStore

            return super().__new__(PostgresStore)
        raise StoreError(
            f"LOKET_DATABASE_URL: {kind} databases are not supported; use sqlite:///path/to/loket.db "
            "or postgresql://user@host/database"
        )

    def __init__(self, url: str, home: Path | None = None) -> None:
        self.url = url
        self.wrote = False

    def rows(self, sql: str, **values: Any) -> list[Row]:
        """All rows of a read; sees what was committed before it."""
        raise NotImplementedError

    def row(self, sql: str, **values: Any) -> Row | None:
        """The first row of a read, or None."""
        raise NotImplementedError

    def each(self, sql: str, **values: Any) -> Iterator[Row]:
        """The rows of a read one after another, for what is too long to hold at once."""
        raise NotImplementedError

    def version(self) -> int:
        """A number that changes when another connection has committed; cheap enough to ask for often."""
        raise NotImplementedError

    def transaction(self, *, quiet: bool = False) -> AbstractContextManager[Transaction]:
        """All or nothing: committed at the end, rolled back on any exception.

        One at a time in the whole database, whoever writes and from whichever host: what a transaction has
        read stays true until its end. Readers never wait.

        Args:
            quiet: what it changes is shown nowhere else, so who listens is not woken.

        Raises:
            Busy: others held the database for ten seconds.
            IntegrityError: a rule of the tables forbids it.
            StoreError: the database cannot be reached or written.
        """
        raise NotImplementedError

    def listen(self) -> Listener:
        """Hear of every commit that changed something and was not quiet, of whatever process and host.

        Raises:
            StoreError: the database cannot be reached.
        """
        raise NotImplementedError

    @contextmanager
    def errors(self) -> Iterator[None]:
        """What the driver raises inside leaves as an error of the store."""
        try:
            yield
        except Exception as error:
            said = driver_error(error)
            meant = self.error_of(said)
            if meant is None:
                raise
            raise meant from said

    def error_of(self, said: BaseException) -> StoreError | IntegrityError | None:
        """What an error of the driver means; None for anything else."""
        raise NotImplementedError

    def ready(self) -> None:
        """See to what tables need before they can be made.

        Raises:
            StoreError: the folder cannot be made, the database has an unsuitable order of texts.
        """
        raise NotImplementedError

    def connect_for_schema(self) -> Any:
        """A connection for work on the schema, whose transactions SQLAlchemy ends."""
        raise NotImplementedError

    def transaction_on(self, connection: Any) -> Transaction:
        """A transaction that was begun on a connection by somebody else, who will end it."""
        raise NotImplementedError

    def exists(self) -> bool:
        """Whether there is a database with tables, or a file that may be one."""
        raise NotImplementedError

    def revision(self) -> str:
        """The revision of its tables; empty for a new or missing one."""
        raise NotImplementedError

    def damage(self) -> list[str]:
        """What the database finds wrong with itself, in English; looks at every page and reference."""
        raise NotImplementedError

    def bytes(self) -> int:
        """Its size on disk."""
        raise NotImplementedError

    def tables(self) -> list[str]:
        """The names of its tables, sorted."""
        raise NotImplementedError

    def scrub(self) -> None:
        """Write the tables anew without what was deleted or changed in them; others wait meanwhile."""
        raise NotImplementedError

    def hold_sign(self, name: str) -> AbstractContextManager[bool]:
        """Show others that this process does some work, inside the block; the system takes the sign away with
        the process, however that ends. Yields whether nobody else showed it when the block began."""
        raise NotImplementedError

    def sees_sign(self, name: str) -> bool:
        """Whether a living process shows that sign."""
        raise NotImplementedError

    def close(self) -> None:
        """Close this thread's connections."""
        raise NotImplementedError
