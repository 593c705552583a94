"""What a balancer says about where a connection comes from: believed from it only, whatever else is sent."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.serving.proxy import (
    SIGNATURE,
    V2_LONGEST,
    Peer,
    ProxyError,
    is_trusted,
    missing,
    networks,
    parse,
    peer_of,
)

HERE = ("127.0.0.0/8",)
LOCAL = SIGNATURE + b"\x20\x00\x00\x00"


def v1(address: str, port: int) -> bytes:
    version = ipaddress.ip_address(address).version
    return f"PROXY TCP{version} {address} {address} {port} 2222\r\n".encode()


def v2(address: str, port: int, extension: bytes = b"") -> bytes:
    packed = ipaddress.ip_address(address).packed
    body = packed * 2 + struct.pack("!HH", port, 2222) + extension
    return SIGNATURE + bytes([0x21, 0x11 if len(packed) == 4 else 0x21]) + struct.pack("!H", len(body)) + body


def read_piecewise(stream: bytes) -> tuple[bytes, bytes]:
    """A header as the reader takes it, and what is left for the SSH server."""
    header = b""
    while count := missing(header):
        taken = stream[len(header) : len(header) + count]
        if not taken:
            raise ProxyError("ended")
        header += taken
    return header, stream[len(header) :]


addresses = st.ip_addresses().map(str)
ports = st.integers(0, 65_535)


@given(addresses, ports, st.sampled_from([v1, v2]), st.binary(max_size=40))
def test_every_header_gives_its_address_and_leaves_what_follows(
    address: str, port: int, write: object, follows: bytes
) -> None:
    header, left = read_piecewise(write(address, port) + follows)  # type: ignore[operator]
    found = parse(header)
    assert found is not None
    mapped = getattr(ipaddress.ip_address(address), "ipv4_mapped", None)
    assert found == (str(mapped or ipaddress.ip_address(address)), port)
    assert left == follows


@given(st.binary(max_size=300))
def test_bytes_that_are_no_header_are_refused_before_they_are_many(stream: bytes) -> None:
    try:
        header, _left = read_piecewise(stream)
        parse(header)
    except ProxyError:
        return
    assert header.startswith((b"PROXY ", SIGNATURE))


@given(addresses, ports, st.sampled_from([v1, v2]), st.data())
@settings(max_examples=300)
def test_a_damaged_header_is_refused_or_says_an_address(
    address: str, port: int, write: object, data: st.DataObject
) -> None:
    header = bytearray(write(address, port))  # type: ignore[operator]
    for _count in range(data.draw(st.integers(1, 3))):
        header[data.draw(st.integers(0, len(header) - 1))] = data.draw(st.integers(0, 255))
    try:
        whole, _left = read_piecewise(bytes(header))
        found = parse(whole)
    except ProxyError:
        return
    if found is not None:
        ipaddress.ip_address(found[0])
        assert 0 <= found[1] < 65_536


@pytest.mark.parametrize(
    "header",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\n\n\r\n",
        b"PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n",
        b"PROXY TCP4 192.0.2.1 192.0.2.2 65536 2\r\n",
        b"PROXY TCP4 192.0.2.1 192.0.2.2 -1 2\r\n",
        b"PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n",
        b"PROXY TCP6 fe80::1%eth0 fe80::1 1 2\r\n",
        b"PROXY TCP4 192.0.2.1  192.0.2.2 1 2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 ٣ 2\r\n".encode(),
        b"PROXY " + b"x" * 200,
        SIGNATURE + b"\x11\x11\x00\x0c" + bytes(12),
        SIGNATURE + b"\x22\x11\x00\x0c" + bytes(12),
        SIGNATURE + b"\x21\x12\x00\x0c" + bytes(12),
        SIGNATURE + b"\x21\x31\x00\xd8" + bytes(216),
        SIGNATURE + b"\x21\x11\x00\x0b" + bytes(11),
        SIGNATURE + b"\x21\x11" + struct.pack("!H", V2_LONGEST) + bytes(V2_LONGEST),
        SIGNATURE + b"\x21",
        b"",
    ],
)
def test_what_is_impossible_is_refused(header: bytes) -> None:
    with pytest.raises(ProxyError):
        parse(read_piecewise(header)[0])


@pytest.mark.parametrize("header", [LOCAL, SIGNATURE + b"\x21\x00\x00\x00", b"PROXY UNKNOWN\r\n"])
def test_a_balancer_that_asks_for_itself_names_nobody(header: bytes) -> None:
    assert parse(read_piecewise(header)[0]) is None


def test_extensions_are_passed_over() -> None:
    header, left = read_piecewise(
        v2("192.0.2.9", 40_000, b"\x03\x00\x04abcd\x20\x00\x05\x01\x00\x00\x00\x00") + b"SSH"
    )
    assert parse(header) == ("192.0.2.9", 40_000)
    assert left == b"SSH"


def test_who_is_believed() -> None:
    trusted = networks("192.0.2.7, 2001:db8::/64 ::ffff:198.51.100.0/120")
    assert is_trusted("192.0.2.7", trusted)
    assert is_trusted("::ffff:192.0.2.7", trusted)
    assert is_trusted("2001:db8::9", trusted)
    assert is_trusted("198.51.100.9", trusted)
    assert not is_trusted("192.0.2.8", trusted)
    assert not is_trusted("192.0.2.7", ())
    for wrong in ("balancer.example", "0.0.0.0/0", "::/0", "192.0.2.0/33"):
        with pytest.raises(ValueError, match=wrong.replace(".", r"\.")):
            networks(wrong)


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[socket.socket, socket.socket]]:
    """A client's end, and the end that a server has accepted."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        accepted, _address = listener.accept()
    accepted.setblocking(False)
    with client, accepted:
        yield client, accepted


async def test_the_address_comes_from_a_named_balancer_and_the_rest_stays_unread() -> None:
    async with connected() as (client, accepted):
        header = v2("203.0.113.5", 40_001) + b"SSH-2.0-me\r\n"

        async def slowly() -> None:
            for byte in header:
                client.sendall(bytes([byte]))
                await asyncio.sleep(0)

        sending = asyncio.create_task(slowly())
        assert await peer_of(accepted, HERE, 20) == Peer("203.0.113.5", 40_001)
        await sending
        left = b""
        while len(left) < 12:
            left += await asyncio.get_running_loop().sock_recv(accepted, 100)
        assert left == b"SSH-2.0-me\r\n"


async def test_a_header_from_anybody_else_is_not_even_read() -> None:
    async with connected() as (client, accepted):
        header = v1("203.0.113.5", 40_001)
        client.sendall(header)
        assert (await peer_of(accepted, ("192.0.2.7/32",))).address == "127.0.0.1"
        assert await asyncio.get_running_loop().sock_recv(accepted, 200) == header


async def test_a_balancer_that_asks_for_itself_counts_as_itself() -> None:
    async with connected() as (client, accepted):
        client.sendall(LOCAL)
        found = await peer_of(accepted, HERE)
        assert (found.address, found.is_balancer) == ("127.0.0.1", True)


@pytest.mark.parametrize("sent", [b"", SIGNATURE, b"PROXY TCP4"])
async def test_a_balancer_that_does_not_say_it_all_in_time_is_refused(sent: bytes) -> None:
    async with connected() as (client, accepted):
        client.sendall(sent)
        with pytest.raises(ProxyError, match="in time"):
            await peer_of(accepted, HERE, 0.1)


async def test_a_balancer_that_hangs_up_is_refused() -> None:
    async with connected() as (client, accepted):
        client.sendall(b"PROXY TCP4")
        client.close()
        with pytest.raises(ProxyError, match="ended"):
            await peer_of(accepted, HERE, 20)
