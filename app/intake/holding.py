"""What a long import holds: the database when it can be had, memory for indexes, no collector."""

from __future__ import annotations

import gc
import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from app.store import StoreError, Transaction

Begin = Callable[[], AbstractContextManager[Transaction]]
CACHE_KILOBYTES = 200_000
TRIES = 3
"""How often a locked database is waited for, ten seconds each time."""


class waiting_for:
    """A transaction; a database that another program holds is waited for.

    Raises:
        StoreError: it was held all the time.
    """

    def __init__(self, begin: Begin) -> None:
        self._begin = begin

    def __enter__(self) -> Transaction:
        for attempt in range(1, TRIES + 1):
            self._open = self._begin()
            try:
                return self._open.__enter__()
            except StoreError as error:
                if attempt == TRIES or not is_busy(error):
                    raise
        raise AssertionError("not reached")

    def __exit__(self, *error: object) -> bool | None:
        return self._open.__exit__(*error)  # type: ignore[arg-type]


def is_busy(error: StoreError) -> bool:
    """Whether another program holds the database."""
    cause = error.__cause__
    return isinstance(cause, sqlite3.OperationalError) and any(
        word in str(cause) for word in ("locked", "busy")
    )


@contextmanager
def much_memory(begin: Begin) -> Iterator[None]:
    """Keep the inner pages of indexes in memory: records of all lines come in turn."""
    with waiting_for(begin) as tx:
        usual = int(tx.rows("PRAGMA cache_size")[0][0])
        tx.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
        connection = tx.connection
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {usual}")


@contextmanager
def without_collector() -> Iterator[None]:
    """Rows are tuples of numbers and texts: looking through millions of them for cycles finds none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def file_digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
