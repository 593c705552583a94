"""What is known about a database: what its copy must have too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from app.i18n import _
from app.operations.core.backup.container import BadBackup
from app.store import Row, Store

Rows = Callable[[str], list[Row]]
TABLES = {
    # Tables of the search are read through it; their shadows are not counted.
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    " AND name NOT LIKE 'sqlite%' ORDER BY name",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """In clear at the head of each backup.

    kind: `sqlite` (the file) or `postgresql` (an archive of pg_dump); at: unix seconds; rows: how many rows
    each table had; audit_seq, audit_hash: the head of the audit chain; bytes, digest: size and SHA-256 of
    what is in it.
    """

    kind: str
    at: int
    revision: str
    rows: dict[str, int]
    audit_seq: int
    audit_hash: str
    bytes: int = 0
    digest: str = ""

    def as_json(self) -> dict[str, Any]:
        """For the head of the file."""
        return asdict(self)


def facts_from(found: dict[str, Any], name: str) -> Facts:
    """The facts at the head of a backup.

    Raises:
        BadBackup: some are missing or are not what they should be.
    """
    wanted = Facts.__dataclass_fields__
    try:
        facts = Facts(**{field: found[field] for field in wanted})
        whole = all(isinstance(getattr(facts, field), int) for field in ("at", "audit_seq", "bytes"))
        whole &= all(isinstance(getattr(facts, field), str) for field in ("kind", "revision", "digest"))
        whole &= all(isinstance(count, int) for count in facts.rows.values())
    except (KeyError, AttributeError):
        whole = False
    if not whole or facts.kind not in TABLES:
        raise BadBackup(
            _(
                "{file} was made by another version of Loket, or is damaged. Use the version that made it."
            ).format(file=name)
        )
    return facts


def facts_of(rows: Rows, kind: str, at: int) -> Facts:
    """Look at a database, all in one view of it.

    Args:
        rows: runs a statement.
        kind: the dialect.
        at: unix seconds.
    """
    counts = {str(name): int(rows(f'SELECT count(*) FROM "{name}"')[0][0]) for (name,) in rows(TABLES[kind])}
    head = rows("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1") if "audit" in counts else []
    revision = rows("SELECT version_num FROM alembic_version") if "alembic_version" in counts else []
    return Facts(
        kind=kind,
        at=at,
        revision=str(revision[0][0]) if revision else "",
        rows=counts,
        audit_seq=int(head[0][0]) if head else 0,
        audit_hash=str(head[0][1]) if head else "",
    )


def differences(facts: Facts, store: Store) -> list[str]:
    """Which tables of a restored database have other rows than the backup says; in the reader's language."""
    found = facts_of(store.rows, facts.kind, facts.at)
    text = _("{table}: {found} rows instead of {wanted}")
    wrong = [
        text.format(table=name, found=found.rows.get(name, 0), wanted=facts.rows.get(name, 0))
        for name in sorted(facts.rows.keys() | found.rows.keys())
        if found.rows.get(name) != facts.rows.get(name)
    ]
    if (found.revision, found.audit_seq, found.audit_hash) != (
        facts.revision,
        facts.audit_seq,
        facts.audit_hash,
    ):
        wrong.append(_("The revision or the end of the audit chain is another one."))
    return wrong
