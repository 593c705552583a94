"""A caller is verified before anything of the customer is said, and help keeps to who it is for."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from typing import Any

import pytest

from app.clock import FixedClock
from app.operations.callers import CallerCard, Verification
from app.operations.core import HelpEnded, Invalid, NotFound, Refused, Visit, perform
from app.operations.core import audit as chain
from app.operations.core.caller_tries import reserve
from app.operations.core.passwords import hash_password
from app.operations.core.registry import every
from app.secret import Secret
from app.vault import Vault
from tests.factories import Factory

SAID = Secret("Zilvermeeuw")
WRONG = Secret("Zeemeeuw")
FORBIDDEN = "telephone_password.set"
STORED = hash_password("zilvermeeuw")


@pytest.fixture
def guarded(factory: Factory, account_id: int) -> int:
    """A customer with a telephone password, a holder, an admin and two contacts; the account's id."""
    with factory.system.transaction() as tx:
        tx.execute("UPDATE account SET telephone_hash = :hash WHERE id = :id", hash=STORED, id=account_id)
    return account_id


@pytest.fixture
def people(factory: Factory, guarded: int) -> dict[str, int]:
    """Ids of who may call: holder, admin, insider (everything), one (one service), two (two services)."""
    drivers, office = factory.group(guarded, "Drivers"), factory.group(guarded, "Office")
    factory.line(guarded, person="Dora Driver", group_id=drivers)
    factory.line(guarded, person="Oscar Office", group_id=office)
    found = {
        "holder": factory.login(guarded, "holder", name="Hanna Holder", email="hanna@molenwerf.example"),
        "admin": factory.login(guarded, "admin", name="Adam Admin", mobile="+31612345678"),
        "drivers": drivers,
        "office": office,
    }
    factory.login(guarded, "user", name="Ute User")
    for key, kind, whole, services in (
        ("insider", "internal", 1, ()),
        ("one", "external", 0, (drivers,)),
        ("two", "external", 0, (drivers, office)),
        ("none", "external", 0, ()),
    ):
        values = {"account_id": guarded, "kind": kind, "name": f"Contact {key}", "whole_account": whole}
        found[key] = factory.insert(
            "contact",
            {
                **values,
                "company": "",
                "email": f"{key}@x.example",
                "phone": "",
                "created_at": 1,
                "version": 1,
            },
        )
        for group in services:
            factory.insert("contact_service", {"contact_id": found[key], "group_id": group})
    return found


def verify(
    visit: Visit, account: int, kind: str, caller: int, said: Secret = SAID, **more: Any
) -> Verification:
    given = {"account_id": account, "caller_kind": kind, "caller_id": caller, "reason": "asks for help"}
    done: Verification = perform(visit, "callers.verify", telephone_password=said, **given, **more)
    return done


def helping(visit: Visit, answer: Verification) -> Visit:
    assert answer.assistance is not None
    return visit.as_assisting(answer.assistance, "Molenwerf Bouw B.V.", answer.service_name)


@pytest.mark.capability("HD-03")
def test_the_card_says_no_more_than_who_may_call(
    agent_visit: Visit, guarded: int, people: dict[str, int]
) -> None:
    card: CallerCard = perform(agent_visit, "callers.card", account_id=guarded)
    assert {field.name for field in fields(card)} == {
        "account_id", "number", "name", "persons", "has_telephone_password", "tries_left", "locked_until",
    }  # fmt: skip
    told = {(each.kind, each.id, each.role) for each in card.persons}
    assert told == {
        ("holder", people["holder"], "holder"),
        ("admin", people["admin"], "admin"),
        ("contact", people["insider"], "internal"),
        ("contact", people["one"], "external"),
        ("contact", people["two"], "external"),
        ("contact", people["none"], "external"),
    }
    one = next(each for each in card.persons if each.id == people["one"] and each.kind == "contact")
    assert ([each.name for each in one.services], one.everything) == (["Drivers"], False)
    text = repr(card)
    for hidden in ("@", "+316", "argon2", "Dora", "Ute"):
        assert hidden not in text, hidden
    page = perform(agent_visit, "accounts.page").rows
    assert {field.name for field in fields(page[0])} == {"id", "number", "name"}


@pytest.mark.capability("HD-03", "BX-36")
def test_nothing_of_a_customer_is_read_before_the_caller_is_verified(
    agent_visit: Visit, guarded: int, people: dict[str, int]
) -> None:
    of_customers = {"VIEW_ACCOUNT", "VIEW_LINES", "VIEW_USAGE", "VIEW_MESSAGES", "VIEW_AUDIT", "VIEW_PEOPLE"}
    assert {right for right in of_customers if agent_visit.reach(right)} == set()
    for visit in (agent_visit, agent_visit.as_account(guarded, "Molenwerf")):
        with pytest.raises(Refused, match="Verify a caller"):
            perform(visit, "lines.page")


@pytest.mark.capability("MD-12", "HD-02")
def test_the_answer_is_match_or_no_match(agent_visit: Visit, guarded: int, people: dict[str, int]) -> None:
    wrong = verify(agent_visit, guarded, "holder", people["holder"], WRONG)
    assert (wrong.matches, wrong.tries_left, wrong.assistance) == (False, 2, None)
    right = verify(agent_visit, guarded, "holder", people["holder"])
    assert (right.matches, right.tries_left) == (True, 3)
    rows = agent_visit.rows("SELECT text FROM audit_personal")
    for text in (*map(str, rows), repr(wrong), repr(right)):
        assert "argon2" not in text
        assert "meeuw" not in text, "what was typed is kept nowhere"


@pytest.mark.capability("HD-02")
def test_no_operation_gives_the_telephone_password_away(
    agent_visit: Visit, guarded: int, people: dict[str, int], tmp_path: Any
) -> None:
    visit = helping(agent_visit, verify(agent_visit, guarded, "holder", people["holder"]))
    for operation in every():
        if operation.changes or operation.name == "export.rows":
            continue
        try:
            told = repr(operation.function(visit))
        except Exception as error:  # it wants arguments, or is refused
            told = repr(error)
        assert STORED not in told, operation.name
        assert "argon2" not in told, operation.name


@pytest.mark.capability("HD-01")
def test_three_wrong_ones_lock_this_agent_and_are_in_the_customers_log(
    factory: Factory, agent_visit: Visit, guarded: int, people: dict[str, int], clock: FixedClock
) -> None:
    answers = [verify(agent_visit, guarded, "admin", people["admin"], WRONG) for _try in range(3)]
    assert [each.tries_left for each in answers] == [2, 1, 0]
    assert answers[-1].locked_until == clock.now() + 900
    locked = verify(agent_visit, guarded, "holder", people["holder"])
    assert not locked.matches, "the right one does not count while the agent waits"
    assert perform(agent_visit, "callers.card", account_id=guarded).locked_until == clock.now() + 900
    rows = agent_visit.rows("SELECT outcome, account_id, login_id, object FROM audit ORDER BY seq")
    assert [row[0] for row in rows] == ["failed", "failed", "failed", "refused"]
    assert {row[1:3] for row in rows} == {(guarded, agent_visit.login_id)}
    assert "locked" in rows[2][3]
    assert "locked" not in rows[1][3]
    owner = factory.visit("admin", guarded, login_id=people["admin"])
    seen = [entry.outcome for entry in perform(owner, "audit.page").rows]
    assert seen == ["refused", "failed", "failed", "failed"], "the customer reads of it"
    other = factory.login(None, staff_role="agent", name="Other agent")
    assert verify(
        factory.visit("agent", None, login_id=other), guarded, "holder", people["holder"]
    ).matches, "another agent is not locked"
    clock.instant += 900
    again = verify(agent_visit, guarded, "holder", people["holder"], WRONG)
    assert (again.tries_left, again.locked_until) == (2, 0)
    assert verify(agent_visit, guarded, "holder", people["holder"]).matches


def test_many_guesses_at_once_count_one_by_one(agent_visit: Visit, guarded: int) -> None:
    with ThreadPoolExecutor(8) as several:
        counted = list(several.map(lambda _guess: reserve(agent_visit, guarded), range(24)))
    assert sorted(counted) == [False] * 21 + [True] * 3


def test_one_hash_on_every_path(
    agent_visit: Visit, guarded: int, people: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.operations.core import passwords

    made: list[str] = []
    whole = passwords.verify

    def counted(stored: str, password: str) -> bool:
        made.append(stored)
        return whole(stored, password)

    monkeypatch.setattr(passwords, "verify", counted)
    for said in (WRONG, SAID, WRONG, WRONG, WRONG, SAID):
        made.clear()
        verify(agent_visit, guarded, "holder", people["holder"], said)
        assert len(made) == 1


@pytest.mark.capability("HD-06", "BX-36")
def test_each_change_names_agent_customer_caller_and_reason(
    factory: Factory, agent_visit: Visit, guarded: int, people: dict[str, int]
) -> None:
    line = factory.line(guarded, person="Lotte")
    answer = verify(agent_visit, guarded, "admin", people["admin"])
    visit = helping(agent_visit, answer)
    perform(visit, "limits.set", line_id=line, limit_cents=10_000)
    with pytest.raises(Refused, match="Only the customer"):
        perform(visit, FORBIDDEN, telephone_password=Secret("blauwe reiger"))
    perform(visit, "assistance.end")
    rows = agent_visit.rows(
        "SELECT operation, outcome, audit.login_id, audit.account_id, assistance.caller_name,"
        " assistance.reason, assistance.verified_by FROM audit"
        " JOIN assistance ON assistance.id = audit.assistance_id ORDER BY seq"
    )
    names = (agent_visit.login_id, guarded, "Adam Admin", "asks for help", "telephone_password")
    assert rows == [
        ("callers.verify", "done", *names),
        ("limits.set", "done", *names),
        (FORBIDDEN, "refused", *names),
        ("assistance.end", "done", *names),
    ]
    assert chain.verify(agent_visit).bad_seq is None
    with pytest.raises(HelpEnded):
        perform(visit, "lines.page")


@pytest.mark.capability("BX-36")
def test_help_ends_by_itself_and_can_be_extended_before(
    agent_visit: Visit, guarded: int, people: dict[str, int], clock: FixedClock
) -> None:
    visit = helping(agent_visit, verify(agent_visit, guarded, "holder", people["holder"]))
    start = clock.now()
    assert perform(visit, "assistance.current").expires_at == start + 1800
    assert perform(visit, "assistance.extend").expires_at == start + 1800, "never more than a call's time"
    clock.instant += 1500
    assert perform(visit, "assistance.extend").expires_at == start + 2700
    clock.instant = start + 2699
    assert perform(visit, "lines.page").rows
    clock.instant += 1
    for name in ("lines.page", "assistance.extend", "assistance.end"):
        with pytest.raises(HelpEnded):
            perform(visit, name)
    assert perform(agent_visit, "callers.card", account_id=guarded).name, "the agent goes on"


@pytest.mark.capability("HD-04")
@pytest.mark.parametrize(
    ("caller", "may", "may_not"),
    [
        ("holder", ("MANAGE_LINES", "ORDER", "EDIT_ACCOUNT", "INVITE", "ASK_OWNERSHIP"), ("SET_ROLES",)),
        ("admin", ("MANAGE_LINES", "ORDER", "EDIT_ACCOUNT", "INVITE"), ("ASK_OWNERSHIP", "SET_ROLES")),
        ("insider", ("MANAGE_LINES", "ORDER"), ("EDIT_ACCOUNT", "VIEW_BILLING", "VIEW_PEOPLE", "INVITE")),
    ],
)
def test_each_caller_has_a_scope_of_their_own(
    agent_visit: Visit,
    guarded: int,
    people: dict[str, int],
    caller: str,
    may: tuple[str, ...],
    may_not: tuple[str, ...],
) -> None:
    kind = "contact" if caller == "insider" else caller
    visit = helping(agent_visit, verify(agent_visit, guarded, kind, people[caller]))
    assert [right for right in may if visit.reach(right) != "account"] == []
    never = visit.content.matrix.forbidden
    assert [right for right in (*may_not, *never) if visit.reach(right) is not None] == []


@pytest.mark.capability("MD-22", "HD-04")
def test_a_contact_of_one_service_reaches_no_other(
    factory: Factory, agent_visit: Visit, guarded: int, people: dict[str, int]
) -> None:
    lines = {row[1]: row[0] for row in agent_visit.rows("SELECT id, person FROM line")}
    answer = verify(agent_visit, guarded, "contact", people["one"])
    assert answer.service_name == "Drivers"
    visit = helping(agent_visit, answer)
    assert perform(visit, "lines.get", line_id=lines["Dora Driver"]).person == "Dora Driver"
    for tried in (visit, visit.as_service(people["office"], "Office"), visit.as_service(None, "")):
        with pytest.raises(NotFound):
            perform(tried, "lines.get", line_id=lines["Oscar Office"])
        with pytest.raises(NotFound):
            perform(tried, "limits.set", line_id=lines["Oscar Office"], limit_cents=10_000)
        assert "Oscar" not in repr(perform(tried, "lines.page"))
        assert "Oscar" not in repr(perform(tried, "search.everything", text="oscar"))
        assert [row.name for row in perform(tried, "lines.services")] == ["Drivers"]
    with pytest.raises(Refused, match="may not speak about that service"):
        perform(visit, "orders.quote", kind="data_only", data_bundle="6", group_id=people["office"])
    perform(visit, "orders.quote", kind="data_only", data_bundle="6")


@pytest.mark.capability("MD-22")
def test_prices_of_another_service_are_not_told_nor_accepted(
    factory: Factory, agent_visit: Visit, guarded: int, people: dict[str, int]
) -> None:
    owner = factory.visit("admin", guarded, login_id=people["admin"])
    line = agent_visit.rows("SELECT id FROM line WHERE person = 'Oscar Office'")[0][0]
    quotes = [
        perform(owner, "bundles.quote", line_id=line, classes=["b"]).id,
        perform(owner, "orders.quote", kind="data_only", data_bundle="6", group_id=people["office"]).id,
    ]
    assert len(perform(owner, "services.open_quotes")) == 2
    visit = helping(agent_visit, verify(agent_visit, guarded, "contact", people["one"]))
    assert perform(visit, "services.open_quotes") == []
    for quote in quotes:
        with pytest.raises(NotFound):
            perform(visit, "quotes.accept", quote_id=quote)


def test_who_speaks_about_several_services_chooses_one(
    agent_visit: Visit, guarded: int, people: dict[str, int]
) -> None:
    with pytest.raises(Invalid, match="Drivers, Office"):
        verify(agent_visit, guarded, "contact", people["two"])
    with pytest.raises(Invalid):
        verify(agent_visit, guarded, "contact", people["one"], group_id=people["office"])
    with pytest.raises(Refused, match="not speak about any service"):
        verify(agent_visit, guarded, "contact", people["none"])
    answer = verify(agent_visit, guarded, "contact", people["two"], group_id=people["office"])
    assert answer.service_name == "Office"
    assert answer.tries_left == 3, "what was missing was no wrong try"


def test_a_call_needs_its_reason_and_a_person_who_may_call(
    factory: Factory, agent_visit: Visit, guarded: int, people: dict[str, int]
) -> None:
    given = {"account_id": guarded, "caller_kind": "holder", "caller_id": people["holder"]}
    with pytest.raises(Invalid) as missing:
        perform(agent_visit, "callers.verify", telephone_password=SAID, reason="  ", **given)
    assert missing.value.field == "reason"
    user = agent_visit.rows("SELECT id FROM login WHERE name = 'Ute User'")[0][0]
    other = factory.login(factory.account(), "holder", name="Somebody else's holder")
    for kind, number in (("holder", user), ("user", user), ("contact", 999), ("holder", other)):
        with pytest.raises(NotFound):
            verify(agent_visit, guarded, kind, number)
    visit = helping(agent_visit, verify(agent_visit, guarded, "holder", people["holder"]))
    with pytest.raises(Refused, match="End the help"):
        perform(visit, "callers.card", account_id=guarded)


def test_a_customer_without_a_telephone_password_is_sent_a_code(
    factory: Factory, agent_visit: Visit, guarded: int, people: dict[str, int], clock: FixedClock
) -> None:
    caller = {"account_id": guarded, "caller_kind": "admin", "caller_id": people["admin"]}
    with pytest.raises(Refused, match="has a telephone password"):
        perform(agent_visit, "callers.send_code", by="mail", **caller)
    with factory.system.transaction() as tx:
        tx.execute("UPDATE account SET telephone_hash = ''")
    with pytest.raises(Refused, match="has no telephone password"):
        verify(agent_visit, guarded, "admin", people["admin"])
    card = perform(agent_visit, "callers.card", account_id=guarded)
    ways = {each.name: each.may_code_by for each in card.persons}
    assert ways["Adam Admin"] == ("mail", "sms")
    assert ways["Hanna Holder"] == ("mail",)
    until = perform(agent_visit, "callers.send_code", by="sms", **caller)
    assert until == clock.now() + 600
    sent = agent_visit.rows("SELECT channel, recipient, body, key, secret FROM message")
    assert [row[:2] for row in sent] == [("sms", "+31612345678")]
    assert agent_visit.vault is not None
    code = Vault(agent_visit.vault.folder).open(sent[0][4], f"message.secret.{sent[0][3]}")
    assert code not in sent[0][2], "the database does not hold it in clear"
    asked = {**caller, "reason": "asks for help"}
    wrong = Secret("000000" if code != "000000" else "000001")
    assert not perform(agent_visit, "callers.verify_code", code=wrong, **asked).matches
    holder = {**asked, "caller_kind": "holder", "caller_id": people["holder"]}
    assert not perform(agent_visit, "callers.verify_code", code=Secret(code), **holder).matches
    answer = perform(agent_visit, "callers.verify_code", code=Secret(code), **asked)
    assert answer.matches
    way = agent_visit.rows("SELECT verified_by FROM assistance")
    assert way == [("sms_code",)]
    assert not perform(agent_visit, "callers.verify_code", code=Secret(code), **asked).matches, "used"
    told = agent_visit.rows(
        "SELECT text FROM audit_personal JOIN audit USING (seq) WHERE operation LIKE 'c%'"
    )
    assert all(code not in text and json.loads(text)["caller"] for (text,) in told)


def test_codes_are_not_sent_without_end(factory: Factory, agent_visit: Visit, account_id: int) -> None:
    holder = factory.login(account_id, "holder", name="Hanna Holder")
    caller = {"account_id": account_id, "caller_kind": "holder", "caller_id": holder, "by": "mail"}
    for _sent in range(5):
        perform(agent_visit, "callers.send_code", **caller)
    with pytest.raises(Refused, match="Too many"):
        perform(agent_visit, "callers.send_code", **caller)
