"""Changing one's own password, and that the telephone password is another thing."""

from __future__ import annotations

from typing import Any

import pytest

from app.clock import FixedClock
from app.content import Content
from app.operations import signin
from app.operations.core import Invalid, Refused, Visit, perform, sessions
from app.operations.core.passwords import hash_password, verify
from app.secret import Secret
from app.settings import read_settings
from app.store import Store
from tests.factories import Factory
from tests.operations.mail_box import last_code, letters

OLD = "Wilgenkatje-3-otter"
NEW = "Rietkraag-7-ijsvogel"
TELEPHONE = "Zilvermeeuw"


@pytest.fixture
def me(factory: Factory) -> Visit:
    """Bram, signed in; his account has a telephone password."""
    account = factory.account("Veenhoek", telephone_hash=hash_password(TELEPHONE))
    login = factory.login(
        account,
        "holder",
        user_name="bram",
        name="Bram Smit",
        email="bram@veenhoek.example",
        password_hash=hash_password(OLD),
    )
    visit = factory.visit("holder", account, login_id=login)
    with visit.transaction():
        sessions.start(visit)
    return visit


@pytest.fixture
def enter(store: Store, content: Content, clock: FixedClock) -> Any:
    """Sign in as Bram."""
    settings = read_settings({"LOKET_HOME": str(store.folder)})
    return lambda password: signin.sign_in(store, clock, content, settings, "bram", password)


@pytest.mark.capability("MD-09")
def test_the_old_password_stops_working(me: Visit, enter: Any) -> None:
    assert enter(OLD).login_id == me.login_id
    perform(me, "password.change", old=Secret(OLD), new=Secret(NEW))
    assert enter(NEW).login_id == me.login_id
    with pytest.raises(Refused):
        enter(OLD)


def test_the_old_password_is_asked(me: Visit, enter: Any) -> None:
    for wrong in ("Zilverreiger-9-veen", "", OLD.lower(), "\ud800"):
        with pytest.raises(Refused) as refused:
            perform(me, "password.change", old=Secret(wrong), new=Secret(NEW))
        assert refused.value.field == "old"
    assert enter(OLD)
    assert [row[0] for row in me.rows("SELECT outcome FROM audit WHERE operation = 'password.change'")] == [
        "failed"
    ] * 4


def test_guesses_of_the_old_password_are_slowed_down(me: Visit, clock: FixedClock) -> None:
    for _guess in range(5):
        with pytest.raises(Refused):
            perform(me, "password.change", old=Secret("Guess-77-zwaan"), new=Secret(NEW))
    with pytest.raises(Refused):
        perform(me, "password.change", old=Secret(OLD), new=Secret(NEW))
    clock.advance(600)
    perform(me, "password.change", old=Secret(OLD), new=Secret(NEW))


def test_other_sessions_end_this_one_goes_on_and_the_owner_is_told(me: Visit, enter: Any) -> None:
    other = enter(OLD)
    perform(me, "password.change", old=Secret(OLD), new=Secret(NEW))
    assert perform(me, "profile.get").user_name == "bram"
    with pytest.raises(Refused):
        perform(other, "profile.get")
    (letter,) = letters(me)
    assert (letter.recipient, letter.subject) == ("bram@veenhoek.example", "Your password was changed")
    assert NEW not in letter.body


@pytest.mark.parametrize("new", ["short", "Welkom2026!@#", "Bram-Smit-77-zwaan", "Veenhoek-77-Zwaan", OLD])
def test_a_new_password_must_be_good_and_new(me: Visit, enter: Any, new: str) -> None:
    with pytest.raises(Invalid) as refused:
        perform(me, "password.change", old=Secret(OLD), new=Secret(new))
    assert refused.value.field == "password"
    assert enter(OLD)


@pytest.mark.capability("MD-10")
def test_the_telephone_password_never_signs_in_and_is_not_changed(me: Visit, enter: Any) -> None:
    with pytest.raises(Refused):
        enter(TELEPHONE)
    perform(me, "password.change", old=Secret(OLD), new=Secret(NEW))
    row = me.row("SELECT telephone_hash FROM account WHERE id = :id", id=me.account_id)
    assert row is not None
    assert verify(row[0], TELEPHONE)
    with pytest.raises(Refused):
        enter(TELEPHONE)
    perform(me, "telephone_password.set", telephone_password=Secret("Kokmeeuw-5"))
    assert enter(NEW)
    with pytest.raises(Refused):
        enter("Kokmeeuw-5")


@pytest.mark.capability("MD-10")
def test_the_telephone_password_cannot_become_the_service_password(me: Visit, enter: Any) -> None:
    said = "Kokmeeuw-5 in de wind"
    with me.transaction() as tx:
        tx.execute("UPDATE account SET telephone_hash = :new", new=hash_password(said))
    with pytest.raises(Invalid, match="telephone"):
        perform(me, "password.change", old=Secret(OLD), new=Secret(said))
    perform(me, "recovery.forgot", who="bram")
    with pytest.raises(Invalid, match="telephone"):
        perform(me, "recovery.redeem", code=last_code(me), password=Secret(said))
    assert enter(OLD)


def test_an_employee_learns_nothing_of_the_telephone_password(me: Visit, factory: Factory) -> None:
    said = "Kokmeeuw-5 in de wind"
    with me.transaction() as tx:
        tx.execute("UPDATE account SET telephone_hash = :new", new=hash_password(said))
    login = factory.login(me.account_id, "user", password_hash=hash_password(OLD))
    employee = factory.visit("user", me.account_id, login_id=login)
    perform(employee, "password.change", old=Secret(OLD), new=Secret(said))


def test_no_secret_is_in_the_audit(me: Visit) -> None:
    perform(me, "password.change", old=Secret(OLD), new=Secret(NEW))
    told = repr(me.rows("SELECT * FROM audit")) + repr(me.rows("SELECT * FROM audit_personal"))
    assert OLD not in told
    assert NEW not in told


def test_rules_and_own_words_are_told(me: Visit) -> None:
    assert perform(me, "password.rules")[0].key == "length"
    assert {"bram", "smit", "veenhoek", "noordkade"} <= set(perform(me, "password.words"))
