"""Lines whose newest usage lies in another country than they were last seen in."""

from __future__ import annotations

from app.clock import month_of
from app.operations.core.border_notices import LATE_SECONDS, moved
from app.operations.core.visit import Visit


def cross_borders(visit: Visit) -> int:
    """Remember where lines are by what they use, and queue the border messages; how many are new.

    Usage of more than a day ago is left out, and so is what is older than the last border message: the
    network itself may have told of a newer crossing.
    """
    rows = visit.rows(
        "SELECT line.id, usage.place, usage.start FROM counter"
        " JOIN usage_record AS usage ON usage.line_id = counter.line_id"
        "  AND usage.start = counter.last_start AND usage.tie = counter.last_tie"
        " JOIN line ON line.id = counter.line_id"
        " WHERE counter.month = :month AND counter.last_start > :since"
        " AND usage.place >= 0 AND usage.place <> line.last_place"
        " AND NOT EXISTS (SELECT 1 FROM message WHERE message.line_id = line.id"
        "  AND message.created_at > usage.start AND message.key LIKE 'sms:' || line.id || ':border:%')",
        month=month_of(visit.now, visit.zone),
        since=visit.now - LATE_SECONDS,
    )
    if not rows:
        return 0
    with visit.transaction() as tx:
        told = [moved(tx, visit.content, line_id, place, at, visit.now) for line_id, place, at in rows]
    return sum(message is not None for message in told)
