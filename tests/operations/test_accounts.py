"""Customers, for staff."""

from __future__ import annotations

import pytest

from app.operations.core import NotFound, Refused, Visit, perform
from tests.factories import Factory


def test_customers_by_name_and_number(factory: Factory, agent_visit: Visit) -> None:
    beta = factory.account("Beta, Bakers & Co", number="200001")
    alpha = factory.account("Alpha", number="200002")
    page = perform(agent_visit, "accounts.page", limit=1)
    assert ([row.id for row in page.rows], page.more) == ([alpha], True)
    page = perform(agent_visit, "accounts.page", limit=1, after=page.last_key)
    assert [(row.id, row.number) for row in page.rows] == [(beta, "200001")]
    back = perform(agent_visit, "accounts.page", limit=1, before=page.first_key)
    assert [row.id for row in back.rows] == [alpha]
    for text in ("0001", "200001", "bet", "baker", "co bakers", "BÉTA BAKERS"):
        assert [row.id for row in perform(agent_visit, "accounts.page", text=text).rows] == [beta], text
        assert perform(agent_visit, "accounts.count", text=text) == 1
    assert perform(agent_visit, "accounts.page", text="eta").rows == ()
    assert perform(agent_visit, "accounts.count") == 2


def test_customers_are_not_for_customers(admin_visit: Visit) -> None:
    with pytest.raises(Refused):
        perform(admin_visit, "accounts.page")


def test_staff_see_the_lines_of_the_customer_they_help(factory: Factory, agent_visit: Visit) -> None:
    first, second = factory.account(), factory.account()
    one, two = factory.line(first), factory.line(second)
    for visit in (agent_visit, agent_visit.as_account(first, "First")):
        with pytest.raises(Refused, match="Verify"):
            perform(visit, "lines.page")
    opened = factory.assisting(agent_visit, first)
    assert [row.id for row in perform(opened, "lines.page").rows] == [one]
    with pytest.raises(NotFound):
        perform(opened, "lines.get", line_id=two)
