"""A database copied into another kind of database, and back, is the same one."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from app.operations.core import Refused, Unavailable, Visit, audit, perform
from app.operations.core.audit import verify
from app.operations.database import CopyReport
from app.store import Store
from tests.databases.postgres import Databases
from tests.factories import DAY, GB, NOVEMBER, Factory

pytestmark = pytest.mark.sqlite_only  # each begins with a file, and meets a server on its way
NAME = "Zoë O'Neill; 'quoted' \\ 100 % ünïcødé"


@pytest.fixture
def filled(factory: Factory, admin_visit: Visit) -> Visit:
    """Somebody of the host, and a database with some of everything that is hard to carry."""
    account = admin_visit.account_id or 0
    group = factory.group(account, NAME)
    for letter in "AB":
        line = factory.line(account, person=f"{NAME} {letter}", group_id=group, bundles=1)
        factory.usage(line, "data", 5 * GB, NOVEMBER + DAY)
        perform(admin_visit, "limits.set", line_id=line, limit_cents=20_000)
    return factory.visit("system", None, person="host")


def copy(visit: Visit, to: str) -> CopyReport:
    """Copy, and close what this thread has opened."""
    report: CopyReport = perform(visit, "database.copy", to=to)
    return report


def at(visit: Visit, url: str, folder: Path) -> Visit:
    """The same visitor at another database."""
    return replace(visit, store=Store(url, folder), tx=None)


def content(path: Path) -> dict[str, list[str]]:
    """All rows of all tables, those of the search too."""
    with sqlite3.connect(path) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(map(repr, database.execute(f'SELECT * FROM "{name}"'))) for name in names}


def test_there_and_back_is_the_same(
    filled: Visit, admin_visit: Visit, postgres: Databases, tmp_path: Path
) -> None:
    address = postgres.another()
    seen: list[tuple[int, int]] = []
    there = perform(
        filled, "database.copy", to=address, progress=lambda done, total: seen.append((done, total))
    )
    assert there.rows > 20
    assert seen[-1] == (2 * there.rows, 2 * there.rows)
    server = at(filled, address, tmp_path)
    back = copy(server, str(tmp_path / "back.db"))
    assert back.tables == there.tables
    assert content(tmp_path / "back.db") == content(filled.store.folder / "loket.db")
    server.store.close()


def test_the_copy_is_worked_on_at_once(
    filled: Visit, admin_visit: Visit, postgres: Databases, factory: Factory, tmp_path: Path
) -> None:
    address = postgres.another()
    copy(filled, address)
    there = at(admin_visit, address, tmp_path)
    # New rows get new numbers, the search knows the old ones, the log goes on.
    line = perform(there, "lines.page").rows[0]
    assert NAME in line.person
    perform(there, "limits.set", line_id=line.id, limit_cents=50_000)
    assert perform(there, "lines.page", text="Neill").rows
    chain = verify(replace(there, audit_heads=None))
    assert chain.sound
    assert chain.rows == verify(replace(filled, audit_heads=None)).rows + 1
    there.store.close()


def test_what_is_not_empty_is_refused_and_stays(filled: Visit, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    copy(filled, str(path))
    before = content(path)
    with pytest.raises(Refused, match="is not empty"):
        copy(filled, str(path))
    with pytest.raises(Refused, match="is not empty"):
        copy(filled, filled.store.url)
    assert content(path) == before


def test_a_broken_chain_is_not_passed_on(filled: Visit, postgres: Databases, tmp_path: Path) -> None:
    database = sqlite3.connect(filled.store.folder / "loket.db")
    database.executescript("DROP TRIGGER audit_no_update; UPDATE audit SET role = 'nobody' WHERE seq = 1;")
    database.close()
    address = postgres.another()
    with pytest.raises(Unavailable, match="audit chain"):
        copy(filled, address)
    target = Store(address, tmp_path)
    assert all(
        target.row(f'SELECT count(*) FROM "{name}"') == (0,)
        for name in target.tables()
        if name != "alembic_version"
    )
    target.close()


def test_what_was_written_otherwise_is_noticed(
    filled: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that keeps a text other than it was given, as one with another encoding would."""
    from app.store.sqlite_store import SqliteTransaction

    real = SqliteTransaction.executemany

    def lost(value: object) -> object:
        return value.replace("ø", "?") if isinstance(value, str) else value

    def losing(self: SqliteTransaction, sql: str, rows: list[tuple[object, ...]]) -> int:
        if sql.startswith('INSERT INTO "line" '):
            rows = [tuple(lost(each) for each in row) for row in rows]
        return real(self, sql, rows)

    monkeypatch.setattr(SqliteTransaction, "executemany", losing)
    path = tmp_path / "other.db"
    with pytest.raises(Unavailable, match=r"line: .* rows were written instead of"):
        copy(filled, str(path))
    assert content(path)["account"] == []


def test_nobody_writes_while_it_is_copied(filled: Visit, tmp_path: Path) -> None:
    """What is acknowledged is in the copy: a writer waits until it is made."""
    held: list[str] = []

    def tell(_done: int, _total: int) -> None:
        if not held:
            other = sqlite3.connect(filled.store.folder / "loket.db", timeout=0)
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                held.append(str(error))
            finally:
                other.close()

    perform(filled, "database.copy", to=str(tmp_path / "other.db"), progress=tell)
    assert "locked" in held[0]
    with filled.transaction():
        audit.append(filled, "lines.get", "done", "Somebody")
