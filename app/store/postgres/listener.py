"""Who is told of commits by a PostgreSQL server: one connection that only listens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg

from app.store.errors import StoreError

if TYPE_CHECKING:
    from app.store.postgres.connection import Connection


class PostgresListener:
    """Hears what transactions of any host tell on a channel.

    Args:
        connection: one of its own, not within a transaction; closed with the listener.
    """

    def __init__(self, connection: Connection, channel: str) -> None:
        self._connection = connection
        name: Any = f"LISTEN {channel}"
        connection.execute(name)

    def fileno(self) -> int:
        return self._connection.fileno()

    def heard(self) -> bool:
        server = self._connection.pgconn
        try:
            server.consume_input()
        except psycopg.Error as error:
            self.close()
            raise StoreError("The database server ended the connection that listens for changes.") from error
        found = False
        while server.notifies() is not None:
            found = True
        return found

    def close(self) -> None:
        self._connection.close()
