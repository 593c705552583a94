"""Presence: who else is there, for as long as their session lives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.clock import FixedClock
from app.operations.core import Visit, presence, sessions
from tests.factories import Factory


def signed_in(factory: Factory, name: str) -> Visit:
    login = factory.login(None, staff_role="agent", name=name)
    visit = replace(factory.visit("agent", None, login_id=login, person=name))
    with visit.transaction():
        sessions.start(visit)
    return visit


@pytest.mark.capability("BX-07")
def test_others_see_who_looks_and_who_edits_until_the_session_ends(
    factory: Factory, clock: FixedClock
) -> None:
    noor, arie = signed_in(factory, "Noor Verbeek"), signed_in(factory, "Arie Agent")
    presence.enter(noor, "line:7")
    presence.enter(arie, "line:7")
    assert [(each.person, each.editing) for each in presence.others(arie, "line:7")] == [
        ("Noor Verbeek", False)
    ]
    presence.enter(noor, "line:7", editing=True)
    assert presence.others(arie, "line:7")[0].editing
    assert presence.others(arie, "line:8") == []
    presence.leave(noor, "line:7")
    assert presence.others(arie, "line:7") == []
    presence.enter(noor, "line:7")
    with noor.transaction():
        sessions.end(noor, noor.session_id, "sign_out")
    assert presence.others(arie, "line:7") == []


def test_who_went_away_without_a_word_is_gone_with_the_idle_time(factory: Factory, clock: FixedClock) -> None:
    noor, arie = signed_in(factory, "Noor Verbeek"), signed_in(factory, "Arie Agent")
    presence.enter(noor, "account:1")
    clock.advance(14 * 60)
    sessions.seen(arie)
    assert len(presence.others(arie, "account:1")) == 1
    clock.advance(3 * 60)
    assert presence.others(arie, "account:1") == []


def test_saying_it_twice_writes_once(factory: Factory) -> None:
    noor = signed_in(factory, "Noor Verbeek")
    presence.enter(noor, "account:1")
    before = noor.store.version()
    presence.enter(noor, "account:1")
    if noor.store.dialect == "sqlite":  # a server counts the commits of its other databases, too
        assert noor.store.version() == before
    assert noor.store.rows("SELECT count(*) FROM presence") == [(1,)]
    assert noor.store.rows("SELECT operation FROM audit") == []
