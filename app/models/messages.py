"""What is sent to people and what comes back."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field

from app.models.base import BLANK, PERSONAL, STRICT, Entity, one_of


class Message(Entity, table=True):
    """The outbox. `key` names the reason for sending, so that one reason is told once."""

    __tablename__ = "message"
    __table_args__ = (
        one_of("channel", "sms", "mail"),
        one_of("status", "queued", "claimed", "sent", "failed", "muted"),
        Index("message_queue", "status", "not_before", "id"),
        Index("message_line", "line_id", "id"),
        Index("message_account", "account_id", "id"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=200)
    channel: str
    recipient: str = Field(max_length=254, sa_column_kwargs=PERSONAL)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    line_id: int | None = Field(default=None, foreign_key="line.id")
    subject: str = Field(default="", max_length=200, sa_column_kwargs=PERSONAL)
    body: str = Field(sa_column_kwargs=PERSONAL)
    secret: str = Field(default="", max_length=200, sa_column_kwargs=BLANK)
    """A code for the body, sealed; gone once the message is sent."""
    created_at: int
    not_before: int = 0
    status: str = "queued"
    attempts: int = 0
    claimed_at: int | None = None
    sent_at: int | None = None
    error: str = ""


class InboundSms(Entity, table=True):
    """A text that somebody sent to the operator's short code, and what was answered."""

    __tablename__ = "inbound_sms"
    __table_args__ = (Index("inbound_line", "line_id", "id"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    received_at: int
    sender: str = Field(max_length=40, sa_column_kwargs=PERSONAL)
    text: str = Field(max_length=1000, sa_column_kwargs=PERSONAL)
    line_id: int | None = Field(default=None, foreign_key="line.id")
    understood: str = Field(default="", max_length=40)
    answer_id: int | None = Field(default=None, foreign_key="message.id")


class Alert(Entity, table=True):
    """Something that staff must look at."""

    __tablename__ = "alert"
    __table_args__ = (STRICT,)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=200)
    at: int
    kind: str = Field(max_length=40)
    detail: str = Field(sa_column_kwargs=PERSONAL)
    done_at: int | None = None
