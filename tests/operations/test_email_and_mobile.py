"""An address and a mobile number count once somebody has read what was sent there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.clock import FixedClock
from app.operations.core import Invalid, NotFound, PasswordNeeded, Refused, Visit, perform, sessions
from app.secret import Secret
from tests.factories import Factory
from tests.operations.mail_box import last_code, letters

NUMBER = "+31612345678"


@pytest.fixture
def me(factory: Factory, account_id: int) -> Visit:
    """Carla, an employee without a line, signed in."""
    login = factory.login(
        account_id, "user", user_name="carla", name="Carla", email="carla@molenwerf.example", line_id=None
    )
    visit = factory.visit("user", account_id, login_id=login, person="Carla")
    with visit.transaction():
        sessions.start(visit)
    return visit


def stored(visit: Visit, field: str) -> object:
    row = visit.row(f"SELECT {field} FROM login WHERE id = :id", id=visit.login_id)
    return row[0] if row else None


def test_an_address_counts_after_its_code_was_typed(me: Visit, factory: Factory) -> None:
    perform(me, "email.change", address=" Carla@Nieuw.example ")
    assert stored(me, "email") == "carla@molenwerf.example"
    asked, warned = letters(me)
    assert (asked.recipient, warned.recipient) == ("Carla@nieuw.example", "carla@molenwerf.example")
    assert not warned.code
    visitor = factory.visit("", None)
    purpose = perform(visitor, "recovery.look", code=asked.code)
    assert (purpose.kind, purpose.needs, purpose.email) == ("new_email", (), "Carla@nieuw.example")
    perform(visitor, "recovery.redeem", code=asked.code, password=Secret(""))
    assert stored(me, "email") == "Carla@nieuw.example"
    assert letters(me)[-1].recipient == "carla@molenwerf.example"
    with pytest.raises(Refused):
        perform(me, "profile.get")


def test_who_types_the_code_while_signed_in_stays_signed_in(me: Visit) -> None:
    perform(me, "email.change", address="carla@nieuw.example")
    perform(me, "recovery.redeem", code=last_code(me), password=Secret(""))
    assert perform(me, "profile.get").email == "carla@nieuw.example"


@pytest.mark.capability("LA-17")
@pytest.mark.parametrize("address", ["bo@molenwerf.example", "BO@Molenwerf.Example"])
def test_an_address_in_use_is_refused(me: Visit, factory: Factory, address: str) -> None:
    factory.login(None, email="bo@molenwerf.example")
    with pytest.raises(Invalid) as refused:
        perform(me, "email.change", address=address)
    assert refused.value.field == "address"
    assert not letters(me)


@pytest.mark.capability("LA-17")
def test_an_address_that_was_taken_meanwhile_is_refused(me: Visit, factory: Factory) -> None:
    perform(me, "email.change", address="bo@molenwerf.example")
    factory.login(None, email="bo@molenwerf.example")
    with pytest.raises(Refused):
        perform(me, "recovery.redeem", code=last_code(me), password=Secret(""))
    assert stored(me, "email") == "carla@molenwerf.example"


@pytest.mark.parametrize(
    "address", ["", "x", "x@", "@y.nl", "a b@c.nl", "a@b", "a@b.nl\nBcc: c@d.nl", "a@[1.2.3.4]"]
)
def test_what_is_no_address_is_refused(me: Visit, address: str) -> None:
    with pytest.raises(Invalid):
        perform(me, "email.change", address=address)


def test_changes_ask_for_the_password_again(me: Visit, clock: FixedClock) -> None:
    clock.advance(301)
    for name, given in (
        ("email.change", {"address": "carla@nieuw.example"}),
        ("mobile.link", {"number": NUMBER}),
        ("mobile.unlink", {}),
    ):
        with pytest.raises(PasswordNeeded):
            perform(me, name, **given)


@pytest.mark.capability("MD-32")
@pytest.mark.parametrize("typed", ["06 1234 5678", "+31612345678", "0031-6-12345678", "+31 (0)6 12345678"])
def test_a_number_is_stored_as_e164_and_its_usage_can_be_followed(
    me: Visit, account_id: int, make_line: Callable[..., int], add_usage: Callable[..., int], typed: str
) -> None:
    line = make_line(account_id, number=NUMBER)
    add_usage(line)
    with pytest.raises((NotFound, Refused)):
        perform(me, "usage.records", line_id=line, month=202611)
    perform(me, "mobile.link", number=typed)
    assert stored(me, "mobile") == ""
    (sms,) = letters(me)
    assert (sms.channel, sms.recipient, len(sms.code.reveal())) == ("sms", NUMBER, 6)
    linked = perform(me, "mobile.confirm", code=sms.code)
    assert (linked.mobile, linked.line_id, stored(me, "mobile")) == (NUMBER, line, NUMBER)
    assert perform(me, "usage.records", line_id=line, month=202611).rows


def test_typing_a_colleagues_number_shows_nothing(
    me: Visit, account_id: int, make_line: Callable[..., int]
) -> None:
    line = make_line(account_id, number=NUMBER)
    perform(me, "mobile.link", number=NUMBER)
    for guess in ("000000", "", "12345", "abc"):
        with pytest.raises(Refused):
            perform(me, "mobile.confirm", code=Secret(guess))
    with pytest.raises((NotFound, Refused)):
        perform(me, "lines.get", line_id=line)
    assert (stored(me, "mobile"), stored(me, "line_id")) == ("", None)


def test_after_five_wrong_guesses_the_right_code_is_worth_nothing(me: Visit) -> None:
    perform(me, "mobile.link", number=NUMBER)
    code = last_code(me)
    wrong = Secret("111111" if code.reveal() != "111111" else "222222")
    for _guess in range(5):
        with pytest.raises(Refused):
            perform(me, "mobile.confirm", code=wrong)
    with pytest.raises(Refused):
        perform(me, "mobile.confirm", code=code)
    assert stored(me, "mobile") == ""


def test_the_code_is_not_good_for_another_number_or_person(me: Visit, factory: Factory) -> None:
    other = factory.visit("user", me.account_id, login_id=factory.login(me.account_id, "user"))
    perform(other, "mobile.link", number="+31687654321")
    perform(me, "mobile.link", number=NUMBER)
    with pytest.raises(Refused):
        perform(other, "mobile.confirm", code=last_code(me))
    perform(me, "mobile.link", number="+31687654320")
    perform(me, "mobile.confirm", code=last_code(me))
    assert stored(me, "mobile") == "+31687654320"


@pytest.mark.parametrize("whose", ["another customer", "a colleague"])
def test_a_line_that_is_somebody_elses_is_not_linked(
    me: Visit, factory: Factory, account_id: int, whose: str
) -> None:
    elsewhere = factory.account() if whose == "another customer" else account_id
    line = factory.line(elsewhere, number=NUMBER)
    if whose == "a colleague":
        factory.login(account_id, "user", line_id=line)
    perform(me, "mobile.link", number=NUMBER)
    linked = perform(me, "mobile.confirm", code=last_code(me))
    assert (linked.line_id, stored(me, "mobile"), stored(me, "line_id")) == (None, NUMBER, None)
    with pytest.raises((NotFound, Refused)):
        perform(me, "lines.get", line_id=line)


@pytest.mark.parametrize("number", ["", "12", "abc", "+999123456789", "+31 6 1234567890123", "'; --"])
def test_what_is_no_number_is_refused(me: Visit, number: str) -> None:
    with pytest.raises(Invalid):
        perform(me, "mobile.link", number=number)


@pytest.mark.capability("LA-33")
def test_the_reminder_shows_until_a_number_is_linked(
    me: Visit, account_id: int, make_line: Callable[..., int]
) -> None:
    make_line(account_id, number=NUMBER)
    assert perform(me, "dashboard.overview").link_reminder
    perform(me, "mobile.link", number=NUMBER)
    assert perform(me, "dashboard.overview").link_reminder
    perform(me, "mobile.confirm", code=last_code(me))
    overview = perform(me, "dashboard.overview")
    assert not overview.link_reminder
    assert overview.own_line is not None
    perform(me, "mobile.unlink")
    overview = perform(me, "dashboard.overview")
    assert overview.link_reminder
    assert overview.own_line is None


def test_without_a_number_there_is_nothing_to_unlink(me: Visit) -> None:
    with pytest.raises(NotFound):
        perform(me, "mobile.unlink")


def test_a_line_that_the_administrator_gave_stays(me: Visit, factory: Factory, account_id: int) -> None:
    line = factory.line(account_id)
    with me.transaction() as tx:
        tx.execute("UPDATE login SET line_id = :line, mobile = :number", line=line, number=NUMBER)
    me.own_line_id = line
    perform(me, "mobile.unlink")
    assert (stored(me, "line_id"), stored(me, "mobile")) == (line, "")
    assert perform(me, "dashboard.overview").own_line is not None


def test_a_change_that_waits_is_cancelled_and_its_code_opens_nothing(me: Visit, clock: FixedClock) -> None:
    perform(me, "email.change", address="carla@nieuw.example")
    mailed = last_code(me)
    perform(me, "mobile.link", number=NUMBER)
    sent = last_code(me)
    clock.advance(301)
    perform(me, "email.cancel")
    found = perform(me, "profile.reached")
    assert (found.asked_email, found.asked_mobile) == ("", NUMBER)
    with pytest.raises(Refused, match="not valid any more"):
        perform(me, "recovery.redeem", code=mailed, password=Secret(""))
    perform(me, "mobile.cancel")
    assert perform(me, "profile.reached").asked_mobile == ""
    with pytest.raises(Refused, match="wrong or too old"):
        perform(me, "mobile.confirm", code=sent)
    for name in ("email.cancel", "mobile.cancel"):
        with pytest.raises(NotFound):
            perform(me, name)
    assert (stored(me, "email"), stored(me, "mobile")) == ("carla@molenwerf.example", "")
