"""Alerts are for staff, once each, until settled."""

from __future__ import annotations

import pytest

from app.operations.core import NotFound, Refused, Visit, perform
from app.operations.core.outbox import raise_alert
from app.store import Store


def alert(store: Store, key: str, kind: str, detail: str) -> bool:
    with store.transaction() as tx:
        return raise_alert(tx, key, kind, detail, 1000)


def test_list_and_settle(store: Store, agent_visit: Visit) -> None:
    assert alert(store, "a", "usage_missing", "month:202610")
    assert alert(store, "b", "usage_missing", "month:202610 source:network")
    assert alert(store, "c", "message_failed", "message:7 550 No such user")
    assert not alert(store, "a", "usage_missing", "month:202610")
    rows = perform(agent_visit, "alerts.page").rows
    assert [row.title for row in rows] == [
        "Message 7 could not be delivered",
        "No validated usage of October 2026 from network",
        "No usage of October 2026 has arrived",
    ]
    perform(agent_visit, "alerts.settle", alert_id=rows[0].id)
    assert [row.id for row in perform(agent_visit, "alerts.page").rows] == [rows[1].id, rows[2].id]
    assert len(perform(agent_visit, "alerts.page", all=True).rows) == 3
    with pytest.raises(NotFound):
        perform(agent_visit, "alerts.settle", alert_id=rows[0].id)
    assert store.row("SELECT operation, object FROM audit") == ("alerts.settle", f"alert:{rows[0].id}")


def test_customers_see_none(admin_visit: Visit) -> None:
    with pytest.raises(Refused):
        perform(admin_visit, "alerts.page")
