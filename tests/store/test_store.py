"""The store: settings of the connection, all or nothing, errors with their cure."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.store import IntegrityError, Store, StoreError
from app.store.sqlite import disk_kind, refuse_network_disk


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(f"sqlite:///{tmp_path / 'a.db'}")
    with store.transaction() as tx:
        tx.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT")
    return store


def test_settings_are_those_that_survive_a_power_cut(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.row("PRAGMA journal_mode") == ("wal",)
        assert tx.row("PRAGMA synchronous") == (2,)
        assert tx.row("PRAGMA foreign_keys") == (1,)
        assert tx.row("PRAGMA trusted_schema") == (0,)


def test_an_exception_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction() as tx:
        tx.execute("INSERT INTO thing (name) VALUES (:name)", name="half")
        raise RuntimeError
    assert store.rows("SELECT * FROM thing") == []


def test_reads_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match="read-only"):
        store.rows("INSERT INTO thing (name) VALUES ('x') RETURNING id")


def test_version_tells_what_others_committed(store: Store) -> None:
    before = store.version()
    with store.transaction() as tx:
        tx.execute("INSERT INTO thing (name) VALUES ('new')")
    assert store.version() != before
    assert store.version() == store.version()


def test_two_writers_wait_for_each_other(store: Store) -> None:
    def add(start: int) -> None:
        for number in range(start, start + 50):
            with store.transaction() as tx:
                tx.execute("INSERT INTO thing (name) VALUES (:name)", name=str(number))

    threads = [threading.Thread(target=add, args=(start,)) for start in (0, 50, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.row("SELECT count(*) FROM thing") == (150,)


def test_a_full_disk_is_named_and_nothing_is_half_done(store: Store) -> None:
    with store.transaction() as tx:
        tx.execute("INSERT INTO thing (name) VALUES ('kept')")
        tx.connection.execute("PRAGMA max_page_count=4")
    with pytest.raises(StoreError, match=r"disk is full.*nothing is lost"), store.transaction() as tx:
        tx.executemany("INSERT INTO thing (name) VALUES (?)", [(f"{n}" * 200,) for n in range(1000)])
    assert store.rows("SELECT name FROM thing") == [("kept",)]
    assert store.row("PRAGMA integrity_check") == ("ok",)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    path.write_bytes(b"this is no database, but it is long enough to look at" * 40)
    with pytest.raises(StoreError, match="damaged or no Loket database"):
        Store(f"sqlite:///{path}").rows("SELECT 1 FROM sqlite_master")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder exists"):
        Store(f"sqlite:///{tmp_path / 'none' / 'c.db'}").rows("SELECT 1")


def test_broken_rules_reach_the_caller(store: Store) -> None:
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.execute("INSERT INTO thing (name) VALUES ('a')")
        tx.execute("INSERT INTO thing (name) VALUES ('a')")
    assert store.rows("SELECT * FROM thing") == []


def test_other_databases_are_refused_by_name() -> None:
    with pytest.raises(StoreError, match="LOKET_DATABASE_URL: mysql"):
        Store("mysql://host/loket")


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "overlay", "9p"])
def test_network_disks_are_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(StoreError, match=r"LOKET_HOME.*PostgreSQL"):
        refuse_network_disk(tmp_path, kind)


def test_the_disk_is_found_by_its_longest_mount_point(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/a / ext4 rw 0 0\nserver:/x /srv/data nfs4 rw 0 0\nt /srv tmpfs rw 0 0\n")
    assert disk_kind(Path("/srv/data/loket"), mounts) == "nfs4"
    assert disk_kind(Path("/srv/database"), mounts) == "tmpfs"
    assert disk_kind(Path("/home"), mounts) == "ext4"
