"""Every operation of the register, for every role: who may, whose things, and what is written down.

Nothing here names an operation that it forgets another: the register is walked, and a new operation is
tried with the arguments that its signature asks for.
"""

from __future__ import annotations

import inspect
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.operations.core import Invalid, NotFound, OperationError, Refused, Visit
from app.operations.core import audit as chain
from app.operations.core.paging import Page
from app.operations.core.registry import Operation, every
from tests.factories import NOVEMBER
from tests.intake.desk import cells, write
from tests.operations.three_customers import COLLEAGUE, FIRMS, OWN, World, arguments, ids_of

OPERATIONS = every()
READS = [each for each in OPERATIONS if not each.changes]
MAKES_A_DEMO = "demo.create"
"""It needs an empty database; tests/demo has it."""
CHANGES = [each for each in OPERATIONS if each.changes and each.name != MAKES_A_DEMO]
OWN_TRANSACTIONS = {"usage.import_file", "usage.replay", MAKES_A_DEMO}
EACH_CUSTOMER = "billing.run"
"""It writes a row into the log of every customer that it bills."""
COUNTS_TRIES = {
    "callers.verify",
    "callers.verify_code",
    "password.change",
    "second_factor.remove",
    "sessions.confirm",
}
"""A wrong try counts, whatever else fails."""
ON_BEHALF = {"assistance.end", "assistance.extend", "notes.add"}
"""There is something to do only for an agent who helps a customer."""
CUSTOMERS = ("holder", "admin", "reseller", "user")
OF_A_BACKUP = {"database.drill", "database.restore"}
"""They need one; tests/operations/core/backup has it."""
HOST_ONLY = {
    "content.check",
    "database.check",
    "database.create",
    "database.backup",
    "database.copy",
    *OF_A_BACKUP,
}
"""Reads about the machine, of no customer."""
BY_CODE = {"recovery.look"}
"""Reads for whoever has the code that was mailed to the customer."""


def name_of(operation: Operation) -> str:
    return operation.name


def may(world: World, operation: Operation) -> str:
    """A role that may do it, people of the customer before staff."""
    roles = world.content.matrix.roles(operation.right)
    if operation.name in ("orders.activate", "audit.verify"):
        return "agent"
    if operation.right in ("ASK_OWNERSHIP", "ASK_ERASURE"):
        return "holder"
    if operation.name in ("second_factor.remove", "second_factor.new_codes"):
        return "reseller"  # who has them on
    return next(role for role in ("admin", "reseller", "supervisor", "system") if role in roles)


def visitor(world: World, operation: Operation) -> Visit:
    """Somebody who may do it, where they usually do."""
    return world.visit("agent", 0) if operation.name in ON_BEHALF else world.reach(may(world, operation))


@pytest.mark.capability("BX-32")
@pytest.mark.parametrize("operation", OPERATIONS, ids=name_of)
def test_without_the_right_it_is_refused_and_written_down_once(operation: Operation, world: World) -> None:
    matrix = world.content.matrix
    allowed = matrix.roles(operation.right)
    assert allowed, "nobody may ever do it"
    before = world.print_of_all_else()
    for role in ("visitor", "holder", "admin", "user", "contact", "reseller", "agent", "supervisor", "kiosk"):
        if role in allowed:
            continue
        rows = len(world.audit_rows())
        visit = world.reach(role)
        with pytest.raises(Refused):
            operation.function(visit, **arguments(operation, world, 0))
        assert world.audit_rows()[rows:] == [(operation.name, "refused", role, visit.account_id, "")]
    assert world.print_of_all_else() == before


@pytest.mark.parametrize("operation", CHANGES, ids=name_of)
def test_a_change_is_one_audit_row(operation: Operation, world: World, tmp_path: Path) -> None:
    file = write(tmp_path / "usage.csv", [cells("1", "+31680000000", NOVEMBER + 100)])
    rows = len(world.audit_rows())
    visit, arguments_given = visitor(world, operation), arguments(operation, world, 0, file)
    operation.function(visit, **arguments_given)
    written = world.audit_rows()[rows:]
    if operation.name == EACH_CUSTOMER:
        assert {row[3] for row in written} >= {firm.account for firm in world.firms}
        assert len({row[3] for row in written}) == len(written), "two rows about one customer"
        return
    assert [row[:3] for row in written] == [(operation.name, "done", visit.role)]
    whose = {visit.account_id, arguments_given.get("account_id")}
    if "case_id" in arguments_given:
        whose = {world.firms[0].account}
    assert written[0][3] in whose, "in another's log"
    if operation.name not in OWN_TRANSACTIONS:
        assert ":" in written[0][4], "the row does not say what was changed"
    assert chain.verify(visit).bad_seq is None


@pytest.mark.parametrize("operation", CHANGES, ids=name_of)
def test_what_cannot_be_written_down_does_not_happen(
    operation: Operation, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    if operation.name in OWN_TRANSACTIONS | COUNTS_TRIES:
        return

    def full(*_anything: object, **_more: object) -> None:
        raise OSError("no room for the audit")

    visit = visitor(world, operation)
    before = world.print_of_all_else()
    monkeypatch.setattr(chain, "append", full)
    with pytest.raises(OSError, match="no room"):
        operation.function(visit, **arguments(operation, world, 0))
    assert world.print_of_all_else() == before
    assert visit.tx is None


@pytest.mark.parametrize("operation", OPERATIONS, ids=name_of)
def test_another_customers_things_are_not_there(operation: Operation, world: World) -> None:
    if operation.right == "LIST_ACCOUNTS":
        return
    wanted = ids_of(operation, world.firms[1])
    if operation.name == "export.rows":
        wanted = {"arguments": [f"line_id={world.firms[1].lines[OWN]}"]}
    allowed = world.content.matrix.roles(operation.right)
    for role in (*CUSTOMERS, "agent", "supervisor", "system"):
        if role not in allowed or world.visit(role, 0).reach(operation.right) is None:
            continue
        for name, value in wanted.items():
            given = {**arguments(operation, world, 0), name: value}
            if operation.name == "export.rows":
                given["what"] = "usage.records"
            assert_not_there(world, operation, world.visit(role, 0), given)


@pytest.mark.parametrize("operation", OPERATIONS, ids=name_of)
def test_an_employee_reaches_their_own_line_only(operation: Operation, world: World) -> None:
    if "user" not in world.content.matrix.roles(operation.right):
        return
    firm = world.firms[0]
    others: dict[str, Any] = {
        "line_id": firm.lines[COLLEAGUE],
        "record_id": firm.records[2],
        "group_id": firm.groups[1],
    }
    others["session"] = firm.session
    others["token_id"] = firm.token
    others["key_id"] = firm.key
    others["case_id"] = firm.case
    for name in ids_of(operation, firm):
        given = {**arguments(operation, world, 0), name: others[name]}
        assert_not_there(world, operation, world.visit("user", 0), given)


def assert_not_there(world: World, operation: Operation, visit: Visit, given: dict[str, Any]) -> None:
    """Refused or not found, or an empty list; and nothing has changed."""
    before, rows = world.print_of_all_else(), len(world.audit_rows())
    try:
        found = operation.function(visit, **given)
    except (NotFound, Refused) as error:
        found = error.message
    told = str(found)
    assert not any(mark in told for mark in foreign(world, 0))
    assert isinstance(found, str) or not operation.changes
    assert isinstance(found, str) or found in (0, []) or is_empty(found), (visit.role, given, found)
    assert world.print_of_all_else() == before
    assert len(world.audit_rows()) == rows or not operation.changes


def is_empty(found: Any) -> bool:
    page = getattr(found, "lines", found)
    return isinstance(page, Page) and not page.rows


def foreign(world: World, own: int) -> set[str]:
    """What gives the other customers away."""
    return {mark for firm in world.firms if firm.number != own for mark in firm.marks}


def tell(found: object) -> str:
    """Everything an answer says; for an export, what its file says."""
    path = getattr(found, "path", "")
    return repr(found) + (Path(path).read_text(encoding="utf-8") if path.endswith((".csv", ".json")) else "")


LISTS = ("lines.page", "messages.page", "audit.page", "usage.records", "services.open_quotes")
STEPS = st.lists(
    st.tuples(
        st.integers(0, FIRMS - 1),
        st.sampled_from(CUSTOMERS),
        st.sampled_from([each for each in READS if each.name not in HOST_ONLY | BY_CODE]),
        st.integers(0, FIRMS - 1),
        st.sampled_from(["", "Mark", "+31", "Firm", "Pool", "0", "%", "x"]),
        st.sampled_from(
            ["lines.page", "messages.page", "audit.page", "usage.records", "services.open_quotes"]
        ),
    ),
    min_size=20,
    max_size=40,
)


@pytest.mark.capability("BX-32")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_three_customers_never_see_each_other(
    template: World, steps: list[tuple[int, str, Operation, int, str, str]]
) -> None:
    for reader, role, operation, owner, text, listed in steps:
        visit = template.visit(role, reader)
        given = arguments(operation, template, owner) | ids_of(operation, template.firms[owner])
        names = inspect.signature(operation.function).parameters
        given |= {"text": text} if "text" in names else {}
        if operation.name == "export.rows":
            line = f"line_id={template.firms[owner].lines[OWN]}"
            given = {"what": listed, "arguments": [line] if listed == "usage.records" else []}
        whole = {key: value for key, value in given.items() if names[key].default is not None}
        for some in (given, whole):
            try:
                answer = tell(operation.function(visit, **some))
            except OperationError as error:
                answer = error.message
            seen = {mark for mark in foreign(template, reader) if mark in answer}
            assert not seen, (role, reader, operation.name, some)
            if role == "user":
                number = template.firms[reader].number
                for index in range(1, 10):
                    assert f"Mark{number}L{index}x" not in answer, (operation.name, some)


def test_who_works_for_two_customers_takes_nothing_from_one_to_the_other(world: World) -> None:
    members = next(each for each in OPERATIONS if each.name == "members.page")
    told = repr(members.function(world.visit("admin", 1)))
    assert "Wanda" in told
    assert not any(mark in told for mark in foreign(world, 1))


@pytest.mark.capability("MD-22", "HD-04")
@pytest.mark.parametrize("operation", OPERATIONS, ids=name_of)
def test_a_caller_of_one_service_reaches_no_other(operation: Operation, world: World) -> None:
    firm, visit = world.firms[0], world.visit("agent", 0)
    assert visit.assistance is not None
    one = replace(visit.assistance, caller_kind="contact", group_id=firm.groups[1])
    visit = visit.as_assisting(one, "Firm0x", "Pool0G1x")
    wide = ("dashboard.overview", "search.everything", "export.rows")
    if visit.reach(operation.right) != "account" and operation.name not in wide:
        return
    given, before = arguments(operation, world, 0), world.print_of_all_else()
    reads = not operation.changes
    others = {"line_id": firm.lines[OWN], "line": "+31680000000", "group_id": firm.groups[0]}
    given |= {name: value for name, value in others.items() if name in given}
    try:
        told = tell(operation.function(visit, **given))
    except (NotFound, Refused, Invalid):
        assert world.print_of_all_else() == before
        return
    assert not any(f"Mark0L{index}x" in told for index in (OWN, COLLEAGUE)), told
    assert "Pool0G0x" not in told
    assert reads or not set(others) & set(given), "it changed another service's thing"


@pytest.mark.parametrize("operation", READS, ids=name_of)
def test_a_selected_service_narrows_what_is_read(operation: Operation, world: World) -> None:
    if "admin" not in world.content.matrix.roles(operation.right):
        return
    account_wide = {
        "audit.page",
        "members.page",
        "invitations.page",
        "profile.get",
        "lines.groups",
        "export.rows",
        "cases.mine",
    }
    account_wide.add("search.everything")  # what lies in another service opens by leaving the selected one
    narrow = world.visit("admin", 0).as_service(world.firms[0].groups[1], "Pool0G1x")
    given = arguments(operation, world, 0)
    try:
        told = tell(operation.function(narrow, **given))
    except NotFound:
        return
    except Refused:
        assert operation.name == "audit.verify"
        return
    if operation.name not in account_wide - {"lines.groups"}:
        assert not any(f"Mark0L{index}x" in told for index in (OWN, COLLEAGUE)), told


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE login SET status = 'disabled' WHERE id = :admin",
        "DELETE FROM membership WHERE login_id = :admin",
        "UPDATE membership SET role = 'contact' WHERE login_id = :admin",
    ],
    ids=["disabled", "removed", "demoted"],
)
def test_a_role_taken_away_counts_at_the_next_operation(sql: str, world: World) -> None:
    visit = world.visit("admin", 0)
    page = next(each for each in OPERATIONS if each.name == "lines.page")
    assert page.function(visit).rows
    with world.store.transaction() as tx:
        tx.execute(sql, admin=visit.login_id)
    for operation in OPERATIONS:
        if "admin" in world.content.matrix.roles(operation.right):
            with pytest.raises(Refused):
                operation.function(visit, **arguments(operation, world, 0))


def test_staff_who_left_are_out_at_once(world: World) -> None:
    visit = world.visit("agent")
    page = next(each for each in OPERATIONS if each.name == "accounts.page")
    assert page.function(visit).rows
    with world.store.transaction() as tx:
        tx.execute("UPDATE login SET staff_role = '' WHERE id = :id", id=world.staff["agent"])
    with pytest.raises(Refused):
        page.function(visit)


def test_a_line_taken_from_an_employee_is_gone_at_once(world: World) -> None:
    visit = world.visit("user", 0)
    get = next(each for each in OPERATIONS if each.name == "lines.get")
    assert get.function(visit, line_id=world.firms[0].lines[OWN])
    with world.store.transaction() as tx:
        tx.execute("UPDATE login SET line_id = NULL WHERE id = :id", id=visit.login_id)
    with pytest.raises((NotFound, Refused)):
        get.function(visit, line_id=world.firms[0].lines[OWN])


def test_a_line_that_went_to_another_customer_takes_its_user_nowhere(world: World) -> None:
    visit = world.visit("user", 0)
    with world.store.transaction() as tx:
        tx.execute(
            "UPDATE line SET account_id = :other, group_id = NULL WHERE id = :line",
            other=world.firms[1].account,
            line=visit.own_line_id,
        )
    for operation in READS:
        if "user" in world.content.matrix.roles(operation.right):
            try:
                told = tell(operation.function(visit, **arguments(operation, world, 0)))
            except (NotFound, Refused):
                continue
            assert not [mark for mark in foreign(world, 0) if mark in told], told


@pytest.mark.parametrize("operation", READS, ids=name_of)
def test_an_employee_without_a_line_sees_no_line(operation: Operation, world: World) -> None:
    if "user" not in world.content.matrix.roles(operation.right):
        return
    visit = world.visit("user", 0)
    visit.own_line_id = None
    with world.store.transaction() as tx:
        tx.execute("UPDATE login SET line_id = NULL, name = 'Nobody' WHERE id = :id", id=visit.login_id)
    try:
        told = tell(operation.function(visit, **arguments(operation, world, 0)))
    except (NotFound, Refused):
        return
    assert not any(f"Mark{number}L" in told for number in range(FIRMS)), told


@pytest.mark.parametrize("name", ["usage.import_file", "usage.replay"])
def test_long_work_that_is_stopped_is_written_down(name: str, world: World, tmp_path: Path) -> None:
    def interrupt(_done: int, _whole: int) -> None:
        raise KeyboardInterrupt

    file = write(tmp_path / "usage.csv", [cells("1", "+31680000000", NOVEMBER + 100)])
    operation = next(each for each in OPERATIONS if each.name == name)
    rows = len(world.audit_rows())
    with pytest.raises(KeyboardInterrupt):
        operation.function(world.visit("agent"), **arguments(operation, world, 0, file), progress=interrupt)
    assert [row[:2] for row in world.audit_rows()[rows:]] == [(name, "failed")]


def test_what_colleagues_use_together_is_not_told_to_an_employee(world: World) -> None:
    """In a group of two, the sum of the pool less one's own is what the other uses."""
    firm = world.firms[0]
    with world.store.transaction() as tx:
        tx.execute(
            "UPDATE counter SET data_home_eu = 777000111 WHERE line_id = :line", line=firm.lines[COLLEAGUE]
        )
    user, admin = world.visit("user", 0), world.visit("admin", 0)
    forecast = next(each for each in OPERATIONS if each.name == "usage.forecast")
    of_group = next(each for each in OPERATIONS if each.name == "usage.forecast_group")
    assert "pool" in [row.target for row in forecast.function(admin, line_id=firm.lines[OWN])]
    assert "pool" not in [row.target for row in forecast.function(user, line_id=firm.lines[OWN])]
    assert of_group.function(admin, group_id=firm.groups[0])
    with pytest.raises(NotFound):
        of_group.function(user, group_id=firm.groups[0])
    for operation in READS:
        if "user" not in world.content.matrix.roles(operation.right):
            continue
        given = arguments(operation, world, 0)
        if operation is not of_group:
            assert "777000111" not in tell(operation.function(user, **given)), operation.name
