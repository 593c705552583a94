"""Whose a row with personal data is: conditions on each table for an account and for a login."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LINES: Final = "(SELECT id FROM line WHERE account_id = :account)"
OWN_LINE: Final = (
    "(SELECT line.id FROM line JOIN login ON login.line_id = line.id"
    " WHERE login.id = :login AND coalesce(line.account_id, 0) = coalesce(:account, 0))"
)
PEOPLE: Final = "(SELECT login_id FROM membership WHERE account_id = :account)"


@dataclass(frozen=True, slots=True)
class Owned:
    """Conditions on one table's rows; empty where such rows belong to none.

    account: what the holder of `:account` may have; login: what the person with `:login` may have.
    """

    account: str = ""
    login: str = ""


OWNED: Final[dict[str, Owned]] = {
    "account": Owned("id = :account"),
    "login": Owned(f"id IN {PEOPLE}", "id = :login"),
    "session": Owned(login="login_id = :login"),
    "known_source": Owned(login="login_id = :login"),
    "draft": Owned(login="login_id = :login"),
    "article_vote": Owned(login="login_id = :login"),
    "tour_run": Owned(login="login_id = :login"),
    "api_token": Owned(login="login_id = :login"),
    "ssh_key": Owned(login="login_id = :login"),
    "access_code": Owned("account_id = :account", "login_id = :login"),
    "allowed_address": Owned("account_id = :account"),
    "invitation": Owned(
        "account_id = :account", "login_id = :login AND coalesce(account_id, 0) = coalesce(:account, 0)"
    ),
    "assistance": Owned("account_id = :account"),
    "service_case": Owned(
        "account_id = :account",
        "coalesce(account_id, 0) = coalesce(:account, 0) AND :login IN (login_id, asked_by)",
    ),
    "account_note": Owned("account_id = :account"),
    "contact": Owned("account_id = :account"),
    "line_group": Owned("account_id = :account"),
    "line": Owned("account_id = :account", f"id IN {OWN_LINE}"),
    "identifier": Owned(f"line_id IN {LINES}", f"line_id IN {OWN_LINE}"),
    "sim": Owned(f"line_id IN {LINES}", f"line_id IN {OWN_LINE}"),
    "usage_record": Owned(f"line_id IN {LINES}", f"line_id IN {OWN_LINE}"),
    "inbound_sms": Owned(f"line_id IN {LINES}", f"line_id IN {OWN_LINE}"),
    "message": Owned(
        f"(account_id = :account OR line_id IN {LINES})",
        f"(line_id IN {OWN_LINE} OR (recipient <> '' AND recipient IN"
        " (SELECT email FROM login WHERE id = :login UNION ALL SELECT mobile FROM login WHERE id = :login)))",
    ),
    "invoice": Owned("account_id = :account"),
    "invoice_position": Owned("invoice_id IN (SELECT id FROM invoice WHERE account_id = :account)"),
    "booking": Owned("account_id = :account"),
    "quote": Owned(
        "account_id = :account", "login_id = :login AND coalesce(account_id, 0) = coalesce(:account, 0)"
    ),
    "audit_personal": Owned(
        "seq IN (SELECT seq FROM audit WHERE account_id = :account)",
        "seq IN (SELECT seq FROM audit WHERE login_id = :login AND"
        " (account_id IS NULL OR account_id = :account))",
    ),
}
"""Tables whose rows belong to somebody."""

UNLINKED: Final = ("alert", "suspense", "throttle")
"""Tables whose rows may name people but belong to none: erasure searches them for what it erases."""

IMPERSONAL: Final[dict[str, frozenset[str]]] = {
    table: frozenset(columns.split())
    for table, columns in {
        "account": "number kind language status telephone_hash",
        "adjustment": "reference",
        "alert": "key kind",
        "api_token": "digest rights networks",
        "access_code": "kind subject digest ended_by",
        "article_vote": "article",
        "assistance": "session_id caller_kind verified_by",
        "audit": "role channel operation object outcome personal_digest previous hash session_id",
        "audit_personal": "salt",
        "contact": "kind",
        "crossing": "scope",
        "customer_order": "product status",
        "draft": "form object",
        "earlier_bundle": "data_bundle",
        "identifier": "kind",
        "booking": "kind bank_reference",
        "invoice": "number language seller reference",
        "invoice_position": "part text",
        "import_run": "file_name digest status error",
        "inbound_sms": "understood",
        "invitation": "role areas language status",
        "line": "kind data_bundle plan status",
        "login": "password_hash language staff_role status theme",
        "membership": "role areas",
        "message": "key channel secret status error",
        "notice_choice": "topic",
        "overage_share": "pool",
        "presence": "session_id object",
        "quote": "operation status",
        "rated_record": "tariff",
        "recovery_code": "digest",
        "search_entry": "terms",
        "search_term": "term",
        "second_factor": "seed",
        "service_case": "kind status",
        "session": "id channel ended_by",
        "sim": "kind role status activation",
        "source": "name",
        "ssh_key": "algorithm",
        "tour_run": "tour step state why",
        "tour_step": "step",
        "suspense": "digest external_id field reason status",
        "usage_record": "external_id",
    }.items()
}
"""Texts that name nobody, or (search_*) follow from what does; a new text column is in here or PERSONAL."""

SECRETS: Final = ("password_hash", "telephone_hash", "digest", "secret", "seed", "salt", "activation")
"""Columns that no export shows: they are keys, not facts about somebody."""


def personal_columns() -> Iterator[tuple[str, str]]:
    """Every (table, column) that the models mark as personal."""
    from sqlmodel import SQLModel

    import app.models  # noqa: F401  (fills the metadata)

    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if column.info.get("personal"):
                yield table.name, column.name


def exported_columns(table: str) -> list[str]:
    """The columns of a table that an export shows: all but secrets."""
    from sqlmodel import SQLModel

    return [each.name for each in SQLModel.metadata.tables[table].columns if each.name not in SECRETS]
