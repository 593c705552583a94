"""data bundles that lines had in earlier months"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "earlier_bundle",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("data_bundle", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["line.id"]),
        sa.PrimaryKeyConstraint("line_id", "until"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("earlier_bundle")
