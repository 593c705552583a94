"""Three customers, their people and an agent who helps one do whatever comes: nobody reaches a foreign row.

Each step is a real operation, with ids of one's own or of somebody else. After it, what was answered holds
nothing of another customer, and the rows of the customers who did nothing are as they were.
"""

from __future__ import annotations

import hashlib
import inspect
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from app.operations.core import OperationError, Visit
from app.operations.core.registry import Operation, every
from app.store import Store
from tests.operations.three_customers import FIRMS, PASSWORD, PASSWORD_HASH, World, arguments, ids_of

STRAY: Final = {
    "demo.create",  # needs an empty database
    "recovery.look",  # for whoever has the code, whoever that is
    "recovery.redeem",
    "recovery.forgot",
    "recovery.first_login",
    "signin.accounts",
}
"""What people do who have not signed in, or for no customer."""
OPERATIONS: Final = [each for each in every() if each.name not in STRAY]
NAMES_OF_ALL: Final = ("SEARCH", "LIST_ACCOUNTS")
"""With these rights staff see every customer's name and number, and no more."""
READS: Final = [each for each in OPERATIONS if not each.changes and not each.name.startswith("export.")]
CHANGES: Final = [each for each in OPERATIONS if each.changes]
PEOPLE: Final = ("holder", "admin", "sub", "user", "reseller")
TEXTS: Final = ("", "Mark", "+31", "Firm", "Pool", "0", "%", "x'--", "\x00")

# Copies the file of the database hundreds of times.
pytestmark = pytest.mark.sqlite_only


class CustomersStayApart(RuleBasedStateMachine):
    """The world, and who acts in it."""

    template: ClassVar[World]
    steps: ClassVar[int] = 0

    @initialize()
    def open(self) -> None:
        """A copy of the customers; the agent helps the first one's admin."""
        self.folder = Path(tempfile.mkdtemp(prefix="apart"))
        self.template.store._writer().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self.template.store.path, self.folder / "loket.db")
        shutil.copytree(self.template.store.folder / "keys", self.folder / "keys")
        self.world = replace(self.template, store=Store(f"sqlite:///{self.folder / 'loket.db'}"))
        self.world.store._writer().execute("PRAGMA synchronous=OFF")
        self.agent = self.world.visit("agent", 0)
        self.written = self.world.store._writer().total_changes
        self.prints = [self.print_of(number) for number in range(FIRMS)]
        self.acted: int | None = None

    def teardown(self) -> None:
        """Take the copy away."""
        if hasattr(self, "world"):
            self.world.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    @rule(
        actor=st.integers(0, FIRMS - 1),
        role=st.sampled_from((*PEOPLE, "agent")),
        operation=st.one_of(st.sampled_from(READS), st.sampled_from(CHANGES)),
        owner=st.integers(0, FIRMS - 1),
        text=st.sampled_from(TEXTS),
        optional=st.booleans(),
    )
    def act(self, actor: int, role: str, operation: Operation, owner: int, text: str, optional: bool) -> None:
        """Somebody asks for something, about their own customer or another one."""
        type(self).steps += 1
        visit = self.agent if role == "agent" else self.world.visit(role, actor)
        self.acted = 0 if role == "agent" else actor
        asked = arguments(operation, self.world, owner)
        if optional:
            asked |= ids_of(operation, self.world.firms[owner])
        if operation.name == "cases.ask_name":
            asked["name"] = "Another name"  # the one that all others ask for has the first customer's mark
        if "text" in inspect.signature(operation.function).parameters:
            asked["text"] = text
        try:
            told = repr(operation.function(replace(visit, touched=[], changed={}), **asked))
        except OperationError as error:
            told = error.message
        seen = {mark for mark in self.foreign(visit) if mark in told}
        if role == "agent" and operation.right in NAMES_OF_ALL:
            seen = {mark for mark in seen if not mark.startswith("Firm")}
        assert not seen, (operation.name, role, actor, owner, seen, told)

    @invariant()
    def nothing_foreign_changed(self) -> None:
        """The rows of who did not act are as they were."""
        if not hasattr(self, "prints"):
            return
        written, self.written = self.written, self.world.store._writer().total_changes
        if written == self.written:
            return
        for number in range(FIRMS):
            if number == self.acted:
                self.prints[number] = self.print_of(number)
            else:
                assert self.print_of(number) == self.prints[number], f"customer {number} was changed"
        self.acted = None

    def foreign(self, visit: Visit) -> set[str]:
        """What gives the other customers away."""
        return {mark for firm in self.world.firms if firm.account != visit.account_id for mark in firm.marks}

    def print_of(self, number: int) -> str:
        """A digest of all rows of a customer."""
        return digest(self.world, number)


def digest(world: World, number: int) -> str:
    """Everything of one customer in one number: rows with its account, its lines' rows, its people's rows."""
    firm, found = world.firms[number], hashlib.sha256()
    lines = "line_id IN (SELECT id FROM line WHERE account_id = :account)"
    logins = "login_id IN (SELECT login_id FROM membership WHERE account_id = :account)"
    for table, columns in tables(world):
        conditions = [
            condition
            for column, condition in (
                ("account_id", "account_id = :account"),
                ("line_id", lines),
                ("login_id", logins),
            )
            if column in columns
        ]
        if table == "account":
            conditions = ["id = :account"]
        if not conditions or table.startswith("audit"):
            continue
        rows = world.store.rows(f'SELECT * FROM "{table}" WHERE {conditions[0]}', account=firm.account)
        found.update(repr((table, rows)).encode())
    return found.hexdigest()


_TABLES: dict[str, list[tuple[str, set[str]]]] = {}


def tables(world: World) -> list[tuple[str, set[str]]]:
    """Names of the tables with their columns."""
    if "all" not in _TABLES:
        names = world.store.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        _TABLES["all"] = [
            (name, {row[1] for row in world.store.rows(f'PRAGMA table_info("{name}")')})
            for (name,) in names
            if not name.startswith(("sqlite_", "search"))
        ]
    return _TABLES["all"]


@pytest.fixture
def machine(template: World, monkeypatch: pytest.MonkeyPatch) -> type[CustomersStayApart]:
    """The machine on these customers; hashing, proven elsewhere, would be most of its time."""
    passwords = "app.operations.core.passwords"
    monkeypatch.setattr(
        f"{passwords}.verify", lambda stored, password: (stored, password) == (PASSWORD_HASH, PASSWORD)
    )
    monkeypatch.setattr(f"{passwords}.hash_password", lambda _password: PASSWORD_HASH)
    CustomersStayApart.template = template
    return CustomersStayApart


HEALTH: Final[Any] = list(HealthCheck)
PHASES: Final = (Phase.explicit, Phase.reuse, Phase.generate)
"""What was found is told at once: the steps that led to it are few enough."""


@pytest.mark.capability("BX-32")
def test_nobody_reaches_a_foreign_row(machine: type[CustomersStayApart]) -> None:
    run = settings(
        max_examples=30, stateful_step_count=30, deadline=None, phases=PHASES, suppress_health_check=HEALTH
    )
    run_state_machine_as_test(machine, settings=run)


@pytest.mark.long
def test_nobody_reaches_a_foreign_row_in_ten_thousand_steps(machine: type[CustomersStayApart]) -> None:
    machine.steps = 0
    run = settings(
        max_examples=240, stateful_step_count=60, deadline=None, phases=PHASES, suppress_health_check=HEALTH
    )
    run_state_machine_as_test(machine, settings=run)
    assert machine.steps >= 10_000
