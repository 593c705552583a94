"""Data: the allowance in NL and the EU, roaming bundles and the standard rate elsewhere."""

from __future__ import annotations

from app.rating import numbers as n
from app.rating.limits import used_up, watch_limit, watch_roaming, watch_usage
from app.rating.outcome import leak, share
from app.rating.records import LineTerms, Rating, State, Usage
from app.rating.tables import TariffTables


def rate_data(usage: Usage, line: LineTerms, state: State, tariff: TariffTables, out: Rating) -> None:
    """Rate a volume of data in a known zone."""
    if out.zone <= n.ZONE_EU:
        rate_home_eu(usage.volume, line, state, tariff, out)
    else:
        rate_outside_eu(usage.volume, line, state, tariff, out)
    if out.leaked != 0:
        state.leaked_volume += usage.volume - out.bundle_volume - out.standard_volume


def rate_home_eu(volume: int, line: LineTerms, state: State, tariff: TariffTables, out: Rating) -> None:
    """Data in NL and the EU draws on the allowance; a lifted 0 GB line pays the out-of-bundle rate."""
    if line.zero != 0 and state.zero_lifted == 0:
        leak(out, n.ZERO_BLOCK)
        value_leakage(volume, tariff.out_of_bundle_price, tariff, out)
    elif out.zone == n.ZONE_EU and state.bars & n.BARS_ROAMING != 0:
        leak(out, n.BAR_ROAMING)
    elif out.zone == n.ZONE_EU and state.bars & n.BARS_DATA_EU != 0:
        leak(out, n.BAR_DATA_EU)
    elif line.zero != 0:
        out.reason = n.OUT_OF_BUNDLE
        charge_volume(volume, tariff.out_of_bundle_price, tariff, out)
        out.standard_volume = volume
        state.out_of_bundle_volume += volume
        state.out_of_bundle_micro += out.charge_micro
        watch_usage(state, tariff, out)
    else:
        out.reason = n.ALLOWANCE
        out.included = volume
        state.data_home_eu += volume
        watch_usage(state, tariff, out)


def rate_outside_eu(volume: int, line: LineTerms, state: State, tariff: TariffTables, out: Rating) -> None:
    """Data outside the EU: off without a bundle; else the bundle of the class, or the standard rate."""
    covering = state.bundles & tariff.zones[out.zone].classes
    if line.zero != 0 and state.zero_lifted == 0 and tariff.zero_blocks_outside_eu != 0:
        leak(out, n.ZERO_BLOCK)
    elif state.bars & n.BARS_ROAMING != 0:
        leak(out, n.BAR_ROAMING)
    elif state.bars & n.BARS_DATA_OUTSIDE_EU != 0:
        leak(out, n.BAR_DATA_OUTSIDE_EU)
    elif state.bundles == 0:
        leak(out, n.DATA_OFF)
    elif state.blocked != 0 and (covering == 0 or tariff.limit_blocks_bundles != 0):
        rate_blocked(volume, covering, state, tariff, out)
    elif covering == 0:
        out.reason = n.STANDARD
        rate_standard(volume, state, tariff, out)
    else:
        draw_bundles(volume, lowest_bit(covering), state, tariff, out)
    watch_roaming(state, tariff, out)
    if out.status == n.BLOCKED and out.standard_volume == 0:
        value_leakage(volume, tariff.zones[out.zone].price, tariff, out)


def rate_blocked(volume: int, covering: int, state: State, tariff: TariffTables, out: Rating) -> None:
    """Use after the limit's block: leakage; charged only where the tariff says so."""
    leak(out, n.LIMIT_BLOCK)
    if tariff.charge_leakage != 0 and covering == 0:
        rate_standard(volume, state, tariff, out)


def rate_standard(volume: int, state: State, tariff: TariffTables, out: Rating) -> None:
    """The standard rate of the zone; the record that reaches the limit is charged whole."""
    before = out.charge_micro
    charge_volume(volume, tariff.zones[out.zone].price, tariff, out)
    out.standard_volume = volume
    state.standard_volume += volume
    state.standard_micro += out.charge_micro - before
    state.data_roaming += volume
    watch_limit(state, tariff, out)


def draw_bundles(volume: int, index: int, state: State, tariff: TariffTables, out: Rating) -> None:
    """Draw on the bundles of a class: the next starts by itself, at most `cap`, then the class is blocked."""
    out.bundle_class = index
    if state.class_blocked & (1 << index) != 0 or used_up(index, state, tariff):
        leak(out, n.CAP_BLOCK)
        return
    size = tariff.classes[index].size
    before = state.bundle_used[index]
    started = state.bundle_started[index]
    after = min(before + volume, max(started, state.cap) * size)
    needed = max(started, (after + size - 1) // size)
    out.reason = n.ROAMING_BUNDLE
    out.bundle_before = before
    out.bundle_volume = after - before
    out.included = after - before
    out.bundle_count = needed - started
    if needed > started:
        out.bundle_first = started + 1
        out.crossings |= n.MARK_BUNDLE_START
    out.bundle_micro = out.bundle_count * tariff.classes[index].price
    out.gross_micro = out.bundle_micro
    out.charge_micro = out.bundle_micro
    state.bundle_used[index] = after
    state.bundle_started[index] = needed
    state.bundle_micro += out.bundle_micro
    state.data_roaming += out.bundle_volume
    notice = share(size, tariff.notice_percent)
    if (after + size - notice) // size > (before + size - notice) // size:
        out.crossings |= n.MARK_BUNDLE_80
    if after // size > before // size:
        out.crossings |= n.MARK_BUNDLE_100
    if used_up(index, state, tariff):
        state.class_blocked |= 1 << index
        out.crossings |= n.MARK_BUNDLE_CAP
    rate_excess(before + volume - after, state, tariff, out)


def rate_excess(volume: int, state: State, tariff: TariffTables, out: Rating) -> None:
    """What the last bundle could not take: leakage, or the standard rate where the tariff says so."""
    if volume > 0 and tariff.charge_over_cap != 0:
        rate_standard(volume, state, tariff, out)
    elif volume > 0:
        out.leaked = 1


def charge_volume(volume: int, price: int, tariff: TariffTables, out: Rating) -> None:
    """Add the price of a volume to what the record costs, rounded half up once.

    Whole data units and the rest are priced apart, so no product leaves 64 bits.
    """
    out.units = increments(volume, tariff)
    counted = out.units * tariff.data_increment
    parts = counted % tariff.data_unit * price
    micro = counted // tariff.data_unit * price + parts // tariff.data_unit
    out.gross_micro += micro
    quantum = tariff.data_quantum
    if quantum == 1:
        out.charge_micro += micro + 2 * (parts % tariff.data_unit) // tariff.data_unit
    else:
        out.charge_micro += (micro + quantum // 2) // quantum * quantum


def increments(volume: int, tariff: TariffTables) -> int:
    """How many increments a volume counts for; a started one counts whole."""
    return (volume + tariff.data_increment - 1) // tariff.data_increment


def value_leakage(volume: int, price: int, tariff: TariffTables, out: Rating) -> None:
    """What leaked use would have cost; it is shown, not charged."""
    charge_volume(volume, price, tariff, out)
    out.charge_micro = 0


def lowest_bit(bits: int) -> int:
    """Index of the lowest bit that is set; World (the highest) stands alone by rule."""
    index = 0
    while bits & 1 == 0:
        bits >>= 1
        index += 1
    return index
