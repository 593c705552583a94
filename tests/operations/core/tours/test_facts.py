"""Each fact is told when it is there, to who may know it, and at a cost that does not grow with the lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.operations.core import Visit, perform
from app.operations.core.tours.asking import facts_of
from app.operations.core.tours.facts import FACTS
from app.secret import Secret
from app.store import Store
from tests.factories import DAY, NOVEMBER, Factory

Make = Callable[[Factory, Visit], object]


def row(table: str, **values: Any) -> Make:
    """A row of the visitor's account (`account`) or login (`login`), as the values say."""

    def make(factory: Factory, visit: Visit) -> None:
        own = {"account_id": visit.account_id, "login_id": visit.login_id}
        factory.insert(
            table, {name: own.get(name) if value is None else value for name, value in values.items()}
        )

    return make


def line(**fields: Any) -> Make:
    return lambda factory, visit: factory.line(visit.account_id or 0, **fields)


def change(sql: str) -> Make:
    def make(_factory: Factory, visit: Visit) -> None:
        with visit.store.transaction() as tx:
            tx.execute(sql, login=visit.login_id, account=visit.account_id)

    return make


def code(kind: str) -> Make:
    """A code that was sent to the login and is still valid."""
    return change(
        "INSERT INTO access_code (kind, subject, digest, detail, created_at, expires_at, tries) VALUES"
        f" ('{kind}', 'login:' || :login, '{kind}', '', 1, {NOW + 1}, 0)"
    )


def used(factory: Factory, visit: Visit) -> None:
    factory.usage(factory.line(visit.account_id or 0))


def blocked_abroad(factory: Factory, visit: Visit) -> None:
    factory.usage(
        factory.line(visit.account_id or 0, limit_cents=1000, bundles=1), volume=7_000_000, place="JP"
    )


def in_group(factory: Factory, visit: Visit) -> None:
    account = visit.account_id or 0
    factory.line(account, group_id=factory.group(account))


def with_esim(factory: Factory, visit: Visit) -> None:
    line = factory.line(visit.account_id or 0)
    card = {"line_id": line, "kind": "esim", "role": "main", "status": "active", "label": ""}
    factory.insert("sim", card | {"iccid": "89310"})
    code = Secret("LPA:1$smdp.example.org$A-1")
    perform(factory.system, "esim.provide", iccid="89310", activation_code=code)


NOW = 1795262400
CASE = {
    "kind": "name_change",
    "account_id": None,
    "asked_at": NOW,
    "payload": "{}",
    "reason": "",
    "answer": "",
}
ORDER = {"account_id": None, "product": "Mobile", "ordered_at": NOW, "status": "ordered"}
TOKEN = {
    "login_id": None,
    "name": "x",
    "digest": "d",
    "rights": "VIEW_LINES",
    "created_at": 1,
    "max_idle_seconds": 1,
}
SESSION = {
    "id": "f" * 32,
    "login_id": None,
    "started_at": NOW,
    "seen_at": NOW,
    "checked_at": NOW,
    "channel": "x",
}
FACTOR = {"login_id": None, "seed": "", "created_at": 1, "last_step": 0}
SUSPENSE = {
    "source_id": 1, "digest": "d", "line_no": 1, "external_id": "", "field": "", "reason": "", "detail": "",
    "raw": "", "status": "waiting", "created_at": 1,
}  # fmt: skip
MESSAGE = {
    "key": "k",
    "channel": "mail",
    "recipient": "a@b.example",
    "account_id": None,
    "body": "",
    "created_at": 1,
}

OF_CUSTOMERS: dict[str, Make] = {
    "esim": with_esim,
    "several_accounts": lambda factory, visit: factory.insert(
        "membership", {"login_id": visit.login_id, "account_id": factory.account(), "role": "admin"}
    ),
    "line": line(),
    "limit": line(),
    "lines": lambda factory, visit: [factory.line(visit.account_id or 0) for _ in range(2)],
    "ordered_line": line(status="ordered", activated_at=None),
    "group": lambda factory, visit: factory.group(visit.account_id or 0),
    "pool": in_group,
    "records": used,
    "message": row("message", **MESSAGE, status="queued", attempts=0, not_before=0, error="", subject=""),
    "zero_limit": line(data_bundle="0"),
    "zero_blocked": line(data_bundle="0"),
    "zero_open": line(data_bundle="0", zero_lifted=1),
    "blocked_line": blocked_abroad,
    "bundle_on": line(bundles=3),
    "bundle_off": line(bundles=3),
    "feature_on": line(wifi_calling=0, visual_voicemail=1),
    "feature_off": line(wifi_calling=1, visual_voicemail=0),
    "quote": row(
        "quote", operation="x", account_id=None, created_at=1, expires_at=NOW + 1, payload="", lines="",
        status="open",
    ),
    "member": lambda factory, visit: factory.login(visit.account_id, "user"),
    "member_line": lambda factory, visit: factory.login(
        visit.account_id, "user", line_id=factory.line(visit.account_id or 0)
    ),
    "invitation": row(
        "invitation", account_id=None, email="a@b.example", role="user", language="en", created_at=1,
        expires_at=2, status="pending",
    ),
    "contact": row(
        "contact", account_id=None, kind="internal", name="x", whole_account=1, created_at=1, version=1
    ),
    "allowed_address": row("allowed_address", account_id=None, network="::/0", created_at=1),
    "telephone_password": change("UPDATE account SET telephone_hash = 'x' WHERE id = :account"),
    "request": row("service_case", **CASE, status="waiting", version=1),
    "own_request": lambda factory, visit: factory.insert(
        "service_case",
        {
            **CASE,
            "account_id": visit.account_id,
            "asked_by": visit.login_id,
            "status": "waiting",
            "version": 1,
        },
    ),
    "session_other": row("session", **SESSION),
    "second_factor_on": row("second_factor", **FACTOR, confirmed_at=1),
    "mobile_linked": change("UPDATE login SET mobile = '+31612345678' WHERE id = :login"),
    "email_waits": code("new_email"),
    "mobile_waits": code("mobile"),
    "token": row("api_token", **TOKEN, expires_at=NOW + 1),
    "ssh_key": row(
        "ssh_key", login_id=None, name="x", algorithm="ssh-rsa", fingerprint="x" * 43, public_key="x",
        created_at=1,
    ),
}  # fmt: skip
OF_STAFF: dict[str, Make] = {
    "waiting_case": lambda factory, _visit: factory.insert(
        "service_case", {**CASE, "account_id": factory.account(), "status": "waiting", "version": 1}
    ),
    "open_order": lambda factory, _visit: factory.insert(
        "customer_order", {**ORDER, "account_id": factory.account()}
    ),
    "order": lambda factory, _visit: factory.insert(
        "customer_order", {**ORDER, "account_id": factory.account()}
    ),
    "late_order": lambda factory, _visit: factory.insert(
        "customer_order", {**ORDER, "account_id": factory.account(), "ordered_at": NOW - 30 * DAY}
    ),
    "suspense": lambda factory, _visit: factory.insert(
        "suspense", {**SUSPENSE, "source_id": factory.insert("source", {"name": "switch"})}
    ),
    "alert": lambda factory, _visit: factory.insert(
        "alert", {"key": "k", "at": 1, "kind": "x", "detail": ""}
    ),
}
OPPOSITES = {
    "telephone_password": "no_telephone_password",
    "second_factor_on": "second_factor_off",
    "mobile_linked": "mobile_unlinked",
    "assistance": "no_assistance",
}
OTHERWISE = {
    "customer",
    "sites",
    "line_sites",
    "roaming_offer",
    "assistance",
    "notes",
    "own_line_only",
    *OPPOSITES.values(),
}


@pytest.fixture
def admin(admin_visit: Visit, factory: Factory) -> Visit:
    """Signed in, and nothing is there yet."""
    login = factory.login(admin_visit.account_id, "admin")
    with admin_visit.store.transaction() as tx:
        tx.execute("DELETE FROM membership WHERE login_id <> :login", login=login)
    return replace(admin_visit, login_id=login, session_id="e" * 32)


@pytest.mark.parametrize("name", OF_CUSTOMERS)
def test_a_fact_of_a_customer_holds_once_it_is_there(name: str, admin: Visit, factory: Factory) -> None:
    before = facts_of(admin)
    assert not before[name]
    OF_CUSTOMERS[name](factory, admin)
    after = facts_of(admin)
    assert after[name]
    if name in OPPOSITES:
        assert before[OPPOSITES[name]]
        assert not after[OPPOSITES[name]]
    elsewhere = factory.visit("admin", factory.account(), login_id=factory.login(factory.account(), "admin"))
    assert not facts_of(elsewhere)[name], "another customer's"


@pytest.mark.parametrize("name", OF_STAFF)
def test_a_fact_of_the_helpdesk_holds_once_it_is_there(
    name: str, agent_visit: Visit, factory: Factory
) -> None:
    assert not facts_of(agent_visit)[name]
    OF_STAFF[name](factory, agent_visit)
    assert facts_of(agent_visit)[name]


def test_every_fact_is_shown_here() -> None:
    assert set(FACTS) == {*OF_CUSTOMERS, *OF_STAFF} | OTHERWISE


def test_what_needs_no_database(
    admin: Visit, assisting_visit: Visit, agent_visit: Visit, factory: Factory
) -> None:
    assert facts_of(admin, ["customer", "roaming_offer", "sites", "line_sites", "assistance"]) == {
        "customer": True,
        "roaming_offer": True,
        "sites": True,
        "line_sites": True,
        "assistance": False,
    }
    assert facts_of(assisting_visit, ["assistance", "no_assistance", "notes"]) == {
        "assistance": True,
        "no_assistance": False,
        "notes": False,
    }
    note = {"account_id": assisting_visit.account_id, "at": 1, "text": "x"}
    factory.insert("account_note", note)
    assert facts_of(assisting_visit, ["notes"]) == {"notes": True}
    assert facts_of(agent_visit, ["no_assistance"]) == {"no_assistance": True}


def test_who_may_not_know_is_not_told(user_visit: Visit, factory: Factory) -> None:
    account = user_visit.account_id or 0
    factory.login(account, "admin")
    factory.line(account, status="ordered", activated_at=None)
    in_group(factory, user_visit)
    told = facts_of(user_visit)
    assert not any(told[name] for name in ("member", "ordered_line", "group", "pool", "invitation", "alert"))
    assert told["line"]
    assert told["own_line_only"]
    assert not told["lines"]


def test_a_name_that_nobody_knows_never_holds(admin: Visit) -> None:
    assert facts_of(admin, ["unheard_of"]) == {"unheard_of": False}


def test_who_has_not_signed_in_has_nothing(store: Store, factory: Factory) -> None:
    factory.line(factory.account())
    told = facts_of(factory.visit("visitor"))
    assert {name for name, there in told.items() if there} == {"roaming_offer"}


def fill(store: Store, account: int, lines: int) -> None:
    """Lines that have nothing special, in their own group."""
    with store.transaction() as tx:
        columns = [name for (name,) in tx.rows("SELECT name FROM pragma_table_info('line')") if name != "id"]
        first = tx.row("SELECT * FROM line ORDER BY id LIMIT 1")
        assert first is not None
        values = dict(zip(["id", *columns], first, strict=True)) | {"account_id": account}
        slots = ", ".join("?" * len(columns))
        tx.executemany(
            f"INSERT INTO line ({', '.join(columns)}) VALUES ({slots})",
            (
                [{**values, "number": f"+31970{number:06}"}[name] for name in columns]
                for number in range(lines)
            ),
        )


@pytest.mark.sqlite_only
def test_a_hundred_times_the_lines_cost_the_same(admin: Visit, factory: Factory, store: Store) -> None:
    account = admin.account_id or 0
    factory.usage(factory.line(account, bundles=0), start=NOVEMBER + DAY)

    def steps() -> int:
        counted = [0]

        def count() -> int:
            counted[0] += 1
            return 0

        connection = store._reader()
        connection.set_progress_handler(count, 1)
        told = facts_of(admin)
        connection.set_progress_handler(None, 0)
        absent = {"bundle_on", "ordered_line", "zero_limit", "zero_blocked", "blocked_line", "zero_open"}
        assert not any(told[name] for name in absent), "what is not there would have to be looked for"
        return counted[0]

    fill(store, account, 60)
    few = steps()
    with store.transaction() as tx:
        tx.execute("DELETE FROM line WHERE number LIKE '+31970%'")
    fill(store, account, 6000)
    assert steps() < few * 1.2
