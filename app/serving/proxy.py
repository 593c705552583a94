"""The PROXY protocol, version 1 and 2: a balancer tells where a connection really comes from.

It is believed only from balancers that the operator has named; anybody else could say anything. What comes
first on such a connection must be a header. It is read byte by byte up to its end and no further, so that
what follows is untouched. Format: https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.operations.core.allowed import network_of, parsed

SIGNATURE: Final = b"\r\n\r\n\x00\r\nQUIT\n"
WORD: Final = b"PROXY "
SHORTEST: Final = 15
"""Bytes of `PROXY UNKNOWN` with its end: what any header has at least."""
V1_LONGEST: Final = 107
V2_FIXED: Final = 16
V2_LONGEST: Final = 2048
"""More than addresses and all extensions in use need; the length field could say 64 kB."""
PATIENCE: Final = 3.0
"""Seconds for the whole header: a balancer sends it at once."""
# Family and transport of a version 2 header: length of one address.
STREAMS: Final = {0x11: 4, 0x21: 16}


class ProxyError(Exception):
    """What came is no header that can be believed: the connection is to be closed."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Where a connection comes from."""

    address: str
    port: int
    is_balancer: bool = False
    """It speaks for itself: it looks whether somebody answers, every few seconds."""


def networks(text: str) -> tuple[str, ...]:
    """Balancers that are believed, as `192.0.2.7, 2001:db8::/64`.

    Raises:
        ValueError: one of them is no address or network, or is all there is; its text says which.
    """
    found = []
    for word in text.replace(",", " ").split():
        network = network_of(word)
        if network is None:
            raise ValueError(f"{word!r} is neither an address nor a network like 192.0.2.0/24.")
        if network.endswith("/0"):
            raise ValueError(f"{word!r} would believe everybody. Name the balancers only.")
        found.append(network)
    return tuple(found)


def is_trusted(address: str, trusted: Sequence[str]) -> bool:
    """Whether headers from this address are believed; nobody's are where no balancer is named."""
    found = parsed(address)
    return found is not None and any(found in ipaddress.ip_network(network) for network in trusted)


def missing(header: bytes) -> int:
    """How many more bytes surely belong to the header; 0: it is whole.

    Raises:
        ProxyError: this is no beginning of one, or it is too long.
    """
    for beginning in (SIGNATURE, WORD):
        if header[: len(beginning)] == beginning[: len(header)]:
            break
    else:
        raise ProxyError("no PROXY header")
    if len(header) < SHORTEST:
        return SHORTEST - len(header)
    return _missing_v2(header) if header.startswith(SIGNATURE) else _missing_v1(header)


def _missing_v1(header: bytes) -> int:
    if header.endswith(b"\r\n"):
        return 0
    if len(header) >= V1_LONGEST or b"\n" in header:
        raise ProxyError("the line does not end")
    return 1


def _missing_v2(header: bytes) -> int:
    if len(header) < V2_FIXED:
        return V2_FIXED - len(header)
    whole = V2_FIXED + int.from_bytes(header[14:16], "big")
    if whole > V2_LONGEST:
        raise ProxyError("the header is too long")
    return whole - len(header)


def parse(header: bytes) -> tuple[str, int] | None:
    """Address and port that a whole header says; None: the balancer speaks for itself or does not know.

    Raises:
        ProxyError: it says something impossible.
    """
    if header.startswith(SIGNATURE):
        return _parse_v2(header)
    return _parse_v1(header)


def _parse_v1(header: bytes) -> tuple[str, int] | None:
    words = header.removesuffix(b"\r\n").decode("latin-1").split(" ")
    if words[:2] == ["PROXY", "UNKNOWN"]:
        return None
    if len(words) != 6 or words[1] not in ("TCP4", "TCP6"):
        raise ProxyError("the line does not name two addresses and two ports")
    version = 4 if words[1] == "TCP4" else 6
    for text in words[2:4]:
        if _version(text) != version:
            raise ProxyError(f"no address of {words[1]}")
    ports = [_port(text) for text in words[4:6]]
    return _normal(words[2]), ports[0]


def _parse_v2(header: bytes) -> tuple[str, int] | None:
    version, command, family = header[12] >> 4, header[12] & 0x0F, header[13]
    if version != 2 or command > 1:
        raise ProxyError("not version 2")
    if command == 0 or family == 0:
        return None
    if family not in STREAMS:
        raise ProxyError("not a TCP connection")
    size, body = STREAMS[family], header[V2_FIXED:]
    if len(body) < 2 * size + 4:
        raise ProxyError("the addresses are cut off")
    address = ipaddress.ip_address(body[:size])
    return _normal(str(address)), int.from_bytes(body[2 * size : 2 * size + 2], "big")


def _version(text: str) -> int:
    try:
        return ipaddress.ip_address(text).version if "%" not in text else 0
    except ValueError:
        return 0


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) < 65_536):
        raise ProxyError("no port")
    return int(text)


def _normal(text: str) -> str:
    found = parsed(text)
    if found is None:
        raise ProxyError("no address")
    return str(found)


async def peer_of(accepted: socket.socket, trusted: Sequence[str], patience: float = PATIENCE) -> Peer:
    """Where a connection that was just accepted really comes from; reads the header a balancer sent.

    Args:
        accepted: not blocking, nothing read yet; afterwards it stands behind the header.
        trusted: networks of balancers; from others nothing is read, and their own address counts.
        patience: seconds for the header.

    Raises:
        ProxyError: a balancer sent no header, a wrong one, or not in time: close the connection.
    """
    own, port = _own(accepted)
    if not is_trusted(own, trusted):
        return Peer(own, port)
    try:
        header = await asyncio.wait_for(_read(accepted), patience)
    except TimeoutError as error:
        raise ProxyError("no PROXY header in time") from error
    except OSError as error:
        raise ProxyError(f"the connection ended ({error.strerror})") from error
    said = parse(header)
    return Peer(own, port, is_balancer=True) if said is None else Peer(*said)


def _own(accepted: socket.socket) -> tuple[str, int]:
    try:
        address, port, *_rest = accepted.getpeername()
    except OSError as error:
        raise ProxyError(f"the connection ended ({error.strerror})") from error
    return _normal(str(address)), int(port)


async def _read(accepted: socket.socket) -> bytes:
    loop = asyncio.get_running_loop()
    header = b""
    while count := missing(header):
        more = await loop.sock_recv(accepted, count)
        if not more:
            raise ProxyError("the connection ended within the header")
        header += more
    return header
