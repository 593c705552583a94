"""Voice and SMS: where a number lies, what its rate is, what a call of so many seconds costs."""

from __future__ import annotations

from app.rating import numbers as n
from app.rating.calendar import band_at, band_end
from app.rating.outcome import leak, suspend
from app.rating.records import LineTerms, Rating, State, Usage
from app.rating.tables import Rate, TariffTables


def rate_call(usage: Usage, line: LineTerms, state: State, tariff: TariffTables, out: Rating) -> None:
    """Rate a call or message of a known zone by the destination's rate."""
    found = find_interval(usage, line, out.zone, tariff)
    flags = 0
    rate = -1
    if found >= 0:
        flags = tariff.intervals[found].flags
        rate = tariff.intervals[found].rate
        out.prefix = tariff.intervals[found].prefix
    barred = bar_of(usage, line, state, out.zone, flags)
    if rate < 0 and barred == n.NONE:
        suspend(out, n.NO_RATE)
        return
    out.rate = rate
    if rate >= 0:
        price(usage, rate, tariff, out)
    if out.status == n.SUSPENDED and barred == n.NONE:
        return
    if barred != n.NONE:
        leak(out, barred)
        out.charge_micro = 0
        out.included = 0
    elif usage.kind == n.VOICE:
        state.voice_seconds += usage.volume
        state.voice_micro += out.charge_micro
    else:
        state.sms_count += usage.volume
        state.sms_micro += out.charge_micro


def bar_of(usage: Usage, line: LineTerms, state: State, zone: int, flags: int) -> int:
    """The reason why this call or message is forbidden, NONE if it is not. SMS passes the foreign bar."""
    if usage.kind == n.VOICE and line.kind == n.DATA_ONLY:
        return n.NO_VOICE
    if zone != n.ZONE_HOME and state.bars & n.BARS_ROAMING != 0:
        return n.BAR_ROAMING
    if usage.direction == n.MT:
        return n.NONE
    if flags & n.FLAG_PREMIUM != 0 and state.bars & n.BARS_PREMIUM != 0:
        return n.BAR_PREMIUM
    foreign = flags & n.FLAG_INTERNATIONAL != 0 and usage.kind == n.VOICE
    if foreign and state.bars & n.BARS_INTERNATIONAL != 0:
        return n.BAR_INTERNATIONAL
    return n.NONE


def find_interval(usage: Usage, line: LineTerms, zone: int, tariff: TariffTables) -> int:
    """Index of the interval that holds the number, -1 if none does: one binary search."""
    if line.subject < 0 or line.subject >= tariff.subjects:
        return -1
    if usage.number < 0 or usage.number >= n.NUMBER_BOUND:
        return -1
    incoming = 1 if usage.direction == n.MT else 0
    table = ((line.subject * 2 + usage.kind - n.VOICE) * n.ZONES + zone) * 2 + incoming
    key = number_key(usage.number)
    low = tariff.tables[table].first
    first = low
    high = low + tariff.tables[table].length
    while low < high:
        middle = (low + high) // 2
        if tariff.intervals[middle].start <= key:
            low = middle + 1
        else:
            high = middle
    return low - 1 if low > first else -1


def number_key(number: int) -> int:
    """Orders numbers so that each prefix is one interval: digits padded to 15, then how many there are."""
    length = 0
    key = number
    while number > 0:
        number //= 10
        length += 1
    for _ in range(15 - length):
        key *= 10
    return key * 16 + length


def price(usage: Usage, rate: int, tariff: TariffTables, out: Rating) -> None:
    """Fill in what a call or message costs by a rate: one connect fee, legs each in full."""
    terms = tariff.rates[rate]
    if terms.included != 0:
        out.reason = n.INCLUDED
        out.included = usage.volume
        return
    band = band_at(usage.start, terms, tariff)
    if band < 0:
        suspend(out, n.NO_RATE)
        return
    out.reason = n.PRICED
    total = 0 if usage.flags & n.CONTINUED != 0 else tariff.bands[band].connect
    passed = 0
    while passed < usage.volume:
        step, units = slice_at(usage, passed, terms, tariff)
        if step < 0:
            suspend(out, n.NO_RATE)
            return
        total += units * tariff.steps[step].price
        passed += units * tariff.steps[step].increment
        out.units += units
    total = max(total, terms.least)
    if terms.most >= 0:
        total = min(total, terms.most)
    out.gross_micro = total // terms.denominator * usage.legs
    out.charge_micro = round_sum(total, terms) * usage.legs
    out.units *= usage.legs


def slice_at(usage: Usage, passed: int, terms: Rate, tariff: TariffTables) -> tuple[int, int]:
    """The price step that holds after so many seconds, and its increments up to the next change.

    An increment belongs to the band and step in which it starts. The step is -1 where no band holds.
    """
    band = terms.band
    end = usage.volume
    if terms.banded != 0:
        instant = usage.start
        if usage.kind == n.VOICE:
            instant += passed
            end = min(end, band_end(instant, terms, tariff) - usage.start)
        band = band_at(instant, terms, tariff)
        if band < 0:
            return -1, 0
    step = step_at(passed, band, tariff)
    if step + 1 < tariff.bands[band].first + tariff.bands[band].length:
        end = min(end, tariff.steps[step + 1].start)
    increment = tariff.steps[step].increment
    return step, (end - passed + increment - 1) // increment


def step_at(passed: int, band: int, tariff: TariffTables) -> int:
    """Index of the price step that holds after so many seconds; the first step starts at 0."""
    step = tariff.bands[band].first
    last = step + tariff.bands[band].length - 1
    while step < last and tariff.steps[step + 1].start <= passed:
        step += 1
    return step


def round_sum(total: int, terms: Rate) -> int:
    """An exact sum to the rate's decimals: half up, up or down."""
    step = terms.denominator * terms.quantum
    if terms.rounding == n.ROUND_UP:
        return (total + step - 1) // step * terms.quantum
    if terms.rounding == n.ROUND_DOWN:
        return total // step * terms.quantum
    return (total + step // 2) // step * terms.quantum
