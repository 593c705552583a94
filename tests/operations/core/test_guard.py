"""Guessing: counted before the check, slowed, and never a way to keep somebody else out."""

from __future__ import annotations

import threading
import time

import pytest

from app.clock import FixedClock
from app.operations.core import Refused, guard, one_time
from app.operations.core.next_step import NextStep
from app.operations.signin import continue_sign_in
from app.secret import Secret
from app.store import Store
from tests.factories import Factory
from tests.operations.door import Door, code_of

DAY = 86_400
HOME, OFFICE, ELSEWHERE = "203.0.113.7", "192.0.2.20", "198.51.100.99"


def mailed_code(door: Door) -> Secret:
    """The code of the newest mail, as the worker would deliver it."""
    from app.vault import Vault

    row = door.store.row("SELECT key, secret, body FROM message ORDER BY id DESC LIMIT 1")
    assert row is not None
    code = Vault(door.settings.keys).open(row[1], f"message.secret.{row[0]}")
    assert code not in row[2]
    return Secret(code)


@pytest.mark.sqlite_only  # thousands of tries: minutes on a server
@pytest.mark.parametrize("guesses, pause", [(1_500, 200), pytest.param(10_000, 30, marks=pytest.mark.long)])
def test_guesses_of_days_are_at_most_105_checks_a_day(
    door: Door, anna: int, clock: FixedClock, quick: list[bool], guesses: int, pause: int
) -> None:
    begin, checks = clock.now(), []
    for guess in range(guesses):
        # From many addresses, so that no source is slowed for itself.
        before = quick.count(True)
        door.at(f"198.51.{guess % 200}.{guess % 250}").refused("Anna", "wrong")
        checks += [clock.now() - begin] * (quick.count(True) - before)
        clock.advance(pause)
    days = {}
    for at in checks:
        days[at // DAY] = days.get(at // DAY, 0) + 1
    assert len(days) >= 3
    assert max(days.values()) <= 105
    assert len(quick) == guesses  # one hash each time


def test_five_are_free_then_30_seconds_doubling_to_15_minutes(
    door: Door, anna: int, clock: FixedClock, quick: list[bool]
) -> None:
    waited, last = [], clock.now()
    while len(waited) < 13:
        before = quick.count(True)
        door.refused("Anna", "wrong")
        if quick.count(True) > before:
            waited.append(clock.now() - last)
            last = clock.now()
        clock.advance(15 if len(waited) >= 5 else 0)
    assert waited == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]


def test_a_right_password_does_not_help_while_it_is_locked_and_afterwards_it_does(
    door: Door, anna: int, clock: FixedClock, quick: list[bool]
) -> None:
    for _ in range(5):
        door.refused("Anna", "wrong")
    door.refused("Anna")
    reopened = Door(Store(door.store.url), clock, door.content, door.settings)
    reopened.refused("Anna")  # a restart forgives nothing
    reopened.store.close()
    clock.advance(30)
    assert door("Anna").login_id == anna
    door.refused("Anna", "wrong")
    assert door("Anna").login_id == anna  # the count began anew


def test_fifty_guesses_at_once_count_as_fifty(door: Door, anna: int, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    def slow(stored: str, password: str) -> bool:
        checked.append(stored)
        time.sleep(0.05)
        return False

    monkeypatch.setattr("app.operations.signin.verify", slow)
    monkeypatch.setattr("app.operations.core.guard.SOURCE_TRIES", 1000)

    def guess() -> None:
        door.refused("Anna", "guess")
        door.store.close()

    threads = [threading.Thread(target=guess) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(checked) == 50
    assert len([stored for stored in checked if stored]) == 5


def test_ten_failures_a_minute_from_one_source_whatever_the_names(
    door: Door, factory: Factory, anna: int, clock: FixedClock, quick: list[bool]
) -> None:
    account = factory.account()
    for number in range(15):
        factory.login(account, user_name=f"colleague{number}", password_hash="x")
    for number in range(15):
        door.at("2001:db8:1:2::9").refused(f"colleague{number}", "wrong")
    assert quick.count(True) == 10
    # The whole /64 is one subscriber's; another one's tries are not counted with them.
    door.at("2001:db8:1:2:ffff::1").refused("Anna")
    assert door.at("2001:db8:1:3::1")("Anna").login_id == anna
    clock.advance(60)
    assert door.at("2001:db8:1:2:ffff::1")("Anna").login_id == anna


def test_who_is_right_does_not_use_up_the_tries_of_a_source(door: Door, anna: int, quick: list[bool]) -> None:
    for _ in range(25):
        assert door.at(OFFICE)("Anna").login_id == anna


@pytest.mark.sqlite_only  # thousands of tries: minutes on a server
@pytest.mark.parametrize("kind", ["known", "listed"])
def test_a_thousand_guesses_from_elsewhere_keep_nobody_out(
    kind: str, door: Door, anna: int, factory: Factory, clock: FixedClock, quick: list[bool]
) -> None:
    if kind == "known":
        assert door.at(HOME)("Anna")
    else:
        account = factory.system.row("SELECT account_id FROM membership WHERE login_id = :id", id=anna)
        assert account is not None
        for network in ("203.0.113.0/24", "198.51.100.0/24"):
            row = {"account_id": account[0], "network": network, "label": "", "created_at": 1}
            factory.insert("allowed_address", row)
    attackers = [door.at(f"10.0.{number}.1") for number in range(200)]
    for guess in range(1000):
        attackers[guess % 200].refused("Anna", "wrong")
        clock.advance(7)
    start = time.monotonic()
    assert door.at(HOME)("Anna").login_id == anna
    assert time.monotonic() - start < 5
    # The count of strangers goes on: somebody's own sign-in is no pardon for them.
    attackers[0].refused("Anna")


def test_a_known_source_is_slowed_too(door: Door, anna: int, clock: FixedClock, quick: list[bool]) -> None:
    assert door.at(HOME)("Anna")
    for _ in range(5):
        door.at(HOME).refused("Anna", "wrong")
    door.at(HOME).refused("Anna")
    assert door.at(OFFICE)("Anna").login_id == anna
    clock.advance(61)
    assert door.at(HOME)("Anna").login_id == anna


def test_a_source_is_forgotten_and_a_kiosk_is_never_known(
    door: Door, anna: int, clock: FixedClock, quick: list[bool]
) -> None:
    assert door.at(OFFICE, "kiosk")("Anna")
    assert not door.store.rows("SELECT 1 FROM known_source")
    for number in range(15):
        assert door.at(f"203.0.113.{number}")("Anna")
    assert len(door.store.rows("SELECT 1 FROM known_source")) == 10
    clock.advance(91 * DAY)
    for number in range(5):
        door.at(f"10.1.1.{number}").refused("Anna", "wrong")
    door.at("203.0.113.14").refused("Anna")


def test_a_right_try_takes_back_its_own_count_and_lifts_nobody_elses_lock(
    anna: int, factory: Factory
) -> None:
    visit = factory.visit("", login_id=anna, address=ELSEWHERE)

    def stored() -> tuple[int, int]:
        row = visit.row("SELECT failures, locked_until FROM login WHERE id = :id", id=anna)
        assert row is not None
        return int(row[0]), int(row[1])

    def give_back(tried: guard.Try) -> None:
        with visit.transaction():
            guard.give_back(visit, tried)

    tries = [guard.reserve(visit, anna) for _ in range(5)]
    assert stored() == (5, visit.now + 30)
    give_back(tries[0])  # while the last one goes on
    assert stored() == (4, visit.now + 30)
    give_back(tries[4])
    assert stored() == (3, 0)


def test_who_guesses_at_a_kiosk_is_a_stranger_wherever_it_stands(
    door: Door, anna: int, quick: list[bool]
) -> None:
    assert door.at(OFFICE)("Anna")
    for _ in range(5):
        door.at(OFFICE, "kiosk").refused("Anna", "wrong")
    door.at(ELSEWHERE).refused("Anna")
    assert door.at(OFFICE)("Anna").login_id == anna


def test_after_a_hundred_failures_a_mailed_code_is_asked_too(
    door: Door, anna: int, clock: FixedClock, quick: list[bool]
) -> None:
    with door.store.transaction() as tx:
        tx.execute("UPDATE login SET failures = 100 WHERE id = :id", id=anna)
    step = door.at(ELSEWHERE).asked("Anna")
    assert (step.kind, step.hint) == ("mail_code", "a…@molenwerf.example")
    row = door.store.row("SELECT recipient FROM message")
    assert row == ("anna@molenwerf.example",)
    with pytest.raises(Refused):
        continue_sign_in(step.pending, Secret("000000x"))
    assert not door.store.rows("SELECT 1 FROM session")
    assert continue_sign_in(step.pending, mailed_code(door)).login_id == anna
    assert door.at(ELSEWHERE)("Anna").login_id == anna  # no code any more


def test_after_the_mailed_code_the_phone_is_asked_with_a_count_of_its_own(
    door: Door, anna: int, clock: FixedClock, factory: Factory, quick: list[bool]
) -> None:
    visit = factory.visit("", login_id=anna)
    with visit.transaction() as tx:
        seed = one_time.begin(visit, anna).seed
        assert one_time.confirm(visit, anna, code_of(seed, clock, -1))
        tx.execute("UPDATE login SET failures = 100 WHERE id = :id", id=anna)
    step = door.at(ELSEWHERE).asked("Anna")
    for _ in range(4):
        with pytest.raises(Refused, match="wrong, too old"):
            continue_sign_in(step.pending, Secret("000000x"))
    with pytest.raises(NextStep) as caught:
        continue_sign_in(step.pending, mailed_code(door))
    assert caught.value.kind == "one_time_code"
    assert continue_sign_in(caught.value.pending, code_of(seed, clock)).login_id == anna


def test_codes_are_guessed_as_slowly_as_passwords(
    door: Door, anna: int, clock: FixedClock, quick: list[bool]
) -> None:
    with door.store.transaction() as tx:
        tx.execute("UPDATE login SET failures = 100 WHERE id = :id", id=anna)
    step = door.at(ELSEWHERE).asked("Anna")
    for _ in range(5):
        with pytest.raises(Refused, match="wrong, too old"):
            continue_sign_in(step.pending, Secret("000000x"))
    with pytest.raises(Refused, match="Wait 30 seconds"):
        continue_sign_in(step.pending, mailed_code(door))


def test_the_table_of_tries_does_not_grow(
    door: Door, anna: int, clock: FixedClock, quick: list[bool]
) -> None:
    for number in range(300):
        door.at(f"10.2.{number // 250}.{number % 250}").refused("nobody", "x")
        clock.advance(60)
    assert len(door.store.rows("SELECT 1 FROM throttle")) <= 65
