"""Store the demo's customers: accounts, groups, lines with SIMs and settings, and those who sign in."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.clock import add_months, month_bounds, month_of, zone_named
from app.content.demo import Demo, DemoContact, DemoCustomer, DemoGroup, DemoLine, DemoLogin
from app.operations.core import Visit
from app.operations.core.esim import provide
from app.operations.core.names import BARS, BUNDLES, bits_of
from app.operations.core.passwords import hash_password
from app.operations.core.settings_stream import COMMANDS, put
from app.operations.core.spoken import spoken

WORKDAY_START = 9 * 3600
STAFF = ("agent", "supervisor")


def store_customers(visit: Visit, demo: Demo, password_hash: str) -> None:
    """Write everything in the visit's open transaction; the database holds no customers yet."""
    telephone_hash = hash_password(spoken(demo.telephone_password)) if demo.telephone_password else ""
    accounts = {customer.number: _customer(visit, customer, telephone_hash) for customer in demo.customers}
    for login in demo.logins:
        _login(visit, login, accounts, password_hash)


def started(visit: Visit, months_ago: int) -> int:
    """The morning of the first day of a month in the past."""
    month = add_months(month_of(visit.now, visit.zone), -months_ago)
    return month_bounds(month, visit.zone)[0] + WORKDAY_START


def _customer(visit: Visit, customer: DemoCustomer, telephone_hash: str) -> int:
    first = max(group.started_months_ago for group in customer.groups)
    account = _insert(
        visit,
        "account",
        number=customer.number,
        kind=customer.kind,
        name=customer.name,
        language=customer.language,
        status="active",
        telephone_hash=telephone_hash,
        **asdict(customer.address),
        created_at=started(visit, first) - 86_400,
        version=1,
    )
    groups = {group.name: _group(visit, account, group) for group in customer.groups}
    for contact in customer.contacts:
        _contact(visit, account, contact, groups)
    return account


def _contact(visit: Visit, account: int, contact: DemoContact, groups: dict[str, int]) -> None:
    number = _insert(
        visit,
        "contact",
        account_id=account,
        kind=contact.kind,
        name=contact.name,
        company=contact.company,
        email=contact.email,
        phone=contact.phone,
        whole_account=int(not contact.services),
        created_at=visit.now,
        version=1,
    )
    for name in contact.services:
        visit.change.execute(
            "INSERT INTO contact_service (contact_id, group_id) VALUES (:contact, :group)",
            contact=number,
            group=groups[name],
        )


def _group(visit: Visit, account: int, group: DemoGroup) -> int:
    activated = started(visit, group.started_months_ago)
    number = _insert(
        visit,
        "line_group",
        account_id=account,
        name=group.name,
        term_months=group.term_months,
        first_activated_at=activated,
        ends_at=_end(visit, activated, group),
    )
    for line in group.lines:
        _line(visit, account, number, group, line, activated)
    return number


def _end(visit: Visit, activated: int, group: DemoGroup) -> int:
    """The end of the term that runs now; terms follow each other."""
    terms = group.started_months_ago // group.term_months + 1
    local = datetime.fromtimestamp(activated, zone_named(visit.zone))
    month = add_months(local.year * 100 + local.month, terms * group.term_months)
    return month_bounds(month, visit.zone)[0]


def _line(
    visit: Visit, account: int, group_id: int, group: DemoGroup, line: DemoLine, activated: int
) -> None:
    settings: dict[str, Any] = {
        "limit_cents": line.limit_cents,
        "hard_limit": int(line.hard_limit),
        "bars": bits_of(line.bars, BARS, "bars"),
        "bundles": bits_of((code.lower() for code in line.roaming_bundles), BUNDLES, "bundles"),
        "bundle_cap": line.bundle_cap,
        "zero_lifted": int(line.zero_lifted),
        "usage_notice_bytes": line.usage_notice,
        "roaming_notice_bytes": line.roaming_notice,
    }
    line_id = _insert(
        visit,
        "line",
        account_id=account,
        group_id=group_id,
        number=line.number,
        person=line.name,
        department=group.department,
        kind=group.subscription,
        data_bundle=group.data_bundle,
        plan=visit.content.catalogue.tariff_plan,
        status="active",
        ordered_at=activated - 3 * 86_400,
        activated_at=activated,
        term_months=group.term_months,
        tell_usage=1,
        tell_border=1,
        tell_limit=1,
        wifi_calling=1,
        visual_voicemail=0,
        fixed_ip=line.fixed_ip,
        last_place=-1,
        version=1,
        **settings,
    )
    for field in COMMANDS:
        put(visit, line_id, field, settings[field], activated)
    _insert(visit, "identifier", line_id=line_id, kind="msisdn", value=line.number, valid_from=activated)
    _sims(visit, line_id, line, activated)


def _sims(visit: Visit, line_id: int, line: DemoLine, activated: int) -> None:
    digits = line.number[-8:]
    extra = {"combi_sim": "combi", "multisim": "multisim"}
    roles = ["main", *(extra[option] for option in line.options if option in extra)]
    for position, role in enumerate(roles):
        kind = line.sim if role == "main" else "physical" if role == "combi" else "esim"
        label = {"main": "", "combi": "Car", "multisim": "Watch"}[role]
        iccid = f"8931670000{position}{digits}"
        sim_id = _insert(
            visit, "sim", line_id=line_id, iccid=iccid, kind=kind, role=role, status="active", label=label
        )
        if kind == "esim" and visit.vault is not None:
            provide(visit, sim_id, f"LPA:1$smdp.noordkade.example${digits[:4]}-{digits[4:]}-{position}")
    imsi = f"2041670{digits}"
    _insert(visit, "identifier", line_id=line_id, kind="imsi", value=imsi, valid_from=activated)


def _login(visit: Visit, login: DemoLogin, accounts: dict[str, int], password_hash: str) -> None:
    line = None
    if login.line:
        line = visit.row(
            "SELECT id FROM line WHERE account_id = :account AND person = :person",
            account=accounts[login.customers[0]],
            person=login.line,
        )
    login_id = _insert(
        visit,
        "login",
        user_name=login.user_name,
        email=login.email,
        name=login.name,
        password_hash=password_hash,
        language=login.language,
        staff_role=login.role if login.role in STAFF else "",
        line_id=line[0] if line else None,
        status="active",
        theme="",
        failures=0,
        locked_until=0,
        version=1,
    )
    for number in login.customers:
        _insert(
            visit,
            "membership",
            login_id=login_id,
            account_id=accounts[number],
            role=login.role,
            areas=",".join(login.areas),
        )


def _insert(visit: Visit, table: str, /, **values: Any) -> int:
    """Write one row; its id."""
    columns = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    row = visit.change.row(f"INSERT INTO {table} ({columns}) VALUES ({places}) RETURNING id", **values)
    return int(row[0]) if row else 0
