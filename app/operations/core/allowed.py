"""Where people come from: the addresses an account lets its people sign in from, and sources of tries."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Final

from app.operations.core.visit import Visit

HERE: Final = "127.0.0.1"
"""What a person at the machine itself counts as; a list that is meant to allow that names it."""
ELSEWHERE: Final = ("kiosk", "ssh", "web")
"""Doors by which nobody comes who sits at the machine itself."""
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def may_come_from(networks: Iterable[str], address: str) -> bool:
    """Whether an address lies in one of these networks; without any network, everybody may come.

    An IPv4 address that IPv6 carries (`::ffff:192.0.2.7`) is the IPv4 address. What is no address lies
    nowhere.

    Args:
        networks: as `192.0.2.0/24` or `2001:db8::/32`.
    """
    listed = list(networks)
    if not listed:
        return True
    found = parsed(address)
    return found is not None and any(found in ipaddress.ip_network(network) for network in listed)


def parsed(address: str) -> Address | None:
    """The address that a text says, IPv4 taken out of IPv6; None if it is none."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def network_of(text: str) -> str | None:
    """A network in its usual form, from an address or a prefix; None if it is neither.

    An IPv4 network that IPv6 carries becomes the IPv4 network.
    """
    try:
        network = ipaddress.ip_network("".join(text.split()), strict=False)
    except ValueError:
        return None
    if isinstance(network, ipaddress.IPv6Network):
        mapped = network.network_address.ipv4_mapped
        if mapped is not None and network.prefixlen >= 96:
            return f"{mapped}/{network.prefixlen - 96}"
    return str(network)


def source_of(address: str) -> str:
    """Whose tries an address's tries count as: an IPv6 subscriber has a whole /64 to come from."""
    found = parsed(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found) if found is not None else address[:64]


def present_address(visit: Visit) -> str:
    """Where the visitor is now, as the lists see it: who comes from elsewhere and from no known address is
    nowhere."""
    return visit.address or ("" if visit.channel in ELSEWHERE else HERE)


def networks_of(visit: Visit, account_id: int) -> list[str]:
    """The networks that an account lets its people sign in from; none: from anywhere."""
    rows = visit.rows("SELECT network FROM allowed_address WHERE account_id = :id ORDER BY id", id=account_id)
    return [str(row[0]) for row in rows]


def lets_in(visit: Visit, account_id: int) -> bool:
    """Whether the visitor may work for an account from where they are."""
    return may_come_from(networks_of(visit, account_id), present_address(visit))


def is_listed(visit: Visit, login_id: int) -> bool:
    """Whether an account of this login names the visitor's address; those without a list name nobody."""
    rows = visit.rows(
        "SELECT network FROM allowed_address WHERE account_id IN"
        " (SELECT account_id FROM membership WHERE login_id = :login)",
        login=login_id,
    )
    return bool(rows) and may_come_from((row[0] for row in rows), present_address(visit))
