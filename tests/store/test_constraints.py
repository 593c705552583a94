"""What must never be stored is refused by the database itself, whoever writes."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Boolean, CheckConstraint, Integer
from sqlmodel import SQLModel

import app.models  # noqa: F401 - fills the metadata
from app.clock import Clock
from app.content import Content
from app.store import IntegrityError, Store, StoreError
from tests.operations.three_customers import build

TABLES = sorted(SQLModel.metadata.tables)


def written(text: str) -> str:
    """SQL without the signs that are a matter of taste."""
    return re.sub(r"[\s\"()]+", "", text).lower()


@pytest.mark.sqlite_only
@pytest.mark.parametrize("table", TABLES)
def test_every_check_of_the_entities_is_in_the_database(table: str, store: Store) -> None:
    row = store.row("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name", name=table)
    assert row is not None
    for check in SQLModel.metadata.tables[table].constraints:
        if isinstance(check, CheckConstraint):
            assert written(str(check.sqltext)) in written(row[0]), check.name


@pytest.fixture
def filled(store: Store, content: Content, clock: Clock) -> Store:
    """A database with rows in the tables that people's work fills."""
    return build(store, content, clock).store


def test_wrong_words_numbers_types_and_references_are_refused(filled: Store) -> None:
    tried = 0
    for name in TABLES:
        if name == "audit" or filled.row(f'SELECT 1 FROM "{name}" LIMIT 1') is None:
            continue
        for column in SQLModel.metadata.tables[name].columns:
            wrong = ["NULL"] if not column.nullable and not column.primary_key else []
            wrong += ["10000000000", "-1"] if column.foreign_keys else []
            wrong += ["'no number'"] if isinstance(column.type, Integer | Boolean) else []
            for value in wrong:
                refused(filled, f'UPDATE "{name}" SET "{column.name}" = {value}')
                tried += 1
        for check in SQLModel.metadata.tables[name].constraints:
            found = isinstance(check, CheckConstraint) and re.match(
                r"(\w+) (?:IN \('|BETWEEN -?\d+ AND (\d+))", str(check.sqltext)
            )
            if found:
                value = str(int(found[2]) + 1) if found[2] else "'no'"
                refused(filled, f'UPDATE "{name}" SET "{found[1]}" = {value}')
                tried += 1
    assert tried > 200


CONTRADICTIONS = [
    "UPDATE line SET bundles = 9",
    "UPDATE line SET limit_cents = 0",
    "UPDATE line SET number = '+31611111111'",
    "UPDATE line SET fixed_ip = '10.0.0.1'",
    "UPDATE membership SET role = 'holder'",
    "UPDATE identifier SET valid_to = valid_from",
    "UPDATE usage_record SET source_id = 1, external_id = 'same'",
    "UPDATE message SET key = 'same'",
    "UPDATE login SET email = 'Same@example.org'",
    "INSERT INTO login (user_name, email, name, password_hash, language, staff_role, status, theme, "
    "failures, locked_until, version) SELECT upper(user_name), 'new', name, '', 'en', '', 'active', '', "
    "0, 0, 1 FROM login",
    "DELETE FROM account",
    "DELETE FROM line",
    "DELETE FROM usage_record",
]


def test_what_would_contradict_is_refused(filled: Store) -> None:
    for sql in CONTRADICTIONS:
        refused(filled, sql)


def refused(store: Store, sql: str) -> None:
    with pytest.raises((IntegrityError, StoreError)), store.transaction() as tx:
        tx.execute(sql)
