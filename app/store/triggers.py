"""Rules that the database itself keeps: the log and invoices do not change, an account keeps its holder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rule:
    """A change that is refused. columns: of an update, those it watches; when: a condition on OLD and NEW."""

    name: str
    event: str
    table: str
    says: str
    columns: str = ""
    when: str = ""


UNCHANGING_AUDIT: Final = (
    Rule("audit_no_update", "UPDATE", "audit", "audit rows are never changed"),
    Rule("audit_no_delete", "DELETE", "audit", "audit rows are never deleted"),
)
HOLDER_STAYS: Final = (
    Rule(
        "holder_stays",
        "DELETE",
        "membership",
        "the holder of an account is never removed",
        when="OLD.role = 'holder'",
    ),
    Rule(
        "holder_keeps_role",
        "UPDATE",
        "membership",
        "the holder of an account keeps that role",
        columns="role, account_id",
        when="OLD.role = 'holder' AND (NEW.role <> 'holder' OR NEW.account_id <> OLD.account_id)",
    ),
)
"""A change of ownership puts another login into the holder's row; nothing else touches it."""
ISSUED: Final = tuple(
    Rule(f"{table}_no_{event.lower()}", event, table, "an issued invoice stays as it is", columns)
    for table, event, columns in (
        (
            "invoice",
            "UPDATE",
            "account_id, number, year, serial, month, issued_at, due_at, language, seller, buyer, reference,"
            " vat_rate, net_cents, vat_cents, total_cents",
        ),
        ("invoice", "DELETE", ""),
        ("invoice_position", "UPDATE", ""),
        ("invoice_position", "DELETE", ""),
        ("booking", "UPDATE", ""),
        ("booking", "DELETE", ""),
    )
)
"""Books: what was paid of an invoice is all that changes."""


def refusing(rules: tuple[Rule, ...], dialect: str) -> list[str]:
    """The statements that make the database keep some rules."""
    return [
        statement
        for rule in rules
        for statement in (_in_postgres(rule) if dialect == "postgresql" else [_in_sqlite(rule)])
    ]


def _in_sqlite(rule: Rule) -> str:
    when = f" WHEN {rule.when}" if rule.when else ""
    return f"CREATE TRIGGER {rule.name} {_what(rule)}{when} BEGIN SELECT RAISE(ABORT, '{rule.says}'); END"


def _in_postgres(rule: Rule) -> list[str]:
    when = f" WHEN ({rule.when})" if rule.when else ""
    return [
        f"CREATE FUNCTION {rule.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{rule.says}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {rule.name} {_what(rule)} FOR EACH ROW{when} EXECUTE FUNCTION {rule.name}()",
    ]


def _what(rule: Rule) -> str:
    columns = f" OF {rule.columns}" if rule.columns else ""
    return f"BEFORE {rule.event}{columns} ON {rule.table}"
