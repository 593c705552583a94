"""The ways that need a code, line by line: invited, password forgotten, another address, a phone."""

from __future__ import annotations

import re
import threading

import pytest

from app.cli.plain.acting import act
from app.cli.plain.entry import Entry, Menu, Step
from app.cli.plain.menu import do
from app.cli.plain.menus.my_data import FACTOR, OWN_LOGIN, PEOPLE
from app.cli.plain.sign_in import get_in
from app.clock import FixedClock
from app.operations.core import one_time
from app.store import Store
from tests.cli.plain.conftest import Firm, Talks
from tests.cli.plain.piped import Piped
from tests.operations.mail_box import last_code
from tests.operations.three_customers import PASSWORD

NEW = "Violet-Kraan-58-hoog"


def item(menu: Menu, operation: str) -> Entry | Step:
    """The entry of an operation."""
    for each in menu.entries:
        if isinstance(each, Entry) and each.operation == operation:
            return each
        if isinstance(each, Step) and operation in each.operations:
            return each
    raise AssertionError(operation)


def newest_code(piped: Piped) -> str:
    return last_code(piped.session.visitor()).reveal()


@pytest.mark.capability("BX-51")
def test_somebody_is_invited_and_comes_in(firm: Firm, talks: Talks) -> None:
    holder = talks("anna")
    entry = item(PEOPLE, "invitations.send")
    assert isinstance(entry, Entry)
    holder.answer("bea@example.org", "Bea Bos", "sub", "1 3", "all")
    act(holder.talk, entry, {})
    assert "The invitation is on its way." in holder.said
    invited = talks()
    invited.answer("2", newest_code(invited).lower(), "", "bea.bos", "", "short", "short")
    invited.answer("", "bea.bos", "", NEW, NEW, "1", "bea.bos", NEW)
    get_in(invited.talk)
    assert "The new password needs" in invited.said
    visit = invited.session.visit
    assert visit is not None
    assert (visit.person, visit.role, visit.areas) == ("Bea Bos", "sub", ("products", "orders"))


@pytest.mark.capability("BX-51")
def test_a_forgotten_password(firm: Firm, talks: Talks) -> None:
    piped = talks()
    person = threading.Thread(target=get_in, args=(piped.talk,))
    person.start()
    piped.answer("3", "anna", "")
    piped.waits_until("Welcome", times=2)
    piped.answer("2", newest_code(piped), NEW, NEW, "1", "anna", NEW)
    person.join(20)
    assert piped.session.visit is not None
    assert NEW not in piped.said


@pytest.mark.capability("BX-51")
def test_another_address_counts_once_its_code_is_typed(firm: Firm, talks: Talks, store: Store) -> None:
    piped = talks("anna")
    step = item(OWN_LOGIN, "email.change")
    person = threading.Thread(target=do, args=(piped.talk, step, {}))
    person.start()
    piped.answer("anna@new.example")
    piped.waits_until("Code: ")
    piped.answer("WRONG", newest_code(piped))
    person.join(20)
    assert store.rows("SELECT email FROM login WHERE user_name = 'anna'") == [("anna@new.example",)]


@pytest.mark.capability("BX-51")
def test_one_time_passwords_on_and_off(firm: Firm, talks: Talks, clock: FixedClock) -> None:
    piped = talks("anna")
    person = threading.Thread(target=do, args=(piped.talk, item(FACTOR, "second_factor.begin"), {}))
    person.start()
    piped.waits_until("Code: ")
    seed = next(line for line in piped.said.splitlines() if re.fullmatch(r"(\w{4} ){7}\w{4}", line))
    step = clock.now() // one_time.STEP
    piped.answer("123", one_time.code_at(seed.replace(" ", ""), step), "yes")
    person.join(20)
    assert piped.session.do("second_factor.state").on
    off = item(FACTOR, "second_factor.remove")
    piped.answer(one_time.code_at(seed.replace(" ", ""), step + 1), "")
    do(piped.talk, off, {})
    assert "Nothing was changed." in piped.said
    piped.answer(one_time.code_at(seed.replace(" ", ""), step + 1), "yes")
    do(piped.talk, off, {})
    assert "One-time passwords are off." in piped.said
    assert not piped.session.do("second_factor.state").on
    assert PASSWORD not in piped.said
