"""The index is what the tables say, after whatever was done to them."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import Clock
from app.content import Content
from app.store import Store
from app.store.schema import alembic_config, engine_of, ensure_schema
from app.store.search.install import unwatch
from app.store.search.kinds import KINDS
from app.store.search.upkeep import entries, reading, term_rows
from tests.factories import Factory


def terms_of(store: Store) -> list[tuple[object, ...]]:
    return store.rows("SELECT kind, term, object_id, account_id FROM search_term ORDER BY 1, 2, 3, 4")


def should_be(store: Store) -> list[tuple[object, ...]]:
    """The terms as they follow from the tables."""
    rows = {row for kind in KINDS for row in term_rows(kind, entries(kind, store.rows(reading(kind))))}
    return sorted(rows)


def assert_up_to_date(store: Store) -> None:
    assert terms_of(store) == should_be(store)
    assert store.rows("SELECT * FROM search_pending") == []
    filed = store.rows("SELECT kind, object_id, account_id FROM search_entry ORDER BY 1, 2, 3")
    assert filed == [
        (kind.code, *entry) for kind in KINDS for entry, _ in sorted(entries(kind, store.rows(reading(kind))))
    ]


NAMES = st.sampled_from(["Jan de Vries", "Müller", "", "An Na", "jan.devries@example.org", "🙂", "\n\x1f%_"])
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "name",
                "number",
                "person",
                "move",
                "iccid",
                "login",
                "member",
                "unmember",
                "contact",
                "no contact",
            ]
        ),
        NAMES,
        st.integers(0, 2),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES, together=st.booleans())
def test_the_index_follows_any_series_of_edits(
    changes: list[tuple[str, str, int]],
    together: bool,
    template_database: Path,
    tmp_path_factory: pytest.TempPathFactory,
    content: Content,
    clock: Clock,
) -> None:
    path = tmp_path_factory.mktemp("edits") / "loket.db"
    shutil.copyfile(template_database, path)
    store = Store(f"sqlite:///{path}")
    factory = Factory(store, content, clock)
    for _ in range(3):
        account = factory.account()
        line = factory.line(account)
        factory.insert("sim", {"line_id": line, "iccid": f"89310{account}", "kind": "esim", "role": "main",
                               "status": "active", "label": ""})  # fmt: skip
        factory.login(account)
    assert_up_to_date(store)
    if together:
        with store.transaction() as tx:
            for count, change in enumerate(changes):
                edit(tx.connection, count, *change)
        assert_up_to_date(store)
    for count, change in enumerate(() if together else changes):
        with store.transaction() as tx:
            edit(tx.connection, count, *change)
        assert_up_to_date(store)
    store.close()
    path.unlink()


def edit(connection: sqlite3.Connection, count: int, what: str, name: str, index: int) -> None:
    """One change of something that is there three times, with ids from 1."""
    key = index + 1
    values = {"name": name, "key": key, "count": count, "other": (index + 1) % 3 + 1}
    connection.execute(
        {
            "name": "UPDATE account SET name = :name WHERE id = :key",
            "number": "UPDATE line SET number = '+3197' || :count WHERE id = :key",
            "person": "UPDATE line SET person = :name, department = :name WHERE id = :key",
            "move": "UPDATE line SET account_id = :other WHERE id = :key",
            "iccid": "UPDATE sim SET iccid = '8932' || :count, line_id = :other WHERE id = :key",
            "login": "UPDATE login SET name = :name, email = :count || '@example.org' WHERE id = :key",
            "member": "INSERT OR IGNORE INTO membership (login_id, account_id, role) "
            "VALUES (:key, :other, 'user')",
            "unmember": "DELETE FROM membership WHERE login_id = :key",
            "contact": "INSERT INTO contact (account_id, kind, name, whole_account, created_at, version) "
            "VALUES (:key, 'internal', :name, 0, 0, 1)",
            "no contact": "DELETE FROM contact WHERE account_id = :key",
        }[what],
        values,
    )


def test_a_roll_back_takes_its_terms_with_it(store: Store, factory: Factory) -> None:
    account = factory.account("Duinrand")
    before = terms_of(store)
    with pytest.raises(RuntimeError), store.transaction() as tx:
        tx.execute("UPDATE account SET name = 'Zeerand' WHERE id = :id", id=account)
        raise RuntimeError
    assert terms_of(store) == before


def test_what_another_program_wrote_is_filed_with_the_next_change(store: Store, factory: Factory) -> None:
    account = factory.account("Duinrand")
    foreign = store.connect_for_schema()
    for statement in (
        *store.begin_schema,
        f"UPDATE account SET name = 'Zeerand' WHERE id = {account}",
        "COMMIT",
    ):
        foreign.execute(statement)
    foreign.close()
    factory.account("Any other")
    assert_up_to_date(store)


def test_nothing_of_an_erased_person_stays(store: Store, factory: Factory) -> None:
    line = factory.line(factory.account(), person="Wilhelmina Weggaan")
    with store.transaction() as tx:
        tx.execute("UPDATE line SET person = '' WHERE id = :id", id=line)
    for table in ("search_term", "search_entry", "search_pending"):
        assert "weggaan" not in str(store.rows(f"SELECT * FROM {table}"))


@pytest.mark.sqlite_only
def test_an_upgrade_files_what_is_there(store: Store, factory: Factory) -> None:
    account = factory.account("Duinrand")
    for _ in range(20):
        factory.line(account)
    store.close()
    engine = engine_of(store)
    with engine.begin() as connection:
        raw: Any = connection.connection.driver_connection
        unwatch(store.transaction_on(raw))
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0003")
    engine.dispose()
    factory.line(account, person="Before the upgrade")
    store.close()
    ensure_schema(store)
    assert_up_to_date(store)
    assert len(terms_of(store)) > 60
    factory.line(account, person="After the upgrade")
    assert_up_to_date(store)
