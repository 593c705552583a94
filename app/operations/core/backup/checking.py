"""Whether a restored database is the one that was copied, and whether one can work with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from app.i18n import _
from app.operations.core.audit import verify
from app.operations.core.audit_heads import read_heads
from app.operations.core.backup.facts import Facts, differences
from app.operations.core.visit import Visit
from app.operations.keys import SEALED
from app.store import Store, StoreError
from app.vault import VaultError


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and what was found."""

    what: str
    ok: bool
    found: str


def checks(visit: Visit, store: Store, facts: Facts) -> Iterator[Check]:
    """Look at a restored database; the first failure is the last look.

    Args:
        visit: for the keys and the file of heads.
        store: the restored database; brought up to date meanwhile, if an older Loket made it.
    """
    inside = replace(visit, store=store, tx=None, touched=[], changed={})
    looks: tuple[Callable[[Visit, Facts], Check], ...] = (_pages, _counts, _revision, _chain, _heads, _keys)
    for look in looks:
        found = look(inside, facts)
        yield found
        if not found.ok:
            return


def _pages(visit: Visit, _facts: Facts) -> Check:
    try:
        found = visit.store.damage()
    except StoreError as error:
        found = [str(error)]
    return Check(_("Pages and references"), not found, "; ".join(found) or _("whole"))


def _counts(visit: Visit, facts: Facts) -> Check:
    wrong = differences(facts, visit.store)
    right = _("{tables} tables, as when it was made; rows: {rows}").format(
        rows=sum(facts.rows.values()), tables=len(facts.rows)
    )
    return Check(_("Rows"), not wrong, "; ".join(wrong) or right)


def _revision(visit: Visit, facts: Facts) -> Check:
    from app.store.schema import NEWEST, ensure_schema

    try:
        ensure_schema(visit.store)
    except StoreError as error:
        return Check(_("Revision"), False, str(error))
    if facts.revision == NEWEST:
        return Check(_("Revision"), True, NEWEST)
    text = _("{old}, brought up to {new}")
    return Check(_("Revision"), True, text.format(old=facts.revision, new=NEWEST))


def _chain(visit: Visit, facts: Facts) -> Check:
    report = verify(replace(visit, audit_heads=None))
    ok = report.sound and report.rows == facts.audit_seq
    found = report.problem or _("none changed; rows: {rows}").format(rows=report.rows)
    return Check(_("Audit chain"), ok, found)


def _heads(visit: Visit, facts: Facts) -> Check:
    """Heads that were written outside up to then; later ones are about what came after the backup."""
    what = _("Heads outside the database")
    if visit.audit_heads is None or visit.vault is None:
        return Check(what, True, _("none here"))
    try:
        file = read_heads(visit.audit_heads, visit.vault)
    except OSError as error:
        return Check(what, False, f"{visit.audit_heads}: {error.strerror}")
    except VaultError as error:
        return Check(what, False, str(error))
    if file.bad_line is not None:
        text = _("line {line} of {file} was not written with the keys that are here")
        return Check(what, False, text.format(line=file.bad_line, file=visit.audit_heads))
    heads = [each for each in file.heads if each.seq <= facts.audit_seq]
    for head in heads:
        row = visit.row("SELECT hash FROM audit WHERE seq = :seq", seq=head.seq)
        if row is None or row[0] != head.hash:
            text = _("row {row} is not the one whose head was written to {file}")
            return Check(what, False, text.format(row=head.seq, file=visit.audit_heads))
    return Check(what, True, _("all agree: {count}").format(count=len(heads)))


def _keys(visit: Visit, _facts: Facts) -> Check:
    """Whether the keys of this machine open what is sealed in it."""
    what = _("Keys")
    total = 0
    for table, key, column, part, place in SEALED:
        for _row, named, sealed in visit.rows(
            f"SELECT {key}, {part}, {column} FROM {table} WHERE {column} <> ''"
        ):
            total += 1
            try:
                if visit.vault is None:
                    raise VaultError(_("There are no keys here."))
                visit.vault.open(sealed, f"{place}{named}")
            except VaultError as error:
                cure = _("Bring the keys back from their own backup, or name their folder in LOKET_KEYS.")
                return Check(what, False, f"{error} {cure}")
    return Check(what, True, _("they open all sealed texts: {count}").format(count=total))
