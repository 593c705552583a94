"""What a long import holds: the database when it can be had, memory for indexes, no collector."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from app.store import Busy, Transaction

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
            except Busy:
                if attempt == TRIES:
                    raise
        raise AssertionError("not reached")

    def __exit__(self, *error: object) -> bool | None:
        return self._open.__exit__(*error)  # type: ignore[arg-type]


@contextmanager
def much_memory(begin: Begin) -> Iterator[None]:
    """Keep the inner pages of indexes in memory: records of all lines come in turn.

    A server has a memory of its own, which its configuration sizes.
    """
    with waiting_for(begin) as tx:
        connection = tx.connection if tx.dialect == "sqlite" else None
        usual = int(tx.rows("PRAGMA cache_size")[0][0]) if connection else 0
        if connection:
            tx.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
    try:
        yield
    finally:
        if connection:
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
