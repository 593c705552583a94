"""Forgotten passwords, first passwords and first logins: by a mailed code, and nobody learns who exists."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from app import i18n
from app.clock import FixedClock
from app.operations import signin
from app.operations.core import Invalid, Refused, Visit, access_codes, perform, sessions
from app.operations.core import passwords as hashes
from app.operations.core.passwords import hash_password, verify
from app.secret import Secret
from app.settings import read_settings
from app.store import Store
from tests.factories import Factory
from tests.marked_words import Marked
from tests.operations.mail_box import last_code, letters

OLD = "Wilgenkatje-3-otter"
NEW = "Rietkraag-7-ijsvogel"
HOUR = 3600


@pytest.fixture
def visitor(factory: Factory) -> Visit:
    """Somebody at the sign-in screen."""
    return factory.visit("", None)


@pytest.fixture
def login_id(factory: Factory, account_id: int) -> int:
    """Anna, who has a password."""
    return factory.login(
        account_id,
        "admin",
        user_name="anna",
        name="Anna de Vries",
        email="anna@molenwerf.example",
        password_hash=hash_password(OLD),
    )


@pytest.fixture
def number(visitor: Visit, account_id: int) -> str:
    """The customer number of Anna's account."""
    row = visitor.row("SELECT number FROM account WHERE id = :id", id=account_id)
    assert row is not None
    return str(row[0])


@pytest.fixture
def code(visitor: Visit, login_id: int) -> Secret:
    """A reset code that Anna has just got."""
    perform(visitor, "recovery.forgot", who="anna")
    return last_code(visitor)


def stored(visit: Visit, login_id: int) -> str:
    row = visit.row("SELECT password_hash FROM login WHERE id = :id", id=login_id)
    assert row is not None
    return str(row[0])


@pytest.mark.capability("LA-10")
def test_a_mail_goes_to_a_known_name_only_and_the_answer_is_the_same(visitor: Visit, login_id: int) -> None:
    answers = {perform(visitor, "recovery.forgot", who=who) for who in ("anna", "ANNA", "nobody", "", "'--")}
    assert len(answers) == 1
    assert {letter.recipient for letter in letters(visitor)} == {"anna@molenwerf.example"}
    assert len(letters(visitor)) == 2


@pytest.mark.capability("LA-10")
def test_the_mail_says_how_to_use_the_code_and_sets_the_password(visitor: Visit, login_id: int) -> None:
    perform(visitor, "recovery.forgot", who="anna")
    (letter,) = letters(visitor)
    assert "F3" in letter.body
    assert "loket recovery redeem" in letter.body
    assert "1 hour" in letter.body
    assert "Anna de Vries" in letter.body
    done = perform(visitor, "recovery.redeem", code=letter.code, password=Secret(NEW))
    assert done.user_name == "anna"
    assert verify(stored(visitor, login_id), NEW)
    assert visitor.login_id is None
    assert not visitor.rows("SELECT 1 FROM session WHERE login_id = :id", id=login_id)


@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_mails_are_in_the_language_of_their_reader(
    visitor: Visit, login_id: int, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in ("en", "nl", "de"):
        monkeypatch.setitem(i18n._catalogues, each, Marked(each))
    with visitor.transaction() as tx:
        tx.execute("UPDATE login SET language = :language WHERE id = :id", language=language, id=login_id)
    spoken = "de" if language == "nl" else "nl"
    answer = perform(replace(visitor, language=spoken), "recovery.forgot", who="anna")
    assert answer.startswith(f"{spoken}|")
    (letter,) = letters(visitor)
    assert letter.subject.startswith(f"{language}|")
    assert not any(f"{other}|" in letter.body for other in {"en", "nl", "de"} - {language})


@pytest.mark.capability("LA-13")
def test_customer_number_and_stored_address_must_both_match(
    visitor: Visit, login_id: int, number: str, factory: Factory
) -> None:
    other = factory.account("Duinzicht")
    factory.login(other, "holder", email="piet@duinzicht.example")
    tries = [
        (number, "anna@molenwerf.example"),
        (number, "ANNA@Molenwerf.example"),
        (number, ""),
        (number, "someone@molenwerf.example"),
        (number, "piet@duinzicht.example"),
        ("C99999", "anna@molenwerf.example"),
        ("anna", "someone@molenwerf.example"),
    ]
    answers = {perform(visitor, "recovery.forgot", who=who, email=email) for who, email in tries}
    assert len(answers) == 1
    assert [letter.recipient for letter in letters(visitor)] == ["anna@molenwerf.example"] * 2


@pytest.mark.capability("LA-11")
@pytest.mark.parametrize(
    ("seconds", "accepted"), [(59 * 60, True), (HOUR - 1, True), (HOUR, False), (HOUR + 1, False)]
)
def test_a_reset_code_is_valid_for_an_hour(
    visitor: Visit, login_id: int, code: Secret, clock: FixedClock, seconds: int, *, accepted: bool
) -> None:
    clock.advance(seconds)
    if accepted:
        perform(visitor, "recovery.redeem", code=code, password=Secret(NEW))
    else:
        with pytest.raises(Refused, match="not valid"):
            perform(visitor, "recovery.redeem", code=code, password=Secret(NEW))
    assert verify(stored(visitor, login_id), NEW) is accepted


@pytest.mark.capability("LA-12")
def test_a_reset_code_works_once(visitor: Visit, code: Secret) -> None:
    perform(visitor, "recovery.redeem", code=code, password=Secret(NEW))
    with pytest.raises(Refused, match="not valid"):
        perform(visitor, "recovery.redeem", code=code, password=Secret(OLD))
    with pytest.raises(Refused, match="not valid"):
        perform(visitor, "recovery.look", code=code)


@pytest.mark.capability("LA-12")
def test_of_a_hundred_uses_at_once_one_succeeds(
    visitor: Visit, login_id: int, code: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashes, "hash_password", lambda password: f"$argon2id$stand-in${password}")

    def use(number: int) -> bool:
        own = Store(visitor.store.url, visitor.store.folder)
        try:
            visit = replace(visitor, store=own)
            perform(visit, "recovery.redeem", code=code, password=Secret(f"{NEW}-{number}"))
        except Refused:
            return False
        finally:
            own.close()
        return True

    with ThreadPoolExecutor(16) as pool:
        won = [number for number, right in enumerate(pool.map(use, range(100))) if right]
    assert len(won) == 1
    assert stored(visitor, login_id).endswith(f"-{won[0]}")


def test_a_newer_code_ends_the_earlier_one(visitor: Visit, code: Secret) -> None:
    perform(visitor, "recovery.forgot", who="anna")
    with pytest.raises(Refused):
        perform(visitor, "recovery.redeem", code=code, password=Secret(NEW))
    perform(visitor, "recovery.redeem", code=last_code(visitor), password=Secret(NEW))


def test_a_code_is_typed_with_or_without_dashes_and_capitals(visitor: Visit, code: Secret) -> None:
    typed = code.reveal().lower().replace("-", " ")
    assert perform(visitor, "recovery.look", code=Secret(typed)).user_name == "anna"


@pytest.mark.parametrize("by", ["password", "email"])
def test_a_reset_code_dies_when_password_or_address_change(
    visitor: Visit, factory: Factory, account_id: int, login_id: int, code: Secret, by: str
) -> None:
    me = factory.visit("admin", account_id, login_id=login_id)
    if by == "password":
        perform(me, "password.change", old=Secret(OLD), new=Secret(NEW))
    else:
        perform(me, "email.change", address="vries@molenwerf.example")
        perform(visitor, "recovery.redeem", code=last_code(visitor), password=Secret(""))
    with pytest.raises(Refused, match="not valid"):
        perform(visitor, "recovery.redeem", code=code, password=Secret("Zilverreiger-9-veen"))


def test_a_reset_ends_all_sessions_and_leaves_the_second_factor(
    visitor: Visit, factory: Factory, account_id: int, login_id: int, code: Secret
) -> None:
    me = factory.visit("admin", account_id, login_id=login_id)
    with me.transaction():
        sessions.start(me)
    now = visitor.now
    factor = {"login_id": login_id, "seed": "x", "created_at": now, "confirmed_at": now, "last_step": 0}
    factory.insert("second_factor", factor)
    perform(visitor, "recovery.redeem", code=code, password=Secret(NEW))
    settings = read_settings({"LOKET_HOME": str(visitor.store.folder)})
    with pytest.raises(signin.NextStep) as asked:
        signin.sign_in(visitor.store, visitor.clock, visitor.content, settings, "anna", NEW)
    assert asked.value.kind == "one_time_code"
    with pytest.raises(Refused):
        perform(me, "profile.get")
    assert visitor.row("SELECT confirmed_at FROM second_factor WHERE login_id = :id", id=login_id) == (now,)
    told = letters(visitor)[-1]
    assert told.recipient == "anna@molenwerf.example"
    assert not told.code


def test_five_codes_in_ten_minutes_and_fifteen_in_thirty(
    visitor: Visit, login_id: int, clock: FixedClock
) -> None:
    sent = []
    for _minute in range(61):
        before = len(letters(visitor))
        answer = {perform(visitor, "recovery.forgot", who="anna") for _try in range(3)}
        assert len(answer) == 1
        sent.append(len(letters(visitor)) - before)
        clock.advance(60)
    for start in range(61):
        assert sum(sent[start : start + 10]) <= 5
        assert sum(sent[start : start + 30]) <= 15
    assert sum(sent[:10]) == 5


def test_from_one_place_only_the_first_ten_questions_bring_a_mail(
    visitor: Visit, factory: Factory, clock: FixedClock
) -> None:
    accounts = [factory.account(f"Firm {index}") for index in range(8)]
    for index, account in enumerate(accounts):
        login = {"user_name": f"person{index}", "email": f"person{index}@example.org"}
        factory.login(account, "holder", **login)
        factory.login(account, "admin", user_name=f"other{index}", email=f"other{index}@example.org")

    def ask(who: str, address: str) -> int:
        before = len(letters(visitor))
        perform(replace(visitor, address=address), "recovery.forgot", who=who)
        return len(letters(visitor)) - before

    names = [f"{kind}{index}" for kind in ("person", "other") for index in range(8)]
    assert [ask(name, "203.0.113.9") for name in names] == [1] * 10 + [0] * 6
    assert [ask(name, "203.0.113.10") for name in names[10:]] == [1] * 6
    clock.advance(599)
    assert ask("person0", "203.0.113.9") == 0
    clock.advance(1)
    assert ask("person0", "203.0.113.9") == 1
    outcomes = visitor.rows("SELECT outcome, count(*) FROM audit GROUP BY outcome ORDER BY outcome")
    assert outcomes == [("done", 17), ("refused", 7)]


@pytest.mark.sqlite_only
def test_known_and_unknown_cost_the_same(
    visitor: Visit, login_id: int, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No hash anywhere, the same statements that write, the same text; also when too many were asked for."""
    counted: list[str] = []
    monkeypatch.setattr(hashes, "verify", lambda *_any: counted.append("hash"))
    monkeypatch.setattr(hashes, "hash_password", lambda *_any: counted.append("hash"))
    seen = []
    asked: list[dict[str, Any]] = [{"who": "anna"}] * 7 + [
        {"who": "nobody"},
        {"who": number, "email": "x@y.nl"},
        *[{"who": name} for name in ("anna", "bert", "nobody")],
    ]
    for each in asked:
        written: list[str] = []
        connection = visitor.store._writer()
        connection.set_trace_callback(written.append)
        answer = perform(visitor, "recovery.forgot", **each)
        connection.set_trace_callback(None)
        inserts = sorted(line.split()[2] for line in written if line.startswith("INSERT"))
        seen.append((answer, tuple(inserts)))
    assert not counted
    assert len(set(seen)) == 1, seen
    assert {"access_code", "message", "audit"} <= set(seen[0][1])
    assert len(visitor.rows("SELECT 1 FROM access_code WHERE subject = 'nobody:0'")) == 1
    assert visitor.rows("SELECT DISTINCT status FROM message WHERE recipient = 'nobody'") == [("muted",)]


def test_an_unknown_code_is_refused_and_written_down(visitor: Visit) -> None:
    with pytest.raises(Refused, match="not valid"):
        perform(visitor, "recovery.redeem", code=Secret("AAAA-BBBB"), password=Secret(NEW))
    rows = visitor.rows("SELECT operation, outcome FROM audit")
    assert rows == [("recovery.redeem", "failed")]


def test_a_disabled_login_gets_no_mail_and_its_code_opens_nothing(
    visitor: Visit, login_id: int, code: Secret
) -> None:
    with visitor.transaction() as tx:
        tx.execute("UPDATE login SET status = 'disabled' WHERE id = :id", id=login_id)
    queued = len(letters(visitor))
    perform(visitor, "recovery.forgot", who="anna")
    assert len(letters(visitor)) == queued
    with pytest.raises(Refused, match="not valid"):
        perform(visitor, "recovery.redeem", code=code, password=Secret(NEW))


def test_a_weak_password_is_refused_and_the_code_stays_good(visitor: Visit, code: Secret) -> None:
    for weak in ("short", "Welkom2026!@#", "Molenwerf-77-eend", "Anna-77-zwaaneend", ""):
        with pytest.raises(Invalid) as refused:
            perform(visitor, "recovery.redeem", code=code, password=Secret(weak))
        assert refused.value.field == "password"
    perform(visitor, "recovery.redeem", code=code, password=Secret(NEW))


@pytest.mark.capability("LA-04")
def test_the_first_password_opens_a_pending_login(visitor: Visit, factory: Factory, account_id: int) -> None:
    login_id = factory.login(account_id, "holder", user_name="holder", status="pending")
    with visitor.transaction():
        code = access_codes.issue(visitor, "first_password", f"login:{login_id}", HOUR, login_id=login_id)
    assert code is not None
    purpose = perform(visitor, "recovery.look", code=code)
    assert (purpose.kind, purpose.needs, purpose.user_name) == ("first_password", ("password",), "holder")
    perform(visitor, "recovery.redeem", code=code, password=Secret(NEW))
    row = visitor.row("SELECT status, email_confirmed_at FROM login WHERE id = :id", id=login_id)
    assert row == ("active", visitor.now)
    assert verify(stored(visitor, login_id), NEW)


@pytest.mark.capability("LA-17")
def test_a_login_stays_pending_until_its_address_is_confirmed(
    visitor: Visit, factory: Factory, account_id: int
) -> None:
    login_id = factory.login(account_id, "holder", user_name="holder", status="pending")
    perform(visitor, "recovery.forgot", who="holder")
    assert visitor.row("SELECT status FROM login WHERE id = :id", id=login_id) == ("pending",)
    assert perform(visitor, "recovery.look", code=last_code(visitor)).kind == "first_password"
    perform(visitor, "recovery.redeem", code=last_code(visitor), password=Secret(NEW))
    assert visitor.row("SELECT status FROM login WHERE id = :id", id=login_id) == ("active",)


@pytest.fixture
def bare(factory: Factory) -> tuple[str, str]:
    """Number and stored address of a customer whom nobody manages with a login."""
    factory.account("Duinzicht", number="K77", email="post@duinzicht.example", contact_name="Piet Duin")
    return "K77", "post@duinzicht.example"


@pytest.mark.capability("LA-32")
def test_no_login_yet_makes_the_first_login_once(visitor: Visit, bare: tuple[str, str]) -> None:
    number, email = bare
    given = {"customer_number": number, "email": email}
    first = perform(visitor, "recovery.first_login", **given)
    code = last_code(visitor)
    purpose = perform(visitor, "recovery.look", code=code)
    assert (purpose.person, purpose.account_name) == ("Piet Duin", "Duinzicht")
    assert purpose.needs == ("name", "user_name", "password")
    done = perform(visitor, "recovery.redeem", code=code, password=Secret(NEW), user_name="piet")
    assert done.user_name == "piet"
    assert visitor.rows("SELECT role, login.name FROM membership JOIN login ON login.id = login_id") == [
        ("holder", "Piet Duin")
    ]
    queued = len(letters(visitor))
    assert perform(visitor, "recovery.first_login", **given) == first
    assert len(letters(visitor)) == queued
    with pytest.raises(Refused):
        perform(visitor, "recovery.redeem", code=code, password=Secret(NEW), user_name="piet2")


@pytest.mark.capability("LA-32")
def test_no_login_yet_says_the_same_to_everybody(
    visitor: Visit, bare: tuple[str, str], login_id: int, number: str
) -> None:
    tries = [bare, (bare[0], "x@duinzicht.example"), ("K78", bare[1]), (number, "anna@molenwerf.example")]
    tries.append((number, ""))
    answers = {perform(visitor, "recovery.first_login", customer_number=n, email=e) for n, e in tries}
    assert len(answers) == 1
    assert [letter.recipient for letter in letters(visitor)] == ["post@duinzicht.example"]


def test_two_first_logins_asked_at_once_make_one_holder(visitor: Visit, bare: tuple[str, str]) -> None:
    given = {"customer_number": bare[0], "email": bare[1]}
    perform(visitor, "recovery.first_login", **given)
    early = last_code(visitor)
    perform(visitor, "recovery.first_login", **given)
    with pytest.raises(Refused):
        perform(visitor, "recovery.look", code=early)
    perform(visitor, "recovery.redeem", code=last_code(visitor), password=Secret(NEW), name="Piet")
    assert visitor.rows("SELECT count(*) FROM membership WHERE role = 'holder'") == [(1,)]


@pytest.mark.capability("LA-14")
def test_a_forgotten_user_name_stands_in_mails_with_these_subjects(visitor: Visit) -> None:
    told = perform(visitor, "recovery.user_name")
    operator = visitor.content.operator
    assert told.subjects == ("User name of your admin account", "Installation of your …")
    assert (told.sender, told.sender_address) == (operator.senders.mail_name, operator.senders.mail_address)
    contact = operator.contact
    assert (told.phone, told.email, told.website) == (contact.phone, contact.email, contact.website)
