"""One's own data: all of it as files, and its erasure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.i18n import _
from app.operations.core import NotFound, Refused, Visit, audit, operation
from app.operations.core.cases.deciding import at_account
from app.operations.core.cases.opening import open_case
from app.operations.core.export_folder import make_folder, said_path
from app.operations.core.fresh import require_fresh
from app.operations.core.privacy import export as files
from app.operations.core.privacy.preview import ErasurePreview
from app.operations.core.privacy.preview import preview as look
from app.units import date


@dataclass(frozen=True, slots=True)
class OwnData:
    """The folder that was written, and how many rows it has."""

    path: str
    rows: int


@operation("privacy.export", right="OWN_EXPORT", changes=False)
def export(visit: Visit) -> OwnData:
    """Write everything that is stored about oneself, and for the holder the account, into files."""
    if visit.login_id is None and visit.account_id is None:
        raise Refused(_("Name a customer with --account, or a person with --as."))
    require_fresh(visit)
    folder = _new_folder(make_folder(visit), f"personal-data-{date(visit.now, visit.zone, 'en')}")
    counts = files.write(visit, folder)
    # Written down apart from the reading: no other change waits while much is copied.
    with visit.transaction():
        audit.append(visit, "privacy.export", "done", objects=f"login:{visit.login_id or ''}")
    return OwnData(said_path(visit, folder), sum(counts.values()))


@operation("privacy.preview_erasure", right="ASK_ERASURE", changes=False)
def preview_erasure(visit: Visit, account_id: int | None = None) -> ErasurePreview:
    """Show what an erasure takes away, what stays and why, and what has to end before.

    Args:
        account_id: the customer; default: the one that is open.
    """
    return look(visit, _customer(visit, account_id)[0])


@operation("privacy.ask_erasure", right="ASK_ERASURE", own_transactions=True)
def ask_erasure(visit: Visit, reason: str = "", account_id: int | None = None) -> int:
    """Ask for the erasure of a customer's personal data; somebody else releases it. The case's number.

    Args:
        reason: why, if the customer says so.
        account_id: the customer; default: the one that is open.
    """
    require_fresh(visit)
    number, name = _customer(visit, account_id)
    about = at_account(visit, number, name)
    with about.transaction():
        case = open_case(about, "erasure", {}, reason=reason)
        audit.append(about, "privacy.ask_erasure", "done")
    return case


def _customer(visit: Visit, account_id: int | None) -> tuple[int, str]:
    if account_id is not None and visit.account_id not in (None, account_id):
        raise NotFound(_("There is no such customer."), "account_id")
    wanted = account_id or visit.account_id
    if wanted is None:
        raise Refused(_("No customer is open."))
    row = visit.row("SELECT id, name FROM account WHERE id = :id AND erased_at IS NULL", id=wanted)
    if row is None:
        raise NotFound(_("There is no such customer."), "account_id")
    return int(row[0]), str(row[1])


def _new_folder(exports: Path, stem: str) -> Path:
    stem = stem.lower().replace(" ", "-")
    folder, number = exports / stem, 1
    while True:
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            number += 1
            folder = exports / f"{stem}-{number}"
        else:
            return folder
