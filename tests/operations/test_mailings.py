"""Newsletters and notices: what is switched off is not sent, what must be sent is not offered."""

from __future__ import annotations

import pytest

from app.operations.core import Invalid, Visit, perform
from app.operations.core.outbox import claim
from app.operations.core.pool_watch import warn_pools
from tests.factories import GB, Factory


def topics(visit: Visit) -> dict[str, tuple[str, bool]]:
    return {each.topic: (each.kind, each.wanted) for each in perform(visit, "mailings.page")}


@pytest.mark.capability("MD-23")
def test_a_notice_that_is_switched_off_is_not_sent(
    factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    group = factory.group(account_id)
    line = factory.line(account_id, group_id=group)
    factory.usage(line, volume=7 * GB)
    perform(admin_visit, "mailings.set", topic="usage", wanted=False)
    assert warn_pools(factory.system) > 0
    assert [
        message for message in claim(admin_visit.store, admin_visit.now, 10) if message.channel == "mail"
    ] == []
    kept = [row for row in perform(admin_visit, "messages.page").rows if row.channel == "mail"]
    assert [row.status for row in kept] == ["muted"]
    assert "Notices" in kept[0].note


@pytest.mark.capability("MD-23")
def test_a_notice_that_is_on_is_sent(factory: Factory, admin_visit: Visit, account_id: int) -> None:
    line = factory.line(account_id, group_id=factory.group(account_id))
    factory.usage(line, volume=7 * GB)
    perform(admin_visit, "mailings.set", topic="usage", wanted=False)
    perform(admin_visit, "mailings.set", topic="usage", wanted=True)
    assert warn_pools(factory.system) > 0
    assert "mail" in {message.channel for message in claim(admin_visit.store, admin_visit.now, 10)}


def test_newsletters_stand_apart_and_begin_as_the_operator_says(admin_visit: Visit) -> None:
    found = topics(admin_visit)
    assert found["news"] == ("newsletter", False)
    assert found["usage"] == ("notice", True)
    perform(admin_visit, "mailings.set", topic="news", wanted=True)
    assert topics(admin_visit)["news"] == ("newsletter", True)


def test_what_always_comes_cannot_be_switched_off(admin_visit: Visit) -> None:
    always = [topic for topic, (kind, _wanted) in topics(admin_visit).items() if kind == "always"]
    assert {"codes", "security", "invoices"} <= set(always)
    for topic in (*always, "nothing"):
        with pytest.raises(Invalid) as caught:
            perform(admin_visit, "mailings.set", topic=topic, wanted=False)
        assert caught.value.field == "topic"
