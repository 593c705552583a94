"""One-time passwords at sign-in: asked, set up where they must be, replaced by a recovery code."""

from __future__ import annotations

import pytest

from app.clock import FixedClock
from app.operations.core import Invalid, Refused, SignedOut, Visit, one_time, perform
from app.operations.core.next_step import NextStep
from app.operations.signin import continue_sign_in
from app.secret import Secret
from tests.factories import Factory
from tests.operations.door import Door, code_of
from tests.operations.three_customers import PASSWORD_HASH


@pytest.fixture
def phone(door: Door, anna: int, quick: list[bool], clock: FixedClock) -> str:
    """The seed on Anna's phone, after she has switched one-time passwords on."""
    visit = door("Anna")
    seed = perform(visit, "second_factor.begin").seed
    perform(visit, "second_factor.confirm", code=code_of(seed, clock))
    clock.advance(60)
    return str(seed)


@pytest.mark.capability("BX-38")
def test_the_code_of_the_phone_is_asked_after_the_password(
    door: Door, anna: int, phone: str, clock: FixedClock
) -> None:
    step = door.asked("Anna")
    assert step.kind == "one_time_code"
    with pytest.raises(Refused, match="wrong, too old"):
        continue_sign_in(step.pending, Secret("000000x"))
    code = code_of(phone, clock)
    visit = continue_sign_in(step.pending, code)
    assert (visit.login_id, visit.role) == (anna, "holder")
    with pytest.raises(SignedOut):  # a pending sign-in leads to one session
        continue_sign_in(step.pending, code)
    again = door.asked("Anna")
    with pytest.raises(Refused, match="used before"):
        continue_sign_in(again.pending, code)
    rows = door.store.rows("SELECT operation, outcome FROM audit ORDER BY seq DESC LIMIT 3")
    assert rows == [("signin.code", "failed"), ("signin.sign_in", "done"), ("signin.code", "failed")]


@pytest.mark.capability("BX-38")
def test_nobody_is_in_before_the_last_step(door: Door, anna: int, phone: str) -> None:
    before = door.store.rows("SELECT id FROM session")
    step = door.asked("Anna")
    assert door.store.rows("SELECT id FROM session") == before
    assert step.pending.visit.role == ""
    with pytest.raises(Refused):
        perform(step.pending.visit, "lines.page")


@pytest.mark.capability("BX-38")
def test_a_recovery_code_stands_in_once(door: Door, anna: int, phone: str, clock: FixedClock) -> None:
    visit = continue_sign_in(door.asked("Anna").pending, code_of(phone, clock))
    codes = perform(visit, "second_factor.new_codes").codes
    assert len(codes) == 10
    assert perform(visit, "second_factor.state").codes_left == 10
    step = door.asked("Anna")
    assert continue_sign_in(step.pending, Secret(codes[0])).login_id == anna
    with pytest.raises(Refused):
        continue_sign_in(door.asked("Anna").pending, Secret(codes[0]))
    assert perform(visit, "second_factor.state").codes_left == 9


def test_a_right_password_uses_up_no_try(door: Door, anna: int, phone: str) -> None:
    for _ in range(15):
        assert door.at("192.0.2.9").asked("Anna").kind == "one_time_code"


def test_wrong_codes_wait_and_others_cannot_keep_the_person_out(
    door: Door, anna: int, phone: str, clock: FixedClock
) -> None:
    step = door.at("192.0.2.9").asked("Anna")
    for _ in range(5):
        with pytest.raises(Refused, match="wrong"):
            continue_sign_in(step.pending, Secret("12345"))
    with pytest.raises(Refused, match="Wait 30 seconds"):
        continue_sign_in(step.pending, code_of(phone, clock))
    # From where she always comes, nothing waits.
    assert continue_sign_in(door.asked("Anna").pending, code_of(phone, clock)).login_id == anna


def test_ten_thousand_guesses_of_codes_are_a_hundred_checks_a_day(
    door: Door, anna: int, phone: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[int] = []
    real = one_time.matching_step

    def counting(seed: str, typed: str, now: int) -> int | None:
        checked.append(now)
        return real(seed, typed, now)

    monkeypatch.setattr(one_time, "matching_step", counting)
    begin, step = clock.now(), None
    for guess in range(10_000):
        if step is None or clock.now() >= step.pending.until:
            step = door.at("192.0.2.9").asked("Anna")
        with pytest.raises(Refused):
            continue_sign_in(step.pending, Secret(f"{guess:06}" if guess % 2 else "12345"))
        clock.advance(9)
    days = [len([at for at in checked if (at - begin) // 86_400 == day]) for day in range(2)]
    assert max(days) <= 105


def test_it_takes_ten_minutes_at_most(door: Door, anna: int, phone: str, clock: FixedClock) -> None:
    step = door.asked("Anna")
    clock.advance(600)
    with pytest.raises(SignedOut, match="too long"):
        continue_sign_in(step.pending, code_of(phone, clock))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE login SET status = 'disabled'",
        "UPDATE login SET password_hash = 'x'",
        "UPDATE account SET status = 'ended'",
    ],
)
def test_a_login_that_changed_meanwhile_begins_anew(
    sql: str, door: Door, anna: int, phone: str, clock: FixedClock
) -> None:
    step = door.asked("Anna")
    with door.store.transaction() as tx:
        tx.execute(sql)
    with pytest.raises(SignedOut):
        continue_sign_in(step.pending, code_of(phone, clock))


@pytest.mark.capability("BX-38")
def test_who_must_have_them_sets_them_up_at_sign_in(
    door: Door, factory: Factory, quick: list[bool], clock: FixedClock
) -> None:
    factory.login(None, user_name="arie", staff_role="agent", password_hash=PASSWORD_HASH)
    strict = door.with_required("agent")
    step = strict.asked("arie")
    assert step.kind == "enrol"
    assert step.enrolment is not None
    assert "secret=" + step.enrolment.seed in step.enrolment.uri
    with pytest.raises(Refused):
        continue_sign_in(step.pending, Secret("000000x"))
    with pytest.raises(NextStep) as caught:
        continue_sign_in(step.pending, code_of(step.enrolment.seed, clock))
    assert caught.value.kind == "recovery_codes"
    assert len(caught.value.codes) == 10
    visit = continue_sign_in(caught.value.pending, Secret(""))
    assert (visit.role, bool(visit.session_id)) == ("agent", True)
    assert strict.asked("arie").kind == "one_time_code"
    state = perform(visit, "second_factor.state")
    assert (state.on, state.required, state.codes_left) == (True, True, 10)


def test_a_required_one_that_is_removed_signs_out(
    door: Door, anna: int, phone: str, clock: FixedClock
) -> None:
    strict = door.with_required("holder")
    visit = continue_sign_in(strict.asked("Anna").pending, code_of(phone, clock))
    clock.advance(30)
    perform(visit, "second_factor.remove", code=code_of(phone, clock))
    with pytest.raises(SignedOut):
        perform(visit, "sessions.page")
    assert strict.asked("Anna").kind == "enrol"


@pytest.mark.capability("BX-38")
def test_removing_needs_a_code_and_tells_the_person(
    door: Door, anna: int, phone: str, clock: FixedClock
) -> None:
    visit = continue_sign_in(door.asked("Anna").pending, code_of(phone, clock))
    for _ in range(5):
        with pytest.raises(Refused):
            perform(visit, "second_factor.remove", code=Secret("12345"))
    with pytest.raises(Refused, match="Wait"):
        perform(visit, "second_factor.remove", code=code_of(phone, clock, 1))
    clock.advance(30)
    perform(visit, "second_factor.remove", code=code_of(phone, clock))
    assert door("Anna").login_id == anna
    assert not perform(visit, "second_factor.state").on
    told = [row[0] for row in door.store.rows("SELECT body FROM message ORDER BY id")]
    assert "switched on" in told[0]
    assert "switched off" in told[-1]


def test_a_seed_counts_only_once_it_was_confirmed(admin_visit: Visit, clock: FixedClock) -> None:
    first = perform(admin_visit, "second_factor.begin").seed
    second = perform(admin_visit, "second_factor.begin").seed
    assert not perform(admin_visit, "second_factor.state").on
    with pytest.raises(Refused):
        perform(admin_visit, "second_factor.confirm", code=code_of(first, clock))
    perform(admin_visit, "second_factor.confirm", code=code_of(second, clock))
    with pytest.raises(Invalid):
        perform(admin_visit, "second_factor.begin")
    assert perform(admin_visit, "second_factor.state").on


def test_without_them_there_are_no_recovery_codes(admin_visit: Visit) -> None:
    with pytest.raises(Invalid):
        perform(admin_visit, "second_factor.new_codes")


def test_no_answer_or_row_shows_a_seed_or_code(admin_visit: Visit, clock: FixedClock) -> None:
    begun = perform(admin_visit, "second_factor.begin")
    code = code_of(begun.seed, clock)
    codes = perform(admin_visit, "second_factor.confirm", code=code)
    assert begun.seed not in repr(begun)
    assert codes.codes[0] not in repr(codes)
    told = repr(admin_visit.rows("SELECT * FROM audit_personal")) + repr(
        admin_visit.rows("SELECT * FROM message")
    )
    assert not any(secret in told for secret in (begun.seed, code.reveal(), codes.codes[0]))
