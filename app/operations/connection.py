"""Connection data: what is set up on the device of a line. What is secret shows to who asks for it only."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.i18n import _, language
from app.operations.core import NotFound, Visit, operation
from app.operations.core.line_detail import line_values
from app.operations.core.scope import line_in_scope


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """One thing; `value` is empty where it is secret."""

    id: str
    name: str
    value: str
    secret: bool


@dataclass(frozen=True, slots=True)
class ConnectionSecret:
    """What was hidden."""

    name: str
    value: str = field(repr=False)


@operation("connection.get", right="VIEW_LINES", changes=False)
def get(visit: Visit, line_id: int) -> list[ConnectionRow]:
    """What is set up on the device of a line: access point, servers, numbers.

    Args:
        line_id: the line.
    """
    line = line_values(visit, line_in_scope(visit, line_id, "VIEW_LINES"))
    own = [ConnectionRow("number", _("Number"), line["number"], False)]
    if line["fixed_ip"]:
        own.append(ConnectionRow("fixed_ip", _("Fixed IP address"), line["fixed_ip"], False))
    return [
        *own,
        *(
            ConnectionRow(
                fact.id, fact.name.in_language(language()), "" if fact.secret else fact.value, fact.secret
            )
            for fact in visit.content.catalogue.connection_of(line["kind"])
        ),
    ]


@operation("connection.reveal", right="VIEW_LINES")
def reveal(visit: Visit, line_id: int, item: str) -> ConnectionSecret:
    """Show what is hidden of a line's connection data. That it was shown is written down.

    Args:
        line_id: the line.
        item: its id, as `loket connection get` shows it.
    """
    line = line_values(visit, line_in_scope(visit, line_id, "VIEW_LINES"))
    facts = visit.content.catalogue.connection_of(line["kind"])
    found = next((fact for fact in facts if fact.secret and fact.id == item), None)
    if found is None:
        raise NotFound(_("There is nothing hidden of that name."), "item")
    visit.touch("line", line["id"])
    return ConnectionSecret(found.name.in_language(language()), found.value)
