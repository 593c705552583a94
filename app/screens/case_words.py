"""Cases in words and colours, for staff and for customers."""

from __future__ import annotations

from textual.content import Content

from app import units
from app.i18n import _
from app.operations.core.cases.view import CaseView
from app.screens.panel import Facts, Line, rows
from app.text import safe
from app.widgets.columns import Tone
from app.widgets.rows import Row


def status_word(case: CaseView) -> str:
    """How far a case is."""
    if case.status == "released" and case.done_at is None:
        return _("released, not yet in effect")
    words = {
        "open": _("open"),
        "waiting": _("waiting"),
        "released": _("released"),
        "rejected": _("rejected"),
        "withdrawn": _("withdrawn"),
    }
    return words.get(case.status, case.status)


def status_tone(row: Row) -> Tone:
    """What waits stands out."""
    return "warning" if row[-1] == _("waiting") else ""


def case_lines(case: CaseView, zone: str) -> Facts:
    """All that is known of a case, with what releasing it does."""
    facts: list[Line] = [
        (_("Customer"), Content(safe(f"{case.customer} · {case.customer_number}"))),
        (_("State"), Content(status_word(case))),
        (_("Asked by"), Content(safe(f"{case.asked_by}, {units.instant(case.asked_at, zone)}"))),
    ]
    if case.person:
        facts.append((_("About"), Content(safe(case.person))))
    if case.reason:
        facts.append((_("Reason"), Content(safe(case.reason))))
    facts += [
        (_("Checked") if not index else "", Content(f"✓ {safe(each)}")) for index, each in _few(case.checks)
    ]
    title = _("Releasing it") if case.status == "waiting" else _("What it does")
    facts += [(title if not index else "", Content(safe(each))) for index, each in _few(case.steps)]
    if case.effective_at is not None:
        facts.append((_("From day"), Content(units.date(case.effective_at, zone))))
    if case.decided_at is not None:
        by = f"{case.decided_by}, {units.instant(case.decided_at, zone)}"
        facts.append((_("Decided by"), Content(safe(by))))
    if case.answer:
        facts.append((_("Answer"), Content(safe(case.answer))))
    return rows(facts)


def _few(texts: tuple[str, ...]) -> list[tuple[int, str]]:
    return list(enumerate(texts))
