"""The migrations make what the entities say, in strict tables."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

import app.models  # noqa: F401 - fills the metadata
from app.store import Store, StoreError
from app.store.schema import NEWEST, alembic_config, engine_of, ensure_schema, revision


def fresh(folder: Path) -> Store:
    store = Store(f"sqlite:///{folder / 'loket.db'}")
    assert ensure_schema(store)
    return store


def test_the_newest_revision_is_the_one_in_the_files() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == NEWEST


@pytest.mark.filterwarnings("ignore:autogenerate skipping")
def test_migrations_make_what_the_entities_say(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    engine = engine_of(store)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_all_tables_are_strict(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    loose = store.rows("SELECT name FROM pragma_table_list WHERE strict = 0 AND schema = 'main'")
    assert {name for (name,) in loose} <= {"alembic_version", "sqlite_schema"}


def test_a_second_start_does_nothing(tmp_path: Path) -> None:
    assert not ensure_schema(fresh(tmp_path))


def test_audit_rows_are_never_changed(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    columns = "seq, at, role, channel, operation, object, outcome, personal_digest, previous, hash"
    with store.transaction() as tx:
        tx.execute(f"INSERT INTO audit ({columns}) VALUES (1, 1, '', '', 'a.b', '', 'done', '', '', '')")
    for sql in ("UPDATE audit SET at = 2", "DELETE FROM audit"):
        with pytest.raises(Exception, match="audit rows are never"), store.transaction() as tx:
            tx.execute(sql)


def test_a_killed_migration_leaves_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "loket.db"
    program = (
        "from app.store import Store; from app.store.schema import ensure_schema; import sys;"
        f"print('go', flush=True); ensure_schema(Store('sqlite:///{path}'))"
    )
    for delay in (0.3, 0.6, 0.8, 0.9, 1.0, 1.1):
        path.unlink(missing_ok=True)
        process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=os.getcwd())
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        store = Store(f"sqlite:///{path}")
        if not path.exists():
            continue
        try:
            tables = store.rows(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"
            )
        except StoreError:
            continue  # killed before the first page was written
        assert revision(store) == NEWEST if tables else revision(store) == ""
        assert store.row("PRAGMA integrity_check") == ("ok",)
