"""Around a change of the schema: nothing watches while it runs, afterwards everything is filed anew."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from app.store.search.kinds import KINDS, SearchKind, Watch
from app.store.search.upkeep import BATCH, ENTRIES_IN, entries, reading, term_rows

if TYPE_CHECKING:
    from app.store.store import Transaction

WATCHING = {
    "sqlite": "SELECT name, '' FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 7) = 'search_'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger"
    " WHERE starts_with(tgname, 'search_')",
}
EVENTS = (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",)))
"""What happens to a row, and which of its two states count."""


def unwatch(tx: Transaction) -> None:
    """Take the triggers away: a migration that rebuilds a table may not meet one that names it."""
    for name, table in tx.rows(WATCHING[tx.dialect]):
        tx.execute(f"DROP FUNCTION {name} CASCADE" if table else f"DROP TRIGGER {name}")


def install(tx: Transaction) -> None:
    """Watch the tables as KINDS says and file all that is in them, in the transaction of the upgrade."""
    for kind in KINDS:
        for statement in triggers(kind, tx.dialect):
            tx.execute(statement)
    _fill(tx)


def triggers(kind: SearchKind, dialect: str = "sqlite") -> list[str]:
    """What notes the objects of a kind that changed."""
    return [
        statement
        for watch in kind.watches
        for event, rows in EVENTS
        for statement in _trigger(
            f"search_{kind.name}_{watch.table}_{event.lower()}",
            f"AFTER {event}{_columns(watch, event)} ON {watch.table}",
            "".join(_note(kind, watch, row) for row in rows),
            dialect,
        )
    ]


def _trigger(name: str, when: str, does: str, dialect: str) -> list[str]:
    if dialect == "sqlite":
        return [f"CREATE TRIGGER {name} {when} BEGIN {does}END"]
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does}RETURN NULL; END $$",
        f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _columns(watch: Watch, event: str) -> str:
    return " OF " + ", ".join(watch.columns) if event == "UPDATE" else ""


def _note(kind: SearchKind, watch: Watch, row: str) -> str:
    objects = watch.objects.format(row=row)
    return f"INSERT INTO search_pending (kind, object_id) SELECT {kind.code}, one.* FROM ({objects}) AS one; "


def _fill(tx: Transaction) -> None:
    """Sorted on disk first: millions of terms are then written in the order of the index."""
    for table in ("search_term", "search_entry", "search_pending"):
        tx.execute(f"DELETE FROM {table}")
    tx.execute(
        "CREATE TEMP TABLE unsorted_term (kind BIGINT, term TEXT, object_id BIGINT, account_id BIGINT)"
    )
    for kind in KINDS:
        filed = entries(kind, tx.each(f"{reading(kind)} ORDER BY {kind.key}"))
        while batch := list(islice(filed, BATCH)):
            tx.executemany(ENTRIES_IN, ((kind.code, *entry, terms) for entry, terms in batch))
            tx.executemany("INSERT INTO unsorted_term VALUES (?, ?, ?, ?)", term_rows(kind, batch))
    tx.execute("DROP INDEX search_term_account")
    tx.execute(
        "INSERT INTO search_term SELECT * FROM unsorted_term ORDER BY kind, term, object_id, account_id"
    )
    tx.execute("CREATE INDEX search_term_account ON search_term (account_id, kind, term)")
    tx.execute("DROP TABLE unsorted_term")
