"""The list of addresses from which an account's people may sign in."""

from __future__ import annotations

import pytest

from app.operations.core import Invalid, NotFound, PasswordNeeded, Refused, Visit, perform
from app.operations.signin import as_account
from tests.factories import Factory
from tests.operations.door import Door

OFFICE, HOME = "192.0.2.20", "203.0.113.7"


@pytest.fixture
def listed(anna: int, factory: Factory) -> int:
    """Anna's account lets its people in from the office only."""
    account = factory.system.row("SELECT account_id FROM membership WHERE login_id = :id", id=anna)
    assert account is not None
    row = {"account_id": account[0], "network": "192.0.2.0/24", "label": "office", "created_at": 1}
    factory.insert("allowed_address", row)
    return int(account[0])


@pytest.mark.capability("MD-26")
def test_only_from_the_list_and_without_a_list_from_anywhere(
    door: Door, anna: int, factory: Factory, quick: list[bool], listed: int
) -> None:
    assert door.at(OFFICE)("Anna").login_id == anna
    assert door.at(f"::ffff:{OFFICE}")("Anna").login_id == anna
    for address in (HOME, "2001:db8::1", ""):
        door.at(address).refused("Anna")
    with door.store.transaction() as tx:
        tx.execute("DELETE FROM allowed_address")
    assert door.at(HOME)("Anna").login_id == anna


@pytest.mark.capability("LA-35")
def test_the_refusal_does_not_say_whether_the_password_was_right(
    door: Door, anna: int, listed: int, quick: list[bool]
) -> None:
    outside = door.at(HOME)
    said = {outside.refused("Anna"), outside.refused("Anna", "wrong"), outside.refused("nobody")}
    said.add(door.at(OFFICE).refused("Anna", "wrong"))
    assert len(said) == 1
    contact = door.content.operator.contact
    assert contact.phone in (text := said.pop())
    assert contact.email in text
    assert len(quick) == 4  # and costs one hash each
    rows = door.store.rows("SELECT operation, outcome, role, account_id FROM audit")
    assert set(rows) == {("signin.sign_in", "failed", "", None)}
    assert not door.store.rows("SELECT 1 FROM session")


@pytest.mark.capability("KI-03")
def test_a_kiosk_outside_the_list_refuses_neutrally_and_says_whom_to_ask(
    door: Door, anna: int, listed: int, quick: list[bool]
) -> None:
    for address in ("", HOME):
        kiosk = door.at(address, "kiosk")
        text = kiosk.refused("Anna")
        assert text == kiosk.refused("Anna", "wrong") == kiosk.refused("nobody")
        assert door.content.operator.contact.phone in text
    assert door.at(OFFICE, "kiosk")("Anna").channel == "kiosk"


def test_a_kiosk_without_an_address_is_not_the_machine_itself(
    door: Door, anna: int, listed: int, quick: list[bool]
) -> None:
    with door.store.transaction() as tx:
        tx.execute("UPDATE allowed_address SET network = '127.0.0.1/32'")
    assert door("Anna").login_id == anna
    door.at("", "kiosk").refused("Anna")


def test_another_customer_of_theirs_opens_from_its_own_list(
    door: Door, anna: int, factory: Factory, listed: int, quick: list[bool]
) -> None:
    other = factory.account("Open")
    factory.insert("membership", {"login_id": anna, "account_id": other, "role": "admin"})
    visit = door.at(HOME)("Anna")
    assert visit.account_id == other  # the first that lets them in
    with pytest.raises(Refused, match="from where you are"):
        as_account(visit, listed)
    assert as_account(door.at(OFFICE)("Anna"), other).account_id == other


@pytest.mark.capability("MD-27")
def test_the_form_warns_of_addresses_that_change(admin_visit: Visit) -> None:
    found = perform(admin_visit, "allowed_addresses.page")
    assert "Only fixed addresses" in found.note
    assert (found.rows, found.present) == ((), "127.0.0.1")


@pytest.mark.capability("MD-27")
def test_whoever_would_shut_themselves_out_has_to_confirm_it(admin_visit: Visit) -> None:
    admin_visit.address = HOME
    with pytest.raises(Invalid, match=HOME) as caught:
        perform(admin_visit, "allowed_addresses.add", network="192.0.2.0/24")
    assert caught.value.field == "confirmed"
    assert not perform(admin_visit, "allowed_addresses.page").rows
    own = perform(admin_visit, "allowed_addresses.add", network=HOME, label="home")
    assert own.here
    perform(admin_visit, "allowed_addresses.add", network="192.0.2.0/24")
    with pytest.raises(Invalid) as caught:
        perform(admin_visit, "allowed_addresses.remove", address_id=own.id)
    assert caught.value.field == "confirmed"
    perform(admin_visit, "allowed_addresses.remove", address_id=own.id, confirmed=True)
    left = perform(admin_visit, "allowed_addresses.page").rows
    assert [(row.network, row.here) for row in left] == [("192.0.2.0/24", False)]
    # The last one may go: an empty list lets everybody in.
    perform(admin_visit, "allowed_addresses.remove", address_id=left[0].id)


@pytest.mark.parametrize("typed", ["", "office", "300.1.1.1", "0.0.0.0/0", "::/0", "10.0.0.0/33"])
def test_what_is_no_network_is_refused_with_the_cure(typed: str, admin_visit: Visit) -> None:
    with pytest.raises(Invalid) as caught:
        perform(admin_visit, "allowed_addresses.add", network=typed, confirmed=True)
    assert caught.value.field == "network"


def test_once_each_and_a_hundred_at_most(admin_visit: Visit) -> None:
    for number in range(100):
        perform(admin_visit, "allowed_addresses.add", network=f"10.0.0.{number}", confirmed=True)
    for network in ("10.0.0.7/32", "10.0.1.1"):
        with pytest.raises(Invalid):
            perform(admin_visit, "allowed_addresses.add", network=network, confirmed=True)


def test_it_asks_the_password_and_tells_the_person(factory: Factory, admin_visit: Visit) -> None:
    values = {"login_id": admin_visit.login_id, "channel": "terminal", "address": ""}
    old = admin_visit.now - 301
    times = {"started_at": old, "seen_at": admin_visit.now, "checked_at": old}
    factory.insert("session", {"id": "1" * 32, **values, **times})
    admin_visit.session_id = "1" * 32
    with pytest.raises(PasswordNeeded):
        perform(admin_visit, "allowed_addresses.add", network="127.0.0.1")
    admin_visit.session_id = ""
    made = perform(admin_visit, "allowed_addresses.add", network="127.0.0.1")
    perform(admin_visit, "allowed_addresses.remove", address_id=made.id)
    bodies = [row[0] for row in factory.system.rows("SELECT body FROM message ORDER BY id")]
    assert ["127.0.0.1/32 was added" in bodies[0], "127.0.0.1/32 was removed" in bodies[1]] == [True, True]


def test_another_customers_address_is_not_there(admin_visit: Visit, factory: Factory) -> None:
    row = {"account_id": factory.account(), "network": "10.0.0.1/32", "label": "", "created_at": 1}
    foreign = factory.insert("allowed_address", row)
    with pytest.raises(NotFound):
        perform(admin_visit, "allowed_addresses.remove", address_id=foreign)
