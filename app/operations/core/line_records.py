"""A line as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SimRow:
    """A card or profile: kind "physical" or "esim", role "main", "combi" or "multisim"."""

    id: int
    iccid: str
    kind: str
    role: str
    status: str
    label: str


@dataclass(frozen=True, slots=True)
class IdentifierRow:
    """What usage names the line by ("msisdn", "imsi", "subscriber") and from when until when."""

    kind: str
    value: str
    valid_from: int
    valid_to: int | None


@dataclass(frozen=True, slots=True)
class LineRef:
    """Another line of the same person: two numbers, perhaps on one phone (dual SIM)."""

    id: int
    number: str
    kind: str
    data_bundle: str


@dataclass(frozen=True, slots=True)
class BundleUse:
    """A roaming bundle this month: how many started, bytes used of them, bytes left in the running one."""

    code: str
    name: str
    enabled: bool
    size_bytes: int
    started: int
    left_to_start: int
    used_bytes: int
    left_bytes: int
    blocked: bool


@dataclass(frozen=True, slots=True)
class LineCounters:
    """What a line has used in a month. Bytes, seconds, and micro-euro before VAT.

    used_bytes: data on the allowance; out_of_bundle_*: a lifted 0 GB line; roaming_bytes: all data outside
    the EU; standard_*: the part at the standard rate, which counts for the cost limit; limit_level: 0 never
    lifted, 1 lifted at 100 %, 2 lifted at 200 %; blocked: the cost limit blocks now; leaked_bytes: came in
    spite of a block; charge_micro: all of it; newest_at: start of the newest record, None before any.
    """

    month: int
    used_bytes: int
    out_of_bundle_bytes: int
    out_of_bundle_micro: int
    roaming_bytes: int
    standard_bytes: int
    standard_micro: int
    limit_level: int
    blocked: bool
    bundle_micro: int
    bundles: tuple[BundleUse, ...]
    voice_seconds: int
    voice_micro: int
    sms_count: int
    sms_micro: int
    leaked_bytes: int
    charge_micro: int
    records: int
    newest_at: int | None


@dataclass(frozen=True, slots=True)
class LineDetail:
    """A line with everything that is set.

    bars and bundles: words as in `barring.set` and `bundles.quote`; pending_limit_cents: a lower limit that
    holds from `pending_from`; zero: a 0 GB line; term_ends_at: the first day on which it may end;
    ends_at: the day it ends, once cancelled; inclusions: what the subscription includes, in the reader's
    language; version: for saving changes without losing somebody else's.
    """

    id: int
    number: str
    account_id: int
    account: str
    person: str
    department: str
    group_id: int | None
    group: str
    kind: str
    data_bundle: str
    plan: str
    state: str
    status: str
    ordered_at: int
    activated_at: int | None
    term_months: int
    term_ends_at: int | None
    ends_at: int | None
    limit_cents: int
    pending_limit_cents: int | None
    pending_from: int | None
    hard_limit: bool
    bars: tuple[str, ...]
    bundles: tuple[str, ...]
    bundle_cap: int
    zero: bool
    zero_lifted: bool
    unlimited: bool
    allowance_bytes: int
    usage_notice_bytes: int
    roaming_notice_bytes: int
    tell_usage: bool
    tell_border: bool
    tell_limit: bool
    wifi_calling: bool
    visual_voicemail: bool
    fixed_ip: str
    last_place: str
    version: int
    counters: LineCounters
    sims: tuple[SimRow, ...]
    identifiers: tuple[IdentifierRow, ...]
    other_numbers: tuple[LineRef, ...]
    inclusions: tuple[str, ...]
