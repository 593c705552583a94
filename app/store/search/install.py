"""Around a change of the schema: nothing watches while it runs, afterwards everything is filed anew."""

from __future__ import annotations

import sqlite3
from itertools import islice

from app.store.search.kinds import KINDS, SearchKind, Watch
from app.store.search.upkeep import BATCH, ENTRIES_IN, entries, reading, term_rows


def unwatch(connection: sqlite3.Connection) -> None:
    """Take the triggers away: a migration that rebuilds a table may not meet one that names it."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search\\_%' ESCAPE '\\'"
    )
    for (name,) in names.fetchall():
        connection.execute(f"DROP TRIGGER {name}")


def install(connection: sqlite3.Connection) -> None:
    """Watch the tables as KINDS says and file all that is in them, in the transaction of the upgrade."""
    for kind in KINDS:
        for statement in triggers(kind):
            connection.execute(statement)
    _fill(connection)


def triggers(kind: SearchKind) -> list[str]:
    """What notes the objects of a kind that changed."""
    return [
        f"CREATE TRIGGER search_{kind.name}_{watch.table}_{event.lower()} AFTER {event}"
        f"{_columns(watch, event)} ON {watch.table} BEGIN "
        + "".join(_note(kind, watch, row) for row in rows)
        + "END"
        for watch in kind.watches
        for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",)))
    ]


def _columns(watch: Watch, event: str) -> str:
    return " OF " + ", ".join(watch.columns) if event == "UPDATE" else ""


def _note(kind: SearchKind, watch: Watch, row: str) -> str:
    objects = watch.objects.format(row=row)
    return f"INSERT INTO search_pending (kind, object_id) SELECT {kind.code}, one.* FROM ({objects}) AS one; "


def _fill(connection: sqlite3.Connection) -> None:
    """Sorted on disk first: millions of terms are then written in the order of the index."""
    for table in ("search_term", "search_entry", "search_pending"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("CREATE TEMP TABLE unsorted_term (kind, term, object_id, account_id)")
    for kind in KINDS:
        filed = entries(kind, connection.execute(f"{reading(kind)} ORDER BY {kind.key}"))
        while batch := list(islice(filed, BATCH)):
            connection.executemany(ENTRIES_IN, ((kind.code, *entry, terms) for entry, terms in batch))
            connection.executemany("INSERT INTO unsorted_term VALUES (?, ?, ?, ?)", term_rows(kind, batch))
    named = "SELECT sql FROM sqlite_master WHERE name = 'search_term_account'"
    index = connection.execute(named).fetchone()[0]
    connection.execute("DROP INDEX search_term_account")
    connection.execute(
        "INSERT INTO search_term SELECT * FROM unsorted_term ORDER BY kind, term, object_id, account_id"
    )
    connection.execute(index)
    connection.execute("DROP TABLE unsorted_term")
