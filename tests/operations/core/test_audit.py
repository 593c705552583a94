"""The chain of who did what finds every tampering."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import FixedClock
from app.content import load_content
from app.operations.core import OperationError, Visit, audit, operation, perform, registry
from app.operations.core.audit_heads import keep_head
from app.settings import shipped_content
from app.store import Store
from app.store.schema import ensure_schema
from app.vault import Vault
from tests.factories import Factory

ROWS = 12


@pytest.fixture(scope="module")
def chained(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('audit') / 'loket.db'}")
    ensure_schema(store)
    heads, vault = store.folder / "heads.log", Vault(store.folder / "keys")
    visit = Visit(
        store,
        FixedClock(1_760_000_000),
        load_content(shipped_content()),
        login_id=1,
        role="admin",
        vault=vault,
        audit_heads=heads,
    )
    for number in range(ROWS):
        with visit.transaction():
            visit.touch("line", number)
            audit.append(visit, "limits.set", "done", personal=f"limit of person {number}")
        if number % 5 == 0:
            keep_head(store, visit.now, heads, vault)
    keep_head(store, visit.now, heads, vault)
    return visit


def unlocked(visit: Visit) -> sqlite3.Connection:
    """As the owner of the file would: without the triggers, and nothing of it stays."""
    connection = sqlite3.connect(visit.store.path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DROP TRIGGER audit_no_update")
    connection.execute("DROP TRIGGER audit_no_delete")
    return connection


EDITS = {
    "at": 5,
    "login_id": 77,
    "account_id": 3,
    "role": "x",
    "channel": "x",
    "operation": "x",
    "object": "x",
    "outcome": "refused",
    "personal_digest": "x",
    "previous": "x",
    "hash": "x",
    "session_id": "x",
    "assistance_id": 9,
}
"""A value that no row has, for each column."""


def report(visit: Visit, connection: sqlite3.Connection) -> audit.ChainReport:
    looking = replace(visit, tx=visit.store.transaction_on(connection))
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


@dataclass(frozen=True)
class Tampering:
    """What somebody with the database file does to the chain; `first` is the row that verify must name."""

    kind: str
    seq: int
    other: int
    column: str

    @property
    def first(self) -> int:
        if self.kind == "swap":
            return min(self.seq, self.other)
        return self.seq + 1 if self.kind == "delete" and self.seq < ROWS else self.seq

    def do(self, connection: sqlite3.Connection) -> None:
        run = connection.execute
        run("PRAGMA defer_foreign_keys=ON")
        if self.kind == "edit":
            run(f"UPDATE audit SET {self.column} = ? WHERE seq = ?", (EDITS[self.column], self.seq))
        elif self.kind == "personal":
            run("UPDATE audit_personal SET text = text || 'x' WHERE seq = ?", (self.seq,))
        elif self.kind == "delete":
            run("DELETE FROM audit_personal WHERE seq = ?", (self.seq,))
            run("DELETE FROM audit WHERE seq = ?", (self.seq,))
        elif self.kind == "cut":
            run("DELETE FROM audit_personal WHERE seq >= ?", (self.seq,))
            run("DELETE FROM audit WHERE seq >= ?", (self.seq,))
        elif self.kind == "swap":
            for old, new in ((self.seq, 1000), (self.other, self.seq), (1000, self.other)):
                run("UPDATE audit SET seq = ? WHERE seq = ?", (new, old))
        else:
            self.insert(connection)

    def insert(self, connection: sqlite3.Connection) -> None:
        """A row like the one before, between two others."""
        some = "login_id, role, channel, operation, object, outcome, personal_digest, previous, hash"
        connection.execute("DELETE FROM audit_personal WHERE seq >= ?", (self.seq,))
        for seq in range(ROWS, self.seq - 1, -1):
            connection.execute("UPDATE audit SET seq = ? WHERE seq = ?", (seq + 1, seq))
        connection.execute(
            f"INSERT INTO audit (seq, at, {some}) SELECT ?, at + 1, {some} FROM audit WHERE seq <> ? LIMIT 1",
            (self.seq, self.seq),
        )


TAMPERINGS = st.builds(
    Tampering,
    st.sampled_from(["edit", "personal", "delete", "cut", "swap", "insert"]),
    st.integers(1, ROWS),
    st.integers(1, ROWS),
    st.sampled_from(sorted(EDITS)),
).filter(lambda one: one.kind != "swap" or one.seq != one.other)


def tamper_and_verify(visit: Visit, tampering: Tampering) -> None:
    connection = unlocked(visit)
    try:
        tampering.do(connection)
        found = report(visit, connection)
    finally:
        connection.execute("ROLLBACK")
        connection.close()
    assert not found.sound
    assert found.bad_seq == tampering.first, (tampering, found)


@pytest.mark.capability("BX-35")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tampering=TAMPERINGS)
def test_any_tampering_is_found_and_named(chained: Visit, tampering: Tampering) -> None:
    tamper_and_verify(chained, tampering)


@pytest.mark.long
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tampering=TAMPERINGS)
def test_any_of_a_thousand_tamperings_is_found(chained: Visit, tampering: Tampering) -> None:
    tamper_and_verify(chained, tampering)


def test_a_tail_written_anew_is_found(chained: Visit) -> None:
    """Who can write the database can chain rows of their own; not the heads."""
    connection = unlocked(chained)
    connection.execute("DELETE FROM audit_personal")
    columns = f"{audit.FIELDS}, {audit.SESSION_FIELDS}"
    last = connection.execute(f"SELECT {columns} FROM audit WHERE seq = ?", (ROWS,)).fetchone()
    forged = ("refused" if value == "done" else value for value in last[:10])
    values = tuple(forged)
    connection.execute(
        "UPDATE audit SET outcome = 'refused', hash = ? WHERE seq = ?", (audit.seal(values), ROWS)
    )
    found = report(chained, connection)
    connection.execute("ROLLBACK")
    connection.close()
    assert found.bad_seq == ROWS
    assert "anew" in found.problem


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
