"""The customer's own log says who did what, when, on whose behalf and why."""

from __future__ import annotations

import pytest

from app.operations.core import Refused, Visit, perform
from app.operations.core.registry import every
from app.operations.signin import as_account
from tests.factories import Factory


@pytest.fixture
def line_id(factory: Factory, account_id: int) -> int:
    """A line of the customer."""
    return factory.line(account_id, number="+31612345678", person="Piet Person")


@pytest.mark.capability("BX-34")
def test_what_an_agent_did_is_told_to_the_customer(
    admin_visit: Visit, assisting_visit: Visit, line_id: int
) -> None:
    perform(assisting_visit, "limits.set", line_id=line_id, limit_cents=10_000)
    told = perform(admin_visit, "audit.page").rows[0]
    assert (told.person, told.role, told.at) == ("Arie Agent", "agent", assisting_visit.now)
    assert (told.caller, told.reason) == ("Carla Caller", "asks about the invoice")
    assert (told.what, told.about, told.outcome) == ("Changed a cost limit", "+31612345678", "done")
    assert any("€50.00 → €100.00" in each for each in told.details), told.details


@pytest.mark.capability("BX-34")
def test_a_refusal_is_told_too(admin_visit: Visit, user_visit: Visit, line_id: int) -> None:
    with pytest.raises(Refused):
        perform(user_visit, "limits.set", line_id=line_id, limit_cents=100)
    told = perform(admin_visit, "audit.page", outcome="refused").rows
    assert [(each.person, each.what) for each in told] == [("Emma Employee", "Changed a cost limit")]
    assert perform(admin_visit, "audit.page", outcome="done").rows == ()


@pytest.mark.parametrize("text", ["cost limit", "Anna", "061234 5678", "+31612", "limits.set", "line:"])
def test_the_log_is_filtered_by_what_it_shows(admin_visit: Visit, line_id: int, text: str) -> None:
    perform(admin_visit, "limits.set", line_id=line_id, limit_cents=10_000)
    perform(admin_visit, "profile.set_language", language="nl")
    admin_visit.language = "en"
    found = [each.operation for each in perform(admin_visit, "audit.page", text=text).rows]
    assert "limits.set" in found
    assert text == "Anna" or found == ["limits.set"]
    assert perform(admin_visit, "audit.page", text="nothing like it").rows == ()


def test_the_reason_that_a_person_wrote_is_told(admin_visit: Visit) -> None:
    perform(admin_visit, "account.edit", street="Kade 5", reason="we moved")
    told = perform(admin_visit, "audit.page").rows[0]
    assert told.reason == "we moved"
    assert "Street: – → Kade 5" in told.details


def test_another_customers_things_have_no_name_here(admin_visit: Visit, factory: Factory) -> None:
    other = factory.line(factory.account("Somebody else"), number="+31699999999")
    with admin_visit.transaction():
        from app.operations.core import audit

        audit.append(admin_visit, "limits.set", "done", objects=f"line:{other}")
    assert perform(admin_visit, "audit.page").rows[0].about == ""


@pytest.mark.parametrize("operation", [each for each in every() if each.changes], ids=lambda each: each.name)
def test_every_change_has_words(operation: object) -> None:
    from app.operations.core.audit_words import operation_words

    name = operation.name  # type: ignore[attr-defined]
    words = operation_words(name)
    assert words != name
    assert " " in words
    assert not words.endswith(".")


def test_who_may_not_come_over_from_there_is_written_down(factory: Factory, account_id: int) -> None:
    other = factory.account("Elsewhere")
    login = factory.login(account_id, "admin")
    factory.insert("membership", {"login_id": login, "account_id": other, "role": "admin"})
    network = {"account_id": other, "network": "192.0.2.0/24", "label": "office", "created_at": 1}
    factory.insert("allowed_address", network)
    visit = factory.visit("admin", account_id, login_id=login)
    with pytest.raises(Refused):
        as_account(visit, other)
    logged = visit.row("SELECT account_id, login_id, operation, outcome FROM audit")
    assert logged == (other, login, "signin.as_account", "refused")
