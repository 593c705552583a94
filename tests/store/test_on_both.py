"""What operations rely on, of whichever kind the database is."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.store import Busy, IntegrityError, Store, StoreError
from tests.factories import Factory

pytestmark = pytest.mark.both_databases


def test_an_exception_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction() as tx:
        tx.execute("INSERT INTO source (name) VALUES (:name)", name="half")
        raise RuntimeError
    assert store.rows("SELECT * FROM source") == []


def test_a_broken_rule_leaves_as_one_error_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.execute("INSERT INTO source (name) VALUES ('kept?')")
        tx.execute("INSERT INTO source (name) VALUES ('kept?')")
    assert store.rows("SELECT * FROM source") == []


def test_reads_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match="read-only"):
        store.rows("INSERT INTO source (name) VALUES ('x') RETURNING id")


def test_values_come_back_as_they_went(store: Store) -> None:
    texts = ["", "it's", "100 % :name ? %s %(a)s", 'a "b"', "Ünï 🙂", "a\nb\\n", "-- no comment", "\x7f"]
    with store.transaction() as tx:
        for text in texts:
            tx.execute("INSERT INTO source (name) VALUES (:name)", name=text)
    assert store.rows("SELECT name FROM source ORDER BY id") == [(text,) for text in texts]
    with store.transaction() as tx:
        tx.executemany("UPDATE source SET name = name || ? WHERE name = ?", [("+", text) for text in texts])
    assert [name for (name,) in store.rows("SELECT name FROM source ORDER BY id")] == [t + "+" for t in texts]
    for number in (0, -1, 2**31, -(2**62), 2**62 + 1, True, False):
        assert store.row("SELECT :value + 0, 5 - :value", value=number) == (int(number), 5 - number)
    assert store.row("SELECT :nothing IS NULL AND :one = 1, :nothing", nothing=None, one=1) == (1, None)


def test_sums_and_quotients_are_whole(store: Store, factory: Factory) -> None:
    for count in (1, 2, 4):
        factory.account(created_at=count)
    assert repr(store.row("SELECT sum(created_at), max(created_at) / 3, -7 / 2 FROM account")) == "(7, 1, -3)"
    assert store.row("SELECT min(2, 3), max(-2, 3), max(1, NULL), instr('abc', 'c')") == (2, 3, None, 3)


def test_texts_sort_and_compare_by_code_point(store: Store, factory: Factory) -> None:
    names = ["Zeta", "alpha", "Ångström", "a b", "ab", "A-B", "É", "é", "10", "9", "_"]
    for name in names:
        factory.account(name)
    assert [name for (name,) in store.rows("SELECT name FROM account ORDER BY name")] == sorted(names)
    after = store.rows("SELECT name FROM account WHERE (name, id) > (:name, 0) ORDER BY name", name="a")
    assert [name for (name,) in after] == sorted(name for name in names if name > "a")
    assert store.row("SELECT lower('É'), lower(name) FROM account WHERE name = 'É'") == ("É", "É")


def test_a_list_of_values_is_one_text(store: Store, factory: Factory) -> None:
    ids = [factory.account(name) for name in ("a", "b", "c'")]
    among = "SELECT name FROM account WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids))"
    assert store.rows(f"{among} ORDER BY 1", ids=str(ids[1:])) == [("b",), ("c'",)]
    assert store.rows(among, ids="[]") == []
    texts = "SELECT name FROM account WHERE name IN (SELECT value FROM json_each(:names)) ORDER BY name"
    assert store.rows(texts, names='["a", "c\'", "10"]') == [("a",), ("c'",)]


def test_long_lists_are_read_while_others_and_oneself_write(store: Store) -> None:
    with store.transaction() as tx:
        tx.executemany("INSERT INTO source (name) VALUES (?)", ((f"{number}",) for number in range(5000)))
    seen = 0
    for number, (_name,) in enumerate(store.each("SELECT name FROM source ORDER BY id")):
        seen += 1
        if number == 10:
            with store.transaction() as tx:
                tx.execute("INSERT INTO source (name) VALUES ('meanwhile')")
    assert seen in (5000, 5001)
    with store.transaction() as tx:
        assert sum(1 for _row in tx.each("SELECT name FROM source")) == 5001


def test_version_tells_what_others_committed(store: Store) -> None:
    before = store.version()
    with store.transaction() as tx:
        tx.execute("INSERT INTO source (name) VALUES ('new')")
    assert store.version() != before
    # A server counts the commits of its other databases, too: they stand still between two looks of many.
    assert any(store.version() == store.version() for _look in range(100))


def other_of(store: Store) -> Store:
    """The same database, as another process opens it."""
    return Store(store.url, store.folder)


def test_a_transaction_knows_whether_others_wrote_since_its_last(store: Store) -> None:
    def seen() -> int:
        with store.transaction() as tx:
            return tx.version()

    # A server counts the transactions of all its databases: one elsewhere may come between, not always.
    assert any(seen() == seen() for _ in range(50))
    first = seen()
    other = other_of(store)
    with other.transaction() as tx:
        tx.execute("INSERT INTO source (name) VALUES ('elsewhere')")
    other.close()
    assert seen() != first


def test_writers_take_turns_and_no_update_is_lost(store: Store, factory: Factory) -> None:
    account = factory.account(created_at=0)

    def add() -> None:
        mine = other_of(store)
        for _ in range(25):
            with mine.transaction() as tx:
                row = tx.row("SELECT created_at FROM account WHERE id = :id", id=account)
                assert row is not None
                # As an operation does: read, decide, write.
                tx.execute("UPDATE account SET created_at = :new WHERE id = :id", new=row[0] + 1, id=account)
        mine.close()

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.row("SELECT created_at FROM account WHERE id = :id", id=account) == (100,)


def test_a_held_database_says_so_and_readers_do_not_wait(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = other_of(store)
    if store.dialect == "sqlite":
        monkeypatch.setattr("app.store.sqlite.BUSY_MS", 50)
    else:
        monkeypatch.setattr("app.store.postgres.connection.WAIT_MS", 50)
    with store.transaction() as tx:
        tx.execute("INSERT INTO source (name) VALUES ('slow')")
        said: list[BaseException] = []
        read: list[object] = []

        def elsewhere() -> None:
            read.append(other.rows("SELECT name FROM source"))
            try:
                with other.transaction():
                    pass
            except Busy as busy:
                said.append(busy)
            other.close()

        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
    assert read == [[]]
    assert "another program" in str(said[0])


def test_a_sign_is_seen_while_its_process_lives(store: Store) -> None:
    other = other_of(store)
    assert not other.sees_sign("imports")
    with store.hold_sign("imports") as alone:
        assert alone
        assert other.sees_sign("imports")
        assert not other.sees_sign("something else")
        with other.hold_sign("imports") as second:
            assert not second
        assert other.sees_sign("imports")
    assert not other.sees_sign("imports")
    other.close()


def test_the_log_is_never_changed_and_the_holder_stays(store: Store, factory: Factory) -> None:
    account = factory.account()
    holder = factory.login(account, "holder")
    columns = "seq, at, role, channel, operation, object, outcome, personal_digest, previous, hash"
    with store.transaction() as tx:
        tx.execute(f"INSERT INTO audit ({columns}) VALUES (1, 1, '', '', 'a.b', '', 'done', '', '', '')")
    for sql, says in {
        "UPDATE audit SET at = 2": "never changed",
        "DELETE FROM audit": "never deleted",
        "DELETE FROM membership": "never removed",
        "UPDATE membership SET role = 'admin'": "keeps that role",
        f"INSERT INTO membership (login_id, account_id, role) VALUES ({holder}, 99, 'user')": "",
    }.items():
        with pytest.raises(IntegrityError, match=says or "."), store.transaction() as tx:
            tx.execute(sql)


def test_damage_size_and_names(store: Store, tmp_path: Path) -> None:
    assert store.exists()
    assert store.damage() == []
    assert store.bytes() > 100_000
    assert {"account", "audit", "line"} <= set(store.tables())
    assert store.folder == tmp_path
