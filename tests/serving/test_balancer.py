"""Behind a balancer each person has an address of their own, and nobody else can lend themselves one."""

from __future__ import annotations

import socket
from collections.abc import Callable

from tests.serving.conftest import PATIENCE, Served, eventually
from tests.serving.test_proxy import LOCAL, v1, v2


def talk(served: Served, first: bytes) -> bytes:
    """What the server says to a connection that begins with these bytes."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as client:
        client.sendall(first)
        try:
            return client.recv(100)
        except ConnectionResetError:
            return b""


def addresses(served: Served) -> list[str]:
    """Where the connections in the journal came from."""
    return [line["address"] for line in served.log() if "address" in line]


def test_who_comes_through_a_named_balancer_counts_as_themselves(start: Callable[..., Served]) -> None:
    served = start("--pool", "0", "--balancers", "127.0.0.0/8")
    assert talk(served, v2("203.0.113.5", 40_001)).startswith(b"SSH-2.0-")
    assert talk(served, v1("2001:db8::7", 40_001)).startswith(b"SSH-2.0-")
    eventually(lambda: len(set(addresses(served))) == 2)
    assert set(addresses(served)) == {"203.0.113.5", "2001:db8::7"}
    # Without a header from a balancer there is nobody to talk to.
    assert talk(served, b"SSH-2.0-OpenSSH_9.2\r\n") == b""


def test_a_balancer_that_looks_is_answered_and_not_written_down(start: Callable[..., Served]) -> None:
    served = start("--pool", "0", "--balancers", "127.0.0.0/8")
    for _look in range(5):
        assert talk(served, LOCAL).startswith(b"SSH-2.0-")
    assert talk(served, LOCAL + b"SSH-2.0-OpenSSH_9.2\r\n").startswith(b"SSH-2.0-"), "it speaks SSH"
    eventually(lambda: addresses(served))
    assert [(line["event"], line["client"]) for line in served.log() if "address" in line] == [
        ("end", "SSH-2.0-OpenSSH_9.2")
    ]


def test_a_header_of_anybody_else_is_no_part_of_ssh(start: Callable[..., Served]) -> None:
    served = start("--pool", "0", "--balancers", "192.0.2.7")
    said = talk(served, v2("203.0.113.5", 40_001))
    assert said == b"" or said.startswith(b"SSH-2.0-")
    eventually(lambda: addresses(served))
    assert set(addresses(served)) == {"127.0.0.1"}
