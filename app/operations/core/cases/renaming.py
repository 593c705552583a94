"""A customer under another name."""

from __future__ import annotations

from app.i18n import _
from app.operations.core.cases.rows import Case
from app.operations.core.visit import Visit


def steps(_visit: Visit, case: Case) -> list[str]:
    """What releasing it does, in the reader's language."""
    text = _("The customer is called “{new}” instead of “{old}”, everywhere, on later invoices too.")
    return [text.format(new=case.said("new"), old=case.said("old"))]


def carry_out(visit: Visit, case: Case) -> None:
    """Give the customer the new name, in the open transaction."""
    visit.change.execute(
        "UPDATE account SET name = :name, version = version + 1 WHERE id = :account",
        name=case.said("new"),
        account=case.account_id,
    )
    visit.touch("account", case.account_id)
