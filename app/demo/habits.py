"""Who uses what: how much of its pool a group uses in a month, who travels where, who calls whom.

The same in every month, so that whoever opens the demo finds the same stories.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MB: Final = 1_000_000
GB: Final = 1_000_000_000

POOL_PERCENT: Final[dict[str, int]] = {
    "Planning": 102,
    "Drivers": 130,
    "Warehouse": 62,
    "Trackers and tablets": 48,
    "Rezeption": 74,
    "Terminals": 23,
    "Winkel": 88,
    "Surveyors": 57,
    "Sensoren": 9,
    "Bureau": 105,
    "Thuis": 69,
}
"""By group: how much of its pool it uses until the month ends; most of it in the first weeks."""

UNLIMITED_MONTH: Final = 38 * GB
"""What an unlimited line uses in a month."""
LIFTED_ZERO_MONTH: Final = 900 * MB
"""What a 0 GB line uses whose block is lifted."""
BLOCKED_ZERO_MONTH: Final = 4 * MB
"""What still comes from a 0 GB line that is blocked: a phone asks for the network now and then."""

NETWORKS: Final[dict[str, tuple[str, str]]] = {
    "NL": ("204", "04"), "BE": ("206", "01"), "FR": ("208", "01"), "ES": ("214", "01"), "IT": ("222", "01"),
    "CH": ("228", "01"), "GB": ("234", "10"), "PL": ("260", "01"), "DE": ("262", "01"), "TR": ("286", "01"),
    "US": ("310", "410"), "JP": ("440", "10"), "EG": ("602", "01"), "MA": ("604", "01"), "NG": ("621", "30"),
    "AR": ("722", "310"), "BR": ("724", "05"), "X-SHIP": ("901", "18"), "X-PLANE": ("901", "14"),
}  # fmt: skip
"""A network of each place that somebody visits."""


@dataclass(frozen=True, slots=True)
class Trip:
    """From one day of the month to another, both included, somewhere else. `daily` is bytes a day."""

    person: str
    first: int
    last: int
    place: str
    daily: int


TRIPS: Final = (
    Trip("Youssef El Amrani", 2, 4, "CH", 1_300 * MB),
    Trip("Youssef El Amrani", 9, 11, "MA", 20 * MB),
    Trip("Gerrit Zijlstra", 3, 6, "GB", 9 * GB),
    Trip("Gerrit Zijlstra", 15, 16, "AR", 3 * GB),
    Trip("Piotr Wiśniewski", 4, 9, "PL", 900 * MB),
    Trip("Andrei Popescu", 2, 3, "DE", 800 * MB),
    Trip("Henk Mulder", 5, 6, "GB", 40 * MB),
    Trip("Tessa van Leeuwen", 6, 7, "EG", 5 * MB),
    Trip("Dirk Claes", 4, 5, "CH", 60 * MB),
    Trip("Viktor Horváth", 8, 11, "IT", 700 * MB),
    Trip("Marco Rossi", 12, 18, "IT", 650 * MB),
    Trip("Ömer Kaya", 10, 14, "TR", 2 * GB),
    Trip("Stefan Kovačević", 1, 2, "DE", 500 * MB),
    Trip("Lotte Hoekstra", 11, 13, "BE", 1_100 * MB),
    Trip("Esther Okafor", 7, 9, "NG", 7 * MB),
    Trip("Jeroen Bakker", 3, 4, "AR", 6 * MB),
    Trip("Sophie Lambert", 14, 17, "FR", 1_200 * MB),
    Trip("Daan Vermeulen", 8, 10, "JP", 2_600 * MB),
    Trip("Sander van der Heijden", 2, 2, "X-PLANE", 11 * MB),
    Trip("Sander van der Heijden", 3, 6, "US", 1_700 * MB),
    Trip("Ingrid Sørensen", 13, 15, "BR", 1_400 * MB),
    Trip("Willem Prins", 5, 6, "DE", 30 * MB),
    Trip("Olivia Hartley", 2, 8, "X-SHIP", 3 * MB),
    Trip("Callum MacLeod", 2, 12, "GB", 2_500 * MB),
    Trip("Liselotte van Dam", 9, 12, "NG", 1_300 * MB),
    Trip("Matthias Krüger", 4, 8, "JP", 1_700 * MB),
    Trip("Katharina Brandt", 1, 3, "DE", 400 * MB),
)

COMPANY: Final = ("31670042001", "31670042101", "31670042202", "31670042301", "31201234500", "31101234511")
NATIONAL: Final = ("31612345001", "31623456002", "31205550103", "31302223304", "31703334405", "31880001106")
ABROAD: Final = ("4930123456", "3225550107", "33145550108", "48225550109", "39065550110", "34915550111")
FAR: Final = ("12125550112", "442079460113", "41445550114", "905325550115", "2348025550116", "81355550117")
PREMIUM: Final = ("31900123", "319061234")
FREE: Final = ("318001234",)

CALLERS_ABROAD: Final = frozenset(("Planning", "Management", "Rezeption", "Surveyors", "Privat"))
"""Groups that also call outside the EU."""
SILENT: Final = frozenset(("Trackers and tablets", "Terminals", "Sensoren"))
"""Groups of devices: data only."""
PREMIUM_CALLERS: Final = frozenset(("Bram Willems", "Naomi Dijkstra", "Kees Dekker", "Ingrid Sørensen"))
CONFERENCES: Final = frozenset(("Marit Duinker", "Katarzyna Nowak", "Olivia Hartley"))
FORWARDERS: Final = {"Joost Kuipers": "31670042102", "Kees Dekker": "4930123456"}
CALLS_GERMANY: Final = frozenset(("Kees Dekker", "Rik Timmermans"))
