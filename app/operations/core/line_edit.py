"""Changing settings of a line: the entity, its stream for rating, and the current month, all in one."""

from __future__ import annotations

from typing import Any

from app.clock import month_of
from app.i18n import _
from app.operations.core.editing import edit
from app.operations.core.errors import Conflict, Difference, Refused
from app.operations.core.line_detail import line_values
from app.operations.core.line_rows import status_now
from app.operations.core.names import BARS, BUNDLES, names_of
from app.operations.core.settings_stream import COMMANDS, put
from app.operations.core.visit import Visit


def change_line(
    visit: Visit,
    line_id: int,
    changes: dict[str, Any],
    *,
    version: int | None = None,
    was: dict[str, Any] | None = None,
) -> int:
    """Set columns of a line from now on; the line's new version.

    Args:
        changes: new values by column; those that rating reads go to the line's stream as well.
        version: the version that the form was filled from.
        was: what the form showed, for the difference.

    Raises:
        Conflict: somebody else changed the line meanwhile.
        Refused: the line has ended.
    """
    from app.models import Line

    before = line_values(visit, line_id)
    must_not_have_ended(visit, before)
    try:
        line = edit(visit, Line, line_id, changes, version=version, read=was)
    except Conflict as error:
        raise Conflict(error.message, tuple(map(in_words, error.differences)), error.version) from error
    said = [name for name in changes if name in COMMANDS and int(before[name]) != int(changes[name])]
    for name in said:
        put(visit, line_id, name, changes[name], visit.now)
    if said or "data_bundle" in changes:
        recount_now(visit, line_id)
    visit.touch("line", line_id)
    return line.version


def recount_now(visit: Visit, line_id: int) -> None:
    """Rate the line's current month again, with what was just said."""
    from app.operations.core.rating_store import recount

    recount(visit, line_id, month_of(visit.now, visit.zone))


def must_not_have_ended(visit: Visit, line: dict[str, Any]) -> None:
    """Refuse to change what is over.

    Raises:
        Refused: the line has ended.
    """
    if status_now(line["status"], line["ends_at"], visit.now) == "ended":
        raise Refused(_("This line has ended; it can no longer be changed."))


def in_words(difference: Difference) -> Difference:
    """A difference with words in the place of stored bits."""
    words = {"bars": BARS, "bundles": BUNDLES}.get(difference.field)
    if words is None:
        return difference
    sides = (difference.before, difference.theirs, difference.mine)
    return Difference(
        difference.field, *(list(names_of(side, words)) if isinstance(side, int) else side for side in sides)
    )
