"""Invoices as they were issued, and the ledger of what each customer owes."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.models.base import BLANK, PERSONAL, STRICT, Entity, big, one_of, only_where, personal


class Invoice(Entity, table=True):
    """One invoice. Only `paid_cents` ever changes: a trigger keeps the rest as it was issued."""

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("year", "serial"),
        UniqueConstraint("account_id", "month"),
        CheckConstraint("total_cents = net_cents + vat_cents", name="total_adds_up"),
        CheckConstraint("paid_cents <= total_cents", name="not_overpaid"),
        Index("invoice_account", "account_id", "issued_at", "id"),
        Index("invoice_open", "account_id", "issued_at", "id", **only_where("paid_cents < total_cents")),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    number: str = Field(unique=True, max_length=20)
    year: int
    serial: int
    """Counts from 1 each year, without a gap."""
    month: int
    """Whose fees are on it, as YYYYMM."""
    issued_at: int
    due_at: int
    language: str = Field(max_length=5)
    """In which its texts are."""
    seller: str
    """Name, address and VAT number, a line each, as they were on the day."""
    buyer: str = Field(sa_column_kwargs=PERSONAL)
    """Name and address, a line each, as they were on the day."""
    reference: str = Field(max_length=25)
    """Creditor reference of a payment: ISO 11649."""
    vat_rate: int
    """Hundredths of a percent."""
    net_cents: int = Field(sa_column=big())
    vat_cents: int = Field(sa_column=big())
    total_cents: int = Field(sa_column=big())
    paid_cents: int = Field(default=0, sa_column=big())


class InvoicePosition(Entity, table=True):
    """One line of an invoice, net of VAT, in words that stay as they were."""

    __tablename__ = "invoice_position"
    __table_args__ = (one_of("part", "fees", "usage"), STRICT)

    invoice_id: int = Field(primary_key=True, foreign_key="invoice.id")
    position: int = Field(primary_key=True)
    part: str
    line_id: int | None = Field(default=None, foreign_key="line.id")
    number: str = Field(default="", max_length=40, sa_column_kwargs=PERSONAL)
    person: str = personal(max_length=200)
    month: int
    """In which it was used or had."""
    text: str
    net_cents: int = Field(sa_column=big())


class Booking(Entity, table=True):
    """One entry of a customer's ledger. cents: what it adds to what the customer owes."""

    __tablename__ = "booking"
    __table_args__ = (
        one_of("kind", "invoice", "payment"),
        Index("booking_account", "account_id", "id"),
        Index("booking_bank_reference", "bank_reference", unique=True, **only_where("bank_reference <> ''")),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    at: int
    kind: str
    invoice_id: int | None = Field(default=None, foreign_key="invoice.id")
    cents: int = Field(sa_column=big())
    balance_cents: int = Field(sa_column=big())
    """What the customer owes after it."""
    bank_reference: str = Field(default="", max_length=40, sa_column_kwargs=BLANK)
    """How the bank names a payment: the same one is booked once."""
