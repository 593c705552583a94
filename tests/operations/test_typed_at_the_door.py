"""Whatever is typed into the fields of people who are not signed in: refused, or harmless."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from app.operations.core import Invalid, OperationError, Refused, Visit, perform
from app.operations.core import passwords as hashes
from app.operations.core.login_edits import USER_NAME
from app.secret import Secret
from tests.factories import Factory
from tests.hostile.strings import HOSTILE
from tests.operations.mail_box import letters

NEW = "Rietkraag-7-ijsvogel"


def texts() -> list[str]:
    """Our own, and the well-known list where LOKET_REAL_DATA names a folder that has it."""
    file = Path(os.environ.get("LOKET_REAL_DATA", "")) / "naughty-strings.json"
    return [*HOSTILE, *(json.loads(file.read_text(encoding="utf-8")) if file.is_file() else [])]


def is_dialled(text: str) -> bool:
    """Whether somebody could mean a telephone number."""
    return bool(re.fullmatch(r"[-+0-9 ()./]{5,}", text.strip()))


@pytest.fixture
def visitor(factory: Factory) -> Visit:
    return factory.visit("", None)


def test_questions_are_answered_as_always(visitor: Visit) -> None:
    answers = set()
    for text in texts():
        for who, email in ((text, ""), ("C00001", text), (text, text)):
            answers.add(perform(visitor, "recovery.forgot", who=who, email=email))
    assert len(answers) == 1
    answers = {perform(visitor, "recovery.first_login", customer_number=text, email=text) for text in texts()}
    assert len(answers) == 1
    assert letters(visitor) == []


def test_codes_are_refused(visitor: Visit) -> None:
    for text in texts():
        with pytest.raises(Refused):
            perform(visitor, "recovery.look", code=Secret(text))
        with pytest.raises(Refused):
            perform(visitor, "recovery.redeem", code=Secret(text), password=Secret(text))


def test_names_are_stored_as_typed_and_mailed_harmlessly(
    visitor: Visit, admin_visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashes, "hash_password", lambda _password: "$argon2id$stand-in")
    for number, text in enumerate(texts()):
        perform(admin_visit, "invitations.send", email=f"n{number}@molenwerf.example", name="New")
        code = letters(admin_visit, last=1)[0].code
        for field in ("user_name", "mobile"):
            given: dict[str, Any] = {"code": code, "password": Secret(NEW), field: text or "…"}
            if is_dialled(text) if field == "mobile" else re.fullmatch(USER_NAME, text.strip()):
                continue
            with pytest.raises(Invalid):
                perform(visitor, "recovery.redeem", **given)
        try:
            done = perform(visitor, "recovery.redeem", code=code, password=Secret(NEW), name=text)
        except OperationError:
            continue
        perform(visitor, "recovery.forgot", who=done.user_name)
        (mail,) = letters(visitor, last=1)
        assert mail.recipient == f"n{number}@molenwerf.example"
        acting = {sign for sign in mail.body if unicodedata.category(sign) == "Cc"} | set("\u202e\u2066")
        assert acting & set(mail.body) == {"\n"}, text


def test_an_own_address_or_number_is_one_or_refused(admin_visit: Visit) -> None:
    for text in texts():
        with pytest.raises(Invalid):
            perform(admin_visit, "email.change", address=text)
        if not is_dialled(text):
            with pytest.raises(Invalid):
                perform(admin_visit, "mobile.link", number=text)
