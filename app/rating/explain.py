"""Why a record costs what it costs, in the reader's language, from the stored integers and the tariff."""

from __future__ import annotations

from app.i18n import _, language, ngettext
from app.rating.codes import FIRST_COMMAND, Flag, Kind, Reason, Status, Zone
from app.rating.explain_call import call_sentences, decimals_sentence
from app.rating.records import Rating, Usage
from app.rating.tables import TariffTables
from app.rating.tariff import Tariff, in_language
from app.units import count, money_micro, volume


def explain(usage: Usage, rating: Rating, tariff: Tariff, tables: TariffTables, place: str = "") -> list[str]:
    """Sentences, most general first; together they hold every number needed to work out the amount.

    tariff, tables: the version that rated the record, and it compiled for the record's month; place: the
    name of the visited country in the reader's language.
    """
    if usage.kind >= FIRST_COMMAND:
        return [_("A setting of the line changed, or its user answered a message; this costs nothing.")]
    sentences = [version_sentence(tariff)]
    if rating.zone != Zone.UNKNOWN:
        sentences.append(zone_sentence(usage, rating, place))
    if rating.status == Status.SUSPENDED or rating.reason == Reason.ZERO_VOLUME:
        return [*sentences, reason_sentence(rating.reason)]
    if rating.status == Status.BLOCKED:
        sentences.append(reason_sentence(rating.reason))
    if usage.kind == Kind.DATA:
        sentences += data_sentences(usage, rating, tariff)
    else:
        sentences += call_sentences(usage, rating, tariff, tables)
    sentences.append(result_sentence(rating))
    return sentences


def version_sentence(tariff: Tariff) -> str:
    """Which dated edition of the plan holds."""
    return _("Tariff {name}, edition of {day}.").format(
        name=in_language(tariff.label, language()), day=tariff.valid_from.isoformat()
    )


def zone_sentence(usage: Usage, rating: Rating, place: str) -> str:
    """Where it took place, and what the tariff takes that for."""
    if usage.flags & Flag.WIFI and usage.kind != Kind.DATA:
        return _("Over Wi-Fi: it counts as made at home.")
    return {
        Zone.HOME: _("Used in {place}: at home."),
        Zone.EU: _("Used in {place}: on the list of EU countries of that month."),
        Zone.A: _("Used in {place}: on the tariff's list of Countries A."),
        Zone.B: _("Used in {place}: on the tariff's list of Countries B."),
        Zone.REST: _("Used in {place}: on no list of the tariff, so the rest of the world."),
        Zone.SHIP_PLANE: _("Made on the network of {place}, which is a zone of its own."),
    }[Zone(rating.zone)].format(place=place or "?")


def reason_sentence(reason: int) -> str:
    """Why nothing is charged, or why the record waits."""
    return {
        Reason.ZERO_VOLUME: _("Nothing was used, so it costs nothing, not even a connect fee."),
        Reason.BAR_PREMIUM: _("Premium numbers are barred on this line."),
        Reason.BAR_INTERNATIONAL: _("Calls to foreign numbers are barred on this line."),
        Reason.BAR_DATA_OUTSIDE_EU: _("Data outside the EU is barred on this line."),
        Reason.BAR_DATA_EU: _("Data in the EU abroad is barred on this line."),
        Reason.BAR_ROAMING: _("All roaming abroad is barred on this line."),
        Reason.DATA_OFF: _("Data outside the EU is off: no roaming bundle is enabled."),
        Reason.ZERO_BLOCK: _("This line has 0 GB and its data block is not lifted."),
        Reason.LIMIT_BLOCK: _("The cost limit had blocked data outside the EU."),
        Reason.CAP_BLOCK: _("The last allowed bundle of this class was used up."),
        Reason.NO_VOICE: _("A Data Only line makes no calls."),
        Reason.NO_RATE: _("The tariff has no rate for this number and time; the record waits."),
        Reason.UNKNOWN_PLACE: _("It is not known where this took place; the record waits."),
        Reason.UNKNOWN_LINE: _("No line matches; the record waits."),
        Reason.CLOCK_AHEAD: _("It lies in the future; the record waits."),
        Reason.CONFLICT: _("The same record came before with other content; it waits."),
        Reason.TOO_LATE: _("Its month was invoiced too long ago; the record waits."),
        Reason.COUNTER_FULL: _("The counters of the line are full; the record waits."),
    }.get(Reason(reason), _("A field of the record is out of range; it waits."))


def data_sentences(usage: Usage, rating: Rating, tariff: Tariff) -> list[str]:
    """How a volume was counted and priced."""
    sentences = [
        _("Volume: {volume} ({bytes} bytes).").format(volume=volume(usage.volume), bytes=count(usage.volume))
    ]
    if rating.reason == Reason.ALLOWANCE:
        sentences.append(_("It draws on the data bundle of the line and costs nothing by itself."))
    if rating.bundle_volume:
        sentences += bundle_sentences(rating)
    if rating.units:
        price = tariff.out_of_bundle_price
        if rating.zone > Zone.EU:
            price = tariff.zone_prices[rating.zone]
        sentences.append(
            ngettext(
                "Counted: {units} increment of {increment} bytes at {price} per {unit} bytes.",
                "Counted: {units} increments of {increment} bytes at {price} per {unit} bytes.",
                rating.units,
            ).format(
                units=count(rating.units),
                increment=count(tariff.data_increment),
                price=money_micro(price),
                unit=count(tariff.data_unit),
            )
        )
        sentences.append(decimals_sentence("half_up", tariff.data_decimals))
    return sentences


def bundle_sentences(rating: Rating) -> list[str]:
    """What the roaming bundles took, and which of them the record started."""
    sentences = [
        _("The roaming bundle took {bytes} bytes; {before} bytes of this class were used before.").format(
            bytes=count(rating.bundle_volume), before=count(rating.bundle_before)
        )
    ]
    if rating.bundle_count:
        sentences.append(
            ngettext(
                "It started {number} bundle, from number {first} on, for {price} in all.",
                "It started {number} bundles, from number {first} on, for {price} in all.",
                rating.bundle_count,
            ).format(
                number=rating.bundle_count, first=rating.bundle_first, price=money_micro(rating.bundle_micro)
            )
        )
    return sentences


def result_sentence(rating: Rating) -> str:
    """The amount in the end."""
    if rating.leaked and rating.charge_micro == 0:
        return _("Used in spite of the block: marked, and not charged.")
    return _("Charged: {amount}.").format(amount=money_micro(rating.charge_micro))
