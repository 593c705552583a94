"""the index of the search; it is filled, and watches the tables, by app.store.search.upkeep"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_term",
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("term", sa.String(length=42), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "term", "object_id", "account_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("search_term_account", "search_term", ["account_id", "kind", "term"])
    op.create_table(
        "search_entry",
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "object_id", "account_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_pending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("search_pending")
    op.drop_table("search_entry")
    op.drop_index("search_term_account", table_name="search_term")
    op.drop_table("search_term")
