"""What use costs: by country, and the whole sheet with the classes of countries."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import month_of
from app.i18n import _, language
from app.operations.core import NotFound, Visit, operation
from app.operations.core.line_detail import line_values
from app.operations.core.names import BUNDLES, ZONES, class_name, names_of, zone_name
from app.operations.core.plans import tables_of, tariff_of, usual_plan
from app.operations.core.scope import line_in_scope, own_line
from app.operations.core.tariff_rows import PriceRow, prices_of_country
from app.rating.codes import Zone
from app.rating.tariff import Tariff, in_language


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A country, ship or plane: code, name in the reader's language, zone as in records."""

    code: str
    name: str
    zone: str
    zone_name: str


@dataclass(frozen=True, slots=True)
class CoveringBundle:
    """A roaming bundle that covers a country; price_micro: per bundle that starts; enabled: on the line."""

    code: str
    name: str
    size_bytes: int
    price_micro: int
    enabled: bool


@dataclass(frozen=True, slots=True)
class CountryTariff:
    """What use in, and calls to, one country cost this month, before VAT.

    data_micro: data at the standard rate per `data_unit` bytes; 0 at home and in the EU, where data draws on
    the line's bundle (`data_included`); bundles: those that cover the country; covered: whether one of the
    line's own does, None without a line; advice: one sentence for that line; version: edition of the
    tariff, valid from and to (None: no end yet) as 2026-07-01.
    """

    code: str
    name: str
    zone: str
    zone_name: str
    data_included: bool
    data_micro: int
    data_unit: int
    bundles: tuple[CoveringBundle, ...]
    prices: tuple[PriceRow, ...]
    covered: bool | None
    advice: str
    plan: str
    version: str
    valid_from: str
    valid_to: str | None


@dataclass(frozen=True, slots=True)
class ZoneSheet:
    """One class of countries: price of data per unit, and its countries."""

    zone: str
    name: str
    data_included: bool
    data_micro: int
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TariffSheet:
    """The valid sheet: usage costs and country classification."""

    plan: str
    name: str
    version: str
    valid_from: str
    valid_to: str | None
    data_unit: int
    out_of_bundle_micro: int
    zones: tuple[ZoneSheet, ...]
    bundles: tuple[CoveringBundle, ...]


@operation("tariffs.search", right="VIEW_TARIFFS", changes=False)
def search(visit: Visit, text: str) -> list[PlaceRow]:
    """Countries by name in any language, code, calling code or phone number.

    Args:
        text: what was typed.
    """
    month = month_of(visit.now, visit.zone)
    zones = tables_of(visit, usual_plan(visit), month).place_zone
    places = visit.content.places
    return [
        _place(visit, index, zones[index]) for index in places.search(text, language()) if index < len(zones)
    ]


@operation("tariffs.country", right="VIEW_TARIFFS", changes=False)
def country(visit: Visit, code: str, line_id: int | None = None) -> CountryTariff:
    """What use in a country costs, which bundle covers it, and whether a line has that bundle.

    Args:
        code: two letters as DE; X-SHIP and X-PLANE for ships and planes.
        line_id: the line to look at it for.
    """
    place = visit.content.places.find(code.upper())
    if place is None:
        raise NotFound(
            _("There is no country {code}. Write its two letters, as DE.").format(code=code), "code"
        )
    line = None
    if line_id is not None:
        line = line_values(visit, line_in_scope(visit, line_id, "VIEW_LINES"))
    elif (own := own_line(visit)) is not None:
        line = line_values(visit, own)
    plan = str(line["plan"]) if line else usual_plan(visit)
    month = month_of(visit.now, visit.zone)
    tariff = tariff_of(visit, plan, month)
    zone = tables_of(visit, plan, month).place_zone[place]
    bits = int(line["bundles"]) if line else 0
    bundles = _bundles(tariff, bits, zone)
    covered = None if line is None else zone <= Zone.EU or any(bundle.enabled for bundle in bundles)
    row = _place(visit, place, zone)
    return CountryTariff(
        code=row.code,
        name=row.name,
        zone=row.zone,
        zone_name=row.zone_name,
        data_included=zone <= Zone.EU,
        data_micro=tariff.zone_prices.get(zone, 0),
        data_unit=tariff.data_unit,
        bundles=bundles,
        prices=prices_of_country(visit, plan, place),
        covered=covered,
        advice="" if line is None else _advice(zone, bits, bool(covered)),
        plan=in_language(tariff.label, language()),
        version=tariff.version,
        valid_from=tariff.valid_from.isoformat(),
        valid_to=tariff.valid_to.isoformat() if tariff.valid_to else None,
    )


@operation("tariffs.sheet", right="VIEW_TARIFFS", changes=False)
def sheet(visit: Visit, plan: str = "") -> TariffSheet:
    """The valid sheet: data prices by class, the countries of each class, roaming bundles.

    Args:
        plan: a tariff plan; the one of the visitor's lines if left out.
    """
    month = month_of(visit.now, visit.zone)
    tariff = tariff_of(visit, plan or usual_plan(visit), month)
    zones = tables_of(visit, tariff.plan, month).place_zone
    places = visit.content.places
    named = [(places.name(index, language()), zones[index]) for index in range(places.count)]
    return TariffSheet(
        plan=tariff.plan,
        name=in_language(tariff.label, language()),
        version=tariff.version,
        valid_from=tariff.valid_from.isoformat(),
        valid_to=tariff.valid_to.isoformat() if tariff.valid_to else None,
        data_unit=tariff.data_unit,
        out_of_bundle_micro=tariff.out_of_bundle_price,
        zones=tuple(
            ZoneSheet(
                zone=ZONES[zone],
                name=zone_name(ZONES[zone]),
                data_included=zone <= Zone.EU,
                data_micro=tariff.zone_prices.get(zone, 0),
                countries=tuple(sorted(name for name, lies_in in named if lies_in == zone)),
            )
            for zone in Zone
            if zone != Zone.UNKNOWN
        ),
        bundles=_bundles(tariff, 0, None),
    )


def _place(visit: Visit, index: int, zone: int) -> PlaceRow:
    places = visit.content.places
    return PlaceRow(places.code(index), places.name(index, language()), ZONES[zone], zone_name(ZONES[zone]))


def _bundles(tariff: Tariff, bits: int, zone: int | None) -> tuple[CoveringBundle, ...]:
    """The roaming bundles of a tariff, those of one zone only if it is given."""
    enabled = names_of(bits, BUNDLES)
    return tuple(
        CoveringBundle(
            bundle.code, class_name(bundle.code), bundle.size, bundle.price, bundle.code in enabled
        )
        for bundle in tariff.roaming_bundles
        if zone is None or zone in bundle.zones
    )


def _advice(zone: int, bits: int, covered: bool) -> str:
    if zone <= Zone.EU:
        return _("Data draws on the line's data bundle.")
    if covered:
        return _("A roaming bundle of this line covers it.")
    if bits:
        return _("No bundle of this line covers it: data costs the standard rate, up to the cost limit.")
    return _("Data is off here: this line has no roaming bundle.")
