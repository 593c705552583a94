"""The first screen's figures."""

from __future__ import annotations

import pytest

from app.operations.core import Visit, perform
from tests.factories import Factory


@pytest.mark.capability("DB-12")
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
