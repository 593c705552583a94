"""Signed-in sessions: how long they last, who ends them, and that an ended one does nothing more."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.operations.core import NotFound, PasswordNeeded, Refused, SignedOut, Visit, perform, sessions
from app.operations.core.fresh import require_fresh
from app.operations.signin import as_account, sign_out
from app.secret import Secret
from tests.factories import Factory
from tests.operations.door import Door
from tests.operations.three_customers import PASSWORD, PASSWORD_HASH

pytestmark = pytest.mark.both_databases

OFFICE = "192.0.2.20"


@pytest.fixture
def agent(factory: Factory) -> str:
    """An agent's user name."""
    factory.login(None, user_name="arie", staff_role="agent", password_hash=PASSWORD_HASH)
    return "arie"


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that are given again are compared without hashing."""
    monkeypatch.setattr(
        "app.operations.core.passwords.verify", lambda stored, typed: bool(stored) and typed == PASSWORD
    )


def ended_by(visit: Visit) -> str:
    row = visit.row("SELECT ended_by FROM session WHERE id = :id", id=visit.session_id)
    assert row is not None
    return str(row[0])


@pytest.mark.capability("BX-38")
def test_a_sign_in_is_a_session_with_128_random_bits(door: Door, anna: int, quick: list[bool]) -> None:
    first, second = door.at(OFFICE)("Anna"), door("Anna")
    assert len(bytes.fromhex(first.session_id)) * 8 == 128
    assert first.session_id != second.session_id
    listed = perform(second, "sessions.page")
    assert {(each.address, each.channel, each.this) for each in listed} == {
        (OFFICE, "terminal", False),
        ("", "terminal", True),
    }


@pytest.mark.parametrize(
    "who, channel, idle", [("Anna", "terminal", 600), ("arie", "terminal", 900), ("Anna", "kiosk", 90)]
)
def test_who_does_nothing_is_signed_out(
    who: str, channel: str, idle: int, door: Door, anna: int, agent: str, clock: FixedClock, quick: list[bool]
) -> None:
    visit = door.at("", channel)(who)
    clock.advance(idle + 59)  # `seen_at` may be a minute old
    perform(visit, "sessions.page")
    clock.advance(1)
    with pytest.raises(SignedOut, match="Nothing was done"):
        perform(visit, "sessions.page")
    sessions.seen(visit)  # a key after that revives nothing
    with pytest.raises(SignedOut):
        perform(visit, "sessions.page")
    assert not perform(door.at("", channel)(who), "sessions.page")[1:]


def test_keys_keep_it_alive_and_what_runs_by_itself_does_not(
    door: Door, anna: int, clock: FixedClock, quick: list[bool]
) -> None:
    visit = door("Anna")
    for _ in range(10):
        clock.advance(60)
        perform(visit, "sessions.page")  # as the screen does to stay live
    clock.advance(60)
    with pytest.raises(SignedOut):
        perform(visit, "sessions.page")
    visit = door("Anna")
    for _ in range(60):
        clock.advance(600)
        sessions.seen(visit)
    perform(visit, "sessions.page")


def test_it_is_written_at_most_once_a_minute(
    door: Door, anna: int, clock: FixedClock, quick: list[bool]
) -> None:
    visit = door("Anna")
    written = set()
    for _ in range(300):
        clock.advance(1)
        sessions.seen(visit)
        written.add(visit.rows("SELECT seen_at FROM session")[0][0])
    assert len(written) == 6


def test_twelve_hours_whatever_is_done(door: Door, anna: int, clock: FixedClock, quick: list[bool]) -> None:
    visit = door("Anna")
    for _ in range(12 * 60 - 1):
        clock.advance(60)
        sessions.seen(visit)
    perform(visit, "sessions.page")
    clock.advance(60)
    with pytest.raises(SignedOut, match="as long as it may"):
        perform(visit, "sessions.page")


def test_what_is_over_is_written_down_at_the_next_sign_in(
    door: Door, anna: int, clock: FixedClock, quick: list[bool]
) -> None:
    old, idle = door("Anna"), door("Anna")
    for _ in range(12 * 6):
        clock.advance(600)
        sessions.seen(old)
    with door.store.transaction() as tx:
        tx.execute(
            "UPDATE session SET started_at = :now - 7200 WHERE id = :id", now=clock.now(), id=idle.session_id
        )
    this = door("Anna")
    assert [ended_by(each) for each in (old, idle, this)] == ["too_old", "idle", ""]


ELSEWHERE = """
import sys
from pathlib import Path
from app.clock import FixedClock
from app.content import load_content
from app.operations.core import SignedOut, Visit, perform
from app.settings import shipped_content
from app.store import Store

url, login, account, session, now = sys.argv[1:]
visit = Visit(Store(url), FixedClock(int(now)), load_content(shipped_content()), login_id=int(login),
              role="holder", account_id=int(account), session_id=session)
for line in sys.stdin:
    try:
        perform(visit, "sessions.page")
        print("done", flush=True)
    except SignedOut:
        print("signed out", flush=True)
"""


@pytest.mark.capability("BX-38")
def test_a_session_ended_elsewhere_fails_at_its_next_action_in_another_process(
    door: Door, anna: int, clock: FixedClock, quick: list[bool], tmp_path: Path
) -> None:
    there, here = door.at(OFFICE)("Anna"), door("Anna")
    argv = [door.store.url, str(anna), str(there.account_id), there.session_id, str(clock.now())]
    with subprocess.Popen(
        [sys.executable, "-c", ELSEWHERE, *argv],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def act() -> str:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write("go\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        assert act() == "done"
        perform(here, "sessions.end", session=there.session_id)
        assert [act(), act()] == ["signed out", "signed out"]
        process.stdin.close()
    assert ended_by(there) == "revoked"
    assert perform(here, "sessions.page")[0].this


@pytest.mark.capability("BX-38")
def test_sign_out_elsewhere(door: Door, anna: int, quick: list[bool]) -> None:
    others, this = [door.at(OFFICE)("Anna") for _ in range(3)], door("Anna")
    assert perform(this, "sessions.end_others") == 3
    for visit in others:
        with pytest.raises(SignedOut, match="was ended"):
            perform(visit, "sessions.page")
    assert len(perform(this, "sessions.page")) == 1


def test_signing_out_ends_it(door: Door, anna: int, quick: list[bool]) -> None:
    visit = door("Anna")
    sign_out(visit)
    assert ended_by(visit) == "sign_out"
    with pytest.raises(SignedOut):
        perform(visit, "sessions.page")


def test_another_customer_of_theirs_is_the_same_session(
    door: Door, anna: int, factory: Factory, quick: list[bool]
) -> None:
    other = factory.account()
    factory.insert("membership", {"login_id": anna, "account_id": other, "role": "user"})
    first = door("Anna")
    second = as_account(first, other)
    assert second.session_id == first.session_id
    sign_out(second)
    with pytest.raises(SignedOut):
        perform(first, "sessions.page")


def test_somebody_elses_session_is_not_there(
    door: Door, anna: int, factory: Factory, agent: str, quick: list[bool]
) -> None:
    visit, foreign = door("Anna"), door(agent)
    for session in (foreign.session_id, "0" * 32, ""):
        with pytest.raises(NotFound):
            perform(visit, "sessions.end", session=session)
    perform(foreign, "sessions.page")
    with pytest.raises(SignedOut):  # nor may one act in it
        perform(replace(visit, session_id=foreign.session_id), "sessions.page")


@pytest.mark.capability("BX-38")
def test_the_sign_in_before_this_one_is_told(
    door: Door, anna: int, clock: FixedClock, quick: list[bool]
) -> None:
    first = door.at(OFFICE)("Anna")
    assert perform(first, "sessions.last") is None
    sign_out(first)
    clock.advance(3600)
    found = perform(door("Anna"), "sessions.last")
    assert (found.started_at, found.address) == (clock.now() - 3600, OFFICE)


def test_a_sensitive_change_asks_the_password_after_five_minutes(
    door: Door, anna: int, clock: FixedClock, quick: list[bool], plain: None
) -> None:
    visit = door("Anna")
    clock.advance(300)
    require_fresh(visit)
    clock.advance(1)
    with pytest.raises(PasswordNeeded):
        perform(visit, "second_factor.begin")
    with pytest.raises(Refused):
        perform(visit, "sessions.confirm", password=Secret("wrong"))
    with pytest.raises(PasswordNeeded):
        perform(visit, "second_factor.begin")
    for _ in range(6):  # what is right uses up no try
        perform(visit, "sessions.confirm", password=Secret(PASSWORD))
    perform(visit, "second_factor.begin")


def test_the_password_that_is_given_again_is_guessed_as_slowly(
    door: Door, anna: int, clock: FixedClock, quick: list[bool], plain: None
) -> None:
    visit = door("Anna")
    for _ in range(5):
        with pytest.raises(Refused):
            perform(visit, "sessions.confirm", password=Secret("wrong"))
    with pytest.raises(Refused):
        perform(visit, "sessions.confirm", password=Secret(PASSWORD))
    clock.advance(30)
    perform(visit, "sessions.confirm", password=Secret(PASSWORD))
    rows = visit.rows("SELECT outcome FROM audit WHERE operation = 'sessions.confirm' ORDER BY seq")
    assert [row[0] for row in rows] == ["failed"] * 6 + ["done"]


def test_a_hundred_ended_or_demoted_people_do_nothing_more(
    door: Door, factory: Factory, quick: list[bool]
) -> None:
    changes = (
        "UPDATE session SET ended_at = 1, ended_by = 'revoked' WHERE login_id = :id",
        "UPDATE login SET status = 'disabled' WHERE id = :id",
        "DELETE FROM membership WHERE login_id = :id",
        "UPDATE membership SET role = 'contact' WHERE login_id = :id",
    )
    later = 0
    for number in range(100):
        account = factory.account()
        factory.login(account, "admin", user_name=f"person{number}", password_hash=PASSWORD_HASH)
        visit = door.at(f"10.0.0.{number}")(f"person{number}")
        perform(visit, "lines.page")
        with door.store.transaction() as tx:
            tx.execute(changes[number % 4], id=visit.login_id)
        for name in ("lines.page", "sessions.page", "sessions.end_others"):
            try:
                perform(visit, name)
                later += 1
            except Refused:
                pass
    assert later == 0
