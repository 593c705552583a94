"""The cost limit outside the EU, and the values at which a line's user is told of use."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _
from app.operations.core import Invalid, Visit, operation
from app.operations.core.line_detail import line_values
from app.operations.core.line_edit import change_line
from app.operations.core.line_rows import active_limit
from app.operations.core.months import next_month_start
from app.operations.core.scope import line_in_scope
from app.operations.core.settings_stream import put, withdraw
from app.units import money

LARGEST_NOTICE = 10**14


@dataclass(frozen=True, slots=True)
class LimitState:
    """The limit in force, a lower one that waits for its day, and the line's new version."""

    active_cents: int
    pending_cents: int | None
    pending_from: int | None
    hard: bool
    version: int


@dataclass(frozen=True, slots=True)
class NoticeState:
    """At how many bytes the user is told (at 80 and 100 % of them); 0 for never."""

    usage_bytes: int
    roaming_bytes: int
    version: int


@operation("limits.choices", right="VIEW_TARIFFS", changes=False)
def choices(visit: Visit) -> list[int]:
    """The cost limits one can choose from, in cents."""
    return list(visit.content.operator.policies.limit_choices_cents)


@operation("limits.set", right="MANAGE_LINES")
def set(
    visit: Visit, line_id: int, limit_cents: int, version: int | None = None, was_cents: int | None = None
) -> LimitState:
    """Set the cost limit outside the EU: a higher one holds at once, a lower one from the 1st.

    Args:
        line_id: the line.
        limit_cents: one of the choices.
        version: the line's version when the form was filled.
        was_cents: the limit that the form showed.
    """
    line_id = line_in_scope(visit, line_id, "MANAGE_LINES")
    offered = visit.content.operator.policies.limit_choices_cents
    if limit_cents not in offered:
        said = ", ".join(money(cents) for cents in offered)
        raise Invalid(_("Choose one of these limits: {limits}.").format(limits=said), "limit_cents")
    line = line_values(visit, line_id)
    active = active_limit(
        line["limit_cents"], line["pending_limit_cents"], line["pending_limit_from"], visit.now
    )
    lower = limit_cents < active
    start = next_month_start(visit.now, visit.zone)
    withdraw(visit, line_id, "limit_cents", visit.now)
    if line["limit_cents"] != active and not lower:
        # A lower limit of an earlier month is in force: the column catches up, the stream has it already.
        visit.change.execute(
            "UPDATE line SET limit_cents = :active WHERE id = :line", active=active, line=line_id
        )
    changed = change_line(
        visit,
        line_id,
        {
            "limit_cents": active if lower else limit_cents,
            "pending_limit_cents": limit_cents if lower else None,
            "pending_limit_from": start if lower else None,
        },
        version=version,
        was=None if was_cents is None else {"limit_cents": was_cents},
    )
    if lower:
        put(visit, line_id, "limit_cents", limit_cents, start)
    return _state(visit, line_id, changed)


@operation("limits.set_hard", right="MANAGE_LINES")
def set_hard(visit: Visit, line_id: int, hard: bool, version: int | None = None) -> LimitState:
    """Say whether the line's user may exceed the limit by answering the message of a block.

    Args:
        line_id: the line.
        hard: True: the user cannot exceed it.
        version: the line's version when the form was filled.
    """
    line_id = line_in_scope(visit, line_id, "MANAGE_LINES")
    changed = change_line(visit, line_id, {"hard_limit": hard}, version=version, was={"hard_limit": not hard})
    return _state(visit, line_id, changed)


@operation("limits.set_notices", right="SET_NOTICES")
def set_notices(
    visit: Visit,
    line_id: int,
    usage_bytes: int | None = None,
    roaming_bytes: int | None = None,
    version: int | None = None,
) -> NoticeState:
    """Set at how much data the line's user is told; a notice never blocks.

    Args:
        line_id: the line.
        usage_bytes: data in NL and the EU; 0 for no notice, left out to keep it.
        roaming_bytes: data outside the EU; 0 for no notice, left out to keep it.
        version: the line's version when the form was filled.
    """
    line_id = line_in_scope(visit, line_id, "SET_NOTICES")
    given = {"usage_notice_bytes": usage_bytes, "roaming_notice_bytes": roaming_bytes}
    changes = {name: value for name, value in given.items() if value is not None}
    for name, value in changes.items():
        if not 0 <= value <= LARGEST_NOTICE:
            field = name.replace("_notice", "")
            raise Invalid(_("Give a volume from 0 to 100 TB; 0 switches the notice off."), field)
    changed = change_line(visit, line_id, changes, version=version)
    line = line_values(visit, line_id)
    return NoticeState(line["usage_notice_bytes"], line["roaming_notice_bytes"], changed)


def _state(visit: Visit, line_id: int, version: int) -> LimitState:
    line = line_values(visit, line_id)
    pending, start = line["pending_limit_cents"], line["pending_limit_from"]
    waits = start is not None and start > visit.now
    return LimitState(
        active_cents=active_limit(line["limit_cents"], pending, start, visit.now),
        pending_cents=pending if waits else None,
        pending_from=start if waits else None,
        hard=bool(line["hard_limit"]),
        version=version,
    )
