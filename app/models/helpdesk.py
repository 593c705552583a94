"""The helpdesk's work: helping a caller, cases that need a second pair of eyes, notes, drafts, presence."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Column, Index, Integer, UniqueConstraint
from sqlmodel import Field

from app.models.base import BLANK, STRICT, Entity, one_of, personal


class Assistance(Entity, table=True):
    """An agent works for a customer whose caller was verified: who called, why, until when."""

    __tablename__ = "assistance"
    __table_args__ = (
        one_of("caller_kind", "holder", "admin", "contact"),
        Index("assistance_login", "login_id", "ended_at"),
        Index("assistance_account", "account_id", "id"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    session_id: str = Field(default="", max_length=32, sa_column_kwargs=BLANK)
    login_id: int = Field(foreign_key="login.id")
    """The agent."""
    account_id: int = Field(foreign_key="account.id")
    caller_kind: str
    caller_id: int
    """Id of the caller's login, or of the contact."""
    caller_name: str = personal(max_length=200, default=...)
    group_id: int | None = Field(default=None, foreign_key="line_group.id", index=True)
    """The one service that it is about; none: all that the caller may speak about."""
    verified_by: str = Field(max_length=20)
    """telephone_password, mail_code or sms_code."""
    reason: str = personal(max_length=300, default=...)
    started_at: int
    expires_at: int
    ended_at: int | None = None


class TelephoneCheck(Entity, table=True):
    """How often an agent heard a wrong telephone password of a customer of late."""

    __tablename__ = "telephone_check"
    __table_args__ = (UniqueConstraint("login_id", "account_id"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    login_id: int = Field(foreign_key="login.id")
    account_id: int = Field(foreign_key="account.id", index=True)
    failures: int = 0
    locked_until: int = 0


class ServiceCase(Entity, table=True):
    """Something that one person asks and another releases: `payload` is what releasing it will do."""

    __tablename__ = "service_case"
    __table_args__ = (
        one_of("kind", "name_change", "ownership", "recovery", "second_factor", "erasure"),
        one_of("status", "open", "waiting", "released", "rejected", "withdrawn"),
        Index("service_case_queue", "status", "id"),
        Index("service_case_account", "account_id", "id"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    account_id: int = Field(foreign_key="account.id")
    login_id: int | None = Field(default=None, foreign_key="login.id")
    """Whose login it is about, where it is about one."""
    asked_by: int | None = Field(default=None, foreign_key="login.id")
    asked_at: int
    payload: str = personal(max_length=4000, default=...)
    """JSON: what was, what is asked, the checks that were made."""
    reason: str = personal(max_length=300)
    status: str = "open"
    """open: facts are still gathered; waiting: for a second pair of eyes."""
    decided_by: int | None = Field(default=None, foreign_key="login.id")
    decided_at: int | None = None
    answer: str = personal(max_length=300)
    effective_at: int | None = None
    """When it takes effect; none: at once, or not yet released."""
    done_at: int | None = None
    version: int = Field(default=1, sa_column=Column(Integer, nullable=False))

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": version.sa_column}  # type: ignore[attr-defined]


class AccountNote(Entity, table=True):
    """What staff write down about a customer for each other."""

    __tablename__ = "account_note"
    __table_args__ = (Index("account_note_account", "account_id", "id"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    login_id: int | None = Field(default=None, foreign_key="login.id")
    at: int
    text: str = personal(max_length=4000, default=...)


class Draft(Entity, table=True):
    """What somebody had typed into a form when they left or were cut off."""

    __tablename__ = "draft"
    __table_args__ = (STRICT,)

    login_id: int = Field(primary_key=True, foreign_key="login.id")
    form: str = Field(primary_key=True, max_length=60)
    object: str = Field(primary_key=True, max_length=60)
    """What the form is about, as `account:5`."""
    fields: str = personal(max_length=20000, default=...)
    """JSON: texts by field name; never a secret."""
    saved_at: int


class Presence(Entity, table=True):
    """A session that looks at or edits an object; it counts while the session lives."""

    __tablename__ = "presence"
    __table_args__ = (Index("presence_object", "object"), STRICT)

    session_id: str = Field(primary_key=True, max_length=32, foreign_key="session.id")
    object: str = Field(primary_key=True, max_length=60)
    editing: bool = False
    since: int


class CustomerOrder(Entity, table=True):
    """What a customer ordered, from the order's confirmation to the message that it is installed."""

    __tablename__ = "customer_order"
    __table_args__ = (
        one_of("status", "ordered", "provisioned", "withdrawn"),
        Index("customer_order_account", "account_id", "id"),
        Index("customer_order_status", "status", "ordered_at"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    login_id: int | None = Field(default=None, foreign_key="login.id")
    """Who gets the mails: the login that is made with the order."""
    product: str = Field(max_length=100)
    """What it is, in the words of the mails."""
    ordered_at: int
    status: str = "ordered"
    provisioned_at: int | None = None
    alerted_at: int | None = None
