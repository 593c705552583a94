"""Who was invited completes a login with the mailed code, or brings the login they have."""

from __future__ import annotations

from typing import Any

import pytest

from app.operations.core import Invalid, Refused, Visit, perform
from app.operations.core.passwords import hash_password, verify
from app.secret import Secret
from tests.factories import Factory
from tests.operations.mail_box import last_code, letters

OLD, NEW = "Wilgenkatje-3-otter", "Rietkraag-7-ijsvogel"
EMAIL = "dirk@molenwerf.example"


@pytest.fixture
def visitor(factory: Factory) -> Visit:
    return factory.visit("", None)


@pytest.fixture
def line_id(factory: Factory, account_id: int) -> int:
    return factory.line(account_id, number="+31612345678")


@pytest.fixture
def code(admin_visit: Visit, line_id: int) -> Secret:
    """Of an invitation to Dirk, with his line."""
    perform(admin_visit, "invitations.send", email=EMAIL, name="Dirk", line_id=line_id)
    return last_code(admin_visit)


def membership(visit: Visit, user_name: str) -> list[Any]:
    return visit.rows(
        "SELECT role, account_id, line_id, status, email FROM membership JOIN login ON login.id = login_id"
        " WHERE user_name = :name ORDER BY membership.id",
        name=user_name,
    )


def test_a_new_login_is_completed(visitor: Visit, code: Secret, account_id: int, line_id: int) -> None:
    purpose = perform(visitor, "recovery.look", code=code)
    assert (purpose.kind, purpose.person, purpose.user_name) == ("invitation", "Dirk", "dirk")
    assert purpose.needs == ("name", "user_name", "password")
    assert purpose.may_link
    given = {"name": "Dirk Dijkstra", "user_name": "ddijkstra", "mobile": "06-12345678"}
    done = perform(visitor, "recovery.redeem", code=code, password=Secret(NEW), **given)
    assert done.user_name == "ddijkstra"
    assert membership(visitor, "ddijkstra") == [("user", account_id, line_id, "active", EMAIL)]
    sms = letters(visitor)[-1]
    assert (sms.channel, sms.recipient) == ("sms", "+31612345678")
    row = visitor.row("SELECT id, mobile, password_hash, name FROM login WHERE user_name = 'ddijkstra'")
    assert row is not None
    assert (row[1], row[3]) == ("", "Dirk Dijkstra")
    assert verify(row[2], NEW)
    with pytest.raises(Refused):
        perform(visitor, "recovery.redeem", code=code, password=Secret(NEW), user_name="again")


def test_what_is_left_out_is_proposed(visitor: Visit, code: Secret, factory: Factory) -> None:
    factory.login(None, user_name="dirk")
    assert perform(visitor, "recovery.look", code=code).user_name == "dirk2"
    assert perform(visitor, "recovery.redeem", code=code, password=Secret(NEW)).user_name == "dirk2"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"user_name": "taken"}, "user_name"),
        ({"user_name": "TAKEN"}, "user_name"),
        ({"user_name": "1x"}, "user_name"),
        ({"user_name": "a b"}, "user_name"),
        ({"name": "x" * 201}, "name"),
        ({"mobile": "12"}, "mobile"),
        ({"password": Secret("Dijkstra-77-zwaan"), "name": "Dirk Dijkstra"}, "password"),
    ],
)
def test_what_cannot_be_is_refused_and_the_code_stays_good(
    visitor: Visit, code: Secret, factory: Factory, given: dict[str, Any], field: str
) -> None:
    factory.login(None, user_name="taken")
    with pytest.raises(Invalid) as refused:
        perform(visitor, "recovery.redeem", **{"code": code, "password": Secret(NEW), **given})
    assert refused.value.field == field
    assert perform(visitor, "recovery.redeem", code=code, password=Secret(NEW))


def test_a_login_that_exists_gives_its_password(
    visitor: Visit, code: Secret, factory: Factory, account_id: int
) -> None:
    other = factory.account("Duinzicht")
    factory.login(other, "admin", user_name="dd", email=EMAIL.upper(), password_hash=hash_password(OLD))
    purpose = perform(visitor, "recovery.look", code=code)
    assert (purpose.needs, purpose.user_name) == (("password_of_login",), "dd")
    for wrong in (NEW, "", "x"):
        with pytest.raises(Refused) as refused:
            perform(visitor, "recovery.redeem", code=code, password=Secret(wrong))
        assert refused.value.field == "password"
    assert len(membership(visitor, "dd")) == 1
    perform(visitor, "recovery.redeem", code=code, password=Secret(OLD))
    assert [row[:2] for row in membership(visitor, "dd")] == [("admin", other), ("user", account_id)]
    row = visitor.row("SELECT password_hash FROM login WHERE user_name = 'dd'")
    assert row is not None
    assert verify(row[0], OLD)


def test_guesses_at_that_password_are_slowed_down(
    visitor: Visit, code: Secret, factory: Factory, account_id: int
) -> None:
    factory.login(factory.account(), "admin", user_name="dd", email=EMAIL, password_hash=hash_password(OLD))
    for _guess in range(5):
        with pytest.raises(Refused):
            perform(visitor, "recovery.redeem", code=code, password=Secret("Guess-77-zwaan"))
    with pytest.raises(Refused):
        perform(visitor, "recovery.redeem", code=code, password=Secret(OLD))


def test_a_withdrawn_invitation_opens_nothing(visitor: Visit, admin_visit: Visit, code: Secret) -> None:
    (row,) = perform(admin_visit, "invitations.page")
    perform(admin_visit, "invitations.withdraw", invitation_id=row.id)
    with pytest.raises(Refused):
        perform(visitor, "recovery.look", code=code)
    with pytest.raises(Refused):
        perform(visitor, "recovery.redeem", code=code, password=Secret(NEW))
