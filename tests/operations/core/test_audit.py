"""The chain of who did what finds every tampering."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import FixedClock
from app.content import load_content
from app.operations.core import OperationError, Visit, audit, operation, perform, registry
from app.settings import shipped_content
from app.store import Store
from app.store.schema import ensure_schema
from tests.factories import Factory

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


def test_a_changed_personal_part_is_found(chained: Visit) -> None:
    connection = unlocked(chained)
    connection.execute("UPDATE audit_personal SET text = 'somebody else' WHERE seq = 4")
    found = report(chained, connection)
    connection.execute("ROLLBACK")
    connection.close()
    assert found.bad_seq == 4


def test_a_last_row_that_was_put_elsewhere_is_found(chained: Visit) -> None:
    connection = unlocked(chained)
    connection.execute("DELETE FROM audit_personal")
    connection.execute("UPDATE audit SET seq = 1000 WHERE seq = ?", (ROWS,))
    found = report(chained, connection)
    connection.execute("ROLLBACK")
    connection.close()
    assert found.bad_seq == 1000


def test_erasing_the_personal_part_keeps_the_chain(chained: Visit) -> None:
    connection = unlocked(chained)
    connection.execute("DELETE FROM audit_personal")
    found = report(chained, connection)
    connection.execute("ROLLBACK")
    connection.close()
    assert found.bad_seq is None


def test_an_operation_within_another_is_part_of_it(admin_visit: Visit, make_line: Callable[..., int]) -> None:
    line = make_line(admin_visit.account_id)
    with admin_visit.transaction():
        perform(admin_visit, "limits.set_hard", line_id=line, hard=True)
    assert admin_visit.rows("SELECT operation FROM audit") == []
    perform(admin_visit, "limits.set_hard", line_id=line, hard=False)
    assert admin_visit.rows("SELECT operation FROM audit") == [("limits.set_hard",)]


def test_secrets_are_not_written_down(admin_visit: Visit) -> None:
    @operation("lines.change_password", right="SIGN_IN")
    def change_password(visit: Visit, who: str, password: str, code: str) -> None:
        """Only here."""

    try:
        change_password(admin_visit, "anna", "hunter2", code="123456")
    finally:
        del registry._register["lines.change_password"]
    (told,) = admin_visit.rows("SELECT text FROM audit_personal")[0]
    assert "anna" in told
    assert "hunter2" not in told
    assert "123456" not in told


def test_what_the_database_refuses_is_said_and_leaves_nothing(factory: Factory, admin_visit: Visit) -> None:
    lines = [factory.line(admin_visit.account_id or 0, status="ordered", activated_at=None) for _ in range(2)]
    for number, line in enumerate(lines):
        factory.insert(
            "sim",
            {
                "line_id": line,
                "iccid": f"8931{number}",
                "kind": "physical",
                "role": "main",
                "status": "active",
                "label": "",
            },
        )
    with pytest.raises(OperationError, match="nothing was saved"):
        perform(factory.system, "orders.activate", line_id=lines[0], number="+31612345678", iccid="89311")
    assert admin_visit.row("SELECT status FROM line WHERE id = :line", line=lines[0]) == ("ordered",)
    assert admin_visit.rows("SELECT 1 FROM audit") == []
