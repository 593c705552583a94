"""Who may speak for a customer, and what the customer wants to hear of."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Column, Index, Integer
from sqlmodel import Field

from app.models.base import STRICT, Entity, one_of, personal


class Contact(Entity, table=True):
    """A person without a login who may speak with the helpdesk: about everything, or some services."""

    __tablename__ = "contact"
    __table_args__ = (
        one_of("kind", "internal", "external"),
        Index("contact_account", "account_id", "name", "id"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    kind: str
    name: str = personal(max_length=200, default=...)
    company: str = personal(max_length=200)
    email: str = personal(max_length=254)
    phone: str = personal(max_length=20)
    whole_account: bool = False
    """May speak about all services; else about those in contact_service."""
    created_at: int
    version: int = Field(default=1, sa_column=Column(Integer, nullable=False))

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": version.sa_column}  # type: ignore[attr-defined]


class ContactService(Entity, table=True):
    """A service that a contact may speak about."""

    __tablename__ = "contact_service"
    __table_args__ = (STRICT,)

    contact_id: int = Field(primary_key=True, foreign_key="contact.id")
    group_id: int = Field(primary_key=True, foreign_key="line_group.id")


class NoticeChoice(Entity, table=True):
    """A newsletter or notice that an account switched on or off; no row: as the operator's content says."""

    __tablename__ = "notice_choice"
    __table_args__ = (STRICT,)

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    topic: str = Field(primary_key=True, max_length=40)
    wanted: bool
