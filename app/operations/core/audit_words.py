"""Rows of the audit chain in plain words: what was done, to whose line or login, what is different now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from app import units
from app.i18n import _
from app.operations.core import registry
from app.operations.core.cases.rows import spoken
from app.operations.core.visit import Visit
from app.operations.core.wording import OPERATIONS

AMONG: Final = "id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids))"
NAMES: Final = {
    "line": f"SELECT id, number FROM line WHERE {AMONG} AND (:account IS NULL OR account_id = :account)",
    "login": f"SELECT id, name FROM login WHERE {AMONG}"
    " AND (:account IS NULL OR staff_role <> '' OR id IN"
    " (SELECT login_id FROM membership WHERE account_id = :account))",
    "contact": f"SELECT id, name FROM contact WHERE {AMONG} AND (:account IS NULL OR account_id = :account)",
    "invitation": f"SELECT id, email FROM invitation WHERE {AMONG}"
    " AND (:account IS NULL OR account_id = :account)",
    "ssh_key": f"SELECT id, name FROM ssh_key WHERE {AMONG} AND (:account IS NULL OR login_id IN"
    " (SELECT login_id FROM membership WHERE account_id = :account))",
    "allowed_address": f"SELECT id, network FROM allowed_address WHERE {AMONG}"
    " AND (:account IS NULL OR account_id = :account)",
    "account": f"SELECT id, name FROM account WHERE {AMONG} AND (:account IS NULL OR id = :account)",
    "invoice": f"SELECT id, number FROM invoice WHERE {AMONG}"
    " AND (:account IS NULL OR account_id = :account)",
    "order": f"SELECT id, product FROM customer_order WHERE {AMONG}"
    " AND (:account IS NULL OR account_id = :account)",
}
"""How people call the objects of a kind; an account's rows name only what is the account's."""
SILENT: Final = ("session", "member", "assistance", "inbound_sms", "locked")
"""Objects that say nothing to a person, or that stand beside one that does."""
CODED: Final = ("bars", "bundles")
"""Fields whose stored value is a sum of bits; what was asked says it in words."""
LONGEST_VALUE: Final = 60


def operation_words(name: str) -> str:
    """An operation as a log tells it: its own sentence, else what it says of itself."""
    if name in OPERATIONS:
        return _(OPERATIONS[name])
    try:
        return _(registry.get(name).summary.rstrip("."))
    except (KeyError, ModuleNotFoundError):
        return name


def operations_like(text: str) -> list[str]:
    """The operations whose words hold a text."""
    wanted = text.casefold()
    known = {*OPERATIONS, *registry.registered()}
    return [name for name in known if wanted in operation_words(name).casefold()]


def object_names(visit: Visit, objects: Iterable[str]) -> dict[str, str]:
    """People's names of the objects of some rows, each as `line:5`."""
    wanted: dict[str, set[int]] = {}
    for reference in {each for named in objects for each in named.split(",") if each}:
        kind, _colon, number = reference.partition(":")
        if number.isascii() and number.isdigit():
            wanted.setdefault(kind, set()).add(int(number))
    found = {f"case:{number}": spoken(number) for number in wanted.get("case", ())}
    found |= {f"quote:{n}": _("quote {number}").format(number=n) for n in wanted.get("quote", ())}
    for kind, ids in wanted.items():
        if kind in NAMES:
            rows = visit.rows(NAMES[kind], ids=json.dumps(sorted(ids)), account=visit.account_id)
            found |= {f"{kind}:{number}": name for number, name in rows if name}
    return found


def about(objects: str, names: dict[str, str]) -> str:
    """The objects of one row, by their names."""
    told = (names.get(each, "") for each in objects.split(",") if each.split(":")[0] not in SILENT)
    return ", ".join(dict.fromkeys(filter(None, told)))


def details(personal: str) -> tuple[str, ...]:
    """What the erasable part of a row tells: old and new values where they are known, else what was asked."""
    try:
        said = json.loads(personal or "{}")
    except ValueError:
        return ()  # it was longer than what is kept
    if not isinstance(said, dict):
        return ()
    changed = {name: pair for name, pair in (said.pop("changed", None) or {}).items() if name not in CODED}
    if changed:
        return tuple(
            f"{field_name(name)}: {_value(name, old)} → {_value(name, new)}"
            for name, (old, new) in changed.items()
        )
    plain = {name: value for name, value in said.items() if _tells(name, value)}
    return tuple(f"{field_name(name)}: {_value(name, value)}" for name, value in plain.items())


def reason_of(personal: str) -> str:
    """Why it was done, where who did it wrote that down."""
    try:
        said = json.loads(personal or "{}")
    except ValueError:
        return ""
    return str(said.get("reason") or "") if isinstance(said, dict) else ""


def field_name(name: str) -> str:
    """A field or parameter in the reader's words; one without words of its own is spelled out."""
    words = {
        "account_name": _("Customer"),
        "address": _("Address"),
        "areas": _("Areas"),
        "bars": _("Forbidden"),
        "caller": _("Caller"),
        "city": _("Place"),
        "classes": _("Bundles"),
        "contact_name": _("Contact person"),
        "country": _("Country"),
        "data_bundle": _("Data bundle"),
        "email": _("E-mail"),
        "hard": _("Never exceeded"),
        "hard_limit": _("Never exceeded"),
        "label": _("Label"),
        "language": _("Language"),
        "limit_cents": _("Cost limit"),
        "name": _("Name"),
        "network": _("Network"),
        "number": _("Number"),
        "person": _("Person"),
        "phone": _("Telephone"),
        "postcode": _("Postcode"),
        "role": _("Role"),
        "street": _("Street"),
        "theme": _("Colours"),
        "user_name": _("User name"),
    }
    return words.get(name) or name.replace("_", " ").capitalize()


def _tells(name: str, value: Any) -> bool:
    if name in ("reason", "version", "confirmed") or name.endswith("_id"):
        return False
    return value not in (None, "", [], {}) and not isinstance(value, dict)


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int) and name.endswith("_cents"):
        return units.money(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))[:LONGEST_VALUE]
    return "–" if value in (None, "") else str(value)[:LONGEST_VALUE]
