"""Rated records of one line in one month, one by one and by day."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from app.clock import month_bounds, month_of
from app.i18n import language
from app.operations.core.months import days_of
from app.operations.core.names import DIRECTIONS, KIND_NAMES, KINDS, ZONES, bits_of
from app.operations.core.paging import Order, Page, read_page
from app.operations.core.reasons import reason_text
from app.operations.core.visit import Visit
from app.rating.codes import Flag, Kind, Status

NEWEST_FIRST = Order(("usage_record.start", "usage_record.tie"), (int, int), descending=True)
STATUSES = {Status.RATED: "rated", Status.BLOCKED: "blocked", Status.SUSPENDED: "suspended"}
QUARTER = 900
"""Seconds in which days are summed: every time zone changes by whole quarters of an hour."""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record of usage and what it costs.

    start: instant; kind: "voice", "sms" or "data"; direction: "outgoing", "incoming" or "forwarded";
    number: the other party with a plus sign, "" if unknown; place: code of the country, ship or plane, ""
    unknown; place_name: in the reader's language; zone: "home", "eu", "a", "b", "rest", "ship_plane" or
    "unknown"; volume: seconds, messages or bytes; charge_micro: bundles that it started included; status:
    "rated", "blocked" (came in spite of a bar or block: leaked, not charged) or "suspended"; reason: why it
    costs that, in the reader's language; late: it came after its month was closed.
    """

    id: int
    start: int
    kind: str
    direction: str
    number: str
    place: str
    place_name: str
    zone: str
    volume: int
    charge_micro: int
    status: str
    reason: str
    wifi: bool
    leaked: bool
    late: bool


@dataclass(frozen=True, slots=True)
class DayUse:
    """One day of a line: bytes in NL and the EU, bytes outside, seconds, messages, micro-euro."""

    start: int
    data_bytes: int
    roaming_bytes: int
    voice_seconds: int
    sms_count: int
    charge_micro: int


COLUMNS = (
    "usage_record.start, usage_record.tie, usage_record.id, usage_record.start, usage_record.kind, "
    "usage_record.direction, usage_record.number, usage_record.place, usage_record.volume, "
    "usage_record.flags, rated_record.zone, rated_record.charge_micro, rated_record.status, "
    "rated_record.reason, rated_record.leaked, rated_record.late"
)


def read_records(
    visit: Visit, line_id: int, month: int, kind: str, after: str | None, before: str | None, limit: int
) -> Page[RecordRow]:
    """A page of a line's month, the newest record first."""
    start, end = month_bounds(month, visit.zone)
    condition, values = "TRUE", {}
    if kind:
        condition = "usage_record.kind = :kind"
        values["kind"] = bits_of([kind], KINDS, "kind")
    return read_page(
        visit,
        f"SELECT {COLUMNS} FROM usage_record JOIN rated_record ON rated_record.usage_id = usage_record.id "
        "WHERE usage_record.line_id = :line AND usage_record.start >= :start AND usage_record.start < :end "
        f"AND {condition} AND {{where}} {{order}}",
        NEWEST_FIRST,
        lambda row: make_record(visit, row),
        after=after,
        before=before,
        limit=limit,
        line=line_id,
        start=start,
        end=end,
        **values,
    )


def make_record(visit: Visit, row: tuple[Any, ...]) -> RecordRow:
    """A row of COLUMNS as a record."""
    usage_id, start, kind, direction, number, place, volume, flags, zone, charge, *rest = row
    status, reason, leaked, late = rest
    known = 0 <= place < visit.content.places.count
    return RecordRow(
        id=usage_id,
        start=start,
        kind=KIND_NAMES[kind],
        direction=DIRECTIONS[direction],
        number=f"+{number}" if number else "",
        place=visit.content.places.code(place) if known else "",
        place_name=visit.content.places.name(place, language()) if known else "",
        zone=ZONES[zone],
        volume=volume,
        charge_micro=charge,
        status=STATUSES[status],
        reason=reason_text(reason),
        wifi=bool(flags & Flag.WIFI),
        leaked=bool(leaked),
        late=bool(late),
    )


def read_days(visit: Visit, line_id: int, month: int) -> list[DayUse]:
    """Every day of a month, also those without use; summed in the database, however many records."""
    start, end = month_bounds(month, visit.zone)
    rows = visit.rows(
        "SELECT usage_record.start / :quarter AS quarter, "
        "sum(CASE WHEN kind = :data AND zone <= 1 THEN volume ELSE 0 END), "
        "sum(CASE WHEN kind = :data AND zone > 1 THEN volume ELSE 0 END), "
        "sum(CASE WHEN kind = :voice THEN volume ELSE 0 END), "
        "sum(CASE WHEN kind = :sms THEN volume ELSE 0 END), sum(charge_micro) "
        "FROM usage_record JOIN rated_record ON rated_record.usage_id = usage_record.id "
        "WHERE line_id = :line AND usage_record.start >= :start AND usage_record.start < :end "
        "AND status = :rated GROUP BY quarter",
        quarter=QUARTER,
        data=int(Kind.DATA),
        voice=int(Kind.VOICE),
        sms=int(Kind.SMS),
        rated=int(Status.RATED),
        line=line_id,
        start=start,
        end=end,
    )
    starts = days_of(month, visit.zone)
    sums = [[0] * 5 for _ in starts]
    for quarter, *values in rows:
        day = sums[bisect_right(starts, quarter * QUARTER) - 1]
        for index, value in enumerate(values):
            day[index] += value
    return [DayUse(day, *values) for day, values in zip(starts, sums, strict=True)]


def read_months(visit: Visit, line_id: int) -> list[int]:
    """The months in which a line has records, the newest first."""
    month = None
    found: list[int] = []
    while True:
        until = month_bounds(month, visit.zone)[0] if month else 2**62
        row = visit.row(
            "SELECT max(start) FROM usage_record WHERE line_id = :line AND start < :until",
            line=line_id,
            until=until,
        )
        if row is None or row[0] is None:
            return found
        month = month_of(row[0], visit.zone)
        found.append(month)
