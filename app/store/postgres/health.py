"""What a PostgreSQL database must be like, and what it finds wrong with itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.store.errors import StoreError
from app.store.postgres.connection import how_to_make

if TYPE_CHECKING:
    from app.store.store import Store

NEWEST_NEEDED = 140000
"""PostgreSQL 14."""


def unsuitable(store: Store) -> str:
    """Why Loket cannot work in a database, with the cure; empty if it can."""
    found = store.row(
        "SELECT pg_encoding_to_char(encoding), datcollate, datctype, datname,"
        " CAST(current_setting('server_version_num') AS BIGINT) FROM pg_database"
        " WHERE datname = current_database()"
    )
    if found is None:
        return ""
    encoding, collate, ctype, name, version = found
    if version < NEWEST_NEEDED:
        return f"{store.name}: the server is older than PostgreSQL 14. Upgrade it."
    if encoding != "UTF8" or collate not in ("C", "POSIX") or ctype not in ("C", "POSIX"):
        return (
            f"{store.name}: the database has encoding {encoding} and locale {collate}; names would be sorted "
            f"and compared otherwise than Loket does. Make another one: {how_to_make(name)}"
        )
    return ""


def refuse_unsuitable(store: Store) -> None:
    """Before tables are made.

    Raises:
        StoreError: the database has another encoding or order of texts.
    """
    problem = unsuitable(store)
    if problem:
        raise StoreError(problem)


def damage(store: Store) -> list[str]:
    """References and rules are kept by the server at each change; what it marks as broken is named here."""
    found = [problem] if (problem := unsuitable(store)) else []
    for (index,) in store.rows("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"):
        found.append(f"The index {index} is broken. Run: REINDEX INDEX {index}")
    for table, rule in store.rows(
        "SELECT conrelid::regclass::text, conname::text FROM pg_constraint WHERE NOT convalidated"
    ):
        found.append(f"The rule {rule} of {table} was never checked.")
    for table, trigger in store.rows(
        "SELECT tgrelid::regclass::text, tgname::text FROM pg_trigger WHERE tgenabled = 'D'"
    ):
        found.append(f"The trigger {trigger} of {table} is switched off.")
    for (name,) in store.rows(
        "SELECT wanted.value FROM json_each(:names) AS wanted WHERE NOT EXISTS"
        " (SELECT 1 FROM pg_trigger WHERE tgname = wanted.value)",
        names='["audit_no_update", "audit_no_delete", "holder_stays", "holder_keeps_role"]',
    ):
        found.append(f"The trigger {name} is missing.")
    return found
