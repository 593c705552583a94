"""Drafts: kept for one person, one form, one thing; nothing is written down about them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.clock import FixedClock
from app.operations.core import Visit, drafts
from tests.factories import DAY

pytestmark = pytest.mark.both_databases


def test_a_draft_belongs_to_its_person_form_and_thing(admin_visit: Visit, user_visit: Visit) -> None:
    drafts.keep(admin_visit, "cases.ask_name", "account:1", {"name": "Half a na"})
    drafts.keep(admin_visit, "cases.ask_name", "account:1", {"name": "Half a name"})
    found = drafts.find(admin_visit, "cases.ask_name", "account:1")
    assert found is not None
    assert found.fields == {"name": "Half a name"}
    assert found.saved_at == admin_visit.now
    assert drafts.find(user_visit, "cases.ask_name", "account:1") is None
    assert drafts.find(admin_visit, "cases.ask_name", "account:2") is None
    assert drafts.find(admin_visit, "notes.add", "account:1") is None
    assert admin_visit.store.rows("SELECT operation FROM audit") == []
    drafts.drop(admin_visit, "cases.ask_name", "account:1")
    assert drafts.find(admin_visit, "cases.ask_name", "account:1") is None


def test_an_old_one_is_not_offered_and_is_cleared_away(admin_visit: Visit, clock: FixedClock) -> None:
    drafts.keep(admin_visit, "a", "account:1", {"x": "1"})
    clock.advance(31 * DAY)
    assert drafts.find(admin_visit, "a", "account:1") is None
    drafts.keep(admin_visit, "b", "account:1", {"x": "1"})
    assert admin_visit.store.rows("SELECT form FROM draft") == [("b",)]


def test_too_much_and_nobodys_is_not_kept(admin_visit: Visit) -> None:
    drafts.keep(admin_visit, "a", "account:1", {"x": "1" * 20_001})
    drafts.keep(replace(admin_visit, login_id=None), "a", "account:1", {"x": "1"})
    assert admin_visit.store.rows("SELECT 1 FROM draft") == []


def test_dropping_what_is_not_there_writes_nothing(admin_visit: Visit) -> None:
    store = admin_visit.store
    before = store.version()
    drafts.drop(admin_visit, "a", "account:1")
    if store.dialect == "sqlite":  # a server counts the commits of its other databases, too
        assert store.version() == before
    assert store.rows("SELECT 1 FROM draft") == []
