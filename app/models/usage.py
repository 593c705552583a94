"""Usage as it came, what it cost, what was counted, and what waits.

The columns of `RatedRow` and `Counter` are the fields of `app.rating.records.Rating` and `State`.
"""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.models.base import PERSONAL, STRICT, Entity, between, big, one_of, only_where


class Source(Entity, table=True):
    """Where usage comes from; the mapping of the same name describes its files."""

    __tablename__ = "source"
    __table_args__ = (STRICT,)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=60)


class ImportRun(Entity, table=True):
    """One reading of one file, so that an interrupted one can be told and counted."""

    __tablename__ = "import_run"
    __table_args__ = (one_of("status", "running", "done", "failed"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    file_name: str
    digest: str = Field(max_length=64)
    started_at: int
    finished_at: int | None = None
    status: str = "running"
    rows: int = 0
    rated: int = 0
    suspended: int = 0
    duplicates: int = 0
    rejected: int = 0
    error: str = ""


class UsageRow(Entity, table=True):
    """A raw record of usage. (source, external id) is kept for good: the same record never counts twice."""

    __tablename__ = "usage_record"
    __table_args__ = (
        UniqueConstraint("source_id", "external_id"),
        between("kind", 1, 15),
        between("direction", 0, 2),
        Index("usage_stream", "line_id", "start", "tie"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    external_id: str = Field(max_length=100)
    digest: int = Field(sa_column=big())
    """First 63 bits of a hash over the content: tells a repetition from a contradiction."""
    line_id: int = Field(foreign_key="line.id")
    start: int = Field(sa_column=big())
    tie: int = Field(sa_column=big())
    kind: int
    direction: int
    volume: int = Field(sa_column=big())
    place: int
    number: int = Field(sa_column=big(personal=True))
    """Who was called, or who called."""
    flags: int
    legs: int


class RatedRow(Entity, table=True):
    """What a record costs and why: the integers that `explain` puts into words."""

    __tablename__ = "rated_record"
    __table_args__ = (STRICT,)

    usage_id: int = Field(primary_key=True, foreign_key="usage_record.id")
    tariff: str = Field(max_length=60)
    """Version of the tariff plan."""
    late: int = 0
    """1 if it arrived after its month had been closed."""
    status: int
    reason: int
    zone: int
    rate: int
    prefix: int = Field(sa_column=big())
    units: int = Field(sa_column=big())
    gross_micro: int = Field(sa_column=big())
    charge_micro: int = Field(sa_column=big())
    included: int = Field(sa_column=big())
    bundle_class: int
    bundle_first: int
    bundle_count: int
    bundle_before: int = Field(sa_column=big())
    bundle_volume: int = Field(sa_column=big())
    bundle_micro: int = Field(sa_column=big())
    standard_volume: int = Field(sa_column=big())
    crossings: int
    leaked: int


class Counter(Entity, table=True):
    """Where one line stands in one month, after the newest record seen; `State` of the rulebook."""

    __tablename__ = "counter"
    __table_args__ = (
        # The few lines that were abroad: what the first screen shows of roaming bundles and limits.
        Index("counter_abroad", "month", "line_id", **only_where("data_roaming > 0")),
        STRICT,
    )

    line_id: int = Field(primary_key=True, foreign_key="line.id")
    month: int = Field(primary_key=True)
    limit: int = Field(sa_column=big())
    hard: int
    bars: int
    bundles: int
    cap: int
    zero_lifted: int
    usage_notice: int = Field(sa_column=big())
    roaming_notice: int = Field(sa_column=big())
    data_home_eu: int = Field(sa_column=big())
    out_of_bundle_volume: int = Field(sa_column=big())
    out_of_bundle_micro: int = Field(sa_column=big())
    data_roaming: int = Field(sa_column=big())
    standard_volume: int = Field(sa_column=big())
    standard_micro: int = Field(sa_column=big())
    limit_level: int
    blocked: int
    class_blocked: int
    marks: int = Field(sa_column=big())
    bundle_micro: int = Field(sa_column=big())
    voice_seconds: int
    voice_micro: int = Field(sa_column=big())
    sms_count: int
    sms_micro: int = Field(sa_column=big())
    leaked_volume: int = Field(sa_column=big())
    records: int
    last_start: int = Field(sa_column=big())
    last_tie: int = Field(sa_column=big())
    bundle_used_a: int = Field(sa_column=big())
    bundle_used_b: int = Field(sa_column=big())
    bundle_used_rest: int = Field(sa_column=big())
    bundle_used_world: int = Field(sa_column=big())
    bundle_started_a: int
    bundle_started_b: int
    bundle_started_rest: int
    bundle_started_world: int


class CrossingRow(Entity, table=True):
    """A mark that a line, or a pool, passed: once per month (and bundle)."""

    __tablename__ = "crossing"
    __table_args__ = (
        UniqueConstraint("scope", "owner_id", "month", "kind", "bundle_no"),
        one_of("scope", "line", "pool"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    scope: str = "line"
    owner_id: int
    month: int
    kind: int
    bundle_no: int = 0
    """Number of the bundle within its class, with the class in the hundreds; 0 for none."""
    at: int
    usage_id: int | None = None


class Suspense(Entity, table=True):
    """A row that could not be rated, as it came, with the field and the reason; it can be replayed."""

    __tablename__ = "suspense"
    __table_args__ = (
        one_of("status", "waiting", "replayed", "dismissed"),
        UniqueConstraint("source_id", "digest"),
        Index("suspense_queue", "status", "id"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    run_id: int | None = Field(default=None, foreign_key="import_run.id")
    digest: str = Field(max_length=64)
    line_no: int
    external_id: str = ""
    field: str
    """Column of the file at fault."""
    reason: str
    """Name of a `Reason`."""
    detail: str = Field(default="", sa_column_kwargs=PERSONAL)
    """What is wrong: code and values (`app.intake.wrong`), or words where it was stored long ago."""
    raw: str = Field(sa_column_kwargs=PERSONAL)
    """The row by column, as JSON."""
    status: str = "waiting"
    created_at: int
    settled_at: int | None = None


class Closing(Entity, table=True):
    """A month of one account, struck: pools, overage and what is billed when."""

    __tablename__ = "closing"
    __table_args__ = (UniqueConstraint("account_id", "month"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    month: int
    closed_at: int
    overage_micro: int = Field(default=0, sa_column=big())
    usage_micro: int = Field(default=0, sa_column=big())
    bundles_micro: int = Field(default=0, sa_column=big())
    invoice_id: int | None = Field(default=None, foreign_key="invoice.id")
    """On which it is billed; None: on the next one."""


class ClosingLine(Entity, table=True):
    """What one line used in a closed month beyond its fees, by kind, as it was struck."""

    __tablename__ = "closing_line"
    __table_args__ = (STRICT,)

    closing_id: int = Field(primary_key=True, foreign_key="closing.id")
    line_id: int = Field(primary_key=True, foreign_key="line.id")
    calls_micro: int = Field(default=0, sa_column=big())
    texts_micro: int = Field(default=0, sa_column=big())
    abroad_micro: int = Field(default=0, sa_column=big())
    """Data outside the EU at the standard rate."""
    home_micro: int = Field(default=0, sa_column=big())
    """Data at home and in the EU of a lifted 0 GB line."""
    bundles_micro: int = Field(default=0, sa_column=big())
    """Roaming bundles that started."""


class OverageShare(Entity, table=True):
    """One line's share of its pool's overage; a pool's shares sum to its price."""

    __tablename__ = "overage_share"
    __table_args__ = (STRICT,)

    closing_id: int = Field(primary_key=True, foreign_key="closing.id")
    line_id: int = Field(primary_key=True, foreign_key="line.id")
    pool: str
    used: int = Field(sa_column=big())
    allowance: int = Field(sa_column=big())
    excess: int = Field(sa_column=big())
    share_cents: int


class Adjustment(Entity, table=True):
    """What a late record changed in a closed month; billed as a difference with a reference."""

    __tablename__ = "adjustment"
    __table_args__ = (UniqueConstraint("closing_id", "line_id", "at"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    closing_id: int = Field(foreign_key="closing.id")
    line_id: int = Field(foreign_key="line.id")
    at: int
    difference_micro: int = Field(sa_column=big())
    reference: str
    invoice_id: int | None = Field(default=None, foreign_key="invoice.id")
    """On which it is billed; None: on the next one."""
