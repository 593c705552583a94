"""Invitations: sent, sent again, withdrawn and accepted; nobody becomes a user without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.clock import FixedClock
from app.operations.core import Invalid, NotFound, PasswordNeeded, Refused, Visit, perform
from app.operations.core.passwords import hash_password
from app.secret import Secret
from app.store import Store
from tests.databases.stored import stored_bytes
from tests.factories import DAY, Factory
from tests.operations.door import Door
from tests.operations.mail_box import last_code, letters

PASSWORD = "Rietkraag-7-ijsvogel"
EMAIL = "esther@molenwerf.example"


@pytest.fixture
def visitor(factory: Factory) -> Visit:
    """Somebody at the sign-in screen."""
    return factory.visit("", None)


@pytest.fixture
def holder_visit(factory: Factory, account_id: int) -> Visit:
    """The contract holder."""
    login = factory.login(account_id, "holder", name="Hanna Holder")
    return factory.visit("holder", account_id, login_id=login, person="Hanna Holder")


def roles(store: Store, account_id: int) -> dict[str, str]:
    """Role by e-mail address."""
    return dict(
        store.rows(
            "SELECT email, role FROM membership JOIN login ON login.id = login_id WHERE account_id = :id",
            id=account_id,
        )
    )


@pytest.mark.capability("LA-27")
def test_an_invitation_is_listed_as_pending_and_mailed(admin_visit: Visit) -> None:
    sent = perform(admin_visit, "invitations.send", email=EMAIL, name="Esther Smit", language="nl")
    (listed,) = perform(admin_visit, "invitations.page")
    assert listed == sent
    assert (listed.email, listed.role, listed.status) == (EMAIL, "user", "pending")
    assert listed.invited_by == "Anna Admin"
    (letter,) = letters(admin_visit)
    assert letter.recipient == EMAIL
    assert "Esther Smit" in letter.body
    assert "loket recovery redeem" in letter.body
    assert listed.expires_at == admin_visit.now + 7 * DAY


@pytest.mark.parametrize(
    "address", ["", "esther", "esther@", "a b@c.nl", "e@x.nl\r\nBcc: all@x.nl", "é@x.nl"]
)
def test_what_is_no_address_is_refused_at_the_field(admin_visit: Visit, address: str) -> None:
    with pytest.raises(Invalid) as error:
        perform(admin_visit, "invitations.send", email=address)
    assert error.value.field == "email"
    assert not letters(admin_visit)


def test_nobody_is_invited_twice_or_who_is_there(admin_visit: Visit, factory: Factory) -> None:
    perform(admin_visit, "invitations.send", email=EMAIL)
    with pytest.raises(Invalid, match="invited already"):
        perform(admin_visit, "invitations.send", email=EMAIL.upper())
    assert admin_visit.account_id is not None
    factory.login(admin_visit.account_id, "user", email="there@molenwerf.example")
    with pytest.raises(Invalid, match="works for this account"):
        perform(admin_visit, "invitations.send", email="There@molenwerf.example")


def test_the_answer_does_not_tell_who_has_a_login_elsewhere(admin_visit: Visit, factory: Factory) -> None:
    factory.login(factory.account("Another"), "admin", email=EMAIL)
    known = perform(admin_visit, "invitations.send", email=EMAIL)
    unknown = perform(admin_visit, "invitations.send", email="nobody@molenwerf.example")
    assert replace(known, id=0, email="") == replace(unknown, id=0, email="")
    bodies = {letter.body for letter in letters(admin_visit)}
    assert len(bodies) == 1


@pytest.mark.capability("LA-28")
def test_who_completes_the_login_signs_in_as_user(
    admin_visit: Visit, visitor: Visit, factory: Factory, door: Door, store: Store
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Esther")
    perform(admin_visit, "invitations.send", email=EMAIL, name="Esther", line_id=line)
    code = last_code(admin_visit)
    purpose = perform(visitor, "recovery.look", code=code)
    assert (purpose.kind, purpose.email) == ("invitation", EMAIL)
    perform(
        visitor,
        "recovery.redeem",
        code=code,
        password=Secret(PASSWORD),
        name="Esther Smit",
        user_name="esther",
        mobile="+31612345678",
    )
    (listed,) = perform(admin_visit, "invitations.page")
    assert listed.status == "accepted"
    visit = door("esther", PASSWORD)
    assert (visit.role, visit.person, visit.own_line_id) == ("user", "Esther Smit", line)
    assert letters(visitor)[-1].recipient == "+31612345678"
    with pytest.raises(Refused):
        perform(visitor, "recovery.redeem", code=code, password=Secret(PASSWORD), user_name="esther2")


def test_who_has_a_login_gives_its_password_and_gets_the_second_account(
    admin_visit: Visit, visitor: Visit, factory: Factory, store: Store
) -> None:
    other = factory.account("Another")
    factory.login(other, "admin", email=EMAIL, user_name="esther", password_hash=hash_password(PASSWORD))
    perform(admin_visit, "invitations.send", email=EMAIL)
    code = last_code(admin_visit)
    assert perform(visitor, "recovery.look", code=code).needs == ("password_of_login",)
    with pytest.raises(Refused):
        perform(visitor, "recovery.redeem", code=code, password=Secret("Somebody-else-9"))
    assert EMAIL not in roles(store, admin_visit.account_id or 0)
    perform(visitor, "recovery.redeem", code=code, password=Secret(PASSWORD))
    assert roles(store, admin_visit.account_id or 0)[EMAIL] == "user"
    assert roles(store, other) == {EMAIL: "admin"}


@pytest.mark.capability("LA-26")
def test_nobody_becomes_a_user_without_an_invitation(
    visitor: Visit, user_visit: Visit, factory: Factory, store: Store
) -> None:
    before = store.rows("SELECT login_id, role FROM membership")
    number = visitor.row("SELECT number FROM account WHERE id = :id", id=user_visit.account_id)
    assert number is not None
    perform(visitor, "recovery.first_login", customer_number=number[0], email="employee@molenwerf.example")
    assert letters(visitor) == []
    for code in ("", "0000-0000", "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345"):
        with pytest.raises(Refused):
            perform(visitor, "recovery.redeem", code=Secret(code), password=Secret(PASSWORD), user_name="x")
    for outsider in (visitor, user_visit):
        with pytest.raises(Refused):
            perform(outsider, "invitations.send", email="me@example.org")
    assert store.rows("SELECT login_id, role FROM membership") == before


@pytest.mark.capability("LA-31")
def test_an_admin_invites_users_and_nobody_else(
    admin_visit: Visit, assisting_visit: Visit, store: Store
) -> None:
    assert perform(admin_visit, "invitations.send", email="u@example.org").role == "user"
    assert perform(assisting_visit, "invitations.send", email="v@example.org", role="user").role == "user"
    for visit in (admin_visit, assisting_visit):
        for role in ("holder", "admin", "sub", "reseller"):
            areas = ["products"] if role == "sub" else []
            with pytest.raises(Refused):
                perform(visit, "invitations.send", email="w@example.org", role=role, areas=areas)
            last = store.rows("SELECT operation, outcome FROM audit ORDER BY seq DESC LIMIT 1")
            assert last == [("invitations.send", "refused")]
    assert len(perform(admin_visit, "invitations.page")) == 2


def test_the_holder_invites_every_role_but_the_own(holder_visit: Visit) -> None:
    for role in ("admin", "reseller", "user"):
        assert perform(holder_visit, "invitations.send", email=f"{role}@example.org", role=role).role == role
    sub = perform(
        holder_visit, "invitations.send", email="s@example.org", role="sub", areas=["people", "products"]
    )
    assert sub.areas == ("products", "people")
    with pytest.raises(Refused):
        perform(holder_visit, "invitations.send", email="h@example.org", role="holder")
    with pytest.raises(Invalid) as error:
        perform(holder_visit, "invitations.send", email="t@example.org", role="sub")
    assert error.value.field == "areas"


def test_another_role_than_user_asks_for_the_password_again(
    holder_visit: Visit, factory: Factory, clock: FixedClock
) -> None:
    session = {"id": "a" * 32, "login_id": holder_visit.login_id, "started_at": clock.now()}
    session |= {"seen_at": clock.now(), "checked_at": clock.now() - 301, "channel": "test", "address": ""}
    factory.insert("session", session)
    holder_visit.session_id = "a" * 32
    assert perform(holder_visit, "invitations.send", email="u@example.org").role == "user"
    with pytest.raises(PasswordNeeded):
        perform(holder_visit, "invitations.send", email="a@example.org", role="admin")


@pytest.mark.capability("HD-13")
def test_sent_again_the_earlier_code_is_void(
    admin_visit: Visit, agent_visit: Visit, visitor: Visit, clock: FixedClock, factory: Factory
) -> None:
    sent = perform(admin_visit, "invitations.send", email=EMAIL)
    first = last_code(admin_visit)
    clock.advance(1800)
    agent = factory.assisting(agent_visit, admin_visit.account_id or 0)
    again = perform(agent, "invitations.resend", invitation_id=sent.id)
    assert again.expires_at == clock.now() + 7 * DAY
    with pytest.raises(Refused):
        perform(visitor, "recovery.look", code=first)
    assert perform(visitor, "recovery.look", code=last_code(admin_visit)).email == EMAIL


def test_withdrawn_or_too_old_it_opens_nothing(
    admin_visit: Visit, visitor: Visit, clock: FixedClock, store: Store
) -> None:
    sent = perform(admin_visit, "invitations.send", email=EMAIL)
    perform(admin_visit, "invitations.withdraw", invitation_id=sent.id)
    with pytest.raises(Refused):
        perform(visitor, "recovery.look", code=last_code(admin_visit))
    with pytest.raises(Refused):
        perform(admin_visit, "invitations.resend", invitation_id=sent.id)
    again = perform(admin_visit, "invitations.send", email=EMAIL)
    clock.advance(7 * DAY)
    with pytest.raises(Refused):
        perform(visitor, "recovery.look", code=last_code(admin_visit))
    assert [row.status for row in perform(admin_visit, "invitations.page")] == ["expired", "withdrawn"]
    third = perform(admin_visit, "invitations.send", email=EMAIL)
    assert third.id > again.id
    assert store.row("SELECT count(*) FROM invitation WHERE status = 'pending'") == (1,)


def test_too_many_mails_to_one_address_are_refused(admin_visit: Visit) -> None:
    sent = perform(admin_visit, "invitations.send", email=EMAIL)
    for _time in range(4):
        perform(admin_visit, "invitations.resend", invitation_id=sent.id)
    with pytest.raises(Refused, match="half an hour"):
        perform(admin_visit, "invitations.resend", invitation_id=sent.id)
    assert len(letters(admin_visit)) == 5


def test_withdrawing_makes_no_room_for_mails_without_end(admin_visit: Visit, clock: FixedClock) -> None:
    for _time in range(5):
        sent = perform(admin_visit, "invitations.send", email=EMAIL)
        perform(admin_visit, "invitations.withdraw", invitation_id=sent.id)
    with pytest.raises(Refused, match="half an hour"):
        perform(admin_visit, "invitations.send", email=EMAIL)
    clock.advance(1801)
    perform(admin_visit, "invitations.send", email=EMAIL)


def test_a_line_of_another_customer_cannot_be_given(
    admin_visit: Visit, make_line: Callable[..., int], make_account: Callable[..., int]
) -> None:
    foreign = make_line(make_account("Another"))
    with pytest.raises(NotFound):
        perform(admin_visit, "invitations.send", email=EMAIL, line_id=foreign)
    assert perform(admin_visit, "invitations.page") == []


def test_the_code_is_neither_in_the_database_nor_in_the_audit(admin_visit: Visit, store: Store) -> None:
    perform(admin_visit, "invitations.send", email=EMAIL)
    code = last_code(admin_visit).reveal()
    stored = stored_bytes(store)
    assert code.encode() not in stored
    assert code.replace("-", "").encode() not in stored
