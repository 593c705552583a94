"""invoices, their positions, and the ledger of each customer"""

import sqlalchemy as sa
from alembic import op

from app.store.triggers import ISSUED, refusing

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("seller", sa.String(), nullable=False),
        sa.Column("buyer", sa.String(), nullable=False),
        sa.Column("reference", sa.String(length=25), nullable=False),
        sa.Column("vat_rate", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False)
            for name in ("net_cents", "vat_cents", "total_cents", "paid_cents")
        ),
        sa.CheckConstraint("total_cents = net_cents + vat_cents", name="total_adds_up"),
        sa.CheckConstraint("paid_cents <= total_cents", name="not_overpaid"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("year", "serial"),
        sa.UniqueConstraint("account_id", "month"),
        sqlite_strict=True,
    )
    op.create_index("invoice_account", "invoice", ["account_id", "issued_at", "id"])
    unpaid = sa.text("paid_cents < total_cents")
    op.create_index(
        "invoice_open",
        "invoice",
        ["account_id", "issued_at", "id"],
        sqlite_where=unpaid,
        postgresql_where=unpaid,
    )
    op.create_table(
        "invoice_position",
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=200), server_default="", nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("net_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("part IN ('fees', 'usage')", name="part_known"),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"]),
        sa.ForeignKeyConstraint(["line_id"], ["line.id"]),
        sa.PrimaryKeyConstraint("invoice_id", "position"),
        sqlite_strict=True,
    )
    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=True),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("balance_cents", sa.BigInteger(), nullable=False),
        sa.Column("bank_reference", sa.String(length=40), server_default="", nullable=False),
        sa.CheckConstraint("kind IN ('invoice', 'payment')", name="kind_known"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("booking_account", "booking", ["account_id", "id"])
    named = sa.text("bank_reference <> ''")
    op.create_index(
        "booking_bank_reference",
        "booking",
        ["bank_reference"],
        unique=True,
        sqlite_where=named,
        postgresql_where=named,
    )
    op.create_table(
        "closing_line",
        sa.Column("closing_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        *(
            sa.Column(f"{kind}_micro", sa.BigInteger(), nullable=False)
            for kind in ("calls", "texts", "abroad", "home", "bundles")
        ),
        sa.ForeignKeyConstraint(["closing_id"], ["closing.id"]),
        sa.ForeignKeyConstraint(["line_id"], ["line.id"]),
        sa.PrimaryKeyConstraint("closing_id", "line_id"),
        sqlite_strict=True,
    )
    # Said in SQL: to add a column with its foreign key otherwise means to copy the whole table.
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for table in ("closing", "adjustment"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN invoice_id {kind} REFERENCES invoice (id)")
    for statement in refusing(ISSUED, op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for table in ("closing", "adjustment"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN invoice_id")
    for table in ("closing_line", "booking", "invoice_position", "invoice"):
        op.drop_table(table)
