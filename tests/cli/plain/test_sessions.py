"""Getting in, and how a session ends: by its person, by idleness, by somebody else."""

from __future__ import annotations

import io
import os
import re
import threading
from dataclasses import replace

import pytest

from app.cli.plain import for_whom, run_plain
from app.cli.plain.acting import act
from app.cli.plain.entry import Entry
from app.cli.plain.menu import do
from app.cli.plain.sign_in import get_in
from app.cli.plain.terminal import EndOfInput, Terminal
from app.clock import FixedClock, SystemClock
from app.content import Content
from app.operations.core import one_time
from app.operations.core.errors import SignedOut
from app.operations.core.visit import Assistance
from app.settings import Settings
from app.store import Store
from tests.cli.plain.conftest import Firm, Talks
from tests.factories import Factory
from tests.operations.three_customers import PASSWORD

LINES = Entry("List of lines", "lines.page", leave=("text", "group_id"))
CHANGE = Entry("Change the password", "password.change")


def ended_by(store: Store) -> list[str]:
    return [row[0] for row in store.rows("SELECT ended_by FROM session ORDER BY started_at")]


@pytest.mark.capability("BX-51")
def test_one_time_passwords_are_set_up_while_signing_in(
    firm: Firm, talks: Talks, content: Content, clock: FixedClock
) -> None:
    strict = replace(content, access=replace(content.access, second_factor=("holder",)))
    piped = talks(content=strict)
    person = threading.Thread(target=get_in, args=(piped.talk,))
    person.start()
    piped.answer("1", "anna", PASSWORD, "000000")
    piped.waits_until("This code is wrong")
    seed = next(line for line in piped.said.splitlines() if re.fullmatch(r"(\w{4} ){7}\w{4}", line))
    piped.answer(one_time.code_at(seed.replace(" ", ""), clock.now() // one_time.STEP))
    piped.answer("", "yes")
    person.join(20)
    assert piped.session.visit is not None
    assert piped.said.count("10. ") == 2, "without a yes the codes are said again"


def test_a_wrong_password_says_the_same_as_a_wrong_name(firm: Firm, talks: Talks) -> None:
    piped = talks()
    piped.answer("1", "anna", "wrong", "1", "nobody", "wrong")
    piped.nobody_answers()
    with pytest.raises(EndOfInput):
        get_in(piped.talk)
    assert piped.said.count("Sign-in failed.") == 2


@pytest.mark.parametrize("typed, ends", [("quit", "sign_out"), ("", "sign_out")])
def test_the_end_signs_out_and_is_written_down(
    firm: Firm, settings: Settings, clock: FixedClock, store: Store, typed: str, ends: str
) -> None:
    reader, writer = os.pipe()
    os.write(writer, "\n".join(["1", "anna", PASSWORD, typed]).encode() + b"\n")
    os.close(writer)
    out = io.StringIO()
    assert run_plain(settings, clock, Terminal(reader, out)) == 0
    os.close(reader)
    assert "Signed in: Anna." in out.getvalue()
    assert "You are signed out." in out.getvalue()
    assert ended_by(store) == [ends]
    found = store.rows("SELECT operation, outcome FROM audit ORDER BY seq")
    assert found == [("signin.sign_in", "done"), ("signin.sign_out", "done")]


def test_who_does_nothing_is_warned_and_signed_out(
    firm: Firm, talks: Talks, content: Content, store: Store
) -> None:
    limits = content.access.sessions
    short = dict.fromkeys(limits.idle_seconds, 3)
    hasty = replace(content, access=replace(content.access, sessions=replace(limits, idle_seconds=short)))
    piped = talks("anna", content=hasty, clock=SystemClock())
    with pytest.raises(SignedOut, match="Nothing was done"):
        piped.talk.line("Anything: ")
    assert "Still there?" in piped.said
    assert ended_by(store) == ["idle"]


def test_a_session_that_somebody_else_ended_is_over_at_the_next_act(
    firm: Firm, talks: Talks, store: Store
) -> None:
    piped, other = talks("anna"), talks("anna")
    act(piped.talk, LINES, {})
    assert "Bea" in piped.said
    act(other.talk, Entry("End", "sessions.end_others", done="Ended."), {})
    with pytest.raises(SignedOut):
        act(piped.talk, LINES, {})
    assert piped.session.visit is None
    assert sorted(ended_by(store)) == ["", "revoked"]


def test_a_sensitive_change_asks_for_the_password_again(
    firm: Firm, talks: Talks, clock: FixedClock, content: Content, store: Store
) -> None:
    piped = talks("anna")
    clock.instant += content.access.sessions.recheck_seconds + 1
    piped.session.seen()
    entry = Entry("Set the telephone password", "telephone_password.set", done="Set.")
    piped.answer("drie kleine zwanen", "drie kleine zwanen", "wrong")
    act(piped.talk, entry, {})
    assert "Set." not in piped.said
    piped.answer("drie kleine zwanen", "drie kleine zwanen", PASSWORD)
    act(piped.talk, entry, {})
    assert "Give your password again to change this." in piped.said
    assert "Set." in piped.said
    assert PASSWORD not in piped.said


def test_a_fault_of_the_program_says_a_number_and_nothing_else(
    firm: Firm, talks: Talks, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped = talks("anna")

    def breaks(*_all: object, **_named: object) -> None:
        raise RuntimeError("a secret of Bea")

    monkeypatch.setattr(piped.session, "do", breaks)
    do(piped.talk, LINES, {})
    found = re.search(r"Error number: ([2-9A-Z]{8})\n", piped.said)
    assert found is not None
    assert "Bea" not in piped.said
    assert f"error {found[1]}" in (settings.home / "log" / "errors.log").read_text()


def test_an_agent_hears_that_the_time_with_a_caller_runs_out(
    factory: Factory, talks: Talks, clock: FixedClock, account_id: int
) -> None:
    talk = talks().talk
    assistance = Assistance(1, account_id, "holder", "Marit", None, clock.now() + 150)
    talk.session.visit = replace(factory.visit("agent", account_id), assistance=assistance)
    assert "until" in for_whom(talk)
    assert "two minutes" not in for_whom(talk)
    clock.set(clock.now() + 60)
    assert for_whom(talk).endswith("less than two minutes are left")
