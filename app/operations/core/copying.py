"""All of a database put into an empty one of another kind: proven there before it counts.

Nobody writes to the source meanwhile, so nothing is acknowledged that the copy has not got; who only reads
goes on. The target is one transaction: it holds everything, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Final

from app.i18n import _
from app.operations.core.audit import verify
from app.operations.core.errors import Refused, Unavailable
from app.operations.core.visit import Visit
from app.store import Row, Store, Transaction

if TYPE_CHECKING:
    from sqlalchemy import Table

BATCH: Final = 2000
MADE_ANEW: Final = ("search_term", "search_entry", "search_pending")
"""The index of the search follows from the other tables."""
ABOUT_ITSELF: Final = "alembic_version"
DIGEST_BYTES: Final = 16
NEXT_NUMBER: Final = (
    "SELECT setval(pg_get_serial_sequence('{table}', '{column}'),"
    ' coalesce((SELECT max("{column}") FROM "{table}"), 1), EXISTS (SELECT 1 FROM "{table}"))'
    " WHERE pg_get_serial_sequence('{table}', '{column}') IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """A table of which both databases hold the same: so many rows, and the sum of their digests in hex."""

    table: str
    rows: int
    digest: str


class Sum:
    """Counts rows and adds up their digests: the same for the same rows in whatever order."""

    def __init__(self) -> None:
        self.rows = self._sum = 0

    def over(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows as they come, each counted."""
        for row in rows:
            self.rows += 1
            digest = blake2b(repr(tuple(row)).encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES)
            self._sum += int.from_bytes(digest.digest(), "big")
            yield row

    @property
    def digest(self) -> str:
        """The sum, in hex."""
        return f"{self._sum % (1 << 8 * DIGEST_BYTES):0{2 * DIGEST_BYTES}x}"


class Progress:
    """Tells how many rows are done."""

    def __init__(self, tell: Callable[[int, int], None], total: int) -> None:
        self._tell, self._total, self._done = tell, total, 0

    def add(self, rows: int) -> None:
        """So many more."""
        self._done += rows
        self._tell(self._done, self._total)


def copy_into(visit: Visit, target: Store, tell: Callable[[int, int], None]) -> list[CopiedTable]:
    """Copy all there is into an empty database.

    Args:
        target: a database without tables, or with empty ones.
        tell: called with rows done and rows to do; each is read, written and read again.

    Raises:
        Refused: the source is not of this version, or the target holds something.
        Unavailable: the copy is not what was copied; nothing of it was kept.
        StoreError: one of the databases cannot be reached, read or written.
    """
    from app.store.schema import NEWEST, ensure_schema

    if visit.store.revision() != NEWEST:
        raise Refused(_("Bring this database up to date first: loket database create"))
    _refuse_full(target)
    ensure_schema(target)
    with ExitStack() as stack:
        source = stack.enter_context(visit.store.transaction(quiet=True))
        into = stack.enter_context(target.transaction())
        for each in (source, into):
            _take_your_time(each)
        return _copy(replace(visit, store=target, tx=into, touched=[], changed={}), source, into, tell)


def _copy(
    there: Visit, source: Transaction, into: Transaction, tell: Callable[[int, int], None]
) -> list[CopiedTable]:
    from app.store.search.install import install, unwatch

    tables = _tables()
    progress = Progress(tell, 2 * sum(_count(source, table.name) for table in tables))
    unwatch(into)
    copied = [_copy_table(source, into, table, progress) for table in tables]
    install(into)
    if into.dialect == "postgresql":
        into.execute("ANALYZE")
    for table, was in zip(tables, copied, strict=True):
        if (found := _look(into, table, progress)) != was:
            text = _(
                "{table}: {found} rows were written instead of {wanted}, or other ones. Nothing was kept."
            )
            raise Unavailable(text.format(table=table.name, found=found.rows, wanted=was.rows))
    chain = verify(replace(there, audit_heads=None))
    if not chain.sound:
        text = _("The audit chain of this database is broken; nothing was copied. {problem}")
        raise Unavailable(text.format(problem=chain.problem))
    return copied


def _copy_table(source: Transaction, into: Transaction, table: Table, progress: Progress) -> CopiedTable:
    places = ", ".join("?" for _column in table.columns)
    insert = f'INSERT INTO "{table.name}" ({_names(table)}) VALUES ({places})'
    counted = Sum()
    for batch in _batches(counted.over(source.each(_select(table)))):
        into.executemany(insert, batch)
        progress.add(len(batch))
    if into.dialect == "postgresql":
        for column in (each for each in table.primary_key.columns if each.type.python_type is int):
            into.execute(NEXT_NUMBER.format(table=table.name, column=column.name))
    return CopiedTable(table.name, counted.rows, counted.digest)


def _look(into: Transaction, table: Table, progress: Progress) -> CopiedTable:
    """What the target holds now."""
    counted = Sum()
    for batch in _batches(counted.over(into.each(_select(table)))):
        progress.add(len(batch))
    return CopiedTable(table.name, counted.rows, counted.digest)


def _tables() -> list[Table]:
    """Those that are copied, each after the ones that it points to."""
    from sqlmodel import SQLModel

    import app.models  # noqa: F401

    return [table for table in SQLModel.metadata.sorted_tables if table.name not in MADE_ANEW]


def _refuse_full(target: Store) -> None:
    if not target.exists():
        return
    full = [
        name
        for name in target.tables()
        if name != ABOUT_ITSELF and target.row(f'SELECT 1 FROM "{name}" LIMIT 1') is not None
    ]
    if full:
        text = _("{name} is not empty: there is something in {tables}. Name an empty database.")
        raise Refused(text.format(name=target.name, tables=", ".join(full[:3])))


def _take_your_time(tx: Transaction) -> None:
    """One of the two transactions is idle while the other one works."""
    if tx.dialect == "postgresql":
        tx.execute("SET LOCAL idle_in_transaction_session_timeout = 0")


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _select(table: Table) -> str:
    return f'SELECT {_names(table)} FROM "{table.name}"'


def _count(source: Transaction, table: str) -> int:
    found = source.row(f'SELECT count(*) FROM "{table}"')
    return int(found[0]) if found else 0


def _batches(rows: Iterator[Row]) -> Iterator[Sequence[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
