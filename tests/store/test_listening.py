"""Who listens is woken by what was committed, by whomever, and by nothing else."""

from __future__ import annotations

import select
import subprocess
import sys
from pathlib import Path

import pytest

from app.store import Listener, Store, StoreError
from app.store.listening import AskedListener, listen
from tests.databases.postgres import Databases

PATIENCE = 20.0


def woken(listener: Listener, seconds: float = PATIENCE) -> bool:
    """Whether the kernel says within so many seconds that there is something to hear, and there is."""
    return bool(select.select([listener.fileno()], [], [], seconds)[0]) and listener.heard()


def change(store: Store, *, quiet: bool = False) -> None:
    with store.transaction(quiet=quiet) as tx:
        tx.execute("INSERT INTO throttle (key, since, count, locked_until) VALUES ('test', 0, 0, 0)"
                   " ON CONFLICT (key) DO UPDATE SET count = throttle.count + 1")  # fmt: skip


@pytest.mark.both_databases
def test_a_commit_wakes_everybody_once(store: Store) -> None:
    first, second = store.listen(), store.listen()
    change(store)
    for listener in (first, second):
        assert woken(listener)
        assert not listener.heard()
        assert not woken(listener, 0)
        listener.close()


@pytest.mark.both_databases
def test_another_program_wakes_too(store: Store) -> None:
    listener = store.listen()
    program = (
        "import sys; from app.store import Store; store = Store(sys.argv[1])\n"
        'with store.transaction() as tx: tx.execute("INSERT INTO throttle (key, since, count, locked_until)'
        " VALUES ('other', 0, 0, 0)\")"
    )
    subprocess.run([sys.executable, "-c", program, store.url], check=True, timeout=60)
    assert woken(listener)
    assert store.row("SELECT count(*) FROM throttle WHERE key = 'other'") == (1,)
    listener.close()


@pytest.mark.both_databases
def test_what_can_be_read_is_what_was_told(store: Store) -> None:
    """The word comes after the change can be seen, not before."""
    listener = store.listen()
    for turn in range(50):
        change(store)
        assert woken(listener)
        found = store.row("SELECT count FROM throttle WHERE key = 'test'")
        assert found is not None
        assert found[0] == turn
    listener.close()


@pytest.mark.both_databases
@pytest.mark.parametrize("what", ["nothing", "quiet", "rolled back"])
def test_nobody_is_woken_for_nothing(store: Store, what: str) -> None:
    listener = store.listen()
    if what == "nothing":
        with store.transaction() as tx:
            tx.execute("UPDATE throttle SET count = 1 WHERE key = 'nobody'")
            tx.rows("SELECT 1 FROM throttle")
    elif what == "quiet":
        change(store, quiet=True)
    else:
        with pytest.raises(RuntimeError), store.transaction() as tx:
            tx.execute("DELETE FROM throttle")
            tx.execute("INSERT INTO throttle (key, since, count, locked_until) VALUES ('x', 0, 0, 0)")
            raise RuntimeError
    assert not woken(listener, 0.2)
    listener.close()


@pytest.mark.both_databases
def test_many_commits_are_one_word(store: Store) -> None:
    listener = store.listen()
    for _turn in range(300):
        change(store)
    assert woken(listener)
    listener.close()


@pytest.mark.sqlite_only
def test_the_file_may_be_taken_away(store: Store) -> None:
    listener = listen(store.path)
    for _turn in range(2):
        (store.folder / "loket.db-changed").unlink()
        assert woken(listener)
        change(store)
        assert woken(listener)
    listener.close()


@pytest.mark.sqlite_only
def test_where_the_kernel_cannot_tell_it_is_asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more(_self: object, _path: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("app.store.listening.KernelListener.__init__", no_more)
    listener = store.listen()
    assert isinstance(listener, AskedListener)
    assert listener.fileno() == -1
    assert not listener.heard()
    change(store)
    assert listener.heard()
    assert not listener.heard()
    listener.close()


def test_a_server_that_ends_the_connection_is_told_apart_from_silence(
    postgres: Databases, tmp_path: Path
) -> None:
    store = Store(postgres.another(), tmp_path)
    listener = store.listen()
    with store.transaction() as tx:
        tx.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with pytest.raises(StoreError):
        # The server says why before it ends the connection.
        for _turn in range(3):
            woken(listener)
    again = store.listen()
    change(store)
    assert woken(again)
    again.close()
    store.close()
