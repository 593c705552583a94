"""What lies on the disk of a database, to be searched for what should not be there."""

from __future__ import annotations

from pathlib import Path

from app.store import Store


def stored_bytes(store: Store) -> bytes:
    """The files of its tables; those of SQLite with what has not been written back yet.

    The log of a PostgreSQL server is left out: it is written over in time.
    """
    if store.dialect == "sqlite":
        path = store.folder / Path(store.name).name
        return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    store._connection().execute("CHECKPOINT")
    row = store.row(
        "SELECT current_setting('data_directory'), oid::text FROM pg_database"
        " WHERE datname = current_database()"
    )
    assert row is not None
    return b"".join(
        each.read_bytes() for each in (Path(row[0]) / "base" / row[1]).iterdir() if each.is_file()
    )
