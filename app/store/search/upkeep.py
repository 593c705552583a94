"""The index follows the tables: triggers note which objects changed, and before the transaction that changed
them is committed their terms are written anew. So a search never misses a change, whoever made it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from app.store.search.kinds import KINDS, SearchKind

if TYPE_CHECKING:
    from app.store.store import Transaction

BATCH: Final = 5_000
"""Objects whose terms are in memory at once."""

TERMS_IN = (
    "INSERT INTO search_term (kind, term, object_id, account_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
TERMS_OUT = "DELETE FROM search_term WHERE kind = ? AND term = ? AND object_id = ? AND account_id = ?"
ENTRIES_IN = "INSERT INTO search_entry (kind, object_id, account_id, terms) VALUES (?, ?, ?, ?)"
ENTRIES_OUT = "DELETE FROM search_entry WHERE kind = ? AND object_id = ? AND account_id = ?"

Entry = tuple[int, int]
"""Object and account: a login is filed for each account that it may act for."""


def fold_in(tx: Transaction) -> None:
    """Bring the index up to date with what the open transaction has changed."""
    if not _last_note(tx):
        return
    by_code = {kind.code: kind for kind in KINDS}
    noted = iter(tx.each("SELECT DISTINCT kind, object_id FROM search_pending ORDER BY 1, 2"))
    while batch := list(islice(noted, BATCH)):
        for code in dict.fromkeys(code for code, _key in batch):
            _renew(tx, by_code[code], [key for found, key in batch if found == code])
    tx.execute("DELETE FROM search_pending")


def _last_note(tx: Transaction) -> int:
    try:
        found = tx.row("SELECT max(id) FROM search_pending")
        return (found[0] if found else 0) or 0
    except Exception as error:
        if "no such table" in str(error):
            return 0  # a SQLite file of before the index, which its upgrade fills
        raise


def _renew(tx: Transaction, kind: SearchKind, keys: list[int]) -> None:
    """Write what is different for some objects of a kind; sorted, so that near terms share a page."""
    asked = json.dumps(keys)
    among = "IN (SELECT CAST(value AS BIGINT) FROM json_each(:asked))"
    found = tx.rows(
        f"SELECT object_id, account_id, terms FROM search_entry WHERE kind = :kind AND object_id {among}",
        kind=kind.code,
        asked=asked,
    )
    filed: dict[Entry, str] = {(key, account): terms for key, account, terms in found}
    rows = tx.rows(f"{reading(kind)} WHERE {kind.key} {among}", asked=asked)
    wanted = dict(entries(kind, rows))
    gone = [(entry, terms) for entry, terms in filed.items() if terms != wanted.get(entry)]
    new = [(entry, terms) for entry, terms in wanted.items() if terms != filed.get(entry)]
    tx.executemany(TERMS_OUT, sorted(term_rows(kind, gone)))
    tx.executemany(ENTRIES_OUT, [(kind.code, *entry) for entry, _terms in gone])
    tx.executemany(TERMS_IN, sorted(term_rows(kind, new)))
    tx.executemany(ENTRIES_IN, [(kind.code, *entry, terms) for entry, terms in new])


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
