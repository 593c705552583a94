"""What one record of usage costs and what it sets off: the service description as code.

The rules are plain functions over integers. They run as they are on `Usage`, `LineTerms`, `State` and
`Rating`; `app.rating.batch` compiles the very same functions for NumPy record arrays. They therefore keep
to integers, attributes and indexing.
"""

from __future__ import annotations

from app.rating import numbers as n
from app.rating.codes import FIRST_COMMAND
from app.rating.data import rate_data
from app.rating.limits import change
from app.rating.outcome import clear, suspend
from app.rating.records import LineTerms, Rating, State, Usage
from app.rating.tables import TariffTables
from app.rating.voice import rate_call


def rate(usage: Usage, line: LineTerms, state: State, tariff: TariffTables, out: Rating) -> None:
    """Rate the next record of a line's stream: fills `out`, moves `state`.

    Records of one line come in the order of (start, tie), each once; `tariff` is the version of the
    record's month. Never raises on any integers: what cannot be rated is SUSPENDED with a reason.
    """
    clear(out)
    state.last_start = usage.start
    state.last_tie = usage.tie
    if usage.kind >= FIRST_COMMAND:
        change(usage, state, tariff, out)
        return
    state.records += 1
    zone = zone_of(usage, tariff)
    out.zone = zone
    if not sound(usage, tariff):
        suspend(out, n.BAD_FIELD)
    elif counters_full(state):
        suspend(out, n.COUNTER_FULL)
    elif zone == n.ZONE_UNKNOWN:
        suspend(out, n.UNKNOWN_PLACE)
    elif usage.volume == 0:
        out.reason = n.ZERO_VOLUME
    elif usage.kind == n.DATA:
        rate_data(usage, line, state, tariff, out)
    else:
        rate_call(usage, line, state, tariff, out)


def sound(usage: Usage, tariff: TariffTables) -> bool:
    """Whether each field is within the bounds that keep every sum within 64 bits."""
    if usage.start < 0 or usage.start > n.LAST_INSTANT or usage.legs < 1 or usage.legs > tariff.most_legs:
        return False
    return 0 <= usage.volume <= largest(usage.kind, tariff)


def zone_of(usage: Usage, tariff: TariffTables) -> int:
    """The zone in which usage took place; a call or message over Wi-Fi counts as at home."""
    if usage.flags & n.WIFI != 0 and usage.kind != n.DATA:
        return n.ZONE_HOME
    if usage.place < 0 or usage.place >= tariff.places:
        return n.ZONE_UNKNOWN
    return tariff.place_zone[usage.place]


def largest(kind: int, tariff: TariffTables) -> int:
    """The largest volume one record can have; -1 for a kind that does not exist."""
    if kind == n.DATA:
        return tariff.largest_volume
    if kind == n.VOICE:
        return tariff.longest_call
    if kind == n.SMS:
        return tariff.most_messages
    return -1


def counters_full(state: State) -> bool:
    """Whether one more record could leave 64 bits; far beyond anything real, but never silently wrong."""
    volume = max(state.data_home_eu, state.out_of_bundle_volume, state.data_roaming, state.leaked_volume)
    money = max(state.standard_micro, state.out_of_bundle_micro, state.voice_micro, state.sms_micro)
    return max(volume, money, state.bundle_micro) > n.FULL
