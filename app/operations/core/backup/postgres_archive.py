"""A PostgreSQL database as an archive, by PostgreSQL's own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from app.i18n import _
from app.operations.core.backup.facts import Facts, facts_of
from app.operations.core.errors import Unavailable
from app.store import Store

DEBIAN: Final = Path("/usr/lib/postgresql")
MARK: Final = "passing database of loket database drill"
VARIABLES: Final = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "passfile": "PGPASSFILE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "options": "PGOPTIONS",
}
"""An address goes to the programs as variables: arguments are seen by everybody on the host."""


def copy_database(url: str, to: Path, at: int) -> Facts:
    """Write an archive of a database as it is at one instant; nobody waits for it.

    Args:
        to: a new file.
        at: unix seconds.

    Raises:
        StoreError: the server cannot be reached.
        Unavailable: pg_dump is missing or failed.
    """
    from app.store.postgres.connection import connect

    connection = connect(url)
    try:
        # The archive and the counts are of the very same instant.
        for statement in (
            "SET idle_in_transaction_session_timeout = 0",
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        ):
            connection.execute(statement)
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        facts = facts_of(lambda sql: _fetched(connection, sql), "postgresql", at)
        snapshot = str(row[0]) if row else ""
        # What is packed by Loket need not be packed before.
        _run("pg_dump", url, "--format=custom", "--compress=0", f"--snapshot={snapshot}", f"--file={to}")
    finally:
        connection.close()
    return facts


def load(url: str, archive: Path) -> None:
    """Fill an empty database from an archive: all of it or nothing.

    Raises:
        Unavailable: pg_restore is missing or failed.
    """
    _run(
        "pg_restore",
        url,
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        f"--dbname={parts_of(url)['dbname']}",
        str(archive),
    )


@contextmanager
def passing_database(beside: Store, archive: Path) -> Iterator[Store]:
    """A database filled from an archive, on the server of another one; gone at the end.

    Raises:
        Unavailable: the user may not make databases.
    """
    from psycopg.errors import InsufficientPrivilege

    from app.store.postgres.connection import connect

    name = f"{parts_of(beside.url)['dbname']}_drill"
    # Names come from the operator's own address; a quote in one is doubled as SQL wants it.
    quoted = '"' + name.replace('"', '""') + '"'
    connection = connect(beside.url)
    try:
        connection.execute("SET default_transaction_read_only = off")
        _drop(connection, name, quoted)
        try:
            connection.execute(
                f"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'".encode()
            )
        except InsufficientPrivilege as error:
            text = _("{database}: this user may not make a database to try the backup in. Run: {cure}")
            cure = f"ALTER ROLE {parts_of(beside.url).get('user', 'loket')} CREATEDB"
            raise Unavailable(text.format(database=beside.name, cure=cure)) from error
        connection.execute(f"COMMENT ON DATABASE {quoted} IS '{MARK}'".encode())
        url = url_of(beside.url, name)
        try:
            load(url, archive)
            store = Store(url, beside.folder)
            try:
                yield store
            finally:
                store.close()
        finally:
            _drop(connection, name, quoted)
    finally:
        connection.close()


def _drop(connection: Any, name: str, quoted: str) -> None:
    """Take such a database away, one that a killed drill left too; never another one of that name."""
    found = connection.execute(
        "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database"
        " WHERE datname = %(name)s",
        {"name": name},
    ).fetchone()
    if found is None:
        return
    if found[0] != MARK:
        text = _("There is a database {name} that was not made by a drill. Rename it.")
        raise Unavailable(text.format(name=name))
    connection.execute(f"DROP DATABASE {quoted} WITH (FORCE)".encode())


def parts_of(url: str) -> dict[str, str]:
    """What an address says, by libpq's words; the database is named always."""
    from psycopg.conninfo import conninfo_to_dict

    from app.store.postgres.connection import plain

    found = {key: str(value) for key, value in conninfo_to_dict(plain(url)).items() if value}
    found.setdefault("dbname", os.environ.get("PGDATABASE") or found.get("user") or "postgres")
    return found


def url_of(url: str, name: str) -> str:
    """The address of another database of the same server."""
    from urllib.parse import quote, urlsplit, urlunsplit

    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, f"/{quote(name)}", parts.query, ""))


def _fetched(connection: Any, sql: str) -> list[Any]:
    found: list[Any] = connection.execute(sql).fetchall()
    return found


def _run(program: str, url: str, *options: str) -> None:
    said = {VARIABLES[word]: value for word, value in parts_of(url).items() if word in VARIABLES}
    done = subprocess.run(
        [_program(program), "--no-password", *options],
        env={**os.environ, **said},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise Unavailable(f"{program}: {done.stderr.strip()[-2000:]}")


def _program(name: str) -> str:
    """The newest there is: an older one cannot read a newer server."""
    found = sorted(
        DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0
    )
    program = str(found[-1]) if found else shutil.which(name)
    if not program:
        text = _("{program} is not installed. Install the client of PostgreSQL (Debian: postgresql-client).")
        raise Unavailable(text.format(program=name))
    return program
