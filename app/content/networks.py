"""Mobile networks: in which place a pair of MCC and MNC was on a day."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from app.content.csv_table import day, overlap, read_rows
from app.content.errors import ContentError
from app.content.reference import Places

FILE = "reference/networks.csv"
COLUMNS = ("mcc", "mnc", "place", "name", "valid_from", "valid_to")


class Network(NamedTuple):
    """A network in a place from a day (inclusive) to a day (exclusive); None is open-ended."""

    place: int
    name: str
    start: date | None
    until: date | None

    def covers(self, day: date) -> bool:
        """Was it so on this day?"""
        return (self.start is None or self.start <= day) and (self.until is None or day < self.until)


class Networks:
    """All networks by MCC and MNC. Reading them takes a while: intake asks for them, screens do not."""

    def __init__(self, networks: dict[tuple[str, str], list[Network]]) -> None:
        self._networks = networks

    def __len__(self) -> int:
        return len(self._networks)

    def network(self, mcc: str | int, mnc: str | int, day: date) -> Network | None:
        """The network of a pair of codes on a day; None if unknown, and then nothing is guessed.

        Texts are taken as written (`08` is not `008`), but a leading zero that a spreadsheet ate is put
        back when only one network can be meant.
        """
        mcc_text, mnc_text = str(mcc).zfill(3), str(mnc).zfill(2)
        found = self._networks.get((mcc_text, mnc_text))
        if found is None and len(str(mnc)) < 3:
            found = self._networks.get((mcc_text, str(mnc).zfill(3)))
        return next((network for network in found or () if network.covers(day)), None)

    def place_of(self, mcc: str | int, mnc: str | int, day: date) -> int | None:
        """The index of the place where a network was on a day; None if unknown."""
        found = self.network(mcc, mnc, day)
        return found.place if found else None


def read_networks(reference: Path, places: Places, errors: list[ContentError]) -> Networks:
    """The table of networks; mistakes are added to `errors`, wrong rows are left out."""
    networks: dict[tuple[str, str], list[Network]] = {}
    for line, cells in read_rows(reference / "networks.csv", FILE, COLUMNS, errors):
        mcc, mnc, code, name, start, until = cells
        key = f"line {line}"
        place = places.find(code)
        if place is None:
            cure = "Write a code of countries.csv, X-SHIP or X-PLANE."
            errors.append(ContentError(FILE, key, f"There is no place {code!r}.", cure))
            continue
        if not re.fullmatch("[0-9]{3}-[0-9]{2,3}", f"{mcc}-{mnc}"):
            cure = "An MCC has three digits, an MNC two or three; keep leading zeros."
            errors.append(ContentError(FILE, key, f"{mcc}-{mnc} is not a network.", cure))
            continue
        network = Network(place, name, day(FILE, key, start, errors), day(FILE, key, until, errors))
        same = networks.setdefault((mcc, mnc), [])
        if any(overlap(network.start, network.until, other.start, other.until) for other in same):
            cure = "Keep one row, or give both rows valid_from and valid_to that do not overlap."
            errors.append(ContentError(FILE, key, f"{mcc}-{mnc} is listed twice for the same days.", cure))
        same.append(network)
    return Networks(networks)
