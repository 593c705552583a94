"""Customers, those who sign in, and who may act for whom."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Column, Index, Integer, UniqueConstraint, text
from sqlmodel import Field

from app.models.base import BLANK, STRICT, Entity, one_of, only_where, personal


class Account(Entity, table=True):
    """A customer. `number` is what people say on the telephone."""

    __tablename__ = "account"
    __table_args__ = (
        one_of("kind", "company", "person"),
        one_of("status", "active", "ended"),
        Index("account_name", "name", "id"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=20)
    kind: str = "company"
    name: str = personal(max_length=200, default=...)
    language: str = Field(default="en", max_length=5)
    status: str = "active"
    contact_name: str = personal(max_length=200)
    street: str = personal(max_length=200)
    postcode: str = personal(max_length=20)
    city: str = personal(max_length=100)
    country: str = personal(max_length=2)
    phone: str = personal(max_length=20)
    email: str = personal(max_length=254)
    telephone_hash: str = Field(default="", max_length=200, sa_column_kwargs=BLANK)
    """Argon2id of the telephone password; empty: none is set."""
    created_at: int
    erased_at: int | None = None
    version: int = Field(default=1, sa_column=Column(Integer, nullable=False))

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": version.sa_column}  # type: ignore[attr-defined]


class Login(Entity, table=True):
    """Somebody who can sign in; customers' people have roles by membership, staff by `staff_role`."""

    __tablename__ = "login"
    __table_args__ = (
        one_of("staff_role", "", "agent", "supervisor"),
        one_of("status", "active", "pending", "disabled"),
        Index("login_user_name", text("lower(user_name)"), unique=True),
        Index("login_email", text("lower(email)"), unique=True),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    user_name: str = personal(max_length=64, default=...)
    email: str = personal(max_length=254, default=...)
    name: str = personal(max_length=200, default=...)
    password_hash: str = Field(max_length=200)
    language: str = Field(default="en", max_length=5)
    staff_role: str = ""
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True)
    status: str = "active"
    theme: str = ""
    mobile: str = personal(max_length=20)
    """The linked mobile number in E.164, proven by a code sent to it; empty: none."""
    email_confirmed_at: int | None = None
    password_set_at: int | None = None
    last_sign_in_at: int | None = None
    failures: int = 0
    locked_until: int = 0
    version: int = Field(default=1, sa_column=Column(Integer, nullable=False))

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": version.sa_column}  # type: ignore[attr-defined]


class Membership(Entity, table=True):
    """One login's role on one account."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("login_id", "account_id"),
        one_of("role", "holder", "admin", "sub", "user", "contact", "reseller"),
        Index("one_holder", "account_id", unique=True, **only_where("role = 'holder'")),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    login_id: int = Field(foreign_key="login.id")
    account_id: int = Field(foreign_key="account.id", index=True)
    role: str
    areas: str = Field(default="", max_length=200, sa_column_kwargs=BLANK)
    """Of role `sub`: the areas of data/rights.toml that it may use, separated by commas."""
