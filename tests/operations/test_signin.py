"""Who gets in, who does not, and that nobody outside can tell why not."""

from __future__ import annotations

import threading
import time

import pytest

from app.operations.core import Visit, audit, passwords, perform
from app.operations.signin import as_account, sign_out
from tests.factories import Factory
from tests.operations.door import Door
from tests.operations.three_customers import PASSWORD, PASSWORD_HASH


@pytest.fixture
def stored() -> str:
    """The hash of PASSWORD."""
    return PASSWORD_HASH


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was hashed: every use of the hasher adds to it."""
    made: list[str] = []
    real = passwords.HASHER

    class Counting:
        check_needs_rehash = staticmethod(real.check_needs_rehash)

        def verify(self, stored: str, password: str) -> bool:
            made.append("verify")
            return real.verify(stored, password)

        def hash(self, password: str) -> str:
            made.append("hash")
            return real.hash(password)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    return made


@pytest.mark.capability("LA-01")
def test_customer_number_only(door: Door, anna: int) -> None:
    only = door.with_schemes("customer_number")
    assert only("c70001").login_id == anna
    said = {only.refused("anna@molenwerf.example"), only.refused("Anna"), only.refused("C70001", "wrong")}
    assert len(said) == 1


@pytest.mark.capability("LA-02")
def test_user_name(door: Door, anna: int) -> None:
    visit = door.with_schemes("user_name")(" anna ")
    assert (visit.login_id, visit.role, visit.account_name) == (anna, "holder", "Molenwerf")
    assert door.with_schemes("user_name").refused("anna@molenwerf.example")


@pytest.mark.capability("LA-03")
def test_email_in_any_letter_case(door: Door, anna: int) -> None:
    assert door.with_schemes("email")("ANNA@Molenwerf.Example").login_id == anna
    assert door.with_schemes("email").refused("Anna")


def test_one_hash_and_one_text_on_every_path(
    door: Door, anna: int, factory: Factory, stored: str, hashes: list[str]
) -> None:
    disabled = factory.account("Ended")
    factory.login(disabled, user_name="gone", password_hash=stored, status="disabled")
    factory.login(disabled, user_name="invited", password_hash="", status="pending")
    factory.login(None, user_name="homeless", password_hash=stored)
    locked = factory.login(disabled, user_name="locked", password_hash=stored)
    with door.store.transaction() as tx:
        tx.execute("UPDATE login SET locked_until = :t WHERE id = :id", t=door.clock.now() + 30, id=locked)
    texts = set()
    for who, password in (
        ("nobody", PASSWORD),
        ("Anna", "wrong"),
        ("Anna", "x" * 5000),
        ("gone", PASSWORD),
        ("invited", ""),
        ("homeless", PASSWORD),
        ("locked", PASSWORD),
        ("", ""),
    ):
        hashes.clear()
        texts.add(door.refused(who, password))
        assert hashes == ["verify"], who
    hashes.clear()
    door("Anna")
    assert hashes == ["verify"]
    assert len(texts) == 1


def test_at_most_two_hashes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running: list[int] = []
    most: list[int] = []

    class Slow:
        def verify(self, _stored: str, _password: str) -> bool:
            running.append(1)
            most.append(len(running))
            time.sleep(0.02)
            running.pop()
            return True

    monkeypatch.setattr(passwords, "HASHER", Slow())
    threads = [threading.Thread(target=passwords.verify, args=("", "x")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 8
    assert max(most) <= 2


@pytest.mark.usefixtures("real_hashes")
def test_weak_hash_is_made_anew(door: Door, factory: Factory) -> None:
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    login = factory.login(factory.account(), user_name="old", password_hash=weak)
    door("old")
    row = door.store.row("SELECT password_hash FROM login WHERE id = :id", id=login)
    assert row is not None
    assert row[0].startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.verify(row[0], PASSWORD)


def test_what_the_visit_knows(door: Door, factory: Factory, stored: str) -> None:
    first, second = factory.account("First"), factory.account("Second", number="C80002")
    line = factory.line(second)
    login = factory.login(first, "user", user_name="emma", password_hash=stored, language="nl", line_id=line)
    factory.insert("membership", {"login_id": login, "account_id": second, "role": "admin"})
    visit = door("emma")
    assert (visit.account_id, visit.role, visit.language, visit.own_line_id) == (first, "user", "nl", None)
    assert [choice.name for choice in perform(visit, "signin.accounts")] == ["First", "Second"]
    other = as_account(visit, second)
    assert (other.account_name, other.role, other.own_line_id) == ("Second", "admin", line)
    assert door.with_schemes("customer_number")("C80002").account_id == second


def test_staff_come_in_by_user_name_and_without_account(door: Door, factory: Factory, stored: str) -> None:
    factory.login(None, user_name="arie", staff_role="agent", password_hash=stored)
    visit = door.with_schemes("customer_number")("arie")
    assert (visit.role, visit.account_id) == ("agent", None)


def test_success_failure_and_leaving_are_written_down(door: Door, anna: int) -> None:
    door.refused("Anna", "My-secret-word-1")
    door.refused("My-secret-word-1", "")
    sign_out(door("Anna"))
    rows = door.store.rows("SELECT operation, outcome, login_id FROM audit ORDER BY seq")
    assert rows == [
        ("signin.sign_in", "failed", anna),
        ("signin.sign_in", "failed", None),
        ("signin.sign_in", "done", anna),
        ("signin.sign_out", "done", anna),
    ]
    assert not door.store.rows("SELECT 1 FROM audit_personal WHERE text LIKE '%secret%'")
    report = audit.verify(Visit(door.store, door.clock, door.content))
    assert report.bad_seq is None


def test_composed_and_decomposed_letters_are_one(stored: str) -> None:
    assert passwords.verify(passwords.hash_password("Caf\u00e9-1234567"), "Cafe\u0301-1234567")


def test_all_but_the_hash_takes_at_most_50_ms(door: Door, anna: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.operations.signin.verify", lambda _stored, _password: True)
    spent = []
    for _ in range(10):
        start = time.perf_counter()
        door("Anna")
        spent.append(time.perf_counter() - start)
    assert min(spent) <= 0.05


@pytest.mark.long
@pytest.mark.usefixtures("real_hashes")
@pytest.mark.timeout(3600)
def test_time_does_not_tell_who_exists(
    door: Door,
    anna: int,
    factory: Factory,
    stored: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An unknown name, a locked login and an address outside the list take as long as a wrong password."""
    for limit in ("FREE_TRIES", "SOURCE_TRIES"):
        monkeypatch.setattr(f"app.operations.core.guard.{limit}", 10**6)
    listed = factory.account("Listed")
    row = {"account_id": listed, "network": "192.0.2.0/24", "label": "", "created_at": 1}
    factory.insert("allowed_address", row)
    factory.login(listed, user_name="outside", password_hash=stored)
    factory.login(listed, user_name="locked", password_hash=stored, locked_until=door.clock.now() + 10**6)
    classes = {
        "wrong": ("Anna", "wrong"),
        "unknown": ("nobody", "wrong"),
        "locked": ("locked", PASSWORD),
        "outside": ("outside", PASSWORD),
    }
    spent: dict[str, list[float]] = {name: [] for name in classes}
    for _ in range(500):
        for name, (who, password) in classes.items():
            start = time.perf_counter()
            door.refused(who, password)
            spent[name].append(time.perf_counter() - start)
    wrong = spent.pop("wrong")
    for name, times in spent.items():
        slower = sum((a > b) + (a == b) / 2 for a in times for b in wrong) / (len(times) * len(wrong))
        middle = sorted(times)[250] / sorted(wrong)[250] - 1
        print(f"{name}: AUC {slower:.3f}, median {middle:+.1%}")
        assert 0.45 <= slower <= 0.55, name
        assert abs(middle) <= 0.05, name


def test_who_has_no_door_left_is_refused_like_a_stranger(door: Door, factory: Factory, stored: str) -> None:
    ended = factory.account("Gone", status="ended")
    factory.login(ended, "admin", user_name="of-ended", password_hash=stored)
    contact = factory.login(factory.account("Here"), "contact", user_name="contact", password_hash=stored)
    said = {door.refused("of-ended"), door.refused("contact"), door.refused("nobody")}
    assert len(said) == 1
    factory.insert(
        "membership", {"login_id": contact, "account_id": factory.account("There"), "role": "user"}
    )
    assert door("contact").account_name == "There"


@pytest.mark.parametrize("typed", ["\udcff", "\0", "x" * 100_000])
def test_what_is_no_text_is_a_wrong_name_or_password(typed: str, door: Door, anna: int) -> None:
    assert door.refused(typed) == door.refused("Anna", typed)
