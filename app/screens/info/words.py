"""Tariffs as lines of labels and prices."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from textual.content import Content

from app import units
from app.i18n import _
from app.operations.core.tariff_rows import PriceRow, StepRow
from app.operations.tariffs import CountryTariff, CoveringBundle, TariffSheet, ZoneSheet
from app.screens.panel import Facts, Line, rows
from app.text import safe

COUNTRIES_SHOWN = 60
MINUTE = 60


def country_lines(tariff: CountryTariff) -> Facts:
    """One country: class, data and what covers it; then calls and messages by where they start."""
    lines: list[Line] = [
        (_("Class"), Content.styled(tariff.zone_name, "bold")),
        (_("Data"), Content(data_price(tariff))),
    ]
    lines += [(_("Bundle {name}").format(name=bundle.name), bundle_line(bundle)) for bundle in tariff.bundles]
    if tariff.advice:
        lines.append((_("Your line"), Content(safe(tariff.advice))))
    origin = label = ""
    for price in tariff.prices:
        if price.origin != origin:
            origin, label = price.origin, ""
            heading = _("From {place}").format(place=safe(origin))
            lines += [Content(), Content.styled(heading, "bold $text-accent")]
        before, label = label, price_label(price)
        lines.append((label if label != before else "", Content(price_text(price))))
    lines += [Content(), (_("Tariff"), Content(edition(tariff.plan, tariff.valid_from)))]
    return rows(lines)


def price_label(price: PriceRow) -> str:
    """From where to where, in a few words."""
    if price.kind == "sms":
        return _("SMS to {place}").format(place=safe(price.destination))
    if price.direction == "incoming":
        return _("Being called")
    if price.origin == price.destination:
        return _("Calls within")
    return _("Calls to {place}").format(place=safe(price.destination))


def price_text(price: PriceRow) -> str:
    """What it costs, with the hours in which it does."""
    if price.included:
        return _("included")
    parts = [step_text(price, step) for step in price.steps]
    if first_whole(price):
        parts = [first_whole_text(price)]
    if price.connect_micro:
        parts.insert(0, _("{price} to connect").format(price=units.money_micro(price.connect_micro)))
    text = " + ".join(parts)
    if price.most_micro:
        text += ", " + _("at most {price}").format(price=units.money_micro(price.most_micro))
    text = re.sub(r"(\d) s\b", "\\1\u00a0s", text)  # a number stays with its unit
    return f"{safe(price.band)}: {text}" if price.band else text


def first_whole(price: PriceRow) -> bool:
    """Whether the only difference between two steps is that the first counts as a whole."""
    if price.kind == "sms" or len(price.steps) != 2:
        return False
    first, second = price.steps
    same = (first.price_micro, first.unit) == (second.price_micro, second.unit)
    return same and first.increment == second.start


def first_whole_text(price: PriceRow) -> str:
    """Both steps of such a price in one."""
    first, second = price.steps
    return _("{price} a {unit}, the first {first} s whole, then counted by {increment} s").format(
        price=units.money_micro(first.price_micro),
        unit=_("minute") if first.unit == MINUTE else units.duration(first.unit),
        first=first.increment,
        increment=second.increment,
    )


def step_text(price: PriceRow, step: StepRow) -> str:
    """One step of a price."""
    cost = units.money_micro(step.price_micro)
    if price.kind == "sms":
        return _("{price} each").format(price=cost)
    unit = _("minute") if step.unit == MINUTE else units.duration(step.unit)
    text = _("{price} a {unit}, counted by {increment} s").format(
        price=cost, unit=unit, increment=step.increment
    )
    if step.start:
        text += " " + _("from second {second}").format(second=step.start)
    return text


def data_price(tariff: CountryTariff) -> str:
    """What data costs there."""
    if tariff.data_included:
        return _("draws on the line's data bundle")
    if not tariff.data_micro:
        return _("not possible")
    price, unit = units.money_micro(tariff.data_micro), unit_name(tariff.data_unit)
    return _("{price} per {unit} without a bundle").format(price=price, unit=unit)


def unit_name(size: int) -> str:
    """What a price is for: "MB" where one of it is meant."""
    return units.volume(size).removeprefix("1\u00a0").removeprefix("1 ")


def bundle_line(bundle: CoveringBundle) -> Content:
    """A roaming bundle that covers the country."""
    price, size = units.money_micro(bundle.price_micro), units.volume(bundle.size_bytes)
    text = _("{size} for {price}, only when used").format(size=size, price=price)
    if bundle.enabled:
        return Content.assemble(text, ("  ✓ " + _("on"), "$text-success"))
    return Content(text)


def edition(plan: str, valid_from: str) -> str:
    """Which edition of the sheet this is."""
    noon = datetime.fromisoformat(valid_from).replace(hour=12, tzinfo=UTC)
    day = units.date(int(noon.timestamp()), "UTC")
    return _("{plan}, valid from {day}").format(plan=safe(plan), day=day)


def sheet_lines(sheet: TariffSheet) -> Facts:
    """The whole sheet: classes with their price and countries, bundles, edition."""
    unit = unit_name(sheet.data_unit)
    lines: list[Line] = [
        (_("Tariff"), Content(edition(sheet.name, sheet.valid_from))),
        (
            _("0 GB line, lifted"),
            Content(
                _("{price} per {unit}").format(price=units.money_micro(sheet.out_of_bundle_micro), unit=unit)
            ),
        ),
        *((_("Bundle {name}").format(name=bundle.name), bundle_line(bundle)) for bundle in sheet.bundles),
    ]
    for zone in sheet.zones:
        lines += [Content(), zone_text(zone, unit)]
    return rows(lines)


def zone_text(zone: ZoneSheet, unit: str) -> Content:
    """One class of countries."""
    price = _("{price} per {unit}").format(price=units.money_micro(zone.data_micro), unit=unit)
    if zone.data_included:
        price = _("in the data bundle")
    names = ", ".join(zone.countries[:COUNTRIES_SHOWN])
    rest = len(zone.countries) - COUNTRIES_SHOWN
    if rest > 0:
        names += " " + _("and {count} more").format(count=rest)
    return Content.assemble(
        (zone.name, "bold"), "  ", (price, "$text-accent"), "\n", (safe(names), "$text-quiet")
    )
