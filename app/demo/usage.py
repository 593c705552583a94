"""What the demo's lines use on one day: rows of the portal's own format, the same whenever they are made."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.clock import zone_named
from app.content import Content
from app.content.demo import DemoGroup, DemoLine
from app.demo import habits
from app.demo.month_shape import share_of_day

COLUMNS: Final = (
    *("id", "subscriber", "start", "type", "direction", "seconds", "messages", "bytes"),
    *("mcc", "mnc", "number", "wifi", "legs"),
)
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A line with what decides how it is used. `monthly` is bytes in NL and the EU, `weight` its share."""

    line: DemoLine
    group: DemoGroup
    monthly: int


def subscribers(content: Content) -> list[Subscriber]:
    """All lines of the demo, each with its part of what its group uses in a month."""
    return [
        Subscriber(line, group, _monthly(content, group, line))
        for customer in content.demo.customers
        for group in customer.groups
        for line in group.lines
    ]


def _monthly(content: Content, group: DemoGroup, line: DemoLine) -> int:
    bundle = content.catalogue.data_bundles[group.data_bundle]
    if bundle.is_zero:
        return habits.LIFTED_ZERO_MONTH if line.zero_lifted else habits.BLOCKED_ZERO_MONTH
    weights = {each.name: _weight(each.name) for each in group.lines}
    pool = bundle.volume * len(group.lines) * habits.POOL_PERCENT.get(group.name, 60) // 100
    if bundle.unlimited:
        pool = habits.UNLIMITED_MONTH * len(group.lines)
    return pool * weights[line.name] // sum(weights.values())


def _weight(name: str) -> int:
    return 40 + hashlib.blake2b(name.encode(), digest_size=1).digest()[0] * 3 // 4


def day_rows(subscriber: Subscriber, day: date, zone: str) -> list[Row]:
    """Everything a line did on a local day, in the order of time."""
    seed = f"{subscriber.line.number} {day.isoformat()}"
    chance = random.Random(seed)  # noqa: S311 - no secret: the same demo on every machine
    trip = trip_on(subscriber.line.name, day)
    drawn = [*_data(subscriber, day, trip, chance), *_calls(subscriber, trip, chance)]
    drawn.sort(key=lambda event: event[0])
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone_named(zone))
    network = habits.NETWORKS[trip.place if trip else "NL"]
    rows = []
    for number, (second, fields) in enumerate(drawn):
        start = int((midnight + timedelta(seconds=second)).timestamp())
        row = dict.fromkeys(COLUMNS, "")
        row |= {"id": f"{day:%Y%m%d}-{subscriber.line.number[-8:]}-{number:03}"}
        row |= {"subscriber": subscriber.line.number, "mcc": network[0], "mnc": network[1]}
        row |= {"start": datetime.fromtimestamp(start, zone_named("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")}
        rows.append(row | fields)
    return rows


def trip_on(person: str, day: date) -> habits.Trip | None:
    """Where somebody is on a day, if not at home."""
    for trip in habits.TRIPS:
        if trip.person == person and trip.first <= day.day <= trip.last:
            return trip
    return None


Event = tuple[int, Row]
"""Second of the local day, cells."""


def _data(
    subscriber: Subscriber, day: date, trip: habits.Trip | None, chance: random.Random
) -> Iterator[Event]:
    """Sessions that sum to what the line uses on the day."""
    total = trip.daily if trip else subscriber.monthly * share_of_day(day) // 1_000_000
    total = total * chance.randint(70, 130) // 100
    if total < 20_000:
        return
    sessions = chance.randint(2, 5)
    cuts = sorted(chance.randrange(total) for _ in range(sessions - 1))
    for first, last in zip([0, *cuts], [*cuts, total], strict=True):
        if last - first > 1000:
            yield _moment(chance), {"type": "data", "direction": "out", "bytes": str(last - first)}


def _calls(subscriber: Subscriber, trip: habits.Trip | None, chance: random.Random) -> Iterator[Event]:
    group, person = subscriber.group.name, subscriber.line.name
    if group in habits.SILENT or subscriber.group.subscription == "data_only":
        return
    abroad = trip is not None
    for _ in range(chance.randint(0, 4)):
        row = _call(chance, _called(group, person, chance))
        if abroad and chance.randrange(4) == 0:
            row["wifi"] = "1"
        yield _moment(chance), row
    for _ in range(chance.randint(0, 2)):
        number = chance.choice(habits.COMPANY + habits.NATIONAL)
        yield _moment(chance), _call(chance, number) | {"direction": "in"}
    for _ in range(chance.randint(0, 2)):
        way = chance.choice(("out", "in"))
        number = chance.choice(habits.NATIONAL)
        yield _moment(chance), {"type": "sms", "direction": way, "messages": "1", "number": number}
    yield from _rare(person, chance)


def _rare(person: str, chance: random.Random) -> Iterator[Event]:
    """What only some do, and not every day."""
    if person in habits.PREMIUM_CALLERS and chance.randrange(6) == 0:
        yield _moment(chance), _call(chance, chance.choice(habits.PREMIUM))
    if person in habits.CONFERENCES and chance.randrange(5) == 0:
        yield _moment(chance), _call(chance, chance.choice(habits.NATIONAL)) | {"legs": "2"}
    if person in habits.FORWARDERS and chance.randrange(4) == 0:
        yield _moment(chance), _call(chance, habits.FORWARDERS[person]) | {"direction": "forwarded"}
    if person in habits.CALLS_GERMANY and chance.randrange(5) == 0:
        yield _moment(chance), _call(chance, habits.ABROAD[0])


def _called(group: str, person: str, chance: random.Random) -> str:
    drawn = chance.randrange(100)
    if drawn < 45:
        return chance.choice(habits.COMPANY)
    if drawn < 80 or group not in habits.CALLERS_ABROAD:
        return chance.choice(habits.NATIONAL + habits.FREE)
    return chance.choice(habits.ABROAD if drawn < 92 else habits.FAR)


def _call(chance: random.Random, number: str) -> Row:
    seconds = min(int(chance.expovariate(1) * 150) + 3, 3600)
    return {"type": "voice", "direction": "out", "seconds": str(seconds), "number": number}


def _moment(chance: random.Random) -> int:
    """A second of the waking day."""
    return min(max(int(chance.gauss(13, 4) * 3600), 6 * 3600), 23 * 3600 + 1800) + chance.randrange(600)
