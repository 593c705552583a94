"""Lines that arrive in a country."""

from __future__ import annotations

from app.i18n import _
from app.operations.core import Invalid, Visit, operation
from app.operations.core.border_notices import moved
from app.operations.core.scope import line_by_number


@operation("border.enter", right="RECEIVE_SMS")
def enter(visit: Visit, line: str, country: str) -> str:
    """Say that a line has arrived in a country; its user gets the tariffs there.

    Args:
        line: the line's number.
        country: ISO code such as US, or X-SHIP or X-PLANE.

    Returns:
        The message; empty where none is due: no border was crossed, or it leads home.
    """
    line_id = line_by_number(visit, line, "RECEIVE_SMS")
    place = visit.content.places.find(country.strip().upper())
    if place is None:
        raise Invalid(_("There is no country {code}. Use a code such as DE.").format(code=country), "country")
    visit.touch("line", line_id)
    message = moved(visit.change, visit.content, line_id, place, visit.now, visit.now)
    row = visit.row("SELECT body FROM message WHERE id = :id", id=message)
    return str(row[0]) if row else ""
