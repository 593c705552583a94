"""The database itself: made, looked at for damage, backed up, copied into another one."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from app.i18n import _
from app.operations.core import Invalid, Visit, operation
from app.operations.core.audit import verify
from app.operations.core.backup.checking import Check, checks
from app.operations.core.backup.container import Tell
from app.operations.core.backup.facts import Facts
from app.operations.core.backup.making import Backup, file_for, make, newest, read_key, remove_old
from app.operations.core.backup.restoring import restore_into, tried_out
from app.operations.core.copying import CopiedTable, copy_into
from app.store import Store


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


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was restored, and everything that was looked at; `seconds` is how long it took."""

    backup: str
    database: str
    made_at: int
    bytes: int
    seconds: int
    checks: tuple[Check, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found wrong."""
        return all(check.ok for check in self.checks)


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What was copied where; both hold the same rows of each table, and the audit chain is whole."""

    source: str
    target: str
    rows: int
    audit_rows: int
    seconds: int
    tables: tuple[CopiedTable, ...]


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
    problems += visit.store.damage()
    chain = verify(visit)
    if chain.bad_seq is not None:
        problems.append(f"The audit chain is broken at row {chain.bad_seq}.")
    return DatabaseReport(
        path=visit.store.name,
        revision=found,
        bytes=visit.store.bytes(),
        tables=len(visit.store.tables()),
        audit_rows=chain.rows,
        problems=tuple(problems),
    )


@operation("database.backup", right="MANAGE_BACKUPS", changes=False)
def backup(
    visit: Visit, path: str, key_file: str = "", keep: int = 0, progress: Tell | None = None
) -> Backup:
    """Copy the database into a file while everybody goes on working. The keys are not in it.

    Args:
        path: a new file, or a folder, where it gets a name with date and time.
        key_file: seal it with the 32 bytes in this file.
        keep: in a folder, take away all but the newest so many backups; 0 keeps all.
        progress: called with bytes done and bytes to do.
    """
    if keep < 0:
        raise Invalid(_("Keep 0 for all, or how many."), "keep")
    key = read_key(key_file)
    file = file_for(path, visit.now)
    made = make(visit, file, key, progress or _silent)
    return replace(made, removed=remove_old(file, keep))


@operation("database.restore", right="MANAGE_BACKUPS", changes=False)
def restore(
    visit: Visit, path: str, to: str, key_file: str = "", progress: Tell | None = None
) -> RestoreReport:
    """Make a database from a backup at a place where there is none; it is there only if all of it is right.

    Args:
        path: the backup.
        to: a file that does not exist, or the address of an empty PostgreSQL database.
        key_file: the key that sealed it.
        progress: called with bytes done and bytes to do.
    """
    began = time.monotonic()
    file = newest(path)
    facts, found = restore_into(visit, file, read_key(key_file), to, progress or _silent)
    return _restored(str(file), _without_password(to), facts, found, began)


@operation("database.drill", right="MANAGE_BACKUPS", changes=False)
def drill(visit: Visit, path: str, key_file: str = "", progress: Tell | None = None) -> RestoreReport:
    """Try a backup out: restore it into a place of its own, look at everything, take it away again.

    Args:
        path: the backup, or a folder for the newest one in it.
        key_file: the key that sealed it.
        progress: called with bytes done and bytes to do.
    """
    began = time.monotonic()
    file = newest(path)
    with tried_out(visit, file, read_key(key_file), progress or _silent) as (store, facts):
        found = list(checks(visit, store, facts))
    return _restored(str(file), "", facts, found, began)


@operation("database.copy", right="MANAGE_BACKUPS", changes=False)
def copy(visit: Visit, to: str, progress: Tell | None = None) -> CopyReport:
    """Copy the database into an empty one, as from SQLite to PostgreSQL; writers wait meanwhile.

    Args:
        to: a file that does not exist, or the address of an empty PostgreSQL database.
        progress: called with rows done and rows to do.
    """
    began = time.monotonic()
    target = Store(to if "://" in to else f"sqlite:///{Path(to).absolute()}", visit.store.folder)
    try:
        tables = copy_into(visit, target, progress or _silent)
    finally:
        target.close()
    return CopyReport(
        source=visit.store.name,
        target=target.name,
        rows=sum(table.rows for table in tables),
        audit_rows=next(table.rows for table in tables if table.table == "audit"),
        seconds=int(time.monotonic() - began) + 1,
        tables=tuple(tables),
    )


def _restored(file: str, database: str, facts: Facts, found: list[Check], began: float) -> RestoreReport:
    return RestoreReport(
        backup=file,
        database=database,
        made_at=facts.at,
        bytes=facts.bytes,
        # Rounded up: what is quicker than a second has not taken none.
        seconds=int(time.monotonic() - began) + 1,
        checks=tuple(found),
    )


def _without_password(address: str) -> str:
    if not address.startswith(("postgresql://", "postgres://")):
        return address
    from app.store.postgres.connection import named

    return named(address)


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""
