"""The customer's own data: read whole, changed but for the name, dated, and never overwritten unseen."""

from __future__ import annotations

import dataclasses
import inspect
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models import Account
from app.operations.core import Conflict, Invalid, PasswordNeeded, Refused, Visit, perform
from app.secret import Secret
from app.store import Store
from app.text import MARKS
from tests.operations.mail_box import letters

ADDRESS = {"street": "Kade 5", "postcode": "1013zz", "city": "Amsterdam", "country": "nederland"}


def messages(store: Store) -> list[tuple[str, str]]:
    return store.rows("SELECT recipient, subject FROM message ORDER BY id")


@pytest.mark.capability("MD-01")
def test_all_that_is_stored_of_a_customer_is_read(admin_visit: Visit) -> None:
    shown = {field.name for field in dataclasses.fields(perform(admin_visit, "account.get"))}
    stored = set(Account.model_fields) - {"telephone_hash", "status", "erased_at"}
    assert stored <= shown
    assert "has_telephone_password" in shown


@pytest.mark.capability("MD-02", "MD-06")
def test_contact_data_is_changed_and_dated(admin_visit: Visit) -> None:
    perform(
        admin_visit,
        "account.edit",
        **ADDRESS,
        phone="06 12345678",
        email=" post@molenwerf.example ",
        contact_name="  Mia   Molenaar ",
    )
    found = perform(admin_visit, "account.get")
    assert (found.street, found.postcode, found.city, found.country) == (
        "Kade 5",
        "1013 ZZ",
        "Amsterdam",
        "NL",
    )
    assert (found.phone, found.email) == ("+31612345678", "post@molenwerf.example")
    assert found.contact_name == "Mia Molenaar"
    assert (found.last_edit.at, found.last_edit.person) == (admin_visit.now, "Anna Admin")


@pytest.mark.capability("MD-03")
def test_no_change_of_data_can_reach_the_name(admin_visit: Visit) -> None:
    from app.operations.account import edit

    assert not {"name", "kind", "number"} & set(inspect.signature(edit).parameters)
    with pytest.raises(TypeError):
        perform(admin_visit, "account.edit", name="Other B.V.")


@pytest.mark.capability("MD-04")
def test_a_reason_is_optional_and_kept_with_the_change(admin_visit: Visit) -> None:
    perform(admin_visit, "account.edit", street="Kade 5")
    assert perform(admin_visit, "account.get").last_edit.reason == ""
    perform(admin_visit, "account.edit", street="Kade 7", reason="we moved")
    assert perform(admin_visit, "account.get").last_edit.reason == "we moved"
    with pytest.raises(Invalid) as caught:
        perform(admin_visit, "account.edit", street="Kade 9", reason="x" * 301)
    assert caught.value.field == "reason"


def test_what_an_agent_changes_names_agent_and_caller(assisting_visit: Visit) -> None:
    perform(assisting_visit, "account.edit", city="Utrecht")
    last = perform(assisting_visit, "account.get").last_edit
    assert (last.person, last.caller) == ("Arie Agent", "Carla Caller")


def test_what_is_left_out_stays(admin_visit: Visit) -> None:
    perform(admin_visit, "account.edit", **ADDRESS)
    perform(admin_visit, "account.edit", phone="+31201234567")
    found = perform(admin_visit, "account.get")
    assert (found.street, found.phone) == ("Kade 5", "+31201234567")
    with pytest.raises(Invalid, match="Nothing"):
        perform(admin_visit, "account.edit", phone="020 123 4567")


@pytest.mark.parametrize(
    "said",
    [
        {"street": " "},
        {"street": "x" * 201},
        {"street": "Kade\u202e 5"},
        {"street": "Kade\n5"},
        {"city": "\x1b[31mRed"},
        {"country": "Atlantis"},
        {"country": ""},
        {"country": "X-SHIP"},
        {"country": "NL", "postcode": "12345"},
        {"country": "DE", "postcode": "1013 ZZ"},
        {"phone": "12"},
        {"phone": "call me"},
        {"phone": "+31 20 123 4567 ext. 9"},
        {"email": "nobody"},
        {"email": "a@b"},
        {"email": "two@example.org, three@example.org"},
    ],
    ids=str,
)
def test_what_is_wrong_names_its_field_and_changes_nothing(admin_visit: Visit, said: dict[str, str]) -> None:
    perform(admin_visit, "account.edit", **ADDRESS)
    before = perform(admin_visit, "account.get")
    with pytest.raises(Invalid) as caught:
        perform(admin_visit, "account.edit", **said)
    assert caught.value.field in said
    assert caught.value.message
    assert perform(admin_visit, "account.get") == before


def test_a_postcode_must_fit_its_new_country(admin_visit: Visit) -> None:
    perform(admin_visit, "account.edit", **ADDRESS)
    with pytest.raises(Invalid) as caught:
        perform(admin_visit, "account.edit", country="Duitsland")
    assert caught.value.field == "postcode"
    perform(admin_visit, "account.edit", country="Duitsland", postcode="10115")
    assert perform(admin_visit, "account.get").country == "DE"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60), field=st.sampled_from(["street", "postcode", "city", "phone", "email"]))
def test_whatever_is_typed_is_refused_or_stored_clean(admin_visit: Visit, text: str, field: str) -> None:
    try:
        perform(admin_visit, "account.edit", **{field: text})
    except Invalid:
        return
    stored = getattr(perform(admin_visit, "account.get"), field)
    assert stored == stored.strip()
    assert not any(ord(sign) in MARKS for sign in stored)


@pytest.mark.capability("BX-08")
def test_the_slower_of_two_overwrites_nothing(admin_visit: Visit) -> None:
    version = perform(admin_visit, "account.get").version
    perform(admin_visit, "account.edit", street="Theirs 1", version=version)
    with pytest.raises(Conflict) as caught:
        perform(admin_visit, "account.edit", street="Mine 2", version=version)
    difference = caught.value.differences[0]
    assert (difference.field, difference.theirs, difference.mine) == ("street", "Theirs 1", "Mine 2")
    assert perform(admin_visit, "account.get").street == "Theirs 1"
    perform(admin_visit, "account.edit", street="Mine 2", version=caught.value.version)


def test_the_old_address_is_told_of_a_new_one(admin_visit: Visit) -> None:
    perform(admin_visit, "account.edit", email="old@molenwerf.example")
    assert messages(admin_visit.store) == []
    perform(admin_visit, "account.edit", email="new@molenwerf.example")
    assert messages(admin_visit.store) == [("old@molenwerf.example", "Your e-mail address was changed")]


def test_where_mails_go_is_not_changed_at_an_unattended_terminal(admin_visit: Visit) -> None:
    with admin_visit.store.transaction() as tx:
        tx.execute(
            "INSERT INTO session (id, login_id, started_at, seen_at, checked_at, channel, address)"
            " VALUES ('s', :login, :now, :now, :now - 301, 'test', '')",
            login=admin_visit.login_id,
            now=admin_visit.now,
        )
    signed_in = dataclasses.replace(admin_visit, session_id="s")
    perform(signed_in, "account.edit", street="Kade 5")
    with pytest.raises(PasswordNeeded):
        perform(signed_in, "account.edit", email="mine@example.org")
    assert perform(signed_in, "account.get").email == ""


def test_an_employee_reads_the_name_only_and_changes_nothing(admin_visit: Visit, user_visit: Visit) -> None:
    perform(admin_visit, "account.edit", **ADDRESS, phone="+31201234567", reason="secret reason")
    found = perform(user_visit, "account.get")
    assert found.name == "Molenwerf Bouw B.V."
    told: Any = repr(found)
    assert not any(word in told for word in ("Kade", "1013", "+3120", "secret"))
    with pytest.raises(Refused):
        perform(user_visit, "account.edit", street="Mine 1")


def test_the_language_of_letters_is_changed(admin_visit: Visit) -> None:
    perform(admin_visit, "account.edit", language="de")
    assert perform(admin_visit, "account.get").language == "de"
    perform(admin_visit, "account.edit", email="new@molenwerf.example")
    perform(admin_visit, "telephone_password.set", telephone_password=Secret("blauwe reiger 7"))
    assert letters(admin_visit)[-1].body.startswith("Guten Tag")
    with pytest.raises(Invalid) as caught:
        perform(admin_visit, "account.edit", language="fr")
    assert caught.value.field == "language"
