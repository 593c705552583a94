"""Why a call or message costs what it costs: destination, connect fee, slices, bounds, rounding."""

from __future__ import annotations

from app.i18n import _, language, ngettext
from app.rating.calendar import band_at
from app.rating.codes import Direction, Flag, Kind, Reason
from app.rating.records import Rating, Usage
from app.rating.tables import TariffTables
from app.rating.tariff import CallRate, Destination, Tariff, in_language
from app.rating.voice import slice_at
from app.units import count, duration, money_micro


def call_sentences(usage: Usage, rating: Rating, tariff: Tariff, tables: TariffTables) -> list[str]:
    """All that made the price of a call or message."""
    if rating.rate < 0:
        return []
    rate = tariff.all_rates[rating.rate]
    sentences = [destination_sentence(usage, rating, rate, tariff)]
    if rate.included:
        if rating.reason == Reason.INCLUDED:
            sentences.append(_("That is included in the subscription."))
        return sentences
    if usage.kind == Kind.VOICE:
        sentences.append(
            _("It lasted {duration} ({seconds} seconds).").format(
                duration=duration(usage.volume), seconds=count(usage.volume)
            )
        )
    sentences += slice_sentences(usage, rating, rate, tables)
    if rate.least:
        sentences.append(_("It costs at least {amount}.").format(amount=money_micro(rate.least)))
    if rate.most is not None:
        sentences.append(_("It costs at most {amount}.").format(amount=money_micro(rate.most)))
    sentences.append(decimals_sentence(rate.rounding, rate.decimals))
    if usage.legs > 1:
        sentences.append(
            _("The organiser of a conference pays each outgoing call: {legs} times that.").format(
                legs=usage.legs
            )
        )
    return sentences


def destination_sentence(usage: Usage, rating: Rating, rate: CallRate, tariff: Tariff) -> str:
    """Which prefix matched and what it stands for."""
    name = in_language(destination_of(rating.prefix, usage.number, rate, tariff).label, language())
    if usage.direction == Direction.MT:
        return _("It was incoming, from {name}.").format(name=name)
    if rating.prefix:
        return _("The number begins with {prefix}: {name}.").format(prefix=rating.prefix, name=name)
    return _("No longer beginning of the number is listed, so it counts as: {name}.").format(name=name)


def destination_of(prefix: int, number: int, rate: CallRate, tariff: Tariff) -> Destination:
    """The destination of a rate through which a number was found."""
    wanted = {str(prefix), f"={prefix}"} if prefix else {"*" if number else "unknown"}
    listed = [destination for destination in tariff.destinations if destination.name in rate.to]
    by_country = [destination for destination in listed if destination.countries or destination.eu]
    exact = [destination for destination in listed if wanted & set(destination.prefixes)]
    return (exact or by_country or listed)[0]


def slice_sentences(usage: Usage, rating: Rating, rate: CallRate, tables: TariffTables) -> list[str]:
    """The connect fee and each slice: how many increments of which price, and in which time band."""
    terms = tables.rates[rating.rate]
    sentences = []
    band = band_at(usage.start, terms, tables)
    connect = rate.bands[band - terms.band].connect
    if connect and not usage.flags & Flag.CONTINUED:
        sentences.append(_("Connect fee: {amount}.").format(amount=money_micro(connect)))
    passed = 0
    while passed < usage.volume:
        step, units = slice_at(usage, passed, terms, tables)
        band = next(
            index
            for index in range(terms.band, terms.band + len(rate.bands))
            if tables.bands[index].first <= step < tables.bands[index].first + tables.bands[index].length
        )
        sentences.append(
            slice_sentence(usage, units, rate, band - terms.band, step - tables.bands[band].first)
        )
        passed += units * tables.steps[step].increment
    return sentences


def slice_sentence(usage: Usage, units: int, rate: CallRate, band: int, step: int) -> str:
    """One slice in words."""
    price = rate.bands[band].steps[step]
    if usage.kind == Kind.SMS:
        return ngettext(
            "{units} message at {price} per {unit}.", "{units} messages at {price} per {unit}.", units
        ).format(units=count(units), price=money_micro(price.price), unit=count(price.unit))
    sentence = ngettext(
        "{units} increment of {increment} s at {price} per {unit} s.",
        "{units} increments of {increment} s at {price} per {unit} s.",
        units,
    ).format(
        units=count(units),
        increment=count(price.increment),
        price=money_micro(price.price),
        unit=count(price.unit),
    )
    name = in_language(rate.bands[band].label, language())
    return _("{sentence} Time band: {name}.").format(sentence=sentence, name=name) if name else sentence


def decimals_sentence(rounding: str, decimals: int) -> str:
    """How the exact sum is rounded, once."""
    way = {
        "half_up": _("The exact sum is rounded half up to {decimals} decimals of a euro."),
        "up": _("The exact sum is rounded up to {decimals} decimals of a euro."),
        "down": _("The exact sum is rounded down to {decimals} decimals of a euro."),
    }[rounding]
    return way.format(decimals=decimals)
