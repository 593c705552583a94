"""Addresses and networks: what lies in what, against the standard library's own arithmetic."""

from __future__ import annotations

import ipaddress
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.operations.core.allowed import may_come_from, network_of, source_of

V4 = st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address)
V6 = st.one_of(
    st.integers(0, 2**128 - 1),
    st.integers(0, 2**64).map(lambda low: (0x20010DB8 << 96) + low),
    st.integers(0, 2**32 - 1).map(lambda low: (0xFFFF << 32) + low),
).map(ipaddress.IPv6Address)
NETWORKS = st.lists(
    st.one_of(
        st.tuples(V4, st.integers(1, 32)).map(lambda pair: f"{pair[0]}/{pair[1]}"),
        st.tuples(V6, st.integers(1, 128)).map(lambda pair: f"{pair[0]}/{pair[1]}"),
    ),
    min_size=1,
    max_size=4,
)


def bits(text: str) -> tuple[int, str]:
    """IP version and the address as bits; IPv4 inside IPv6 is IPv4."""
    address = ipaddress.ip_address(text)
    number = int(address)
    if address.version == 6 and number >> 32 == 0xFFFF:
        return 4, f"{number & 0xFFFFFFFF:032b}"
    return address.version, f"{number:0{128 if address.version == 6 else 32}b}"


def lies_in(address: str, network: str) -> bool:
    """The same question by comparing prefixes of bits."""
    text, _slash, length = network.partition("/")
    prefix = int(length)
    version, wanted = bits(text)
    if version == 4 and ipaddress.ip_address(text).version == 6:
        if prefix >= 96:
            prefix -= 96
        else:  # it holds all of IPv4 and more: it is IPv6's
            version, wanted = 6, f"{int(ipaddress.ip_address(text)):0128b}"
    found, number = bits(address)
    return found == version and number[:prefix] == wanted[:prefix]


def decide(networks: list[str], address: str) -> bool:
    """The product's decision, about networks as they are stored."""
    usual = [network_of(network) for network in networks]
    assert None not in usual
    return may_come_from([each for each in usual if each], address)


@settings(max_examples=300, deadline=None)
@given(networks=NETWORKS, address=st.one_of(V4, V6))
@example(["192.0.2.0/24"], ipaddress.ip_address("::ffff:192.0.2.7"))
@example(["::ffff:0:0/1"], ipaddress.ip_address("::"))
def test_a_list_decides_as_its_bits_say(networks: list[str], address: object) -> None:
    assert decide(networks, str(address)) is any(lies_in(str(address), network) for network in networks)


@pytest.mark.capability("MD-26")
def test_ten_thousand_pairs_most_of_them_at_the_edge(request: pytest.FixtureRequest) -> None:
    chance = random.Random(seed := request.config.getoption("randomly_seed", 1) or 1)
    inside = 0
    for _ in range(10_000):
        make = chance.choice((ipaddress.IPv4Address, ipaddress.IPv6Address))
        size = 32 if make is ipaddress.IPv4Address else 128
        base = chance.getrandbits(size)
        if size == 128 and chance.random() < 0.3:  # an IPv4 address that IPv6 carries
            base = (0xFFFF << 32) + (base & 0xFFFFFFFF)
        network = f"{make(base)}/{chance.randint(1, size)}"
        # One bit away from the network's own address: where mistakes would be.
        address = make(base ^ (1 << chance.randrange(size)))
        inside += (expected := lies_in(str(address), network))
        assert decide([network], str(address)) is expected, (seed, network, address)
    assert 2_000 < inside < 8_000


@pytest.mark.capability("MD-26")
def test_an_empty_list_lets_everybody_in() -> None:
    assert may_come_from([], "192.0.2.7")
    assert may_come_from([], "")


@pytest.mark.parametrize("address", ["", "x", "192.0.2", "192.0.2.7/24", "1e3", "٣.٣.٣.٣"])
def test_what_is_no_address_lies_in_no_list(address: str) -> None:
    assert not may_come_from(["0.0.0.0/1", "::/1"], address)


@pytest.mark.parametrize(
    "typed, network",
    [
        ("192.0.2.7", "192.0.2.7/32"),
        (" 192.0.2.7 / 24 ", "192.0.2.0/24"),
        ("192.0.2.0/255.255.255.0", "192.0.2.0/24"),
        ("2001:DB8::1/48", "2001:db8::/48"),
        ("::ffff:192.0.2.7", "192.0.2.7/32"),
        ("::ffff:192.0.2.0/120", "192.0.2.0/24"),
        ("192.0.2.256", None),
        ("office", None),
        ("", None),
        ("1", None),
    ],
)
def test_networks_have_one_form(typed: str, network: str | None) -> None:
    assert network_of(typed) == network


def test_an_ipv6_subscriber_is_one_source() -> None:
    assert source_of("2001:db8:1:2:3::4") == source_of("2001:db8:1:2::") == "2001:db8:1:2::/64"
    assert source_of("::ffff:192.0.2.7") == source_of("192.0.2.7") == "192.0.2.7"
    assert source_of("fe80::1%eth0") == "fe80::/64"
    assert source_of("") == ""
