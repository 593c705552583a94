"""The same with PostgreSQL: an archive of one instant, tried out in a database that is made for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.operations.core import Invalid, Refused, Unavailable, Visit, audit, perform
from app.store import Store

pytestmark = pytest.mark.parametrize("database", ["postgres"], indirect=True)


def databases(visit: Visit) -> set[str]:
    """This test's own, and what is made beside it: others of the server come and go."""
    own = "datname = current_database() OR starts_with(datname, current_database() || '_')"
    return {name for (name,) in visit.store.rows(f"SELECT datname FROM pg_database WHERE {own}")}


def changed(visit: Visit, *statements: str) -> None:
    """Run statements on the server, outside of any transaction."""
    from app.store.postgres.connection import connect

    connection = connect(visit.store.url)
    try:
        connection.execute("SET default_transaction_read_only = off")
        for statement in statements:
            connection.execute(statement.encode())
    finally:
        connection.close()


@pytest.fixture
def empty(visit: Visit) -> Iterator[str]:
    """The address of an empty database."""
    from app.operations.core.backup.postgres_archive import parts_of, url_of

    name = f"{parts_of(visit.store.url)['dbname']}_new"
    changed(visit, f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield url_of(visit.store.url, name)
    changed(visit, f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_backup_under_writers_is_tried_out_and_restored(visit: Visit, folder: Path, empty: str) -> None:
    stop = threading.Event()

    def write() -> None:
        mine = replace(visit, store=Store(visit.store.url, visit.store.folder), touched=[], changed={})
        while not stop.is_set():
            with mine.transaction():
                audit.append(mine, "lines.get", "done", "Somebody")
        mine.store.close()

    writers = [threading.Thread(target=write) for _each in range(2)]
    for writer in writers:
        writer.start()
    try:
        made = perform(visit, "database.backup", path=str(folder))
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    before = databases(visit)
    report = perform(visit, "database.drill", path=made.path)
    assert report.sound, report.checks
    assert databases(visit) == before
    report = perform(visit, "database.restore", path=made.path, to=empty)
    assert report.sound, report.checks
    copy = Store(empty, visit.store.folder)
    assert copy.row("SELECT count(*) FROM audit") == (made.audit_rows,)
    copy.close()
    with pytest.raises(Refused, match="not empty"):
        perform(visit, "database.restore", path=made.path, to=empty)


def test_what_a_killed_drill_left_goes_but_nobody_elses_database(visit: Visit, folder: Path) -> None:
    from app.operations.core.backup.postgres_archive import MARK, parts_of

    name = f"{parts_of(visit.store.url)['dbname']}_drill"
    made = perform(visit, "database.backup", path=str(folder))
    changed(visit, f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        with pytest.raises(Unavailable, match="not made by a drill"):
            perform(visit, "database.drill", path=made.path)
        assert name in databases(visit)
        changed(visit, f"COMMENT ON DATABASE \"{name}\" IS '{MARK}'")
        assert perform(visit, "database.drill", path=made.path).sound
        assert name not in databases(visit)
    finally:
        changed(visit, f'DROP DATABASE IF EXISTS "{name}"')


def test_a_backup_of_one_kind_is_not_restored_into_the_other(visit: Visit, folder: Path) -> None:
    made = perform(visit, "database.backup", path=str(folder))
    with pytest.raises(Invalid, match="postgresql database"):
        perform(visit, "database.restore", path=made.path, to=str(folder / "x.db"))
    assert not (folder / "x.db").exists()
