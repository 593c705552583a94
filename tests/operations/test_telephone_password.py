"""The telephone password: said to the helpdesk, apart from the service password, and no way in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.operations.core import Invalid, PasswordNeeded, Refused, Visit, perform
from app.operations.core.passwords import hash_password, verify
from app.operations.signin import sign_in
from app.secret import Secret
from app.settings import read_settings
from tests.factories import Factory
from tests.operations.mail_box import letters

SERVICE, TELEPHONE = "Herfststorm-2026", "blauwe reiger 7"


@pytest.fixture(scope="module")
def service_hash() -> str:
    """Of SERVICE; made once."""
    return hash_password(SERVICE)


@pytest.fixture
def anna(admin_visit: Visit, service_hash: str) -> Visit:
    """The admin, with the service password."""
    with admin_visit.store.transaction() as tx:
        tx.execute("UPDATE login SET password_hash = :hash, user_name = 'anna'", hash=service_hash)
    return admin_visit


def stored(visit: Visit) -> tuple[Any, ...]:
    row = visit.store.row("SELECT telephone_hash, password_hash FROM account, login LIMIT 1")
    assert row is not None
    return row


@pytest.mark.capability("MD-10")
def test_each_password_is_changed_alone_and_one_opens_the_portal(anna: Visit, service_hash: str) -> None:
    perform(anna, "telephone_password.set", telephone_password=Secret(TELEPHONE))
    telephone, service = stored(anna)
    assert verify(telephone, "blauwereiger7")
    assert service == service_hash
    with anna.store.transaction() as tx:
        tx.execute("UPDATE login SET password_hash = :hash", hash=hash_password("Ander-wachtwoord-9"))
    assert stored(anna)[0] == telephone
    settings = read_settings({"LOKET_HOME": str(anna.store.folder)})
    options: dict[str, Any] = {"channel": "test", "address": "", "language": "en"}
    signing: tuple[Any, ...] = (anna.store, anna.clock, anna.content, settings, "anna")
    with pytest.raises(Refused):
        sign_in(*signing, TELEPHONE, **options)
    assert sign_in(*signing, "Ander-wachtwoord-9", **options).login_id == anna.login_id


@pytest.mark.capability("MD-12")
@pytest.mark.parametrize("heard", [TELEPHONE, "Blauwe Reiger 7", "blauwereiger-7"])
def test_an_agent_need_not_hear_capitals_and_spaces(anna: Visit, agent_visit: Visit, heard: str) -> None:
    perform(anna, "telephone_password.set", telephone_password=Secret(TELEPHONE))

    def matches(said: str) -> bool:
        answer = perform(
            agent_visit,
            "callers.verify",
            account_id=anna.account_id,
            caller_kind="admin",
            caller_id=anna.login_id,
            reason="asks",
            telephone_password=Secret(said),
        )
        return bool(answer.matches)

    assert not matches("grijze reiger 7")
    assert matches(heard)


@pytest.mark.parametrize(
    "said", ["", "kort", "a b c d e", "§§§§§§§§", "Reiger#2026", "x" * 61, "re\u200biger7"]
)
def test_it_must_be_long_enough_and_sayable(anna: Visit, said: str) -> None:
    with pytest.raises(Invalid) as caught:
        perform(anna, "telephone_password.set", telephone_password=Secret(said))
    assert caught.value.field == "telephone_password"
    assert stored(anna)[0] == ""


def test_the_password_of_the_portal_is_refused(anna: Visit) -> None:
    with pytest.raises(Invalid, match="sign in"):
        perform(anna, "telephone_password.set", telephone_password=Secret(SERVICE))


def test_it_is_nowhere_in_the_log_and_the_account_is_told(anna: Visit) -> None:
    perform(anna, "account.edit", email="post@molenwerf.example")
    perform(anna, "telephone_password.set", telephone_password=Secret(TELEPHONE))
    rows = anna.store.rows("SELECT * FROM audit") + anna.store.rows("SELECT * FROM audit_personal")
    rows += anna.store.rows("SELECT * FROM message")
    assert TELEPHONE not in repr(rows)
    sent = anna.store.row("SELECT recipient, subject FROM message")
    assert sent == ("post@molenwerf.example", "Your telephone password was changed")


def test_it_asks_for_the_service_password_again_after_a_while(factory: Factory, anna: Visit) -> None:
    with anna.store.transaction() as tx:
        tx.execute(
            "INSERT INTO session (id, login_id, started_at, seen_at, checked_at, channel, address)"
            " VALUES ('s', :login, :now, :now, :now - 301, 'test', '')",
            login=anna.login_id,
            now=anna.now,
        )
    with pytest.raises(PasswordNeeded):
        perform(replace(anna, session_id="s"), "telephone_password.set", telephone_password=Secret(TELEPHONE))


def test_neither_agents_nor_employees_set_it(assisting_visit: Visit, user_visit: Visit) -> None:
    for visit in (assisting_visit, user_visit):
        with pytest.raises(Refused):
            perform(visit, "telephone_password.set", telephone_password=Secret(TELEPHONE))


def test_it_is_removed_and_callers_are_sent_a_code_from_then_on(anna: Visit, agent_visit: Visit) -> None:
    perform(anna, "account.edit", email="post@molenwerf.example")
    perform(anna, "telephone_password.remove")
    assert letters(anna) == []
    perform(anna, "telephone_password.set", telephone_password=Secret(TELEPHONE))
    perform(anna, "telephone_password.remove")
    assert stored(anna)[0] == ""
    assert not perform(agent_visit, "callers.card", account_id=anna.account_id).has_telephone_password
    assert "was removed" in letters(anna)[-1].body


def test_removing_asks_for_the_password_again(anna: Visit, factory: Factory) -> None:
    session = {"id": "1" * 32, "login_id": anna.login_id, "started_at": anna.now, "seen_at": anna.now}
    factory.insert("session", {**session, "checked_at": 0, "channel": "terminal", "address": ""})
    anna.session_id = "1" * 32
    with pytest.raises(PasswordNeeded):
        perform(anna, "telephone_password.remove")
