"""SSH keys of logins, as the door and those who tidy up after a login need them."""

from __future__ import annotations

import base64
import hmac
from typing import Final

from app.operations.core.public_keys import fingerprint_of
from app.operations.core.visit import Visit

WRITTEN_SECONDS: Final = 60
"""How often it is written down that a key was used, at most."""


def find(visit: Visit, login_id: int | None, key: bytes) -> int | None:
    """The id of a login's key; the same reads are made for a name that nobody has.

    Args:
        key: as SSH sends it.
    """
    row = visit.row(
        "SELECT id, public_key FROM ssh_key WHERE login_id = :login AND fingerprint = :fingerprint",
        login=login_id or 0,
        fingerprint=fingerprint_of(key),
    )
    number, stored = row or (None, "")
    same = hmac.compare_digest(stored.encode(), base64.b64encode(key))
    return int(number) if number is not None and same else None


def is_there(visit: Visit, login_id: int, key_id: int) -> bool:
    """Whether a login still has a key."""
    found = visit.row("SELECT 1 FROM ssh_key WHERE id = :id AND login_id = :login", id=key_id, login=login_id)
    return found is not None


def used(visit: Visit, key_id: int) -> None:
    """Somebody came in with it, in the open transaction."""
    visit.change.execute(
        "UPDATE ssh_key SET last_used_at = :now WHERE id = :id"
        " AND (last_used_at IS NULL OR last_used_at <= :before)",
        now=visit.now,
        before=visit.now - WRITTEN_SECONDS,
        id=key_id,
    )


def remove(visit: Visit, which: str, **values: object) -> list[tuple[str, str]]:
    """Take keys away in the open transaction, and end the sessions they began; name and fingerprint of each.

    The visitor's own session goes on.

    Args:
        which: a condition on `ssh_key`, with `values`.
    """
    tx = visit.change
    begun = f"ssh_key_id IN (SELECT id FROM ssh_key WHERE {which})"
    tx.execute(
        "UPDATE session SET ended_at = :now, ended_by = 'revoked'"
        f" WHERE {begun} AND ended_at IS NULL AND id <> :this",
        now=visit.now,
        this=visit.session_id,
        **values,
    )
    tx.execute(f"UPDATE session SET ssh_key_id = NULL WHERE {begun}", **values)
    rows = tx.rows(f"DELETE FROM ssh_key WHERE {which} RETURNING name, fingerprint", **values)
    return [(str(name), str(fingerprint)) for name, fingerprint in rows]


def end_all(visit: Visit, login_id: int) -> int:
    """Take away all keys of a login in the open transaction; how many there were."""
    return len(remove(visit, "login_id = :login", login=login_id))


def end_of_strangers(visit: Visit, login_id: int) -> None:
    """Take them away from a login that may come in nowhere any more, in the open transaction."""
    remove(
        visit,
        "login_id = :login AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.login_id = :login)"
        " AND NOT EXISTS (SELECT 1 FROM login WHERE login.id = :login AND staff_role <> '')",
        login=login_id,
    )
