"""A backup made a database again: beside its place first, proven there, and only then in place."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.i18n import _
from app.operations.core.backup import container
from app.operations.core.backup.checking import Check, checks
from app.operations.core.backup.container import BadBackup, Tell
from app.operations.core.backup.facts import Facts, facts_from
from app.operations.core.backup.sqlite_file import stand_alone
from app.operations.core.backup.workplace import put_in_place, workplace
from app.operations.core.errors import Invalid, NotFound, Refused, Unavailable
from app.operations.core.visit import Visit
from app.store import Store

WORK: Final = ".restore"
DRILL: Final = ".drill"
BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database; with another database it would damage that."""


def read_facts(path: Path) -> Facts:
    """What a backup says about itself.

    Raises:
        NotFound: there is no such file.
        BadBackup: it is no backup.
    """
    try:
        with path.open("rb") as source:
            return facts_from(container.read_facts(source, str(path)), str(path))
    except FileNotFoundError as error:
        raise NotFound(_("There is no file {file}.").format(file=path), "path") from error
    except OSError as error:
        raise Unavailable(f"{path}: {error.strerror}.") from error


def unpack(path: Path, key: bytes | None, to: Path, tell: Tell) -> Facts:
    """Write what is in a backup into a new file, and prove that it is what was put in.

    Raises:
        BadBackup: it is no backup, damaged, or sealed with another key.
        Unavailable: the disk is full.
    """
    facts = read_facts(path)
    digest, done = hashlib.sha256(), 0
    try:
        handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with path.open("rb") as source, os.fdopen(handle, "wb") as out:
            for piece in container.pieces(source, str(path), key):
                out.write(piece)
                digest.update(piece)
                done += len(piece)
                tell(done, facts.bytes)
    except OSError as error:
        raise Unavailable(f"{to}: {error.strerror}.") from error
    if (done, digest.hexdigest()) != (facts.bytes, facts.digest):
        text = _("{file} is damaged: what is in it is not what was put in. Use another backup.")
        raise BadBackup(text.format(file=path))
    return facts


@contextmanager
def tried_out(visit: Visit, path: Path, key: bytes | None, tell: Tell) -> Iterator[tuple[Store, Facts]]:
    """The database of a backup in a place of its own, taken away at the end."""
    with workplace(visit.store.folder / DRILL) as folder:
        made = folder / "database"
        facts = unpack(path, key, made, tell)
        if facts.kind == "postgresql":
            from app.operations.core.backup.postgres_archive import passing_database

            with passing_database(visit.store, made) as store:
                yield store, facts
            return
        store = Store(f"sqlite:///{made}")
        try:
            yield store, facts
        finally:
            store.close()


def restore_into(
    visit: Visit, path: Path, key: bytes | None, to: str, tell: Tell
) -> tuple[Facts, list[Check]]:
    """Make the database of a backup at a place where there is none.

    Args:
        to: a file, or the address of an empty database on a server.

    Raises:
        Refused: there is something.
        BadBackup: the backup cannot be used, or what came out of it is not what went in.
    """
    facts = read_facts(path)
    if to.startswith(("postgresql://", "postgres://")) != (facts.kind == "postgresql"):
        said = _(
            "This backup is of a {kind} database. Restore it into one, then 'loket database copy' moves it."
        )
        raise Invalid(said.format(kind=facts.kind), "to")
    if facts.kind == "postgresql":
        return _into_server(visit, path, key, to, tell)
    return _into_file(visit, path, key, Path(to.removeprefix("sqlite:///")).expanduser().absolute(), tell)


def _into_file(
    visit: Visit, path: Path, key: bytes | None, target: Path, tell: Tell
) -> tuple[Facts, list[Check]]:
    refuse_existing(target)
    with workplace(target.parent / WORK) as folder:
        made = folder / target.name
        facts = unpack(path, key, made, tell)
        store = Store(f"sqlite:///{made}")
        try:
            found = list(checks(visit, store, facts))
        finally:
            store.close()
        if all(check.ok for check in found):
            stand_alone(made)
            refuse_existing(target)
            try:
                put_in_place(made, target)
            except OSError as error:
                raise Unavailable(f"{target}: {error.strerror}.") from error
    return facts, found


def refuse_existing(target: Path) -> None:
    """Nothing is overwritten, and nothing of another database may lie beside.

    Raises:
        Refused: there is something.
    """
    for name in (target.name, *(f"{target.name}{ending}" for ending in BESIDE)):
        there = target.with_name(name)
        if there.exists() and (there.stat().st_size or name == target.name):
            text = _(
                "{file} exists; nothing is overwritten. Stop the portal and move all {stem}* away together."
            )
            raise Refused(text.format(file=there, stem=target.name), "to")


def _into_server(
    visit: Visit, path: Path, key: bytes | None, to: str, tell: Tell
) -> tuple[Facts, list[Check]]:
    from app.operations.core.backup.postgres_archive import load

    store = Store(to, visit.store.folder)
    try:
        if store.tables():
            text = _("{database} is not empty; nothing is overwritten. Make a new database.")
            raise Refused(text.format(database=store.name), "to")
        with workplace(visit.store.folder / WORK) as folder:
            facts = unpack(path, key, folder / "database", tell)
            load(to, folder / "database")
        return facts, list(checks(visit, store, facts))
    finally:
        store.close()
