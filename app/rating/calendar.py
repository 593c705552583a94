"""Which time band holds at an instant, in the operator's time zone."""

from __future__ import annotations

from app.rating.tables import Rate, TariffTables

DAY = 86_400
THURSDAY = 3
"""1970-01-01, day 0, was a Thursday; weekdays count from Monday 0."""


def band_at(instant: int, terms: Rate, tariff: TariffTables) -> int:
    """Index of the band of a rate at an instant, -1 if none holds or the calendar ends before it."""
    if terms.banded == 0:
        return terms.band
    local = instant + tariff.offsets[offset_at(instant, tariff)].seconds
    segment = segment_at(local, terms, tariff)
    return tariff.segments[segment].band if segment >= 0 else -1


def band_end(instant: int, terms: Rate, tariff: TariffTables) -> int:
    """The instant up to which the segment at `instant` lasts; a change of the clock ends it too."""
    offset = offset_at(instant, tariff)
    local = instant + tariff.offsets[offset].seconds
    day = local // DAY
    segment = segment_at(local, terms, tariff)
    end = (day + 1) * DAY
    if segment >= 0:
        row = tariff.days[terms.days + day_type(day, tariff)]
        if segment + 1 < row.first + row.length:
            end = day * DAY + tariff.segments[segment + 1].start
    end -= tariff.offsets[offset].seconds
    if offset + 1 < tariff.offset_count:
        end = min(end, tariff.offsets[offset + 1].start)
    return end


def offset_at(instant: int, tariff: TariffTables) -> int:
    """Index of the offset from UTC in force; the first also holds before it starts."""
    low = 1
    high = tariff.offset_count
    while low < high:
        middle = (low + high) // 2
        if tariff.offsets[middle].start <= instant:
            low = middle + 1
        else:
            high = middle
    return low - 1


def segment_at(local: int, terms: Rate, tariff: TariffTables) -> int:
    """Index of the segment that holds at a local second since 1970, -1 outside the calendar."""
    day = local // DAY
    if day < tariff.first_day or day > tariff.last_day:
        return -1
    row = tariff.days[terms.days + day_type(day, tariff)]
    second = local % DAY
    segment = row.first
    last = row.first + row.length - 1
    while segment < last and tariff.segments[segment + 1].start <= second:
        segment += 1
    return segment


def day_type(day: int, tariff: TariffTables) -> int:
    """A weekday (Monday 0) or one of the special types of day."""
    low = 0
    high = tariff.special_count
    while low < high:
        middle = (low + high) // 2
        if tariff.special_days[middle].day < day:
            low = middle + 1
        else:
            high = middle
    if low < tariff.special_count and tariff.special_days[low].day == day:
        return tariff.special_days[low].kind
    return (day + THURSDAY) % 7
