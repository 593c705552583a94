"""Settings that change during the month, the cost limit outside the EU, and the notices."""

from __future__ import annotations

from app.rating import numbers as n
from app.rating.outcome import share, suspend
from app.rating.records import Rating, State, Usage
from app.rating.tables import TariffTables


def change(usage: Usage, state: State, tariff: TariffTables, out: Rating) -> None:
    """A setting takes a new value, or the user answers the message of a block."""
    value = usage.volume
    if not allowed(usage.kind, value, tariff):
        suspend(out, n.BAD_FIELD)
    elif usage.kind == n.LIMIT:
        change_limit(value, state, tariff, out)
    elif usage.kind == n.HARD:
        state.hard = value
    elif usage.kind == n.BARS:
        state.bars = value
    elif usage.kind == n.BUNDLES:
        state.bundles = value
    elif usage.kind == n.CAP:
        change_cap(value, state, tariff)
    elif usage.kind == n.ZERO_LIFTED:
        state.zero_lifted = value
    elif usage.kind == n.USAGE_NOTICE:
        state.usage_notice = value
        state.marks &= ~(n.MARK_NOTICE_80 | n.MARK_NOTICE_100)
        watch_usage(state, tariff, out)
    elif usage.kind == n.ROAMING_NOTICE:
        state.roaming_notice = value
        state.marks &= ~(n.MARK_ROAMING_80 | n.MARK_ROAMING_100)
        watch_roaming(state, tariff, out)
    else:
        answer(state, tariff, out)


def allowed(kind: int, value: int, tariff: TariffTables) -> bool:
    """Whether a setting can have this value; World excludes the other roaming bundles."""
    if kind == n.LIMIT:
        return 0 < value <= tariff.largest_limit
    if kind == n.HARD or kind == n.ZERO_LIFTED:
        return 0 <= value <= 1
    if kind == n.BARS:
        return 0 <= value < 32
    if kind == n.BUNDLES:
        return 0 <= value <= n.CLASS_WORLD
    if kind == n.CAP:
        return 1 <= value <= tariff.largest_cap
    if kind == n.USAGE_NOTICE or kind == n.ROAMING_NOTICE:
        return 0 <= value <= n.FULL
    return kind == n.ANSWER


def change_limit(value: int, state: State, tariff: TariffTables, out: Rating) -> None:
    """Marks that the new limit puts out of reach are armed again; a lift at 200 % holds to month end."""
    state.limit = value
    if state.standard_micro < share(value, tariff.notice_percent):
        state.marks &= ~n.MARK_LIMIT_80
    if state.standard_micro < share(value, tariff.second_percent):
        state.marks &= ~n.MARK_LIMIT_200
    if state.standard_micro < value:
        state.marks &= ~n.MARK_LIMIT_100
        state.blocked = 0
        if state.limit_level == 1:
            state.limit_level = 0
    elif state.limit_level == 1 and state.standard_micro < share(value, tariff.second_percent):
        state.blocked = 0
    watch_limit(state, tariff, out)


def watch_limit(state: State, tariff: TariffTables, out: Rating) -> None:
    """Tell 80, 100 and 200 % once each, and block when 100 or 200 % is reached and not yet lifted."""
    used = state.standard_micro
    if used >= share(state.limit, tariff.notice_percent):
        cross(state, out, n.MARK_LIMIT_80)
    if used >= state.limit and cross(state, out, n.MARK_LIMIT_100) and state.limit_level < 1:
        state.blocked = 1
    reached = used >= share(state.limit, tariff.second_percent)
    if reached and cross(state, out, n.MARK_LIMIT_200) and state.limit_level < 2:
        state.blocked = 1


def answer(state: State, tariff: TariffTables, out: Rating) -> None:
    """The user answers the message of a block: lifted, unless an admin said the limit is hard.

    Whoever was told of 200 % lifts both blocks with one answer, then nothing blocks until the month ends.
    """
    if state.blocked == 0:
        out.crossings |= n.MARK_ANSWER_IDLE
    elif state.hard != 0:
        out.crossings |= n.MARK_ANSWER_REFUSED
    elif state.standard_micro >= share(state.limit, tariff.second_percent):
        state.blocked = 0
        state.limit_level = 2
        out.crossings |= n.MARK_LIFTED_200
    else:
        state.blocked = 0
        state.limit_level = 1
        out.crossings |= n.MARK_LIFTED_100


def change_cap(value: int, state: State, tariff: TariffTables) -> None:
    """A higher cap opens a class that was used up; a lower one lets the running bundle be finished."""
    state.cap = value
    state.class_blocked = 0
    for index in range(n.CLASSES):
        if used_up(index, state, tariff):
            state.class_blocked |= 1 << index


def used_up(index: int, state: State, tariff: TariffTables) -> bool:
    """Whether the last bundle that this class may have is empty."""
    started = state.bundle_started[index]
    return started > 0 and state.bundle_used[index] >= max(started, state.cap) * tariff.classes[index].size


def watch_usage(state: State, tariff: TariffTables, out: Rating) -> None:
    """The notice on data in NL and the EU: it tells, it never blocks."""
    used = state.data_home_eu + state.out_of_bundle_volume
    if state.usage_notice > 0:
        if used >= share(state.usage_notice, tariff.notice_percent):
            cross(state, out, n.MARK_NOTICE_80)
        if used >= state.usage_notice:
            cross(state, out, n.MARK_NOTICE_100)


def watch_roaming(state: State, tariff: TariffTables, out: Rating) -> None:
    """The notice on data outside the EU: it tells, it never blocks."""
    if state.roaming_notice > 0:
        if state.data_roaming >= share(state.roaming_notice, tariff.notice_percent):
            cross(state, out, n.MARK_ROAMING_80)
        if state.data_roaming >= state.roaming_notice:
            cross(state, out, n.MARK_ROAMING_100)


def cross(state: State, out: Rating, mark: int) -> bool:
    """Note a mark that was not told before this month; False if it was."""
    if state.marks & mark != 0:
        return False
    state.marks |= mark
    out.crossings |= mark
    return True
