"""Fixed addresses from the operator's range, each given once."""

from __future__ import annotations

from app.i18n import _
from app.operations.core.errors import Unavailable
from app.operations.core.visit import Visit


def next_address(visit: Visit) -> str:
    """The lowest free address; inside the open transaction nobody else can get it.

    Raises:
        Unavailable: the operator has none, or none left.
    """
    from ipaddress import ip_network

    span = visit.content.operator.fixed_ip_range
    taken = {row[0] for row in visit.rows("SELECT fixed_ip FROM line WHERE fixed_ip <> ''")}
    if span:
        for address in ip_network(span, strict=False).hosts():
            if str(address) not in taken:
                return str(address)
    raise Unavailable(_("The operator has no free fixed address; ask the helpdesk."))
