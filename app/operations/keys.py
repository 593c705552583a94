"""The keys of what is sealed in the database: which there are, a new one, everything sealed anew with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.i18n import _
from app.operations.core import Refused, Unavailable, Visit, audit, operation
from app.store import Row
from app.vault import MARK, Vault, VaultError

SEALED: Final = (
    ("second_factor", "login_id", "seed", "login_id", "second_factor.seed."),
    ("message", "id", "secret", "key", "message.secret."),
    ("sim", "id", "activation", "id", "sim.activation."),
)
"""Columns that hold sealed texts: table, primary key, column, and what their place is made of."""
BATCH: Final = 200
"""Rows of one transaction: others never wait long, and what is done stays done."""


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """A key: how many stored texts it seals; `newest` seals from now on, one without texts can be removed."""

    number: int
    texts: int
    newest: bool


@dataclass(frozen=True, slots=True)
class Resealed:
    """What was done: texts sealed anew with key `number`, and texts that no key opens."""

    number: int
    texts: int
    unreadable: int


@operation("keys.list", right="MANAGE_KEYS", changes=False)
def list_keys(visit: Visit) -> list[KeyInfo]:
    """The keys that seal secrets in the database, and how many texts each of them seals."""
    numbers = _vault(visit).numbers()
    return [KeyInfo(each, _sealed_with(visit, each), each == numbers[-1]) for each in numbers]


@operation("keys.add", right="MANAGE_KEYS")
def add(visit: Visit) -> int:
    """Make a new key, which seals from now on; its number. Then `loket keys reencrypt`."""
    try:
        number = _vault(visit).add_key()
    except VaultError as error:
        raise Unavailable(str(error)) from error
    visit.touch("key", number)
    return number


@operation("keys.reencrypt", right="MANAGE_KEYS", own_transactions=True)
def reencrypt(visit: Visit) -> Resealed:
    """Seal everything anew with the newest key; stopped halfway, the next run goes on."""
    vault = _vault(visit)
    number = max(vault.numbers(), default=0) or vault.add_key()
    done = unreadable = 0
    for table, key, column, part, place in SEALED:
        last = -1
        while rows := visit.rows(
            f"SELECT {key}, {part}, {column} FROM {table} WHERE {key} > :last AND {column} <> ''"
            f" AND {column} NOT LIKE :newest ORDER BY {key} LIMIT {BATCH}",
            last=last,
            newest=f"{MARK}:{number}:%",
        ):
            last = rows[-1][0]
            sealed = _reseal(vault, rows, place)
            unreadable += len(rows) - len(sealed)
            with visit.transaction() as tx:
                # What was changed or used meanwhile stays as it is now.
                done += tx.executemany(
                    f"UPDATE {table} SET {column} = ? WHERE {key} = ? AND {column} = ?", sealed
                )
    with visit.transaction():
        audit.append(visit, "keys.reencrypt", "done", objects=f"key:{number}")
    return Resealed(number, done, unreadable)


def _reseal(vault: Vault, rows: list[Row], place: str) -> list[tuple[str, int, str]]:
    """New text, key of the row, old text; rows that no key opens are left out."""
    found = []
    for key, part, old in rows:
        try:
            found.append((vault.seal(vault.open(old, f"{place}{part}"), f"{place}{part}"), key, old))
        except VaultError:
            continue
    return found


def _sealed_with(visit: Visit, number: int) -> int:
    counts = (
        visit.row(f"SELECT count(*) FROM {table} WHERE {column} LIKE :mark", mark=f"{MARK}:{number}:%")
        for table, _key, column, _part, _place in SEALED
    )
    return sum(int(row[0]) for row in counts if row)


def _vault(visit: Visit) -> Vault:
    if visit.vault is None:
        raise Refused(_("There are no keys here."))
    return visit.vault
