"""Cases: asked by one, released by another, and what then becomes true."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from app.clock import FixedClock, zone_named
from app.i18n import use_language
from app.operations.core import Conflict, Invalid, NotFound, Refused, Visit, outbox, perform
from app.operations.core.cases.days import example_day
from app.operations.core.cases.view import CaseView
from app.secret import Secret
from app.settings import Settings
from app.worker import run_once
from tests.factories import DAY, Factory
from tests.operations.door import Door


@pytest.fixture
def supervisor(factory: Factory) -> Visit:
    """A second pair of eyes."""
    login = factory.login(None, staff_role="supervisor", name="Sofie Supervisor")
    return factory.visit("supervisor", None, login_id=login, person="Sofie Supervisor")


@pytest.fixture
def holder(factory: Factory, account_id: int) -> Visit:
    """Who holds the contract, with a session."""
    login = factory.login(account_id, "holder", name="Hanna Holder", email="hanna@molenwerf.example")
    return in_session(factory, factory.visit("holder", account_id, login_id=login, person="Hanna Holder"))


def in_session(factory: Factory, visit: Visit) -> Visit:
    """The visit with a session of its own, as signing in begins it."""
    now, number = visit.now, f"{visit.login_id:032x}"
    row = {"id": number, "login_id": visit.login_id, "started_at": now, "seen_at": now, "checked_at": now}
    factory.insert("session", {**row, "channel": "terminal", "address": ""})
    return replace(visit, session_id=number)


def checks(visit: Visit) -> list[str]:
    return [check.id for check in visit.content.access.recovery]


def open_recovery(agent: Visit, account_id: int, login_id: int, **fields: Any) -> CaseView:
    given = {
        "email": "new@molenwerf.example",
        "checks": checks(agent),
        "reason": "provider is gone",
        **fields,
    }
    case: CaseView = perform(agent, "cases.open_recovery", account_id=account_id, login_id=login_id, **given)
    return case


def mails(visit: Visit) -> list[tuple[str, str, bool]]:
    return visit.store.rows("SELECT recipient, body, secret <> '' FROM message ORDER BY id")


def log(visit: Visit) -> list[Any]:
    return visit.store.rows("SELECT operation, outcome, account_id, login_id FROM audit ORDER BY seq")


@pytest.mark.capability("LA-16")
def test_a_lost_address_is_replaced_after_all_checks_and_a_second_pair_of_eyes(
    agent_visit: Visit, supervisor: Visit, holder: Visit, account_id: int
) -> None:
    case = open_recovery(agent_visit, account_id, holder.login_id or 0)
    assert case.number.startswith("C-10")
    assert perform(holder, "profile.get").email == "hanna@molenwerf.example", "changed before the release"
    perform(supervisor, "cases.release", case_id=case.id, version=case.version)
    row = holder.store.row("SELECT email, status FROM login WHERE id = :id", id=holder.login_id)
    assert row == ("new@molenwerf.example", "active")
    told = {recipient: (body, sealed) for recipient, body, sealed in mails(supervisor)}
    assert told["new@molenwerf.example"][1], "no code was sent"
    assert "loket recovery redeem" in told["new@molenwerf.example"][0]
    assert "changed by our helpdesk" in told["hanna@molenwerf.example"][0]
    assert not told["hanna@molenwerf.example"][1]
    codes = holder.store.rows("SELECT kind, subject, ended_at FROM access_code")
    assert codes == [("reset", f"login:{holder.login_id}", None)]
    with pytest.raises(Refused):
        perform(holder, "profile.get")


def test_of_the_old_address_staff_see_no_more_than_tells_it_from_another(
    agent_visit: Visit, supervisor: Visit, holder: Visit, account_id: int
) -> None:
    case = open_recovery(agent_visit, account_id, holder.login_id or 0)
    queue = perform(supervisor, "cases.page").rows
    for shown in (case, queue[0], perform(supervisor, "cases.get", case_id=case.id)):
        assert "hanna@molenwerf.example" not in repr(shown)
        assert any("instead of h…@molenwerf.example" in step for step in shown.steps)


@pytest.mark.capability("HD-05")
def test_a_recovery_needs_every_check_and_is_released_by_another(
    agent_visit: Visit, supervisor: Visit, holder: Visit, account_id: int
) -> None:
    for missing in checks(agent_visit):
        rest = [each for each in checks(agent_visit) if each != missing]
        with pytest.raises(Invalid, match="Not checked yet") as caught:
            open_recovery(agent_visit, account_id, holder.login_id or 0, checks=rest)
        assert caught.value.field == "checks"
    case = open_recovery(agent_visit, account_id, holder.login_id or 0)
    assert len(case.checks) == len(checks(agent_visit))
    with pytest.raises(Refused, match="somebody else"):
        perform(agent_visit, "cases.release", case_id=case.id)
    done = perform(supervisor, "cases.release", case_id=case.id)
    assert (done.status, done.decided_by) == ("released", "Sofie Supervisor")


@pytest.mark.capability("BX-37")
def test_nobody_releases_or_rejects_their_own_and_the_try_is_in_the_log(
    supervisor: Visit, holder: Visit, account_id: int, admin_visit: Visit
) -> None:
    case = open_recovery(supervisor, account_id, holder.login_id or 0)
    for name, more in (("cases.release", {}), ("cases.reject", {"answer": "no"})):
        with pytest.raises(Refused, match="somebody else"):
            perform(supervisor, name, case_id=case.id, **more)
        assert log(supervisor)[-1] == (name, "refused", account_id, supervisor.login_id)
    assert perform(admin_visit, "cases.mine").rows[0].status == "waiting"


def test_an_agent_asking_for_a_caller_is_who_asked(
    assisting_visit: Visit, agent_visit: Visit, supervisor: Visit
) -> None:
    case = perform(assisting_visit, "cases.ask_name", name="Molenwerf N.V.", reason="trade register")
    assert perform(supervisor, "cases.get", case_id=case.id).why_not == ""
    with pytest.raises(Refused, match="somebody else"):
        perform(agent_visit, "cases.release", case_id=case.id)


def test_two_supervisors_at_once_release_once_and_the_other_sees_who(
    factory: Factory, agent_visit: Visit, supervisor: Visit, holder: Visit, account_id: int
) -> None:
    case = open_recovery(agent_visit, account_id, holder.login_id or 0)
    second = factory.login(None, staff_role="supervisor", name="Tom Tweede")
    other = factory.visit("supervisor", None, login_id=second)
    said: list[str] = []
    start = threading.Barrier(2)

    def release(visit: Visit) -> None:
        start.wait()
        try:
            perform(visit, "cases.release", case_id=case.id, version=case.version)
            said.append("done")
        except Conflict as conflict:
            said.append(f"{conflict.differences[0].theirs}: {conflict.message}")
        visit.store.close()

    threads = [threading.Thread(target=release, args=(visit,)) for visit in (supervisor, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("done") == 1
    assert any(text.startswith("released: ") and "decided meanwhile by" in text for text in said)
    assert len(supervisor.store.rows("SELECT 1 FROM access_code")) == 1


@pytest.mark.capability("MD-05")
def test_a_person_asks_for_another_name_and_has_the_old_one_until_it_is_released(
    factory: Factory, supervisor: Visit
) -> None:
    account = factory.account("A. Jansen", kind="person")
    login = factory.login(account, "holder", name="A. Jansen")
    visit = factory.visit("holder", account, login_id=login)
    case = perform(visit, "cases.ask_name", name="A. de Vries")
    assert "A. de Vries" in case.steps[0]
    assert "A. Jansen" in case.steps[0]
    assert perform(visit, "profile.get").account_name == "A. Jansen"
    perform(supervisor, "cases.release", case_id=case.id)
    assert perform(visit, "profile.get").account_name == "A. de Vries"
    said = visit.store.rows("SELECT text FROM audit_personal ORDER BY seq DESC LIMIT 1")[0][0]
    assert "A. Jansen" in said
    assert "A. de Vries" in said


@pytest.mark.capability("HD-07")
def test_a_released_name_holds_from_its_day(
    admin_visit: Visit, supervisor: Visit, settings: Settings, clock: FixedClock
) -> None:
    def worker_turn() -> int:
        return run_once(admin_visit.store, admin_visit.content, clock, settings).cases

    case = perform(admin_visit, "cases.ask_name", name="Molenwerf N.V.", reason="trade register")
    done = perform(supervisor, "cases.release", case_id=case.id, from_day="2026-12-01")
    assert (done.status, done.done_at) == ("released", None)
    assert worker_turn() == 0
    assert perform(admin_visit, "profile.get").account_name == "Molenwerf Bouw B.V."
    clock.advance(10 * DAY)
    assert worker_turn() == 1
    assert worker_turn() == 0
    assert perform(admin_visit, "profile.get").account_name == "Molenwerf N.V."
    assert ("worker.carry_out_cases", "done", admin_visit.account_id, None) in log(admin_visit)


@pytest.mark.capability("MD-07")
def test_a_company_says_why_and_its_name_stays_until_released(admin_visit: Visit, supervisor: Visit) -> None:
    with pytest.raises(Invalid) as caught:
        perform(admin_visit, "cases.ask_name", name="Molenwerf N.V.")
    assert caught.value.field == "reason"
    case = perform(admin_visit, "cases.ask_name", name="Molenwerf N.V.", reason="trade register")
    assert perform(admin_visit, "profile.get").account_name == "Molenwerf Bouw B.V."
    perform(supervisor, "cases.reject", case_id=case.id, answer="The excerpt is too old.")
    assert perform(admin_visit, "profile.get").account_name == "Molenwerf Bouw B.V."
    assert perform(admin_visit, "cases.mine").rows[0].answer == "The excerpt is too old."
    assert "The excerpt is too old." in mails(admin_visit)[-1][1]


@pytest.mark.capability("HD-08", "LA-21")
def test_on_release_the_contract_has_a_new_holder_and_the_old_one_is_out(
    holder: Visit, supervisor: Visit, account_id: int
) -> None:
    case = perform(
        holder, "cases.ask_ownership", new_email="Nina@nieuw.example", new_name="Nina Nieuw", reason="sold"
    )
    assert perform(holder, "profile.get").role == "holder", "access was lost before the release"
    perform(supervisor, "cases.release", case_id=case.id)
    with pytest.raises(Refused):
        perform(holder, "profile.get")
    new = holder.store.rows(
        "SELECT login.id, login.name, email, status FROM membership JOIN login ON login.id = login_id"
        " WHERE account_id = :account AND role = 'holder'",
        account=account_id,
    )
    assert new[0][1:] == ("Nina Nieuw", "Nina@nieuw.example", "pending")
    sent = mails(supervisor)
    assert [sealed for to, _body, sealed in sent if to == "Nina@nieuw.example"] == [True]
    assert any("has passed to Nina Nieuw" in body for to, body, _s in sent if to == "hanna@molenwerf.example")
    codes = holder.store.rows("SELECT kind, subject FROM access_code")
    assert codes == [("first_password", f"login:{new[0][0]}")]


def test_somebody_who_has_a_login_becomes_the_holder_with_it(
    holder: Visit, admin_visit: Visit, supervisor: Visit, account_id: int
) -> None:
    email = perform(admin_visit, "profile.get").email
    case = perform(holder, "cases.ask_ownership", new_email=email, new_name="Anna Admin", reason="sold")
    perform(supervisor, "cases.release", case_id=case.id)
    roles = holder.store.rows(
        "SELECT login_id, role FROM membership WHERE account_id = :account", account=account_id
    )
    assert roles == [(admin_visit.login_id, "holder")]
    assert "Sign in as always" in {r: b for r, b, _sealed in mails(supervisor)}[email]


@pytest.mark.parametrize("role", ["agent", "disabled"])
def test_staff_and_closed_logins_never_hold_a_contract(holder: Visit, factory: Factory, role: str) -> None:
    fields = {"staff_role": "agent"} if role == "agent" else {"status": "disabled"}
    factory.login(None, email="x@y.example", **fields)
    with pytest.raises(Invalid) as caught:
        perform(holder, "cases.ask_ownership", new_email="X@y.example", new_name="X", reason="sold")
    assert caught.value.field == "new_email"


def test_a_second_factor_is_taken_off_and_the_password_stays(
    agent_visit: Visit, supervisor: Visit, holder: Visit, factory: Factory, account_id: int
) -> None:
    factory.insert(
        "second_factor", {"login_id": holder.login_id, "seed": "x", "created_at": 1, "last_step": 0}
    )
    factory.insert("recovery_code", {"login_id": holder.login_id, "digest": "d", "created_at": 1})
    case = perform(
        agent_visit,
        "cases.open_second_factor_reset",
        account_id=account_id,
        login_id=holder.login_id,
        checks=checks(agent_visit),
        reason="telephone drowned",
    )
    perform(supervisor, "cases.release", case_id=case.id)
    for table in ("second_factor", "recovery_code"):
        assert holder.store.rows(f"SELECT 1 FROM {table}") == []
    assert mails(supervisor)[-1][0] == "hanna@molenwerf.example"
    assert not mails(supervisor)[-1][2], "a code was sent"


def test_what_was_asked_can_be_taken_back_by_who_asked_only(
    admin_visit: Visit, holder: Visit, supervisor: Visit
) -> None:
    case = perform(admin_visit, "cases.ask_name", name="Molenwerf N.V.", reason="trade register")
    with pytest.raises(NotFound):
        perform(holder, "cases.withdraw", case_id=case.id)
    perform(admin_visit, "cases.withdraw", case_id=case.id)
    with pytest.raises(Conflict, match="withdrawn meanwhile"):
        perform(supervisor, "cases.release", case_id=case.id)
    assert perform(supervisor, "cases.count") == 0


def test_the_same_is_not_asked_twice_and_a_decided_case_is_no_obstacle(
    admin_visit: Visit, supervisor: Visit
) -> None:
    case = perform(admin_visit, "cases.ask_name", name="One", reason="register")
    with pytest.raises(Refused, match=case.number):
        perform(admin_visit, "cases.ask_name", name="Two", reason="register")
    perform(supervisor, "cases.reject", case_id=case.id, answer="no")
    assert perform(admin_visit, "cases.ask_name", name="Two", reason="register").number != case.number


def test_an_address_that_was_taken_meanwhile_stops_the_release(
    agent_visit: Visit, supervisor: Visit, holder: Visit, factory: Factory, account_id: int
) -> None:
    case = open_recovery(agent_visit, account_id, holder.login_id or 0)
    factory.login(None, email="NEW@molenwerf.example")
    with pytest.raises(Invalid, match="Another login"):
        perform(supervisor, "cases.release", case_id=case.id)
    assert perform(supervisor, "cases.get", case_id=case.id).status == "waiting"
    assert mails(supervisor) == []


@pytest.mark.parametrize("day", ["2026-11-20", "2028-01-01", "tomorrow", "12-31-2026"])
def test_a_day_that_cannot_be_is_refused_by_field(admin_visit: Visit, day: str) -> None:
    with pytest.raises(Invalid) as caught:
        perform(admin_visit, "cases.ask_name", name="New", reason="register", from_day=day)
    assert caught.value.field == "from_day"


def mailed_code(visit: Visit, recipient: str) -> Secret:
    """The code in the mail that went to somebody, as the worker delivers it."""
    for message in outbox.claim(visit.store, visit.now, 100):
        body = outbox.with_secret(message, visit.vault)
        if message.recipient == recipient and message.secret:
            line = next(line for line in body.splitlines() if line.startswith("    ") and "loket" not in line)
            return Secret(line.strip())
    raise AssertionError("no mail with a code")


@pytest.mark.capability("LA-16")
def test_with_the_code_at_the_new_address_the_person_is_back_in(
    agent_visit: Visit, supervisor: Visit, holder: Visit, account_id: int, factory: Factory, door: Door
) -> None:
    case = open_recovery(agent_visit, account_id, holder.login_id or 0)
    perform(supervisor, "cases.release", case_id=case.id)
    code = mailed_code(supervisor, "new@molenwerf.example")
    new = "Rietkraag-7-ijsvogel"
    done = perform(factory.visit("visitor"), "recovery.redeem", code=code, password=Secret(new))
    assert door(done.user_name, new).login_id == holder.login_id
    with pytest.raises(Refused):
        perform(factory.visit("visitor"), "recovery.redeem", code=code, password=Secret(new))


@pytest.mark.capability("HD-08")
def test_with_the_code_in_the_mail_the_new_holder_signs_in(
    holder: Visit, supervisor: Visit, factory: Factory, account_id: int, door: Door
) -> None:
    given = {"new_email": "nina@nieuw.example", "new_name": "Nina Nieuw", "reason": "sold"}
    case = perform(holder, "cases.ask_ownership", **given)
    perform(supervisor, "cases.release", case_id=case.id)
    code, new = mailed_code(supervisor, "nina@nieuw.example"), "Rietkraag-7-ijsvogel"
    done = perform(factory.visit("visitor"), "recovery.redeem", code=code, password=Secret(new))
    visit = door(done.user_name, new)
    assert (visit.role, visit.account_id) == ("holder", account_id)


def test_any_person_of_the_customer_is_found_by_what_they_signed_in_with(
    agent_visit: Visit, user_visit: Visit, account_id: int, factory: Factory
) -> None:
    row = user_visit.store.rows("SELECT user_name, email FROM login WHERE id = :id", id=user_visit.login_id)
    for said in (*row[0], row[0][1].upper()):
        found = perform(agent_visit, "cases.find_person", account_id=account_id, who=said)
        assert (found.id, found.name) == (user_visit.login_id, "Emma Employee")
    elsewhere = factory.account("Another")
    for account, who in ((elsewhere, row[0][0]), (account_id, "nobody"), (account_id, "")):
        with pytest.raises(NotFound):
            perform(agent_visit, "cases.find_person", account_id=account, who=who)


def test_nobody_is_written_to_after_an_erasure(factory: Factory, supervisor: Visit) -> None:
    account = factory.account("Gone B.V.")
    login = factory.login(account, "holder", name="Hanna Gone", email="hanna@gone.example")
    asked = perform(factory.visit("holder", account, login_id=login), "privacy.ask_erasure", reason="moved")
    done = perform(supervisor, "cases.release", case_id=asked)
    assert (done.status, done.done_at) == ("released", supervisor.now)
    assert [row for row in mails(supervisor) if row[0]] == []
    assert "Hanna" not in repr(supervisor.store.rows("SELECT text FROM audit_personal"))


def test_what_cannot_be_carried_out_on_its_day_is_told_to_staff(
    holder: Visit, supervisor: Visit, factory: Factory, settings: Settings, clock: FixedClock
) -> None:
    given = {"new_email": "nina@nieuw.example", "new_name": "Nina Nieuw", "reason": "sold"}
    case = perform(holder, "cases.ask_ownership", **given)
    perform(supervisor, "cases.release", case_id=case.id, from_day="2026-11-30")
    factory.login(None, staff_role="agent", email="nina@nieuw.example")
    clock.advance(10 * DAY)
    for _turn in range(2):
        assert run_once(holder.store, holder.content, clock, settings).cases == 0
    alerts = perform(supervisor, "alerts.page").rows
    assert [alert.title for alert in alerts if alert.kind == "case_failed"] == [
        f"Case {case.number} cannot be carried out"
    ]
    role = "SELECT role FROM membership WHERE login_id = :id"
    assert holder.store.row(role, id=holder.login_id) == ("holder",)


@pytest.mark.parametrize(
    "language, typed", [("en", "2026-12-01"), ("nl", "01-12-2026"), ("de", "01.12.2026")]
)
def test_a_day_is_read_as_the_reader_s_language_writes_it(
    admin_visit: Visit, language: str, typed: str
) -> None:
    visit = replace(admin_visit, language=language)
    with use_language(language):
        assert example_day(visit) == typed
    case = perform(visit, "cases.ask_name", name="Molenwerf N.V.", reason="register", from_day=typed)
    (stored,) = visit.store.rows("SELECT effective_at FROM service_case WHERE id = :id", id=case.id)
    assert datetime.fromtimestamp(stored[0], zone_named(visit.zone)) == datetime(
        2026, 12, 1, tzinfo=zone_named(visit.zone)
    )
    with pytest.raises(Invalid, match=re.escape(typed)):
        perform(visit, "cases.ask_name", name="Molenwerf X", reason="register", from_day="soon")
