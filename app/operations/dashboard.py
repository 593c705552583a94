"""The first screen: how pools, roaming bundles and cost limits stand."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import month_of
from app.operations.core import Visit, operation
from app.operations.core.allowances import PoolRow, pools
from app.operations.core.line_detail import read_line
from app.operations.core.line_records import LineDetail
from app.operations.core.overview_rows import (
    AlertRow,
    LimitRow,
    RunningBundle,
    count_lines,
    limits_near,
    open_alerts,
    running_bundles,
)
from app.operations.core.scope import line_scope, own_line


@dataclass(frozen=True, slots=True)
class Overview:
    """Where things stand this month, for what the visitor may see.

    lines, blocked: how many; pools: per group and data bundle; bundles: roaming bundles that run; limits:
    lines at 80 % of their cost limit or more, the fullest first; alerts: for staff; own_line: the visitor's
    line; link_reminder: True if an employee has no line and no number linked, so that nothing can be shown.
    """

    month: int
    lines: int
    blocked: int
    pools: tuple[PoolRow, ...]
    bundles: tuple[RunningBundle, ...]
    limits: tuple[LimitRow, ...]
    alerts: tuple[AlertRow, ...]
    own_line: LineDetail | None
    link_reminder: bool


@operation("dashboard.overview", right="VIEW_DASHBOARD", changes=False)
def overview(visit: Visit) -> Overview:
    """How pools, roaming bundles and cost limits stand this month."""
    month = month_of(visit.now, visit.zone)
    line = own_line(visit) if visit.reach("VIEW_LINES") is not None else None
    own = read_line(visit, line) if line is not None else None
    alerts = open_alerts(visit) if visit.reach("SEE_ALERTS") else ()
    if visit.is_staff and visit.account_id is None:
        # Nobody reads the pools of all customers at once; staff open an account first.
        return Overview(month, 0, 0, (), (), (), alerts, None, False)
    scope, values = line_scope(visit, "VIEW_USAGE")
    lines, blocked = count_lines(visit, scope, month, **values)
    return Overview(
        month=month,
        lines=lines,
        blocked=blocked,
        pools=tuple(pools(visit, scope, month, **values)),
        bundles=running_bundles(visit, scope, month, **values),
        limits=limits_near(visit, scope, month, **values),
        alerts=alerts,
        own_line=own,
        link_reminder=visit.role == "user" and own_line(visit) is None and not _mobile(visit),
    )


def _mobile(visit: Visit) -> str:
    """The mobile number that the visitor's login has proven."""
    row = visit.row("SELECT mobile FROM login WHERE id = :id", id=visit.login_id)
    return str(row[0]) if row else ""
