"""One's own login: language and colours."""

from __future__ import annotations

import pytest

from app.clock import FixedClock
from app.operations.core import Invalid, Visit, perform
from app.secret import Secret
from tests.factories import Factory
from tests.operations.mail_box import last_code


def test_language_and_colours_are_kept_with_the_login(admin_visit: Visit, user_visit: Visit) -> None:
    perform(admin_visit, "profile.set_theme", theme="contrast")
    perform(admin_visit, "profile.set_language", language="de")
    mine = perform(admin_visit, "profile.get")
    assert (mine.theme, mine.language) == ("contrast", "de")
    assert perform(user_visit, "profile.get").theme == ""


@pytest.mark.parametrize("name, value", [("language", "fr"), ("theme", "pink"), ("theme", "[red]")])
def test_what_is_not_offered_is_refused_by_field(admin_visit: Visit, name: str, value: str) -> None:
    with pytest.raises(Invalid) as error:
        perform(admin_visit, f"profile.set_{name}", **{name: value})
    assert error.value.field == name
    assert "Choose one of" in error.value.message


@pytest.fixture
def carla(factory: Factory, account_id: int) -> Visit:
    login = factory.login(account_id, "user", email="carla@molenwerf.example")
    return factory.visit("user", account_id, login_id=login)


def test_an_address_and_a_number_wait_until_their_code_was_typed(carla: Visit) -> None:
    perform(carla, "email.change", address="new@molenwerf.example")
    assert perform(carla, "profile.reached").asked_email == "new@molenwerf.example"
    perform(carla, "recovery.redeem", code=last_code(carla), password=Secret(""))
    perform(carla, "mobile.link", number="0612345678")
    found = perform(carla, "profile.reached")
    assert (found.email, found.asked_email) == ("new@molenwerf.example", "")
    assert (found.mobile, found.asked_mobile) == ("", "+31612345678")
    perform(carla, "mobile.confirm", code=last_code(carla))
    found = perform(carla, "profile.reached")
    assert (found.mobile, found.asked_mobile) == ("+31612345678", "")


def test_the_line_that_an_administrator_linked_is_told(user_visit: Visit) -> None:
    number = user_visit.row("SELECT number FROM line WHERE id = :id", id=user_visit.own_line_id)
    assert (perform(user_visit, "profile.reached").line_number,) == number


def test_what_was_not_confirmed_in_time_waits_no_more(carla: Visit, clock: FixedClock) -> None:
    perform(carla, "email.change", address="new@molenwerf.example")
    clock.advance(carla.content.access.codes.new_email_seconds)
    assert perform(carla, "profile.reached").asked_email == ""
