"""Personal data: marked in the models, exported whole, erased without a trace; books and chain stay."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel

from app.clock import FixedClock
from app.operations.core import NotFound, Refused, Visit, audit, perform
from app.operations.core.privacy.owners import IMPERSONAL, OWNED, SECRETS, UNLINKED, personal_columns
from app.store import Store
from tests.databases.stored import stored_bytes
from tests.factories import DAY, NOVEMBER, Factory

CANARY = "Zwartkanarie"
NUMBER = "+31687654321"


def texts() -> Iterator[tuple[str, str]]:
    """Every column of text of every table."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if column.type.compile(sqlite.dialect()).startswith(("TEXT", "VARCHAR")):
                yield table.name, column.name


@pytest.mark.capability("BX-39")
def test_every_text_is_personal_or_known_to_be_not() -> None:
    marked = set(personal_columns())
    known = {(table, column) for table, columns in IMPERSONAL.items() for column in columns}
    assert set(texts()) - marked == known
    assert len(set(texts())) > 100
    assert not marked & known


def test_everything_personal_has_an_owner_or_is_searched() -> None:
    for table, column in personal_columns():
        assert table in OWNED or table in UNLINKED, f"{table}.{column}: whose is it?"
        assert column not in SECRETS


@pytest.fixture
def holder(factory: Factory) -> Visit:
    """The holder of a customer whose every text is a canary."""
    account = factory.account(
        f"{CANARY} B.V.",
        contact_name=f"Jan {CANARY}",
        street=f"{CANARY}straat 1",
        city=CANARY,
        phone=NUMBER,
        email=f"info@{CANARY}.example",
    )
    login = factory.login(
        account, "holder", name=f"Jan {CANARY}", email=f"jan@{CANARY}.example", user_name=f"jan.{CANARY}"
    )
    visit = factory.visit("holder", account, login_id=login, person=f"Jan {CANARY}")
    visit.account_name = f"{CANARY} B.V."
    line = factory.line(account, number=NUMBER, person=f"Piet {CANARY}", department=CANARY, status="ended")
    factory.usage(line, "voice", 600, start=NOVEMBER + 3600, number=31699999999)
    plant(factory, visit, line)
    return visit


STATUS = {
    "invitation": {"status": "pending"},
    "sim": {"kind": "physical", "role": "main", "status": "active"},
    "quote": {"status": "open"},
    "suspense": {"status": "waiting"},
}


def add(factory: Factory, table: str, values: dict[str, Any]) -> int:
    """A row; what was left out is empty."""
    columns = SQLModel.metadata.tables[table].columns
    text = {name for owner, name in texts() if owner == table}
    empty = {
        each.name: "" if each.name in text else 0
        for each in columns
        if not each.nullable and not each.primary_key and each.server_default is None
    }
    return factory.insert(table, empty | STATUS.get(table, {}) | values)


def plant(factory: Factory, visit: Visit, line: int) -> None:
    """A row in every table that may name somebody."""
    owner = {"account_id": visit.account_id}
    now, login = visit.now, visit.login_id
    add(factory, "contact", owner | {"kind": "internal", "name": CANARY, "created_at": now, "version": 1})
    add(factory, "account_note", owner | {"at": now, "text": f"asks for {CANARY}"})
    code = {"digest": "d" * 64, "login_id": login, "created_at": now, "expires_at": now + 9}
    add(factory, "access_code", code | {"kind": "reset", "subject": f"login:{login}", "detail": CANARY})
    add(factory, "allowed_address", owner | {"network": "127.0.0.1/32", "label": CANARY, "created_at": now})
    add(
        factory,
        "invitation",
        owner
        | {
            "email": f"x@{CANARY}.example",
            "name": CANARY,
            "role": "user",
            "created_at": now,
            "expires_at": now,
        },
    )
    draft = {"login_id": login, "form": "f", "object": "o", "fields": f'{{"a": "{CANARY}"}}', "saved_at": now}
    add(factory, "draft", draft)
    run = {"login_id": login, "tour": "mailings", "step": "tab", "started_at": now}
    number = add(factory, "tour_run", run | {"state": "left"})
    add(factory, "tour_step", {"run_id": number, "step": "tab", "seconds": 4})
    add(factory, "known_source", {"login_id": login, "address": "203.0.113.77", "last_good_at": now})
    session = {"id": "s" * 32, "login_id": login, "started_at": now, "seen_at": now, "checked_at": now}
    add(factory, "session", session | {"channel": "terminal", "address": "203.0.113.77"})
    add(factory, "sim", {"line_id": line, "iccid": "8931440000000012345", "label": CANARY})
    add(factory, "inbound_sms", {"received_at": now, "sender": NUMBER, "text": CANARY, "line_id": line})
    add(factory, "line_group", owner | {"name": f"{CANARY} office", "term_months": 24})
    for key, more in (("of-account", owner), ("of-login", {})):
        message = {"key": key, "channel": "mail", "recipient": f"jan@{CANARY}.example", "body": CANARY}
        add(factory, "message", message | more | {"created_at": now, "status": "queued"})
    payload = json.dumps({"line": {"person": CANARY}})
    quote = owner | {"operation": "orders.quote", "created_at": now, "expires_at": now, "payload": payload}
    add(factory, "quote", quote | {"lines": json.dumps({"lines": [{"text": CANARY}], "notes": []})})
    token = owner | {"login_id": login, "name": CANARY, "digest": "t", "rights": "VIEW_LINES"}
    add(factory, "api_token", token | {"created_at": now, "expires_at": now, "max_idle_seconds": 1})
    key = {"login_id": login, "name": CANARY, "algorithm": "ssh-ed25519", "fingerprint": "f" * 43}
    add(factory, "ssh_key", key | {"public_key": CANARY, "created_at": now})
    add(factory, "alert", {"key": "a", "at": now, "kind": "x", "detail": f"jan@{CANARY}.example: full"})
    add(factory, "throttle", {"key": "source:203.0.113.77", "since": now, "count": 1})
    source = add(factory, "source", {"name": "switch"})
    waiting = {"source_id": source, "digest": "s", "line_no": 1, "field": "a", "reason": "UNKNOWN_LINE"}
    add(factory, "suspense", waiting | {"raw": json.dumps({"a": NUMBER[1:]}), "created_at": now})
    agent = factory.login(None, staff_role="agent")
    assistance = owner | {"login_id": agent, "caller_kind": "holder", "caller_id": login}
    times = {"started_at": now, "expires_at": now}
    add(
        factory,
        "assistance",
        assistance | times | {"caller_name": CANARY, "verified_by": "x", "reason": CANARY},
    )
    with visit.transaction():
        audit.append(visit, "account.edit", "done", json.dumps({"contact_name": f"Jan {CANARY}"}))
    with factory.system.transaction():
        audit.append(factory.system, "customers.create", "done", json.dumps({"name": f"{CANARY} B.V."}))


def everything(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()))


def billed(holder: Visit, factory: Factory) -> str:
    """An invoice, and what was paid of it; its number."""
    perform(factory.system.as_account(holder.account_id or 0, ""), "billing.run", month=202610)
    (invoice,) = perform(holder, "invoices.page").rows
    perform(factory.system, "payments.add", reference=invoice.number, cents=100, bank_reference="bank 1")
    return str(invoice.number)


@pytest.mark.capability("BX-39")
def test_the_export_has_every_personal_column(holder: Visit, factory: Factory) -> None:
    other = factory.account("Somebody else")
    factory.line(other, number="+31611111111", person="Not Yours")
    billed(holder, factory)
    found = perform(holder, "privacy.export")
    folder = Path(found.path)
    told = json.loads((folder / "personal-data.json").read_text(encoding="utf-8"))
    for table, column in personal_columns():
        if table in OWNED and table != "service_case":
            assert told[table], f"{table} is empty"
            assert column in told[table][0]
            with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as sheet:
                rows = list(csv.DictReader(sheet))
            assert len(rows) == len(told[table])
            assert column in rows[0]
    assert found.rows == sum(map(len, told.values()))
    assert [run["tour"] for run in told["tour_run"]] == ["mailings"]
    text = everything(folder)
    assert NUMBER in text
    assert "Not Yours" not in text
    assert "+31611111111" not in text
    for secret in SECRETS:
        assert f'"{secret}"' not in text
    assert {path.suffix for path in folder.iterdir()} == {".json", ".csv", ".txt"}


def test_no_cell_of_the_export_is_a_formula(holder: Visit, factory: Factory) -> None:
    for sign in "=+-@\t\r\x00":
        factory.line(holder.account_id or 0, person=f"{sign}cmd()")
    folder = Path(perform(holder, "privacy.export").path)
    with (folder / "line.csv").open(encoding="utf-8", newline="") as sheet:
        for row in csv.DictReader(sheet):
            for cell in row.values():
                number = cell.lstrip("-").isdigit()
                assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\x00")), cell


def test_an_employee_gets_what_is_theirs(user_visit: Visit, factory: Factory) -> None:
    colleague = factory.line(user_visit.account_id or 0, person="Carl Colleague")
    factory.usage(colleague, number=31622222222)
    text = everything(Path(perform(user_visit, "privacy.export").path))
    assert "Emma Employee" in text
    assert "Carl Colleague" not in text
    assert "31622222222" not in text


def released(factory: Factory, holder: Visit) -> Any:
    """The holder asks, a supervisor releases."""
    case = perform(holder, "privacy.ask_erasure", reason=f"{CANARY} is leaving")
    supervisor = factory.login(None, staff_role="supervisor", name="Sofie Supervisor")
    visit = factory.visit("supervisor", None, login_id=supervisor, person="Sofie Supervisor")
    return perform(visit, "cases.release", case_id=case)


@pytest.mark.capability("BX-39")
def test_after_erasure_nothing_names_the_person(holder: Visit, factory: Factory, store: Store) -> None:
    before = store.rows("SELECT usage_id, charge_micro, status FROM rated_record")
    assert CANARY.encode() in stored_bytes(store)
    case = released(factory, holder)
    assert case.status == "released"
    left = stored_bytes(store).lower()
    for trace in (CANARY, NUMBER[1:], "203.0.113.77", "31699999999", "8931440000000012345"):
        assert trace.lower().encode() not in left, trace
    for sql in (
        "SELECT count(*) FROM tour_run",
        "SELECT count(*) FROM tour_step",
        "SELECT count(*) FROM usage_record WHERE number <> 0",
        "SELECT count(*) FROM message WHERE status = 'queued'",
    ):
        assert store.row(sql) == (0,)
    assert store.rows("SELECT usage_id, charge_micro, status FROM rated_record") == before
    assert audit.verify(holder).problem == ""
    assert store.damage() == []


@pytest.mark.capability("BX-39")
def test_after_erasure_only_invoices_name_the_customer(holder: Visit, factory: Factory, store: Store) -> None:
    number = billed(holder, factory)
    kept = store.rows("SELECT * FROM invoice"), store.rows("SELECT * FROM invoice_position")
    stays = {each.what: each for each in perform(holder, "privacy.preview_erasure").stays}
    assert stays["invoices, with the names that stand on them"].until == "31 Dec 2033"
    released(factory, holder)
    assert (store.rows("SELECT * FROM invoice"), store.rows("SELECT * FROM invoice_position")) == kept
    assert CANARY in str(kept)
    assert number in str(kept)
    for table in store.tables():
        if table not in ("invoice", "invoice_position"):
            assert CANARY.lower() not in str(store.rows(f'SELECT * FROM "{table}"')).lower(), table


def test_exports_go_with_the_customer(holder: Visit, factory: Factory, store: Store) -> None:
    other = factory.account("Elsewhere")
    theirs = factory.visit("admin", other, login_id=factory.login(other, "admin"))
    for visit in (holder, theirs):
        perform(visit, "export.rows", what="lines.page")
    assert len(list((store.folder / "exports").iterdir())) == 2
    released(factory, holder)
    (left,) = (store.folder / "exports").iterdir()
    assert left.name == f"login-{theirs.login_id}-account-{other}"


def test_a_holder_who_works_for_others_keeps_the_login(holder: Visit, factory: Factory, store: Store) -> None:
    other = factory.account("Elsewhere")
    login = {"login_id": holder.login_id, "account_id": other, "role": "admin"}
    factory.insert("membership", login)
    released(factory, holder)
    row = store.row("SELECT name, status FROM login WHERE id = :id", id=holder.login_id)
    assert row == (f"Jan {CANARY}", "active")
    mine = store.rows("SELECT account_id FROM membership WHERE login_id = :id", id=holder.login_id)
    assert mine == [(other,)]


def test_others_keep_what_sounds_alike(holder: Visit, factory: Factory, store: Store) -> None:
    other = factory.account("Elsewhere")
    admin = factory.visit("admin", other, login_id=factory.login(other, "admin"))
    with admin.transaction():
        audit.append(admin, "contacts.add", "done", json.dumps({"name": f"Jan {CANARY}"}))
    released(factory, holder)
    kept = store.rows("SELECT text FROM audit_personal")
    assert [CANARY in text for (text,) in kept].count(True) == 1


def test_who_is_still_served_is_not_erased(holder: Visit, factory: Factory, store: Store) -> None:
    factory.line(holder.account_id or 0)
    seen = perform(holder, "privacy.preview_erasure")
    assert seen.hinders
    with pytest.raises(Refused, match="still run"):
        released(factory, holder)
    assert store.row("SELECT erased_at FROM account WHERE id = :id", id=holder.account_id) == (None,)
    assert store.row("SELECT status FROM service_case") == ("waiting",)


def test_the_last_invoice_comes_before_the_erasure(holder: Visit, factory: Factory) -> None:
    account = holder.account_id or 0
    factory.line(account, ends_at=NOVEMBER + 10 * DAY)
    billed(holder, factory)
    clock = factory.system.clock
    assert isinstance(clock, FixedClock)
    clock.set(NOVEMBER + 20 * DAY)
    (hindrance,) = perform(holder, "privacy.preview_erasure").hinders
    assert "last invoice" in hindrance
    with pytest.raises(Refused, match="last invoice"):
        released(factory, holder)
    clock.set(NOVEMBER + 31 * DAY)
    perform(factory.system.as_account(account, ""), "billing.run", month=202611)
    assert not perform(holder, "privacy.preview_erasure").hinders


def test_the_preview_says_what_goes_and_what_stays(holder: Visit) -> None:
    seen = perform(holder, "privacy.preview_erasure")
    assert {each.what: each.count for each in seen.goes}["contacts"] == 1
    kept = {each.what: each for each in seen.stays}["rated records, without names"]
    assert (kept.count, kept.until) == (1, "31 Dec 2033")
    assert "52" in kept.why
    assert not seen.hinders


def test_nobody_erases_another_customer(holder: Visit, factory: Factory) -> None:
    with pytest.raises(NotFound):
        perform(holder, "privacy.ask_erasure", account_id=factory.account("Another"))
