"""From an accepted order to an active line, and to its end."""

from __future__ import annotations

import re
from typing import Any

from app.clock import month_bounds, month_of
from app.i18n import _
from app.operations.core.errors import Invalid, NotFound
from app.operations.core.line_detail import term_end
from app.operations.core.months import months_later, next_month_start
from app.operations.core.settings_stream import COMMANDS, put
from app.operations.core.sim_cards import add_sim
from app.operations.core.visit import Visit

NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")


def new_line(visit: Visit, payload: dict[str, Any]) -> int:
    """Store an ordered line; it has a name for a number until it is activated. Its id."""
    from app.models import Line

    row = visit.row("SELECT coalesce(max(id), 0) + 1 FROM line")
    line = Line(
        number=f"new-{row[0] if row else 1}", status="ordered", ordered_at=visit.now, **payload["line"]
    )
    visit.session.add(line)
    visit.session.flush()
    line_id = int(line.id or 0)
    add_sim(visit, line_id, payload["sim"], "main")
    visit.touch("line", line_id)
    return line_id


def activate_line(visit: Visit, line: dict[str, Any], number: str, iccid: str) -> None:
    """Give an ordered line its number and start it; its settings hold from now on.

    The first line of a group sets the end that all of them share.
    """
    at = visit.now
    visit.change.execute(
        "UPDATE line SET number = :number, status = 'active', activated_at = :at, version = version + 1 "
        "WHERE id = :line",
        number=check_number(visit, number),
        at=at,
        line=line["id"],
    )
    visit.change.execute(
        "INSERT INTO identifier (line_id, kind, value, valid_from) VALUES (:line, 'msisdn', :number, :at)",
        line=line["id"],
        number=number,
        at=at,
    )
    if iccid:
        visit.change.execute(
            "UPDATE sim SET iccid = :iccid WHERE line_id = :line AND role = 'main'",
            iccid=iccid,
            line=line["id"],
        )
    visit.change.execute(
        "DELETE FROM line_command WHERE line_id = :line AND effective_at <= :at", line=line["id"], at=at
    )
    for field in COMMANDS:
        put(visit, line["id"], field, line[field], at)
    if line["group_id"] is not None:
        start_group(visit, line["group_id"], at)
    visit.touch("line", line["id"])


def start_group(visit: Visit, group_id: int, at: int) -> None:
    """The common end of a group counts from its first activated line, whatever joins later."""
    row = visit.row(
        "SELECT term_months, first_activated_at FROM line_group WHERE id = :group", group=group_id
    )
    if row is not None and row[1] is None:
        visit.change.execute(
            "UPDATE line_group SET first_activated_at = :at, ends_at = :ends WHERE id = :group",
            at=at,
            ends=months_later(at, row[0], visit.zone),
            group=group_id,
        )


def check_number(visit: Visit, number: str) -> str:
    """A number that no other line has.

    Raises:
        Invalid: it is not in international form, or given out.
    """
    if not NUMBER.fullmatch(number):
        raise Invalid(_("Write the number in international form, like +31612345678."), "number")
    if visit.row("SELECT 1 FROM line WHERE number = :number", number=number):
        raise Invalid(_("Another line has this number."), "number")
    return number


def end_of_contract(visit: Visit, line: dict[str, Any]) -> int:
    """When a line ends that is cancelled now: the end of a month, not before its term is over.

    A term that is over on the first instant of a month ends the line there and then.
    """
    if line["status"] == "ordered":
        return visit.now
    over = max(term_end(visit, line) or visit.now, visit.now)
    start = month_bounds(month_of(over, visit.zone), visit.zone)[0]
    return over if over == start and over > visit.now else next_month_start(over, visit.zone)


def group_of(visit: Visit, account_id: int, group_id: int | None) -> tuple[int, str, int, int | None] | None:
    """Id, name, term and common end of a group of the account.

    Raises:
        NotFound: the account has no such group.
    """
    if group_id is None:
        return None
    row = visit.row(
        "SELECT id, name, term_months, ends_at FROM line_group WHERE id = :group AND account_id = :account",
        group=group_id,
        account=account_id,
    )
    if row is None:
        raise NotFound(_("There is no such group."), "group_id")
    return int(row[0]), str(row[1]), int(row[2]), row[3]
