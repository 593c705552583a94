"""Networks: which place an MCC and MNC stand for, on which day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.content import load_content
from app.content.errors import ContentError
from app.content.networks import Networks, read_networks
from app.content.reference import Places
from tests.content.conftest import SHIPPED

DAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def places() -> Places:
    return load_content(SHIPPED).places


@pytest.fixture(scope="module")
def networks(places: Places) -> Networks:
    errors: list[ContentError] = []
    found = read_networks(SHIPPED / "reference", places, errors)
    assert not errors
    return found


@pytest.mark.parametrize(
    "mcc, mnc, code",
    [
        ("204", "08", "NL"),
        ("204", "8", "NL"),
        (204, 8, "NL"),
        ("310", "260", "US"),
        ("310", "370", "GU"),
        ("234", "50", "JE"),
        ("234", "58", "IM"),
        ("425", "05", "PS"),
        ("340", "03", "MF"),
        ("505", "10", "NF"),
        ("901", "12", "X-SHIP"),
        ("901", "18", "X-SHIP"),
        ("901", "14", "X-PLANE"),
        ("901", "15", "X-PLANE"),
        ("901", "53", "X-PLANE"),
        ("901", "03", None),
        ("901", "40", None),
        ("001", "01", None),
        ("204", "99", None),
        ("abc", "", None),
    ],
)
def test_place_of_a_network(
    networks: Networks, places: Places, mcc: str | int, mnc: str | int, code: str | None
) -> None:
    found = networks.place_of(mcc, mnc, DAY)
    assert (None if found is None else places.code(found)) == code


def test_two_and_three_digits_are_different_networks(networks: Networks) -> None:
    assert networks.network("338", "05", DAY) != networks.network("338", "050", DAY)


def test_most_networks_are_known(networks: Networks) -> None:
    assert len(networks) > 3000


def read(tmp_path: Path, places: Places, rows: str) -> tuple[Networks, list[ContentError]]:
    path = tmp_path / "networks.csv"
    path.write_text("mcc,mnc,place,name,valid_from,valid_to\n" + rows, encoding="utf-8")
    errors: list[ContentError] = []
    return read_networks(tmp_path, places, errors), errors


def test_a_network_that_moved(tmp_path: Path, places: Places) -> None:
    networks, errors = read(tmp_path, places, "204,08,NL,Old,,2020-01-01\n204,08,BE,New,2020-01-01,\n")
    assert not errors
    assert networks.place_of("204", "08", date(2019, 12, 31)) == places.index("NL")
    assert networks.place_of("204", "08", date(2020, 1, 1)) == places.index("BE")


@pytest.mark.parametrize(
    "rows, part",
    [
        ("204,08,NL,One,,\n204,08,BE,Two,,\n", "204-08 is listed twice"),
        ("204,08,NL,One,,2020-01-02\n204,08,BE,Two,2020-01-01,\n", "listed twice"),
        ("204,08,QQ,One,,\n", "no place 'QQ'"),
        ("24,08,NL,One,,\n", "keep leading zeros"),
        ("204,8,NL,One,,\n", "keep leading zeros"),
        ("204,08,NL,One,1-1-2020,\n", "2026-01-31"),
        ("204,08,NL,One\n", "4 cells"),
        ('204,08,NL,"One,,\n', "not a table"),
    ],
)
def test_mistakes_in_networks(tmp_path: Path, places: Places, rows: str, part: str) -> None:
    _, errors = read(tmp_path, places, rows)
    assert len(errors) == 1
    assert errors[0].file == "reference/networks.csv"
    assert part in str(errors[0])
