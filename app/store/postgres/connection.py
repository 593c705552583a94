"""How a PostgreSQL server is spoken to: connections that do not hang, errors with their cure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from app.store.errors import Busy, StoreError
from app.store.postgres.types import adapt

if TYPE_CHECKING:
    Connection = psycopg.Connection[Any]

WAIT_MS = 10_000
"""How long another writer is waited for."""
FORGOTTEN_MS = 60_000
"""After how long without a statement the server ends an open transaction: its host froze or is gone."""
USUAL = {
    "connect_timeout": "10",
    "application_name": "loket",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""What the address may say otherwise: a server that is gone without a word is noticed in half a minute."""
SETTINGS = (
    "SET lock_timeout = {wait}; SET idle_in_transaction_session_timeout = {forgotten}; "
    "SET default_transaction_read_only = on; SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; "
    "SET tcp_keepalives_count = 3; SET client_min_messages = warning; SET standard_conforming_strings = on"
)
"""What is outside of a transaction only reads; one that changes something says so when it begins."""


def connect(url: str, *, autocommit: bool = True) -> Connection:
    """A connection whose reads need no transaction.

    Raises:
        StoreError: no server, no such database, a wrong password: with its cure.
    """
    try:
        connection = psycopg.connect(
            make_conninfo("", **(USUAL | conninfo_to_dict(plain(url)))),
            autocommit=True,
            client_encoding="utf8",
            cursor_factory=psycopg.ClientCursor,
        )
        connection.execute(SETTINGS.format(wait=WAIT_MS, forgotten=FORGOTTEN_MS).encode())
        connection.autocommit = autocommit
    except psycopg.Error as error:
        raise store_error(error, url) from error
    adapt(connection)
    return connection


def plain(url: str) -> str:
    """The address as the driver wants it."""
    return re.sub(r"^postgres(ql)?(\+psycopg)?://", "postgresql://", url)


def named(url: str) -> str:
    """The address as messages show it: without the password and the options."""
    parts = urlsplit(url)
    user, _, host = parts.netloc.rpartition("@")
    who = user.partition(":")[0]
    return f"{parts.scheme}://{f'{who}@' if who else ''}{host}{parts.path}"


def store_error(error: psycopg.Error, url: str) -> StoreError:
    """The store's own error for one of the driver's."""
    text = cure(error, named(url))
    return Busy(text) if (error.sqlstate or "") in ("55P03", "40001", "40P01") else StoreError(text)


def cure(error: psycopg.Error, name: str) -> str:
    """What a database error means for the person who has to mend it."""
    state, said = error.sqlstate or "", without_values(error)
    database = name.rpartition("/")[2] or "loket"
    for states, cured in (
        (("55P03", "40001", "40P01"), "another program holds the database. Try again when it is done."),
        (
            ("53100",),
            "the disk of the database server is full. Free some space; nothing of this change was kept, "
            "nothing is lost.",
        ),
        (
            ("53300",),
            "the server has no connection left. Raise max_connections, or run fewer sessions per host.",
        ),
        (
            ("25006",),
            "the database is read-only. Use the primary server, or write inside a transaction.",
        ),
        (("42501",), "this user may not do that. Make it the owner of the database and its tables."),
        (("57P01", "57P02", "57P03"), "the server is stopping or starting. Try again when it runs."),
        (("3D000",), f"there is no such database. Make it: {how_to_make(database)}"),
        (("28P01", "28000"), "the server refuses this user. Check the user, ~/.pgpass and pg_hba.conf."),
    ):
        if state in states:
            return f"{name}: {cured}"
    if 'database "' in said and "does not exist" in said:
        return f"{name}: there is no such database. Make it: {how_to_make(database)}"
    if "authentication failed" in said or "no password supplied" in said or 'role "' in said:
        return f"{name}: the server refuses this user. Check the user, ~/.pgpass and pg_hba.conf."
    if isinstance(error, psycopg.OperationalError) and (not state or state.startswith("08")):
        return (
            f"{name}: the database server cannot be reached. Check that it runs and LOKET_DATABASE_URL names "
            "it; what was not confirmed may not have been kept."
        )
    return f"{name}: {said}"


def without_values(error: psycopg.Error) -> str:
    """What the driver said, its first sentence: the others repeat the statement and the row, with what people
    typed. The error is left with that alone, so that no log tells more."""
    said = error.diag.message_primary or str(error).strip()
    error.args = (said, *error.args[1:])
    return said


def how_to_make(database: str) -> str:
    """The command that makes a database which sorts and compares as Loket needs it."""
    return f"createdb --template=template0 --encoding=UTF8 --locale=C {database}"
