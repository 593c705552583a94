"""The first screen's figures."""

from __future__ import annotations

from app.clock import FixedClock
from app.operations.core import Visit, perform
from tests.factories import DAY, GB, NOVEMBER, Factory


def test_a_user_sees_their_own_line_and_nothing_of_the_account(
    factory: Factory, user_visit: Visit, account_id: int
) -> None:
    factory.line(account_id, group_id=factory.group(account_id))
    seen = perform(user_visit, "dashboard.overview")
    assert seen.lines == 1
    assert seen.pools == ()
    assert seen.own_line.id == user_visit.own_line_id


def test_an_employee_without_a_line_is_reminded(factory: Factory, account_id: int) -> None:
    factory.line(account_id)
    seen = perform(factory.visit("user", account_id), "dashboard.overview")
    assert (seen.lines, seen.own_line, seen.link_reminder) == (0, None, True)


def test_staff_see_alerts_and_open_an_account_for_the_rest(factory: Factory, agent_visit: Visit) -> None:
    factory.insert("alert", {"key": "k", "at": 5, "kind": "usage_missing", "detail": "No usage yet."})
    seen = perform(agent_visit, "dashboard.overview")
    assert [alert.kind for alert in seen.alerts] == ["usage_missing"]
    assert perform(factory.visit("admin", factory.account()), "dashboard.overview").alerts == ()


def test_an_admin_sees_pools_bundles_and_limits(
    factory: Factory, admin_visit: Visit, clock: FixedClock, account_id: int
) -> None:
    group = factory.group(account_id)
    clock.set(NOVEMBER + 15 * DAY)
    traveller = factory.line(account_id, group_id=group, bundles=1, limit_cents=1000)
    factory.line(account_id, group_id=group)
    factory.usage(traveller, volume=2 * GB)
    factory.usage(traveller, volume=15 * GB, place="US")
    factory.usage(traveller, volume=8_000_000, place="JP")
    seen = perform(admin_visit, "dashboard.overview")
    [pool] = seen.pools
    assert (pool.lines, pool.used_bytes, pool.allowance_bytes) == (2, 2 * GB, 12 * GB)
    assert pool.expected_bytes == 4 * GB
    [bundle] = seen.bundles
    assert (bundle.code, bundle.started, bundle.percent, bundle.left_bytes) == ("a", 1, 50, 15 * GB)
    [limit] = seen.limits
    assert (limit.line_id, limit.percent, limit.blocked) == (traveller, 120, True)
    assert (seen.lines, seen.blocked) == (2, 1)
