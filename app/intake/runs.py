"""The list of imports: which file, how far, how it ended."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from app.intake.keep import Counts
from app.store import StoreError, Transaction

INTERRUPTED = "interrupted"
REPEATED = "interrupted; imported again later"
"""What is stored as the error of a run whose process ended without a word."""


class Totals(Protocol):
    """What became of the whole file."""

    rejected: int
    broken: str


def source_id(tx: Transaction, name: str) -> int:
    """The number of a source; made when it is first met."""
    tx.execute("INSERT INTO source (name) VALUES (:name) ON CONFLICT (name) DO NOTHING", name=name)
    return int(tx.rows("SELECT id FROM source WHERE name = :name", name=name)[0][0])


def start(tx: Transaction, source: int, file_name: str, digest: str, now: int) -> int:
    """Write down that a file is being read."""
    return tx.added(
        "INSERT INTO import_run (source_id, file_name, digest, started_at, status, rows, rated, "
        "suspended, duplicates, rejected, error) "
        "VALUES (:source, :file, :digest, :now, 'running', 0, 0, 0, 0, 0, '') RETURNING id",
        source=source,
        file=file_name,
        digest=digest,
        now=now,
    )


def count(tx: Transaction, run_id: int | None, counts: Counts) -> None:
    """Add what a chunk brought, in the chunk's own transaction."""
    tx.execute(
        "UPDATE import_run SET rows = rows + :rows, rated = rated + :rated, "
        "suspended = suspended + :suspended, duplicates = duplicates + :duplicates WHERE id = :run",
        run=run_id,
        rows=counts.rated + counts.suspended + counts.duplicates,
        rated=counts.rated,
        suspended=counts.suspended,
        duplicates=counts.duplicates,
    )


def finish(tx: Transaction, run_id: int, digest: str, totals: Totals, now: int) -> None:
    """Write down how it ended. Runs of the same file that died before are told so."""
    tx.execute(
        "UPDATE import_run SET status = :status, finished_at = :now, rejected = :rejected, "
        "rows = rows + :rejected, error = :error WHERE id = :run",
        status="failed" if totals.broken else "done",
        now=now,
        rejected=totals.rejected,
        error=totals.broken,
        run=run_id,
    )
    tx.execute(
        f"UPDATE import_run SET status = 'failed', error = '{REPEATED}' "
        "WHERE digest = :digest AND status = 'running' AND id < :run",
        digest=digest,
        run=run_id,
    )


def tell_interrupted(tx: Transaction) -> None:
    """Runs that nobody works on any more; only while no import is alive."""
    tx.execute(
        "UPDATE import_run SET status = 'failed', error = :error WHERE status = 'running'", error=INTERRUPTED
    )


def try_to_fail(
    begin: Callable[[], AbstractContextManager[Transaction]], run_id: int, error: str, now: int
) -> None:
    """Write down that a run failed, if the database still lets us."""
    try:
        with begin() as tx:
            tx.execute(
                "UPDATE import_run SET status = 'failed', error = :error, finished_at = :now WHERE id = :run",
                run=run_id,
                error=error[:500],
                now=now,
            )
    except StoreError:
        return
