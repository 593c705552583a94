"""What use costs in a country, told to a line's user who arrives there (the operator's gross tariffs)."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import month_of
from app.content import Content
from app.i18n import _, language, use_language
from app.operations.core.notices import NO_NUMBER, SWITCHED_OFF
from app.operations.core.outbox import enqueue
from app.rating.codes import Direction, Kind, LineKind, Status, Zone
from app.rating.records import LineTerms, Usage
from app.rating.single import price_one
from app.rating.tables import TariffTables
from app.store import Transaction
from app.units import money_micro, volume

LATE = "too late"
LATE_SECONDS = 86_400
"""A border that was crossed longer ago is no news: the message is kept for reading, not sent."""
MINUTE = 60
SUBSCRIBER = "201234567"
"""Any number of a country: prices go by how it begins."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: str
    account_id: int
    kind: str
    plan: str
    last_place: int
    tell_border: int
    language: str


def moved(tx: Transaction, content: Content, line_id: int, place: int, at: int, now: int) -> int | None:
    """A line was seen at a place: remember it, and queue the border message if it came from elsewhere.

    Args:
        place: index of a place; -1, an unknown one, changes nothing.
        at: when it was seen there.

    Returns:
        Id of the message; None where nothing is told: same place as before, at home, or no tariff.
    """
    line = _line(tx, line_id)
    if place < 0 or place == line.last_place:
        return None
    tx.execute("UPDATE line SET last_place = :place WHERE id = :line", place=place, line=line_id)
    with use_language(line.language):
        body = border_text(content, line.plan, line.kind, place, at)
    if not body:
        return None
    return enqueue(
        tx,
        f"sms:{line_id}:border:{content.places.code(place)}:{at}",
        "sms",
        line.number,
        body,
        now,
        account_id=line.account_id,
        line_id=line_id,
        muted=_muted(line, at, now),
    )


def border_text(content: Content, plan: str, kind: str, place: int, at: int) -> str:
    """The message about a place in the language in force; empty at home and where the plan has no prices."""
    month = month_of(at, content.operator.time_zone)
    tables = content.tariffs.tables(plan, month) if plan in content.tariffs.plans() else None
    if tables is None or tables.place_zone[place] == Zone.HOME:
        return ""
    parts = [_("Welcome to {country}.").format(country=content.places.name(place, language()))]
    if kind == "voice_data":
        parts += _calls(content, tables, place, at)
    parts.append(_data(content, tables, place))
    parts.append(_("Prices are gross, without VAT and before bundles."))
    return " ".join(parts)


def _calls(content: Content, tables: TariffTables, place: int, at: int) -> list[str]:
    home = content.places.index(content.operator.home_country)

    def price(kind: Kind, direction: Direction, size: int, of: int) -> str:
        calling = content.places.calling(of)
        number = int(calling[0] + SUBSCRIBER) if calling else 0
        usage = Usage(
            start=at, kind=int(kind), direction=int(direction), volume=size, place=place, number=number
        )
        rating = price_one(tables, usage, LineTerms(kind=int(LineKind.VOICE_DATA)))
        if rating.status != Status.RATED:
            return _("not possible")
        amount = _money(content, rating.charge_micro)
        if kind == Kind.VOICE and rating.charge_micro:
            return _("{amount} a minute").format(amount=amount)
        return amount

    sentences = [
        _("Calls to {home}: {price}; received: {received}.").format(
            home=content.places.name(home, language()),
            price=price(Kind.VOICE, Direction.MO, MINUTE, home),
            received=price(Kind.VOICE, Direction.MT, MINUTE, home),
        )
    ]
    if content.places.calling(place):
        within = price(Kind.VOICE, Direction.MO, MINUTE, place)
        sentences.append(_("Calls within the country: {price}.").format(price=within))
    sentences.append(_("SMS: {price}.").format(price=price(Kind.SMS, Direction.MO, 1, home)))
    return sentences


def _data(content: Content, tables: TariffTables, place: int) -> str:
    zone = tables.place_zone[place]
    if zone == Zone.EU:
        return _("Data draws on your bundle, as at home.")
    return _("Data: {price} per {unit}.").format(
        price=_money(content, tables.zones[zone].price), unit=volume(tables.data_unit)
    )


def _money(content: Content, micro: int) -> str:
    return _("included") if micro == 0 else money_micro(micro, currency=content.operator.currency)


def _line(tx: Transaction, line_id: int) -> _Line:
    row = tx.row(
        "SELECT line.number, account_id, line.kind, plan, last_place, tell_border, account.language"
        " FROM line JOIN account ON account.id = line.account_id WHERE line.id = :line",
        line=line_id,
    )
    if row is None:
        raise LookupError(f"no line {line_id}")
    return _Line(*row)


def _muted(line: _Line, at: int, now: int) -> str:
    if not line.number.startswith("+"):
        return NO_NUMBER
    if not line.tell_border:
        return SWITCHED_OFF
    return LATE if now - at > LATE_SECONDS else ""
