"""The chain of who did what finds every tampering."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import FixedClock
from app.content import load_content
from app.operations.core import Visit, audit
from app.settings import shipped_content
from app.store import Store
from app.store.schema import ensure_schema

ROWS = 12


@pytest.fixture(scope="module")
def chained(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('audit') / 'loket.db'}")
    ensure_schema(store)
    visit = Visit(store, FixedClock(1_760_000_000), load_content(shipped_content()), login_id=1, role="admin")
    for number in range(ROWS):
        with visit.transaction():
            visit.touch("line", number)
            audit.append(visit, "limits.set", "done", personal=f"limit of person {number}")
    return visit


def unlocked(visit: Visit) -> sqlite3.Connection:
    """As the owner of the file would: without the triggers, and nothing of it stays."""
    connection = sqlite3.connect(visit.store.path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DROP TRIGGER audit_no_update")
    connection.execute("DROP TRIGGER audit_no_delete")
    return connection


def report(visit: Visit, connection: sqlite3.Connection) -> audit.ChainReport:
    from app.store import Transaction

    looking = Visit(visit.store, visit.clock, visit.content, tx=Transaction(connection, visit.store.path))
    return audit.verify(looking)


def test_an_untouched_chain_is_whole(chained: Visit) -> None:
    found = audit.verify(chained)
    assert (found.rows, found.bad_seq) == (ROWS, None)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seq=st.integers(1, ROWS),
    column=st.sampled_from(
        [
            "at",
            "login_id",
            "account_id",
            "role",
            "channel",
            "operation",
            "object",
            "outcome",
            "personal_digest",
            "previous",
            "hash",
        ]
    ),
)
def test_any_changed_field_is_found(chained: Visit, seq: int, column: str) -> None:
    connection = unlocked(chained)
    value = {"at": 5, "login_id": 77, "account_id": 3, "outcome": "refused"}.get(column, "x")
    connection.execute(f"UPDATE audit SET {column} = ? WHERE seq = ?", (value, seq))
    found = report(chained, connection)
    connection.execute("ROLLBACK")
    connection.close()
    assert found.bad_seq == seq


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seq=st.integers(1, ROWS - 1))
def test_a_removed_row_is_found(chained: Visit, seq: int) -> None:
    connection = unlocked(chained)
    connection.execute("DELETE FROM audit_personal WHERE seq = ?", (seq,))
    connection.execute("DELETE FROM audit WHERE seq = ?", (seq,))
    found = report(chained, connection)
    connection.execute("ROLLBACK")
    connection.close()
    assert found.bad_seq == seq + 1


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pair=st.tuples(st.integers(1, ROWS), st.integers(1, ROWS)).filter(lambda pair: pair[0] < pair[1]))
def test_swapped_rows_are_found(chained: Visit, pair: tuple[int, int]) -> None:
    connection = unlocked(chained)
    connection.execute("PRAGMA defer_foreign_keys=ON")
    for old, new in ((pair[0], 1000), (pair[1], pair[0]), (1000, pair[1])):
        connection.execute("UPDATE audit SET seq = ? WHERE seq = ?", (new, old))
    found = report(chained, connection)
    connection.execute("ROLLBACK")
    connection.close()
    assert found.bad_seq == pair[0]


def test_erasing_the_personal_part_keeps_the_chain(chained: Visit) -> None:
    connection = unlocked(chained)
    connection.execute("DELETE FROM audit_personal")
    found = report(chained, connection)
    connection.execute("ROLLBACK")
    connection.close()
    assert found.bad_seq is None
