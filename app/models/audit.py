"""Who did what: a chain of rows, each sealed with the hash of the one before."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field

from app.models.base import BLANK, PERSONAL, STRICT, Entity, one_of


class Audit(Entity, table=True):
    """One change, sign-in or refusal. Rows are never updated or deleted (a trigger forbids it)."""

    __tablename__ = "audit"
    __table_args__ = (
        one_of("outcome", "done", "refused", "failed"),
        Index("audit_account", "account_id", "seq"),
        Index("audit_of_login", "login_id", "operation", "at"),
        STRICT,
    )

    seq: int | None = Field(default=None, primary_key=True)
    at: int
    login_id: int | None = None
    account_id: int | None = None
    role: str = ""
    channel: str = ""
    operation: str
    object: str = ""
    outcome: str
    personal_digest: str = ""
    previous: str
    hash: str
    session_id: str = Field(default="", max_length=32, sa_column_kwargs=BLANK)
    assistance_id: int | None = None
    """The assistance in which an agent did it for a customer."""


class AuditPersonal(Entity, table=True):
    """The part of an audit row that names people; it can be erased, the chain holds its digest only."""

    __tablename__ = "audit_personal"
    __table_args__ = (STRICT,)

    seq: int = Field(primary_key=True, foreign_key="audit.seq")
    salt: str
    text: str = Field(sa_column_kwargs=PERSONAL)


class Quote(Entity, table=True):
    """A price that was shown; accepting it books exactly this."""

    __tablename__ = "quote"
    __table_args__ = (one_of("status", "open", "accepted", "expired"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    operation: str
    account_id: int = Field(foreign_key="account.id", index=True)
    login_id: int | None = Field(default=None, foreign_key="login.id")
    created_at: int
    expires_at: int
    payload: str = Field(sa_column_kwargs=PERSONAL)
    lines: str = Field(sa_column_kwargs=PERSONAL)
    status: str = "open"
