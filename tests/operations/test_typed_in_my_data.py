"""Whatever is typed into the fields of My Data: refused at its field, or stored harmlessly."""

from __future__ import annotations

import pytest

from app.operations.core import OperationError, Visit, perform
from app.operations.core import passwords as hashes
from app.secret import Secret
from app.text import MARKS
from tests.operations.mail_box import letters
from tests.operations.test_typed_at_the_door import is_dialled, texts

ACCOUNT = ("contact_name", "street", "postcode", "city", "country", "phone", "email", "reason")
CONTACT = ("name", "company", "kind", "phone", "email")


def is_clean(text: str) -> bool:
    """Nothing in it acts on a terminal, hides or breaks the line."""
    return text == text.strip() and not any(ord(sign) in MARKS for sign in text)


def refused_at(visit: Visit, operation: str, /, **arguments: object) -> str | None:
    """The field at which it is refused; None if it is not."""
    try:
        perform(visit, operation, **arguments)
    except OperationError as error:
        return error.field
    return None


def test_the_customers_data(admin_visit: Visit) -> None:
    for text in texts():
        for field in ACCOUNT:
            at = refused_at(admin_visit, "account.edit", **{field: text})
            assert at in (None, field, "postcode", ""), (field, text)
            assert at is not None or field != "phone" or not text.strip() or is_dialled(text), text
    found = perform(admin_visit, "account.get")
    assert all(is_clean(getattr(found, field)) for field in ACCOUNT[:-1])
    assert all(is_clean(line) for mail in letters(admin_visit) for line in mail.body.splitlines())


def test_contacts(admin_visit: Visit) -> None:
    contact = perform(admin_visit, "contacts.add", name="Bas")
    for text in texts():
        for field in CONTACT:
            at = refused_at(admin_visit, "contacts.edit", contact_id=contact, **{field: text})
            assert at in (None, field), (field, text)
        assert refused_at(admin_visit, "contacts.add", name="Bas", services=[text]) == "services"
    (found,) = perform(admin_visit, "contacts.page")
    assert all(is_clean(getattr(found, field)) for field in CONTACT)


def test_topics(admin_visit: Visit) -> None:
    for text in texts():
        assert refused_at(admin_visit, "mailings.set", topic=text, wanted=False) == "topic"


def test_telephone_passwords(admin_visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []

    def keep(said: str) -> str:
        kept.append(said)
        return "$argon2id$stand-in"

    monkeypatch.setattr(hashes, "hash_password", keep)
    monkeypatch.setattr(hashes, "verify", lambda _stored, _said: False)
    for text in texts():
        at = refused_at(admin_visit, "telephone_password.set", telephone_password=Secret(text))
        assert at in (None, "telephone_password")
    assert all(said.isalnum() for said in kept)
