"""Which places lie in which zone of a tariff, and which roaming bundle covers them."""

from __future__ import annotations

from app.clock import month_of
from app.i18n import language
from app.operations.core.plans import tables_of
from app.operations.core.visit import Visit
from app.rating.tariff import RoamingBundle


def zone_of(visit: Visit, plan: str, place: int) -> int:
    """The zone of a place this month, a number of `Zone`."""
    return tables_of(visit, plan, month_of(visit.now, visit.zone)).place_zone[place]


def covered_places(visit: Visit, plan: str, bundle: RoamingBundle) -> tuple[str, ...]:
    """Names of the places that a roaming bundle covers, sorted in the reader's language."""
    zones = tables_of(visit, plan, month_of(visit.now, visit.zone)).place_zone
    places = visit.content.places
    names = [places.name(index, language()) for index in range(places.count) if zones[index] in bundle.zones]
    return tuple(sorted(names))
