"""Prices of countries and how to reach the operator, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app import units
from app.i18n import _, language

if TYPE_CHECKING:
    from app.content import Content


def contact_card(found: Any, content: Content) -> list[str]:
    """How to reach the operator."""
    from app.screens.support.area import days_name

    now = _("open now") if found.open_now else _("closed now")
    if found.turns_at is not None:
        says = _("until {time}") if found.open_now else _("opens {time}")
        now += ", " + says.format(time=units.instant(found.turns_at, content.operator.time_zone, language()))
    return [
        f"{found.name}: {now}",
        f"{_('Telephone')}: {found.phone}",
        f"{_('E-mail')}: {found.email}",
        f"{_('Website')}: {found.website}",
        f"{_('Address')}: {found.street}, {found.postcode} {found.city}",
        *(f"{days_name(days)}: {opens} – {closes}" for days, opens, closes in found.hours),
    ]


def status_briefly(found: Any, content: Content) -> str:
    """A notice of the operator: what, when, and what it means."""
    from app.screens.info.status_words import kind_word, time_words

    when = time_words(found, content.operator.time_zone)
    return f"{kind_word(found)}: {found.title} ({when}). {found.text}"


def sms_command(found: Any, _content: Content) -> str:
    """A text that phones can send, and what it does."""
    from app.screens.support.area import meaning

    return f"{found.text}: {meaning(found)}"


def country_tariff(found: Any, _content: Content) -> list[str]:
    """A country: its class, data and what covers it, then calls and messages by where they start."""
    from app.screens.info.words import bundle_line, data_price, edition, price_label, price_text

    lines = [f"{found.name}: {found.zone_name}", f"{_('Data')}: {data_price(found)}"]
    for bundle in found.bundles:
        lines.append(f"{_('Bundle {name}').format(name=bundle.name)}: {bundle_line(bundle).plain}")
    if found.advice:
        lines.append(f"{_('Your line')}: {found.advice}")
    origin = ""
    for price in found.prices:
        if price.origin != origin:
            origin = price.origin
            lines.append(_("From {place}").format(place=origin) + ":")
        lines.append(f"{price_label(price)}: {price_text(price)}")
    return [*lines, f"{_('Tariff')}: {edition(found.plan, found.valid_from)}"]


def tariff_sheet(found: Any, _content: Content) -> list[str]:
    """The whole sheet: classes with their price and countries, bundles."""
    from app.screens.info.words import bundle_line, edition, unit_name

    unit = unit_name(found.data_unit)
    per_unit = _("{price} per {unit}")
    lines = [
        f"{_('Tariff')}: {edition(found.name, found.valid_from)}",
        f"{_('0 GB line, lifted')}: "
        + per_unit.format(price=units.money_micro(found.out_of_bundle_micro), unit=unit),
    ]
    for bundle in found.bundles:
        lines.append(f"{_('Bundle {name}').format(name=bundle.name)}: {bundle_line(bundle).plain}")
    for zone in found.zones:
        price = per_unit.format(price=units.money_micro(zone.data_micro), unit=unit)
        if zone.data_included:
            price = _("in the data bundle")
        lines.append(f"{zone.name}: {price}. {', '.join(zone.countries)}")
    return lines
