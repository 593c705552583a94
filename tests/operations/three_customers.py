"""Three customers who must never see each other, and arguments for every operation on one of them.

Every text of a customer holds a mark of its own (`Firm1x`, `Mark1L2x`), and every number begins alike, so
whatever is read can be searched for what is not the reader's.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.clock import Clock
from app.content import Content
from app.operations.core import Visit, one_time, perform
from app.operations.core.esim import provide
from app.operations.core.outbox import enqueue, raise_alert
from app.operations.core.passwords import hash_password
from app.operations.core.registry import Operation
from app.secret import Secret
from app.store import Store
from app.vault import Vault
from tests.factories import DAY, NOVEMBER, Factory
from tests.light_hashes import LIGHT

OCTOBER = 202610
SEPTEMBER = 202609
FIRMS = 3
LINES = 4
"""Of each customer: the employee's, a colleague's in its group, one of 0 GB elsewhere, an ordered one."""
OWN, COLLEAGUE, ZERO, ORDERED = range(LINES)
PASSWORD = "Kantoor-2026-noord"
PASSWORD_HASH = LIGHT.hash(PASSWORD)
"""Of PASSWORD, which everybody has."""
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of everybody's one-time passwords: an admin has still to confirm them, a reseller has them on."""
SMS_CODE = Secret("654321")
"""Of everybody who is about to link a mobile number."""
CHECKS = ["identity", "call_back", "invoice", "mandate"]
"""All of data/access.toml that are made before a login is given back."""
NOON = 1795262400
"""21 November 2026, UTC: what the world's clock shows."""


@dataclass
class Firm:
    """One customer's ids."""

    account: int
    groups: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    records: list[int] = field(default_factory=list)
    logins: dict[str, int] = field(default_factory=dict)
    quote: int = 0
    contact: int = 0
    number: int = 0
    session: str = ""
    """Of its admin."""
    address: int = 0
    """In its list of addresses."""
    token: int = 0
    """Of its admin."""
    key: int = 0
    """A public key of its admin."""
    member: int = 0
    """Its employee, as a member."""
    invitation: int = 0
    order: int = 0
    invoice: int = 0
    esim: int = 0
    """Of its colleague's line."""
    case: int = 0
    """A change of ownership that its admin asked for."""

    @property
    def code(self) -> Secret:
        """For a new password of its admin."""
        return Secret(f"TEST{self.number}")

    @property
    def marks(self) -> set[str]:
        """What gives this customer away wherever it shows."""
        return {f"Firm{self.number}x", f"Mark{self.number}L", f"Pool{self.number}G", f"+3168{self.number}"}


@dataclass
class World:
    """The customers and what they share with nobody."""

    store: Store
    content: Content
    clock: Clock
    firms: list[Firm]
    staff: dict[str, int]
    alert: int
    suspense: int
    guarded: int = 0
    """A customer with a telephone password."""
    guarded_holder: int = 0

    def visit(self, role: str, firm: int | None = None) -> Visit:
        """A visit of somebody who really has this role there."""
        owner = None if firm is None else self.firms[firm]
        login = self.staff.get(role) or (owner.logins.get(role) if owner else None)
        if owner and role in self.staff:
            alone = self.visit(role)
            return Factory(self.store, self.content, self.clock).assisting(alone, owner.account)
        return Visit(
            self.store,
            self.clock,
            self.content,
            login_id=login,
            role=role,
            account_id=owner.account if owner else None,
            account_name=f"Firm{firm}x" if owner else "",
            own_line_id=owner.lines[OWN] if owner and role == "user" else None,
            channel="test",
            vault=Vault(self.store.folder / "keys"),
        )

    def reach(self, role: str) -> Visit:
        """A visit of a role where it usually works: customers' people at the first customer."""
        return self.visit(role, None if role in ("agent", "supervisor", "system", "visitor", "kiosk") else 0)

    def audit_rows(self) -> list[tuple[Any, ...]]:
        return self.store.rows("SELECT operation, outcome, role, account_id, object FROM audit ORDER BY seq")

    def print_of_all_else(self) -> str:
        """A digest of every table but the audit's."""
        tables = self.store.tables()
        digest = hashlib.sha256()
        for table in tables:
            if not table.startswith("audit") and table != "sqlite_sequence":
                digest.update(repr((table, self.store.rows(f"SELECT * FROM {table}"))).encode())
        return digest.hexdigest()


def build(store: Store, content: Content, clock: Clock) -> World:
    """Fill an empty database."""
    factory = Factory(store, content, clock)
    firms = [_firm(factory, number) for number in range(FIRMS)]
    staff = {
        role: factory.login(None, staff_role=role, name=f"Staff {role}") for role in ("agent", "supervisor")
    }
    # One person works for the first customer and manages the second.
    wanderer = factory.login(firms[0].account, "user", name="Wanda", line_id=firms[0].lines[COLLEAGUE])
    factory.insert("membership", {"login_id": wanderer, "account_id": firms[1].account, "role": "admin"})
    with factory.system.transaction() as tx:
        raise_alert(tx, "missing", "usage_missing", "month:202610", clock.now())
    suspense = factory.insert(
        "suspense",
        {
            "source_id": 1,
            "digest": "d",
            "line_no": 1,
            "external_id": "",
            "field": "",
            "reason": "UNKNOWN_LINE",
            "detail": "",
            "raw": "{}",
            "status": "waiting",
            "created_at": clock.now(),
        },
    )
    world = World(store, content, clock, firms, staff, 1, suspense)
    for number, firm in enumerate(firms):
        _live(world, number, firm)
    _callers(factory, world)
    _codes(factory, world)
    return world


def _callers(factory: Factory, world: World) -> None:
    """A customer with a telephone password, and a code on its way to the first customer's admin."""
    world.guarded = factory.account("Guarded", telephone_hash=hash_password("zilvermeeuw"))
    world.guarded_holder = factory.login(world.guarded, "holder", name="Hanna")
    subject = f"account:{world.firms[0].account}:admin:{world.firms[0].logins['admin']}"
    factory.insert(
        "access_code",
        {
            "kind": "caller",
            "subject": subject,
            "digest": hashlib.sha256(f"caller\x1f{subject}\x1f123456".encode()).hexdigest(),
            "account_id": world.firms[0].account,
            "detail": "mail",
            "created_at": world.clock.now(),
            "expires_at": world.clock.now() + 600,
            "tries": 0,
        },
    )


def _codes(factory: Factory, world: World) -> None:
    """Of each admin: a linked number, a code by mail for a new password, one by SMS for a number."""
    for firm in world.firms:
        login = firm.logins["admin"]
        with world.store.transaction() as tx:
            tx.execute("UPDATE login SET mobile = '+31612345678' WHERE id = :id", id=login)
        for kind, text in (
            ("reset", f"\x1f{firm.code.reveal()}"),
            ("handover", f"\x1f{firm.code.reveal()}"),
            ("mobile", f"login:{login}\x1f{SMS_CODE.reveal()}"),
            ("new_email", f"\x1fnot {firm.code.reveal()}"),
        ):
            factory.insert(
                "access_code",
                {
                    "kind": kind,
                    "subject": f"login:{login}",
                    "digest": hashlib.sha256(f"{kind}\x1f{text}".encode()).hexdigest(),
                    "login_id": login,
                    "account_id": firm.account,
                    "detail": "+31612345678",
                    "created_at": world.clock.now(),
                    "expires_at": world.clock.now() + 600,
                    "tries": 0,
                },
            )


def _firm(factory: Factory, number: int) -> Firm:
    firm = Firm(factory.account(f"Firm{number}x"), number=number)
    firm.groups = [factory.group(firm.account, f"Pool{number}G{index}x") for index in range(2)]
    for index in range(LINES):
        ordered = {"status": "ordered", "activated_at": None} if index == ORDERED else {}
        fields = {
            "number": f"new-+3168{number}{index}" if index == ORDERED else f"+3168{number}00000{index}",
            "person": f"Mark{number}L{index}x",
            "department": f"Mark{number}L{index}x",
            "group_id": firm.groups[0 if index in (OWN, COLLEAGUE) else 1],
            "data_bundle": "0" if index == ZERO else "6",
            "bundles": 1,
            **ordered,
        }
        firm.lines.append(factory.line(firm.account, **fields))
        if index < ORDERED:
            for month in (NOVEMBER, NOVEMBER - 20 * DAY):
                firm.records.append(factory.usage(firm.lines[-1], start=month + 9 * DAY, place="US"))
    firm.logins["user"] = factory.login(
        firm.account,
        "user",
        name=f"Mark{number}L{OWN}x",
        line_id=firm.lines[OWN],
        password_hash=PASSWORD_HASH,
    )
    member = factory.system.row("SELECT id FROM membership WHERE login_id = :id", id=firm.logins["user"])
    firm.member = member[0] if member else 0
    firm.contact = factory.insert(
        "contact",
        {
            "account_id": firm.account,
            "kind": "internal",
            "name": f"Firm{number}x contact",
            "whole_account": 1,
            "created_at": NOVEMBER,
            "version": 1,
        },
    )
    for role in ("holder", "admin", "sub", "reseller", "contact"):
        firm.logins[role] = factory.login(
            firm.account,
            role,
            name=f"Firm{number}x {role}",
            email=f"{role}@Firm{number}x.example",
            password_hash=PASSWORD_HASH,
        )
    _guard(factory, number, firm)
    for index in (OWN, COLLEAGUE):
        card = {"line_id": firm.lines[index], "kind": "esim", "role": "main", "status": "active"}
        firm.esim = factory.insert("sim", card | {"iccid": f"Firm{number}x{index}", "label": ""})
        with factory.system.transaction():
            provide(factory.system, firm.esim, f"LPA:1$smdp.example.org$Firm{number}x")
    return firm


def _guard(factory: Factory, number: int, firm: Firm) -> None:
    """A session, one-time passwords and an allowed address."""
    now = factory.system.now
    firm.session = f"{number + 1:032x}"
    session = {"id": firm.session, "login_id": firm.logins["admin"], "channel": "terminal"}
    times = {"started_at": now, "seen_at": now, "checked_at": now}
    factory.insert("session", session | times | {"address": f"Firm{number}x"})
    vault = factory.system.vault
    assert vault is not None
    for role, confirmed in (("admin", None), ("reseller", now)):
        login = firm.logins[role]
        seed = vault.seal(SEED, f"second_factor.seed.{login}")
        factor = {"login_id": login, "seed": seed, "created_at": now, "confirmed_at": confirmed}
        factory.insert("second_factor", factor | {"last_step": 0})
    token = {"login_id": firm.logins["admin"], "account_id": firm.account, "name": f"Firm{number}x"}
    token |= {"digest": f"{number}", "rights": "VIEW_LINES", "created_at": now, "max_idle_seconds": DAY}
    firm.token = factory.insert("api_token", token | {"expires_at": now + DAY})
    key = {"login_id": firm.logins["admin"], "name": f"Firm{number}x", "algorithm": "ssh-ed25519"}
    key |= {"fingerprint": f"{number:043}", "public_key": f"Firm{number}x", "created_at": now}
    firm.key = factory.insert("ssh_key", key)
    address = {"account_id": firm.account, "network": "127.0.0.1/32", "label": f"Firm{number}x"}
    firm.address = factory.insert("allowed_address", address | {"created_at": now})


def _live(world: World, number: int, firm: Firm) -> None:
    """A quote, messages both ways, and audit rows that name people."""
    admin = world.visit("admin", number)
    perform(admin, "limits.set", line_id=firm.lines[OWN], limit_cents=10_000)
    perform(admin, "orders.quote", kind="data_only", data_bundle="6", person=f"Mark{number}L9x")
    firm.quote = perform(admin, "bundles.quote", line_id=firm.lines[OWN], classes=["b"]).id
    asked = perform(admin, "invitations.send", email=f"asked@Firm{number}x.example", name=f"Firm{number}x")
    firm.invitation = asked.id
    ordered = {"account_id": firm.account, "login_id": firm.logins["holder"], "product": f"Firm{number}x"}
    factory = Factory(world.store, world.content, world.clock)
    firm.order = factory.insert("customer_order", {**ordered, "ordered_at": NOVEMBER, "status": "ordered"})
    payload = {"old_name": "", "new_name": f"Firm{number}x", "new_email": f"next@Firm{number}x.example"}
    case = {"kind": "ownership", "account_id": firm.account, "asked_by": firm.logins["admin"]}
    case |= {"asked_at": world.clock.now(), "payload": json.dumps(payload), "status": "waiting", "version": 1}
    firm.case = Factory(world.store, world.content, world.clock).insert("service_case", case)
    with admin.transaction() as tx:
        for index, line in enumerate(firm.lines[:ORDERED]):
            enqueue(
                tx,
                f"sms:{line}:x",
                "sms",
                f"+3168{number}00000{index}",
                f"Mark{number}L{index}x",
                1,
                line_id=line,
                account_id=firm.account,
            )
        enqueue(
            tx,
            f"mail:{number}",
            "mail",
            f"a@Firm{number}x.nl",
            f"Firm{number}x",
            1,
            account_id=firm.account,
        )
    owner = world.visit("system").as_account(firm.account, "")
    perform(owner, "billing.run", month=SEPTEMBER)
    (firm.invoice,) = world.store.row("SELECT max(id) FROM invoice") or (0,)
    for index in (OWN, COLLEAGUE):
        sender = f"+3168{number}00000{index}"
        perform(world.visit("system"), "sms.receive", sender=sender, text=f"Mark{number}L{index}x")


PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJQ7FnvN/CjVsvriG0qfDD4P2nu4sLvkcoSeLXB7YrHo anna@laptop"
"""Nobody has the other half."""
FIXED: dict[str, dict[str, Any]] = {
    "allowed_addresses.add": {"network": "127.0.0.0/8"},
    "account.edit": {"street": "Kade 5"},
    "articles.get": {"article": "cost-limit"},
    "articles.search": {"text": "limit"},
    "billing.run": {"month": OCTOBER},
    "articles.vote": {"article": "cost-limit", "helpful": True},
    "barring.set": {"bars": ["premium"]},
    "border.enter": {"country": "US"},
    "bundles.disable": {"classes": ["a"]},
    "bundles.quote": {"classes": ["b"]},
    "bundles.quote_data": {"data_bundle": "15"},
    "bundles.set_cap": {"cap": 5},
    "callers.send_code": {"caller_kind": "admin", "by": "mail"},
    "callers.verify": {
        "caller_kind": "holder",
        "reason": "asks for help",
        "telephone_password": Secret("Zilvermeeuw"),
    },
    "callers.verify_code": {"caller_kind": "admin", "reason": "asks for help", "code": Secret("123456")},
    "cases.ask_name": {"name": "Firm0x New", "reason": "trade register"},
    "cases.ask_ownership": {"new_email": "nina@example.org", "new_name": "Nina", "reason": "sold"},
    "cases.find_person": {"who": "admin@Firm0x.example"},
    "cases.open_recovery": {"email": "lost@example.org", "checks": CHECKS, "reason": "provider is gone"},
    "cases.open_second_factor_reset": {"checks": CHECKS, "reason": "telephone drowned"},
    "cases.reject": {"answer": "The excerpt is too old."},
    "closing.close": {"month": OCTOBER},
    "closing.preview": {"month": OCTOBER},
    "email.change": {"address": "new@example.org"},
    "contacts.add": {"name": "Nora New", "everything": True},
    "contacts.edit": {"phone": "+31201234567"},
    "connection.reveal": {"item": "apn_password"},
    "customers.create": {"name": "Newcomer", "email": "new@example.org", "product": "Mobile"},
    "esim.provide": {"iccid": "Firm0x0", "activation_code": Secret("LPA:1$smdp.example.org$NEW")},
    "export.rows": {"what": "lines.page"},
    "features.quote": {"option": "combi_sim"},
    "features.set": {"feature": "wifi_calling", "on": False},
    "handover.make": {"site": "webshop"},
    "handover.make_for_line": {"site": "devices"},
    "invitations.send": {"email": "newcomer@example.org"},
    "limits.set": {"limit_cents": 15_000},
    "limits.set_hard": {"hard": True},
    "limits.set_notices": {"usage_bytes": 10**9},
    "members.set_role": {"role": "admin"},
    "mobile.confirm": {"code": SMS_CODE},
    "mobile.link": {"number": "+31612345670"},
    "mailings.set": {"topic": "news", "wanted": True},
    "notes.add": {"text": "Calls back on Monday."},
    "orders.activate": {"number": "+31699999999"},
    "orders.quote": {"kind": "data_only", "data_bundle": "6"},
    "password.change": {"old": Secret(PASSWORD), "new": Secret("Rietkraag-7-ijsvogel")},
    "payments.add": {"reference": "2026-000001", "cents": 100},
    "profile.set_language": {"language": "nl"},
    "profile.set_theme": {"theme": "light"},
    "rate.call": {"to": "+49301234567", "seconds": 60},
    "rate.data": {"volume": "1 MB"},
    "rate.sms": {"to": "+49301234567"},
    "recovery.first_login": {"customer_number": "C00001", "email": "new@example.org"},
    "recovery.forgot": {"who": "admin@Firm0x.example"},
    "recovery.redeem": {"password": Secret("Rietkraag-7-ijsvogel")},
    "search.everything": {"text": "Mark"},
    "second_factor.confirm": {"code": Secret(one_time.code_at(SEED, NOON // one_time.STEP))},
    "second_factor.remove": {"code": Secret(one_time.code_at(SEED, NOON // one_time.STEP))},
    "sessions.confirm": {"password": Secret(PASSWORD)},
    "sms.receive": {"sender": "+31680000000", "text": "HELP"},
    "ssh_keys.add": {"key": PUBLIC_KEY},
    "staff.add": {"user_name": "newcomer", "name": "New", "email": "new@example.org"},
    "tariffs.country": {"code": "US"},
    "tariffs.search": {"text": "united"},
    "tokens.add": {"name": "Nightly list", "rights": ["VIEW_LINES"]},
    "telephone_password.set": {"telephone_password": Secret("blauwe reiger")},
}
"""Valid arguments that no id can stand for."""
SPECIAL_LINES = {"blocks.lift": ZERO, "blocks.restore_zero": ZERO, "orders.activate": ORDERED}


def arguments(operation: Operation, world: World, owner: int, file: Path | None = None) -> dict[str, Any]:
    """Valid arguments for the customer `owner`; a new operation with others belongs into FIXED."""
    firm = world.firms[owner]
    known = {
        "line_id": firm.lines[SPECIAL_LINES.get(operation.name, OWN)],
        "line": f"+3168{owner}000000",
        "record_id": firm.records[0],
        "quote_id": firm.quote,
        "contact_id": firm.contact,
        "invoice_id": firm.invoice,
        "group_id": firm.groups[0],
        "account_id": firm.account,
        "code": firm.code,
        "session": firm.session,
        "address_id": firm.address,
        "token_id": firm.token,
        "key_id": firm.key,
        "member_id": firm.member,
        "invitation_id": firm.invitation,
        "order_id": firm.order,
        "case_id": firm.case,
        "login_id": firm.logins["user"],
        "alert_id": world.alert,
        "suspense_id": world.suspense,
        "path": str(file),
        "to": f"{file}.db",
    }
    if operation.name == "database.backup":
        known["path"] = f"{file}.backup"
    known["caller_id"] = firm.logins["admin"]
    if operation.name == "callers.verify":
        known |= {"account_id": world.guarded, "caller_id": world.guarded_holder}
    found = dict(FIXED.get(operation.name, {}))
    for name, parameter in list(inspect.signature(operation.function).parameters.items())[1:]:
        if parameter.default is inspect.Parameter.empty and name not in found:
            found[name] = known[name]
    return found


def ids_of(operation: Operation, firm: Firm) -> dict[str, Any]:
    """The operation's arguments that are ids of a customer's things, required or not."""
    known = {
        "line_id": firm.lines[SPECIAL_LINES.get(operation.name, OWN)],
        "line": f"+3168{firm.number}000000",
        "record_id": firm.records[0],
        "quote_id": firm.quote,
        "contact_id": firm.contact,
        "invoice_id": firm.invoice,
        "group_id": firm.groups[0],
        "account_id": firm.account,
        "session": firm.session,
        "address_id": firm.address,
        "token_id": firm.token,
        "key_id": firm.key,
        "member_id": firm.member,
        "invitation_id": firm.invitation,
        "order_id": firm.order,
        "case_id": firm.case,
        "login_id": firm.logins["user"],
    }
    names = inspect.signature(operation.function).parameters
    return {name: value for name, value in known.items() if name in names}
