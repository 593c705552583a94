"""What does not work now, what is planned, and what everybody should know."""

from __future__ import annotations

from dataclasses import dataclass

from app.content.errors import ContentError
from app.content.status import KINDS, StatusNotice, read_status
from app.i18n import language
from app.operations.core import Visit, operation


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One notice in the reader's language.

    kind: fault, maintenance or message; now: it has begun; begins and ends (None: not known) in unix seconds.
    """

    kind: str
    title: str
    text: str
    now: bool
    begins: int
    ends: int | None


@operation("status.current", right="VIEW_TARIFFS", changes=False)
def current(visit: Visit) -> list[StatusRow]:
    """Faults, planned maintenance and messages: what is so now first, then what comes."""
    errors: list[ContentError] = []  # `loket content check` tells them; what is sound is shown
    notices = read_status(visit.content.folder, errors)
    shown = [each for each in notices if each.ends is None or each.ends > visit.now]
    shown = [each for each in shown if each.begins <= visit.now or each.kind == "maintenance"]
    return [_row(visit, each) for each in sorted(shown, key=lambda each: _order(visit, each))]


def _order(visit: Visit, notice: StatusNotice) -> tuple[bool, int, int]:
    return notice.begins > visit.now, KINDS.index(notice.kind), notice.begins


def _row(visit: Visit, notice: StatusNotice) -> StatusRow:
    title, text = (each.in_language(language()) for each in (notice.title, notice.text))
    return StatusRow(notice.kind, title, text, notice.begins <= visit.now, notice.begins, notice.ends)
