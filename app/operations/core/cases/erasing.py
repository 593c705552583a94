"""Erasure of a customer's personal data, released by somebody else than who asked."""

from __future__ import annotations

from app.i18n import _
from app.operations.core.cases.rows import Case
from app.operations.core.privacy.erasure import erase
from app.operations.core.privacy.preview import preview
from app.operations.core.visit import Visit


def steps(visit: Visit, case: Case) -> list[str]:
    """What releasing it does, in the reader's language."""
    if case.done_at is not None or case.status not in ("open", "waiting"):
        return [_("What names the customer's people was erased; the books are kept without names.")]
    seen = preview(visit, case.account_id)
    goes = [_("Erased: {what} ({count})").format(what=each.what, count=each.count) for each in seen.goes]
    stays = [
        _("Kept until {day}: {what} ({count}), {why}").format(
            day=each.until, what=each.what, count=each.count, why=each.why
        )
        for each in seen.stays
    ]
    return [*seen.hinders, *goes, *stays, _("This cannot be undone.")]


def carry_out(visit: Visit, case: Case) -> None:
    """Erase, in the open transaction."""
    erase(visit, case.account_id)
