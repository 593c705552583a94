"""The index follows the tables: triggers note which objects changed, and before the transaction that changed
them is committed their terms are written anew. So a search never misses a change, whoever made it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, Final

from app.store.search.kinds import KINDS, SearchKind

BATCH: Final = 5_000
"""Objects whose terms are in memory at once."""

TERMS_IN = "INSERT OR IGNORE INTO search_term (kind, term, object_id, account_id) VALUES (?, ?, ?, ?)"
TERMS_OUT = "DELETE FROM search_term WHERE kind = ? AND term = ? AND object_id = ? AND account_id = ?"
ENTRIES_IN = "INSERT INTO search_entry (kind, object_id, account_id, terms) VALUES (?, ?, ?, ?)"
ENTRIES_OUT = "DELETE FROM search_entry WHERE kind = ? AND object_id = ? AND account_id = ?"

Entry = tuple[int, int]
"""Object and account: a login is filed for each account that it may act for."""


def fold_in(connection: sqlite3.Connection) -> None:
    """Bring the index up to date with what the open transaction has changed."""
    last = _last_note(connection)
    if not last:
        return
    by_code = {kind.code: kind for kind in KINDS}
    noted = connection.execute("SELECT DISTINCT kind, object_id FROM search_pending ORDER BY 1, 2")
    while batch := noted.fetchmany(BATCH):
        for code in dict.fromkeys(code for code, _key in batch):
            _renew(connection, by_code[code], [key for found, key in batch if found == code])
    connection.execute("DELETE FROM search_pending")


def _last_note(connection: sqlite3.Connection) -> int:
    try:
        return connection.execute("SELECT max(id) FROM search_pending").fetchone()[0] or 0
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return 0  # a database of before the index, which its upgrade fills
        raise


def _renew(connection: sqlite3.Connection, kind: SearchKind, keys: list[int]) -> None:
    """Write what is different for some objects of a kind; sorted, so that near terms share a page."""
    asked = json.dumps(keys)
    found = connection.execute(
        "SELECT object_id, account_id, terms FROM search_entry "
        "WHERE kind = ? AND object_id IN (SELECT value FROM json_each(?))",
        (kind.code, asked),
    )
    filed: dict[Entry, str] = {(key, account): terms for key, account, terms in found}
    rows = connection.execute(
        f"{reading(kind)} WHERE {kind.key} IN (SELECT value FROM json_each(?))", (asked,)
    )
    wanted = dict(entries(kind, rows))
    gone = [(entry, terms) for entry, terms in filed.items() if terms != wanted.get(entry)]
    new = [(entry, terms) for entry, terms in wanted.items() if terms != filed.get(entry)]
    connection.executemany(TERMS_OUT, sorted(term_rows(kind, gone)))
    connection.executemany(ENTRIES_OUT, [(kind.code, *entry) for entry, _terms in gone])
    connection.executemany(TERMS_IN, sorted(term_rows(kind, new)))
    connection.executemany(ENTRIES_IN, [(kind.code, *entry, terms) for entry, terms in new])


def reading(kind: SearchKind) -> str:
    """The query of the objects of a kind with what they are filed under."""
    columns = ", ".join(column for column, _terms in kind.words)
    return f"SELECT {kind.key}, {kind.account}, {columns} FROM {kind.source}"


def entries(kind: SearchKind, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Entry, str]]:
    """Rows of `reading` with their terms, each behind a line feed."""
    for key, account, *texts in rows:
        terms = {
            term: None
            for (_column, file), text in zip(kind.words, texts, strict=True)
            for term in file(text or "")
        }
        yield (key, account), "".join(f"\n{term}" for term in terms)


def term_rows(kind: SearchKind, filed: Iterable[tuple[Entry, str]]) -> Iterator[tuple[int, str, int, int]]:
    """Rows of table search_term."""
    for entry, terms in filed:
        for term in terms.split("\n")[1:]:
            yield (kind.code, term, *entry)
