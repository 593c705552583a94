"""The database file itself: made, and looked at for damage."""

from __future__ import annotations

from dataclasses import dataclass

from app.operations.core import Visit, operation
from app.operations.core.audit import verify


@dataclass(frozen=True, slots=True)
class DatabaseReport:
    """What a check of the database found; `problems` is empty when all is well."""

    path: str
    revision: str
    bytes: int
    tables: int
    audit_rows: int
    problems: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


@operation("database.create", right="RUN_WORKER", changes=False)
def create(visit: Visit) -> DatabaseReport:
    """Make an empty database, or bring an older one up to date."""
    from app.store.schema import ensure_schema

    ensure_schema(visit.store)
    return check(visit)


@operation("database.check", right="RUN_WORKER", changes=False)
def check(visit: Visit) -> DatabaseReport:
    """Look for damage: pages, references between rows, the audit chain, the revision."""
    from app.store.schema import NEWEST, revision

    found = revision(visit.store)
    problems = [] if found == NEWEST else [f"The revision is {found or 'missing'}, not {NEWEST}."]
    problems += [str(row[0]) for row in visit.rows("PRAGMA integrity_check(20)") if row[0] != "ok"]
    for table, row, other, _key in visit.rows("PRAGMA foreign_key_check")[:20]:
        problems.append(f"Row {row} of {table} points to a row of {other} that is gone.")
    chain = verify(visit)
    if chain.bad_seq is not None:
        problems.append(f"The audit chain is broken at row {chain.bad_seq}.")
    tables = visit.row("SELECT count(*) FROM sqlite_master WHERE type = 'table'")
    return DatabaseReport(
        path=str(visit.store.path),
        revision=found,
        bytes=visit.store.path.stat().st_size,
        tables=int(tables[0]) if tables else 0,
        audit_rows=chain.rows,
        problems=tuple(problems),
    )
