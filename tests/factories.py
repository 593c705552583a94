"""Accounts, lines and usage for tests, written as the product stores them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.clock import Clock, month_of
from app.content import Content
from app.operations.core.settings_stream import COMMANDS, put
from app.operations.core.visit import Assistance, Visit
from app.rating.codes import Direction, Kind
from app.store import Store
from app.vault import Vault

KINDS = {"voice": Kind.VOICE, "sms": Kind.SMS, "data": Kind.DATA}
GB = 1_000_000_000
NOVEMBER = 1793487600
"""2026-11-01T00:00 in Amsterdam."""
DAY = 86_400


class Factory:
    """Makes things in one database; numbers count up, so that two are never the same."""

    def __init__(self, store: Store, content: Content, clock: Clock) -> None:
        self.system = Visit(
            store, clock, content, role="system", channel="test", vault=Vault(store.folder / "keys")
        )
        self.counted = 0

    def account(self, name: str = "", **fields: Any) -> int:
        """A customer; returns its id."""
        self.counted += 1
        values = {
            "number": f"C{self.counted:05}",
            "kind": "company",
            "name": name or f"Customer {self.counted}",
            "language": "en",
            "status": "active",
            "created_at": NOVEMBER - 400 * DAY,
            "version": 1,
            **fields,
        }
        return self.insert("account", values)

    def login(self, account_id: int | None = None, role: str = "admin", **fields: Any) -> int:
        """Somebody who can sign in, with a role on an account; returns the login's id."""
        self.counted += 1
        values = {
            "user_name": f"user{self.counted}",
            "email": f"user{self.counted}@example.com",
            "name": f"User {self.counted}",
            "password_hash": "",
            "language": "en",
            "staff_role": "",
            "status": "active",
            "theme": "",
            "failures": 0,
            "locked_until": 0,
            "version": 1,
            **fields,
        }
        login_id = self.insert("login", values)
        if account_id is not None:
            self.insert("membership", {"login_id": login_id, "account_id": account_id, "role": role})
        return login_id

    def assisting(self, visit: Visit, account_id: int, caller_kind: str = "admin") -> Visit:
        """The visit of an agent who has verified a caller of this customer."""
        values = {
            "login_id": visit.login_id,
            "account_id": account_id,
            "caller_kind": caller_kind,
            "caller_id": 1,
            "caller_name": "Carla Caller",
            "verified_by": "telephone_password",
            "reason": "asks about the invoice",
            "started_at": visit.now,
            "expires_at": visit.now + 1800,
        }
        number = self.insert("assistance", values)
        assistance = Assistance(number, account_id, caller_kind, "Carla Caller", None, values["expires_at"])
        name = visit.row("SELECT name FROM account WHERE id = :id", id=account_id)
        return visit.as_assisting(assistance, name[0] if name else "")

    def group(self, account_id: int, name: str = "Office", **fields: Any) -> int:
        """A group of lines, first activated a year ago; returns its id."""
        first = NOVEMBER - 365 * DAY
        values = {
            "account_id": account_id,
            "name": name,
            "term_months": 24,
            "first_activated_at": first,
            "ends_at": first + 730 * DAY,
            **fields,
        }
        return self.insert("line_group", values)

    def line(self, account_id: int, **fields: Any) -> int:
        """An active line with identifier and settings in its stream; returns its id."""
        self.counted += 1
        activated = fields.get("activated_at", NOVEMBER - 300 * DAY)
        values = {
            "account_id": account_id,
            "number": f"+3161{self.counted:07}",
            "person": f"Person {self.counted}",
            "department": "",
            "kind": "voice_data",
            "data_bundle": "6",
            "plan": "zakelijk-mobiel",
            "status": "active",
            "ordered_at": activated or NOVEMBER,
            "activated_at": activated,
            "term_months": 24,
            "limit_cents": 5000,
            "hard_limit": 0,
            "bars": 0,
            "bundles": 0,
            "bundle_cap": 10,
            "zero_lifted": 0,
            "usage_notice_bytes": 0,
            "roaming_notice_bytes": 0,
            "tell_usage": 1,
            "tell_border": 1,
            "tell_limit": 1,
            "wifi_calling": 1,
            "visual_voicemail": 0,
            "fixed_ip": "",
            "last_place": -1,
            "version": 1,
            **fields,
        }
        line_id = self.insert("line", values)
        number = {"line_id": line_id, "kind": "msisdn", "value": values["number"]}
        self.insert("identifier", {**number, "valid_from": activated or NOVEMBER, "valid_to": None})
        with self.system.transaction():
            for field in COMMANDS:
                if values[field]:
                    put(self.system, line_id, field, values[field], activated or NOVEMBER)
        return line_id

    def usage(
        self,
        line_id: int,
        kind: str = "data",
        volume: int = GB,
        start: int = NOVEMBER + 9 * DAY,
        place: str = "NL",
        number: int = 0,
        **fields: Any,
    ) -> int:
        """A record of usage, rated with the rest of its month; returns its id."""
        from app.operations.core.rating_store import recount

        self.counted += 1
        source = self.system.row("SELECT id FROM source WHERE name = 'test'")
        values = {
            "source_id": source[0] if source else self.insert("source", {"name": "test"}),
            "external_id": f"u{self.counted}",
            "digest": self.counted,
            "line_id": line_id,
            "start": start,
            "tie": 1_000_000 + self.counted,
            "kind": int(KINDS[kind]),
            "direction": int(Direction.MO),
            "volume": volume,
            "place": self.system.content.places.index(place),
            "number": number,
            "flags": 0,
            "legs": 1,
            **fields,
        }
        usage_id = self.insert("usage_record", values)
        with self.system.transaction():
            recount(self.system, line_id, month_of(start, self.system.zone))
        return usage_id

    def insert(self, table: str, values: dict[str, Any]) -> int:
        """One row; returns its id."""
        names = ", ".join(f'"{name}"' for name in values)
        slots = ", ".join(f":{name}" for name in values)
        with self.system.transaction() as tx:
            found = tx.row(f"INSERT INTO {table} ({names}) VALUES ({slots}) RETURNING *", **values)
        # The number is the first column, where there is one.
        return found[0] if found and isinstance(found[0], int) else 0

    def visit(self, role: str, account_id: int | None = None, **fields: Any) -> Visit:
        """A visit of a role, for an account."""
        return replace(self.system, role=role, account_id=account_id, touched=[], **fields)
