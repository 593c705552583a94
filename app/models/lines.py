"""Mobile lines: what is subscribed, set and reachable under which number."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, UniqueConstraint
from sqlmodel import Field

from app.models.base import BLANK, PERSONAL, STRICT, Entity, between, one_of, only_where


class LineGroup(Entity, table=True):
    """Lines with one common end date, counted from the first activated one."""

    __tablename__ = "line_group"
    __table_args__ = (
        UniqueConstraint("account_id", "name"),
        CheckConstraint("term_months IN (1, 12, 24)", name="term_known"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    name: str = Field(max_length=100, sa_column_kwargs=PERSONAL)
    term_months: int = 24
    first_activated_at: int | None = None
    ends_at: int | None = None


class Line(Entity, table=True):
    """A mobile subscription with its settings as they are meant now.

    What was in force at an earlier instant is told by `LineCommand`; rating reads only those.
    """

    __tablename__ = "line"
    __table_args__ = (
        one_of("kind", "voice_data", "data_only"),
        one_of("status", "ordered", "active", "ended"),
        CheckConstraint("term_months IN (1, 12, 24)", name="term_known"),
        between("bars", 0, 31),
        between("bundles", 0, 15),
        # The World bundle excludes the other three.
        CheckConstraint("bundles < 8 OR bundles = 8", name="world_alone"),
        between("bundle_cap", 1, 10),
        CheckConstraint("limit_cents > 0", name="limit_positive"),
        # Lists are by number and filtered by part of number, person or department: indexes hold all three.
        Index("line_account_number", "account_id", "number", "person", "department", "group_id"),
        Index("line_number_search", "number", "person", "department"),
        Index("line_group_number", "group_id", "number"),
        # What pools are summed from.
        Index("line_pool", "account_id", "group_id", "data_bundle", "status", "activated_at", "ends_at"),
        Index("line_fixed_ip", "fixed_ip", unique=True, **only_where("fixed_ip <> ''")),
        Index("line_account_person", "account_id", "person", "id"),
        # A few among many: whether a customer has any is known without looking at each line.
        Index("line_with_bundles", "account_id", **only_where("bundles > 0")),
        Index("line_of_zero", "account_id", "zero_lifted", **only_where("data_bundle = '0'")),
        Index("line_to_come", "account_id", **only_where("status = 'ordered'")),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    group_id: int | None = Field(default=None, foreign_key="line_group.id")
    number: str = Field(unique=True, max_length=40, sa_column_kwargs=PERSONAL)
    """E.164 with the plus sign, or the subscriber's id where a source has no numbers."""
    person: str = Field(default="", max_length=200, sa_column_kwargs=PERSONAL)
    department: str = Field(default="", max_length=100, sa_column_kwargs=PERSONAL)
    kind: str = "voice_data"
    data_bundle: str = Field(default="0", max_length=20)
    """Code in the catalogue."""
    plan: str = Field(max_length=40)
    """Tariff plan."""
    status: str = "active"
    ordered_at: int
    activated_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    ends_at: int | None = None
    term_months: int = 24
    limit_cents: int = 5000
    pending_limit_cents: int | None = None
    pending_limit_from: int | None = None
    hard_limit: bool = False
    bars: int = 0
    bundles: int = 0
    bundle_cap: int = 10
    zero_lifted: bool = False
    usage_notice_bytes: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    roaming_notice_bytes: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    tell_usage: bool = True
    """BERICHT AAN/UIT: messages on data use abroad."""
    tell_border: bool = True
    """INFO AAN/UIT: tariffs at borders."""
    tell_limit: bool = True
    """LIMIET AAN/UIT: notices of the limit abroad."""
    wifi_calling: bool = True
    visual_voicemail: bool = False
    fixed_ip: str = Field(default="", max_length=45, sa_column_kwargs=PERSONAL)
    last_place: int = -1
    """Where the line was last seen; index of a place, -1 for not yet."""
    version: int = Field(default=1, sa_column=Column(Integer, nullable=False))

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": version.sa_column}  # type: ignore[attr-defined]


class EarlierBundle(Entity, table=True):
    """The data bundle that a line had in the months before `until`, when the month of the change began."""

    __tablename__ = "earlier_bundle"
    __table_args__ = (STRICT,)

    line_id: int = Field(foreign_key="line.id", primary_key=True)
    until: int = Field(primary_key=True)
    data_bundle: str = Field(max_length=20)


class LineCommand(Entity, table=True):
    """A change of settings as rating sees it: a record in the line's stream with its own instant."""

    __tablename__ = "line_command"
    __table_args__ = (
        between("kind", 16, 63),
        Index("line_command_stream", "line_id", "effective_at", "tie"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="line.id")
    effective_at: int
    tie: int = Field(sa_column=Column(BigInteger, nullable=False))
    kind: int
    value: int = Field(sa_column=Column(BigInteger, nullable=False))
    login_id: int | None = Field(default=None, foreign_key="login.id")


class Sim(Entity, table=True):
    """A card or profile. Combi and Multisim usage belongs to the line."""

    __tablename__ = "sim"
    __table_args__ = (
        one_of("kind", "physical", "esim"),
        one_of("role", "main", "combi", "multisim"),
        one_of("status", "active", "blocked", "ended"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="line.id", index=True)
    iccid: str = Field(unique=True, max_length=20, sa_column_kwargs=PERSONAL)
    kind: str = "physical"
    role: str = "main"
    status: str = "active"
    label: str = Field(default="", max_length=100, sa_column_kwargs=PERSONAL)
    activation: str = Field(default="", max_length=600, sa_column_kwargs=BLANK)
    """Sealed: what a device scans to fetch the profile of an eSIM (GSMA SGP.22); empty: it is not ready."""


class Identifier(Entity, table=True):
    """What usage names a line by, while it held: number, IMSI or a source's subscriber id."""

    __tablename__ = "identifier"
    __table_args__ = (
        one_of("kind", "msisdn", "imsi", "subscriber"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="validity"),
        Index("identifier_value", "kind", "value", "valid_from", unique=True),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="line.id", index=True)
    kind: str
    value: str = Field(max_length=64, sa_column_kwargs=PERSONAL)
    valid_from: int
    valid_to: int | None = None
