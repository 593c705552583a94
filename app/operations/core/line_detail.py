"""One line whole: settings, where it stands this month, its cards and numbers."""

from __future__ import annotations

from typing import Any

from app.clock import month_of
from app.i18n import language
from app.operations.core.allowances import allowance, is_unlimited, is_zero
from app.operations.core.line_records import (
    BundleUse,
    IdentifierRow,
    LineCounters,
    LineDetail,
    LineRef,
    SimRow,
)
from app.operations.core.line_rows import active_limit, state_of, status_now
from app.operations.core.months import months_later
from app.operations.core.names import BARS, BUNDLES, class_name, names_of
from app.operations.core.visit import Visit
from app.rating.codes import RoamingClass
from app.rating.records import State, state_columns, state_from

FIELDS = (
    *("id", "number", "account_id", "person", "department", "group_id", "kind", "data_bundle", "plan"),
    *("status", "ordered_at", "activated_at", "ends_at", "term_months", "limit_cents"),
    *("pending_limit_cents", "pending_limit_from", "hard_limit", "bars", "bundles", "bundle_cap"),
    *("zero_lifted", "usage_notice_bytes", "roaming_notice_bytes", "tell_usage", "tell_border"),
    *("tell_limit", "wifi_calling", "visual_voicemail", "fixed_ip", "last_place", "version"),
)


def line_values(visit: Visit, line_id: int) -> dict[str, Any]:
    """The stored fields of a line by name, and `account`, `group` and `group_ends_at`."""
    row = visit.row(
        f"SELECT {', '.join('line.' + name for name in FIELDS)}, account.name, "
        "coalesce(line_group.name, ''), line_group.ends_at FROM line "
        "JOIN account ON account.id = line.account_id LEFT JOIN line_group ON line_group.id = line.group_id "
        "WHERE line.id = :line",
        line=line_id,
    )
    return dict(zip((*FIELDS, "account", "group", "group_ends_at"), row or (), strict=True))


def counter_state(visit: Visit, line_id: int, month: int) -> State | None:
    """The counters of a line in a month, None before its first record."""
    columns = ", ".join(f'"{name}"' for name in state_columns())
    row = visit.row(
        f"SELECT {columns} FROM counter WHERE line_id = :line AND month = :month", line=line_id, month=month
    )
    return state_from(row) if row else None


def read_counters(visit: Visit, line_id: int, month: int, bundles: int, cap: int) -> LineCounters:
    """A line's month for people."""
    state = counter_state(visit, line_id, month) or State(bundles=bundles, cap=cap)
    return LineCounters(
        month=month,
        used_bytes=state.data_home_eu,
        out_of_bundle_bytes=state.out_of_bundle_volume,
        out_of_bundle_micro=state.out_of_bundle_micro,
        roaming_bytes=state.data_roaming,
        standard_bytes=state.standard_volume,
        standard_micro=state.standard_micro,
        limit_level=state.limit_level,
        blocked=bool(state.blocked),
        bundle_micro=state.bundle_micro,
        bundles=tuple(bundle_uses(visit, state, bundles, cap)),
        voice_seconds=state.voice_seconds,
        voice_micro=state.voice_micro,
        sms_count=state.sms_count,
        sms_micro=state.sms_micro,
        leaked_bytes=state.leaked_volume,
        charge_micro=state.out_of_bundle_micro
        + state.standard_micro
        + state.bundle_micro
        + state.voice_micro
        + state.sms_micro,
        records=state.records,
        newest_at=state.last_start if state.records else None,
    )


def bundle_uses(visit: Visit, state: State, bundles: int, cap: int) -> list[BundleUse]:
    """Roaming bundles that are enabled or have started this month."""
    found = []
    for index, (code, bit) in enumerate(BUNDLES.items()):
        started, used = state.bundle_started[index], state.bundle_used[index]
        if not (started or bundles & bit):
            continue
        size = visit.content.catalogue.roaming_bundles[RoamingClass(bit).name or ""].volume
        found.append(
            BundleUse(
                code=code,
                name=class_name(code),
                enabled=bool(bundles & bit),
                size_bytes=size,
                started=started,
                left_to_start=max(0, cap - started),
                used_bytes=used,
                left_bytes=started * size - used,
                blocked=bool(state.class_blocked & bit),
            )
        )
    return found


def read_line(visit: Visit, line_id: int) -> LineDetail:
    """A line that the visitor may see."""
    line = line_values(visit, line_id)
    month = month_of(visit.now, visit.zone)
    counters = read_counters(visit, line_id, month, line["bundles"], line["bundle_cap"])
    zero = is_zero(visit, line["data_bundle"])
    status = status_now(line["status"], line["ends_at"], visit.now)
    pending, pending_from = line["pending_limit_cents"], line["pending_limit_from"]
    waits = pending is not None and pending_from is not None and pending_from > visit.now
    subscription = visit.content.catalogue.subscriptions[line["kind"]]
    copied = (
        *("id", "number", "account_id", "account", "person", "department", "group_id", "group", "kind"),
        *("data_bundle", "plan", "ordered_at", "activated_at", "ends_at", "term_months", "bundle_cap"),
        *("usage_notice_bytes", "roaming_notice_bytes", "fixed_ip", "version"),
    )
    flags = (
        *("zero_lifted", "hard_limit", "tell_usage", "tell_border", "tell_limit"),
        *("wifi_calling", "visual_voicemail"),
    )
    kept: dict[str, Any] = {name: line[name] for name in copied} | {name: bool(line[name]) for name in flags}
    return LineDetail(
        **kept,
        status=status,
        state=state_of(
            status=status,
            zero=zero and not line["zero_lifted"],
            blocked=counters.blocked or any(bundle.blocked for bundle in counters.bundles),
            barred=bool(line["bars"]),
        ),
        term_ends_at=term_end(visit, line),
        limit_cents=active_limit(line["limit_cents"], pending, pending_from, visit.now),
        pending_limit_cents=pending if waits else None,
        pending_from=pending_from if waits else None,
        bars=names_of(line["bars"], BARS),
        bundles=names_of(line["bundles"], BUNDLES),
        zero=zero,
        unlimited=is_unlimited(visit, line["data_bundle"]),
        allowance_bytes=allowance(visit, line["data_bundle"], line["activated_at"], line["ends_at"], month),
        last_place=visit.content.places.code(line["last_place"]) if line["last_place"] >= 0 else "",
        counters=counters,
        sims=read_sims(visit, line_id),
        identifiers=read_identifiers(visit, line_id),
        other_numbers=other_numbers(visit, line),
        inclusions=tuple(text.in_language(language()) for text in subscription.includes),
    )


def term_end(visit: Visit, line: dict[str, Any]) -> int | None:
    """When the contract's term is over: the group's common end, or counted from the line's activation."""
    if line["group_ends_at"] is not None:
        return int(line["group_ends_at"])
    if line["activated_at"] is None:
        return None
    return months_later(line["activated_at"], line["term_months"], visit.zone)


def read_sims(visit: Visit, line_id: int) -> tuple[SimRow, ...]:
    """The cards and profiles of a line."""
    rows = visit.rows(
        "SELECT id, iccid, kind, role, status, label FROM sim WHERE line_id = :line ORDER BY id", line=line_id
    )
    return tuple(SimRow(*row) for row in rows)


def read_identifiers(visit: Visit, line_id: int) -> tuple[IdentifierRow, ...]:
    """Numbers and other names of a line, the newest first."""
    rows = visit.rows(
        "SELECT kind, value, valid_from, valid_to FROM identifier WHERE line_id = :line "
        "ORDER BY valid_from DESC, id DESC",
        line=line_id,
    )
    return tuple(IdentifierRow(*row) for row in rows)


def other_numbers(visit: Visit, line: dict[str, Any]) -> tuple[LineRef, ...]:
    """Other active lines of the same person in the same account."""
    if not line["person"]:
        return ()
    # The two bars keep the database from walking all numbers of the account in their order.
    rows = visit.rows(
        "SELECT id, number, kind, data_bundle FROM line WHERE account_id = :account AND person = :person "
        "AND id <> :line AND status = 'active' ORDER BY number || '' LIMIT 20",
        account=line["account_id"],
        person=line["person"],
        line=line["id"],
    )
    return tuple(LineRef(*row) for row in rows)
