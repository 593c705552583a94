"""What the roles of a customer's people may do: admins manage, resellers set notices, users only look."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import main
from app.operations.core import Refused, Visit, perform
from app.operations.core.registry import Operation, every
from app.secret import Secret
from tests.factories import GB, Factory
from tests.operations.three_customers import World, arguments
from tests.operations.typed_commands import words

MANAGING = {
    "MANAGE_LINES",
    "SET_NOTICES",
    "ORDER",
    "SIMULATE",
    "VIEW_BILLING",
    "VIEW_AUDIT",
    "EDIT_ACCOUNT",
    "GUARD_ACCOUNT",
    "VIEW_PEOPLE",
    "INVITE",
    "SET_ROLES",
    "ASK_OWNERSHIP",
}
"""Rights of who manages services, sees invoices or decides about people."""
MANAGED = [each for each in every() if each.right in MANAGING]


@pytest.mark.capability("LA-25")
@pytest.mark.parametrize("operation", MANAGED, ids=lambda each: each.name)
def test_a_user_manages_nothing_by_operation(operation: Operation, world: World) -> None:
    user = world.visit("user", 0)
    rows = len(world.audit_rows())
    with pytest.raises(Refused):
        perform(user, operation.name, **arguments(operation, world, 0))
    assert [row[:3] for row in world.audit_rows()[rows:]] == [(operation.name, "refused", "user")]


@pytest.mark.capability("LA-25")
@pytest.mark.parametrize("operation", MANAGED, ids=lambda each: each.name)
def test_a_user_manages_nothing_by_command(
    operation: Operation, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = arguments(operation, world, 0)
    if any(isinstance(value, Secret) for value in given.values()):
        return  # what asks for a secret on the terminal is tried by operation
    login = world.visit("user", 0).row(
        "SELECT user_name FROM login WHERE id = :id", id=world.firms[0].logins["user"]
    )
    assert login is not None
    monkeypatch.setenv("LOKET_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOKET_DATABASE_URL", world.store.url)
    before, rows = world.print_of_all_else(), len(world.audit_rows())
    assert main([*words(operation, given), "--as", login[0]], world.clock) == 3
    assert [row[:3] for row in world.audit_rows()[rows:]] == [(operation.name, "refused", "user")]
    assert world.print_of_all_else() == before


@pytest.mark.capability("LA-24")
def test_an_admin_sets_an_alert_for_an_employee_and_for_themselves(
    admin_visit: Visit, user_visit: Visit, factory: Factory
) -> None:
    own = factory.line(admin_visit.account_id or 0)
    for line in (user_visit.own_line_id, own):
        perform(admin_visit, "limits.set_notices", line_id=line, usage_bytes=4 * GB, roaming_bytes=GB)
        stored = perform(admin_visit, "lines.get", line_id=line)
        assert (stored.usage_notice_bytes, stored.roaming_notice_bytes) == (4 * GB, GB)
    with pytest.raises(Refused):
        perform(user_visit, "limits.set_notices", line_id=user_visit.own_line_id, usage_bytes=0)


@pytest.mark.capability("LA-36")
def test_what_a_reseller_sets_the_admins_see(admin_visit: Visit, factory: Factory) -> None:
    account = admin_visit.account_id or 0
    line = factory.line(account)
    login = factory.login(account, "reseller", name="Rita Reseller")
    reseller = factory.visit("reseller", account, login_id=login)
    perform(reseller, "limits.set_notices", line_id=line, usage_bytes=5 * GB, roaming_bytes=2 * GB)
    seen = perform(admin_visit, "lines.get", line_id=line)
    assert (seen.usage_notice_bytes, seen.roaming_notice_bytes) == (5 * GB, 2 * GB)
    elsewhere = factory.visit("reseller", factory.account("Another"), login_id=login)
    with pytest.raises(Refused):
        perform(elsewhere, "limits.set_notices", line_id=line, usage_bytes=0)


@pytest.mark.capability("LA-37")
def test_an_admin_bars_per_line_and_a_user_cannot(
    admin_visit: Visit, user_visit: Visit, factory: Factory
) -> None:
    line, other = user_visit.own_line_id, factory.line(admin_visit.account_id or 0)
    perform(admin_visit, "barring.set", line_id=line, bars=["premium", "international"])
    assert set(perform(admin_visit, "lines.get", line_id=line).bars) == {"premium", "international"}
    assert not perform(admin_visit, "lines.get", line_id=other).bars
    with pytest.raises(Refused):
        perform(user_visit, "barring.set", line_id=line, bars=[])
    assert set(perform(admin_visit, "lines.get", line_id=line).bars) == {"premium", "international"}
